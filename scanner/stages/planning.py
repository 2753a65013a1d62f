"""Plan the count of a table: which columns tell whom, in the table itself and in flows of some columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from classifiers import Catalogue, Tag
from connectors import TableUnreadable
from scanner.assembly import ScannedTable
from scanner.config import ScanConfig, TableConfig
from scanner.counting import flow_table_id
from scanner.digests.columns import OF_THING, PERSON_KEY, THING, pseudonym_of
from scanner.identifiers import TablePlan, plan_table
from scanner.stages.cells import cells_of, of_children, root_of
from scanner.stages.issuers import told_apart
from scanner.stages.person_words import is_nickname
from scanner.stages.second_persons import NAMES, TypedColumn, slot_of
from scanner.stages.slots import OWN, SELF, assign_slots
from scanner.stages.underway import Options, ScanUnderWay


@dataclass(frozen=True, slots=True)
class CountPlan:
    """What to read of a table to count its people.

    Attributes:
        plans: Of its slots, once for the table and once for each flow of some columns.
        time_column: None where no row has a time.
        marks: What the configuration says of the table: how deleted rows are marked.
    """

    plans: tuple[TablePlan, ...]
    time_column: str | None
    marks: TableConfig

    def columns(self) -> list[str]:
        """Return every column to read, sorted."""
        wanted = {column for plan in self.plans for column in plan.columns()}
        others = (self.time_column, self.marks.deleted_column, self.marks.deleted_time_column)
        return sorted(wanted | {column for column in others if column})


def plan_count(scanned: ScannedTable, scan: ScanUnderWay) -> CountPlan:
    """Return the plan of a table with tags; without ``plans`` nothing in it is about people."""
    time_column = _time_column(scanned, scan.config)
    plans = tuple(plan for plan in (_plan(scanned, scan), *_flow_plans(scanned, scan)) if plan.slots)
    return CountPlan(plans, time_column, _known_table(scanned, scan.config))


def _plan(
    scanned: ScannedTable, scan: ScanUnderWay, *, rows_as: str = "", exported: Sequence[str] | None = None
) -> TablePlan:
    """Plan a count. Only by ``exported`` columns, if given, a person leaves, or is sensitive."""
    options, known = scan.options, scan.options.catalogue
    comments = {column.name: column.comment for column in scanned.table.columns}
    held = {c: types for c, tags in scanned.tags.items() if (types := _personal_types(tags, known))}
    told = _known_table(scanned, scan.config)
    typed = [(column, comments.get(column, ""), types) for column, types in held.items()]
    slots = _slots(typed, told, known, scanned)
    tagged = [
        (column, types, _categories(types, options) if exported is None or column in exported else ())
        for column, types in held.items()
    ]
    theirs = of_children(tagged, known)
    columns = [
        (column, () if column in theirs else _telling_types(column, scanned, known), found)
        for column, _, found in tagged
    ]
    columns += [(column, (PERSON_KEY,), ()) for column in scanned.told.keys]
    cells = cells_of(tagged, scanned.tags, told.slots, known)
    cells = tuple(each for each in cells if each.column not in _referring(scanned))
    plan = plan_table(scanned.dataset, scanned.table.name, columns, slots, known).opening(cells)
    persons = {c: f"{key.source or scanned.source}/{key.persons}" for c, key in scanned.told.keys.items()}
    numbers = told_apart(scanned.told.numbers, scanned.told.differing, slots)
    steady = tuple(sorted(scanned.told.steady))
    plan = replace(plan, persons=persons, whose=numbers, numbering=scanned.numbering, steady=steady)
    plan = plan.about([(t.column, OF_THING if t.refers else THING, t.list) for t in scanned.told.things])
    sent = plan if exported is None else plan.sending(exported)
    return replace(sent, rows_as=rows_as, adults=_of_age(told, plan))


def _of_age(told: TableConfig, plan: TablePlan) -> tuple[str, ...]:
    """Return the slots whose persons are said to be of age.

    Raises:
        TableUnreadable: The configuration names somebody who is not in the table.
    """
    known = {slot.slot or SELF: slot.slot for slot in plan.slots}
    missing = [word for word in told.of_age if known and word not in known]
    if missing:
        raise TableUnreadable(
            f"adults in the configuration speaks of '{missing[0]}', but the people of table '{told.id}' are "
            f"{', '.join(known)}, so they were not counted; name those who are of age, such as "
            f"[{next(iter(known))}]."
        )
    return tuple(known[word] for word in told.of_age if word in known)


def _slots(
    typed: Sequence[TypedColumn], told: TableConfig, known: Catalogue, scanned: ScannedTable
) -> dict[str, str]:
    """Return whose column each is; fields of lists of structs, and keys of others, say so by themselves."""
    keys: list[TypedColumn] = [(column, "", (PERSON_KEY,)) for column in scanned.told.keys]
    known_by = {name: slot_of(name, comment, types) for name, comment, types in typed if root_of(name)}
    known_by |= {column: key.slot for column, key in scanned.told.keys.items() if key.slot}
    stated = {column: SELF for column, key in scanned.told.keys.items() if not key.slot}
    stated |= {**dict.fromkeys(scanned.told.of_rows, SELF), **told.slots}

    def assigned() -> dict[str, str]:
        plain = [column for column in (*typed, *keys) if column[0] not in known_by]
        return assign_slots(
            plain, known.identifying | {PERSON_KEY}, stated, scanned.told.apart, scanned.table.name
        )

    own = assigned()
    known_by |= {column: whose for column, whose in scanned.told.of_others.items() if own.get(column) == OWN}
    own = assigned()
    said = {name: OWN if slot == SELF else slot for name, slot in told.slots.items() if name in known_by}
    return {**own, **known_by, **said}


def _telling_types(column: str, scanned: ScannedTable, known: Catalogue) -> tuple[str, ...]:
    """Return the types by which a column tells people apart.

    What looks like a name is none of a nickname, and nicknames, of which many have the same, are no accounts
    beside what tells people apart. Nor is a number of accounts whose owners other rows tell.
    """
    if column in _referring(scanned):
        return ()
    types = _plain_types(scanned.tags[column], known)
    if not is_nickname(column):
        return types
    nothing = NAMES | {"user_account"} if _others_tell(scanned, known) else NAMES
    return tuple(t for t in types if t not in nothing)


def _referring(scanned: ScannedTable) -> set[str]:
    """Return the columns by which rows refer to things whose persons they have."""
    return {thing.column for thing in scanned.told.things if thing.refers}


def _others_tell(scanned: ScannedTable, known: Catalogue) -> bool:
    """Return whether a key, document or account tells the rows' own persons apart, without nicknames."""
    if any(not key.slot for key in scanned.told.keys.values()):
        return True
    own = [
        pi_type
        for column, tags in scanned.tags.items()
        if not is_nickname(column)
        for pi_type in _plain_types(tags, known)
        if not slot_of(column, "", {pi_type})
    ]
    return any(t in known.identifying and known.types[t].strength != "contact" for t in own)


def _plain_types(tags: Sequence[Tag], known: Catalogue) -> tuple[str, ...]:
    """Return the types of whole cells; of hashed or encrypted ones, as far as they tell persons apart."""
    hashed = _personal_types([tag for tag in tags if tag.form == "pseudonymous"], known)
    plain = _personal_types([tag for tag in tags if tag.form not in ("embedded", "pseudonymous")], known)
    return plain + tuple(pseudonym_of(pi_type) for pi_type in hashed if pi_type in known.identifying)


def _personal_types(tags: Sequence[Tag], known: Catalogue) -> tuple[str, ...]:
    return tuple(t.type for t in tags if t.decision != "rejected" and known.types[t.type].group == "pi")


def _categories(types: Sequence[str], options: Options) -> tuple[str, ...]:
    known = [options.catalogue.types[t] for t in types]
    found = {pi_type.category for pi_type in known} - {""}
    if any(pi_type.is_sensitive(options.as_of) for pi_type in known):
        found.add("sensitive")
    if {"face_embedding", "face_image"} & set(types):
        found.add("face")
    return tuple(sorted(found))


def _flow_plans(scanned: ScannedTable, scan: ScanUnderWay) -> list[TablePlan]:
    """Give a flow of some columns only rows of its own: by other columns nobody leaves, or is sensitive."""
    return [
        _plan(scanned, scan, rows_as=flow_table_id(flow.name, table), exported=table.columns)
        for flow in scan.config.flows
        for table in flow.tables
        if table.id == scanned.id and table.columns is not None
    ]


def _known_table(scanned: ScannedTable, config: ScanConfig) -> TableConfig:
    """Return what the configuration says of a table.

    Raises:
        TableUnreadable: It names a column that the table does not have.
    """
    none = TableConfig(dataset=scanned.dataset, table=scanned.table.name)
    found = next((table for table in config.tables if table.id == scanned.id), none)
    missing = sorted(set(found.columns) - {column.name for column in scanned.table.columns})
    if missing:
        raise TableUnreadable(
            f"tables in the configuration names column '{missing[0]}', which is not in table '{scanned.id}', "
            "so its people were not counted; correct the entry."
        )
    return found


def _time_column(scanned: ScannedTable, config: ScanConfig) -> str | None:
    name = declared_time(scanned.id, config)
    if name is not None and name not in {column.name for column in scanned.table.columns}:
        raise TableUnreadable(
            f"the flow's time column '{name}' is not in table '{scanned.id}', so its people were not "
            "counted; correct time_column in the configuration."
        )
    return name


def declared_time(table: str, config: ScanConfig) -> str | None:
    """Return the time column that flows declare for a table."""
    return next((sent.time_column for flow in config.flows for sent in flow.tables if sent.id == table), None)
