"""Relatives without a name: docs/counting.md, section 7, step by step."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pytest

from scanner.census import Census, Counted, People
from scanner.census.chunks import condense
from scanner.census.graph import build
from scanner.census.linking import link
from scanner.census.members import members_of
from scanner.census.relations import FEWEST, lend_names
from scanner.census.solving import PART_ROWS, solve
from scanner.census.store import Store
from scanner.compiled.loading import Acceleration
from scanner.identifiers import ADULT, MINOR_UNDER_18, RELATION, Records
from scanner.machine.spill import Memory

Row = tuple[int, str, int]  # child, name of the guardian or "", phone


@dataclass(frozen=True)
class World:
    """Children and their guardians: pupils show the guardian's name, jabs do not."""

    pupils: Sequence[Row]
    jabs: Sequence[Row]
    guardians: Sequence[int]  # of every jab, in truth


def world(
    seed: int, *, families: int = 600, shared: float = 0.3, at_school: float = 0.8, doses: float = 2
) -> World:
    """A family has one phone and two children; some have a guardian each, some one for both."""
    rng = np.random.default_rng(seed)
    children = np.arange(2 * families)
    two = np.repeat(rng.random(families) < shared, 2)
    guardian = np.where(two, children, children // 2 * 2)
    rows = [(int(c), f"王{guardian[c]}", int(c) // 2) for c in children]
    vaccinated = np.repeat(children, rng.poisson(doses, len(children)))
    return World(
        [rows[c] for c in children if rng.random() < at_school],
        [(rows[c][0], "", rows[c][2]) for c in vaccinated],
        guardian[vaccinated].tolist(),
    )


def digest(text: object) -> int:
    return int.from_bytes(hashlib.blake2b(repr(text).encode(), digest_size=8).digest(), "little") & ~1


def written(table: str, rows: Sequence[Row]) -> Records:
    return Records(
        table=table,
        slot="guardian",
        ids=(
            ("mobile", np.array([digest(phone) for _, _, phone in rows], np.uint64)),
            (RELATION, np.array([digest((child, phone)) for child, _, phone in rows], np.uint64)),
        ),
        names=np.array([digest(name) if name else 0 for _, name, _ in rows], np.uint64),
        born_as=np.zeros(len(rows), np.uint64),
        flags=np.full(len(rows), ADULT, np.uint32),
        present=np.ones(len(rows), np.bool_),
        key="k",
    )


def people(made: World, rows: int = PART_ROWS) -> People:
    """Link everything, in parts of so many rows."""
    store = Store(Memory())
    for table in ("pupils", "jabs"):
        store.add(condense(written(table, getattr(made, table))))
    return solve(store, Memory(), Acceleration(), 2, rows)


def by_the_rule(made: World) -> float:
    """Return the guardians of the jabs, those unknown by the share of those known."""
    names = {child: name for child, name, _ in made.pupils}
    shown: dict[int, dict[int, str]] = {}
    for child, _, phone in made.jabs:
        shown.setdefault(phone, {})[child] = names.get(child, "")
    known = apart = unknown = 0
    for each in shown.values():
        said = [name for name in each.values() if name]
        known += len(said) if len(said) > 1 else 0
        apart += len(said) if len(set(said)) > 1 else 0
        unknown += len(each) - max(len(said), 1)
    named = sum(len(set(each.values()) - {""}) or 1 for each in shown.values())
    return named + round(unknown * apart / known)


@pytest.mark.parametrize("seed", range(4))
def test_guardians_are_counted_as_the_rule_says(seed: int) -> None:
    made = world(seed)
    counted = people(made).count(["jabs"]).estimate

    assert counted == by_the_rule(made)
    assert counted == pytest.approx(len(set(made.guardians)), rel=0.015)
    assert len({phone for _, _, phone in made.jabs}) < 0.85 * counted  # by the phones alone


def test_doses_count_no_guardian_twice() -> None:
    once, often = world(5, shared=0, doses=2), world(5, shared=0, doses=9)

    for made in (once, often):
        assert people(made).count(["jabs"]).estimate == len(set(made.guardians))


def test_nothing_is_added_where_nobody_is_known_nor_where_few_are() -> None:
    unnamed, few = world(6, at_school=0), world(6, families=FEWEST // 2 - 1)
    phones = {phone for _, _, phone in unnamed.jabs}

    assert people(unnamed).count().estimate == len(phones)
    names = {child: name for child, name, _ in few.pupils}
    known = {(phone, names[child]) for child, _, phone in few.jabs if child in names}
    rest = {phone for _, _, phone in few.jabs} - {phone for phone, _ in known}
    assert people(few).count(["jabs"]).estimate == len(known) + len(rest)


def test_guardians_known_otherwise_are_not_added_to_the_organization() -> None:
    """Whoever is a guardian of an unknown child is here, in truth, a guardian of a pupil as well."""
    made = world(7, shared=0)

    assert people(made).count().estimate == len({phone for _, _, phone in (*made.pupils, *made.jabs)})


def test_a_lent_name_narrows_no_interval() -> None:
    """The other guardian may answer the phone: the row is still one that shows a contact only."""
    both = people(World([(1, "王芳", 1)], [(1, "", 1)] * 3, [])).count(["jabs"])
    alone = people(World([(2, "王芳", 1)], [(1, "", 1)] * 3, [])).count(["jabs"])

    assert (both.lower, both.estimate, both.upper) == (alone.lower, alone.estimate, alone.upper) == (1, 1, 3)


def test_lent_names_do_not_make_a_list_with_names() -> None:
    made = world(1, at_school=1.0)
    census = Census()
    census.add([written("jabs", made.jabs), written("pupils", made.pupils)])
    chunks = lend_names(census.chunks)
    rows, graph = build(chunks, ("jabs", "pupils"))
    linked = link(graph, rows)
    nobody_born = np.zeros(int(linked.person.max()) + 1, np.uint64)

    named = {part.table: part.named for part in members_of(rows, linked, nobody_born).lists}
    assert named == {0: False, 1: True}


def test_two_names_of_one_guardian_are_lent_to_nobody() -> None:
    made = World([(1, "王芳", 1), (1, "李伟", 1)], [(1, "", 1)], [])

    assert people(made).count().estimate == 2
    assert people(made).count(["jabs"]).estimate == 1


def test_a_phone_of_everybody_is_nobodys_though_the_row_has_a_lent_name() -> None:
    made = World([(child, f"王{child}", 1) for child in range(9)], [(child, "", 1) for child in range(9)], [])
    jabs = people(made).count(["jabs"])

    assert (jabs.lower, jabs.estimate, jabs.upper, jabs.anonymous_rows) == (0, 0, 9, 9)


def test_a_child_with_the_name_of_the_guardian_stays_a_child() -> None:
    store = Store(Memory())
    child = Records(
        table="children",
        slot="",
        ids=(("mobile", np.array([digest(1)], np.uint64)),),
        names=np.array([digest("李小宝")], np.uint64),
        born_as=np.zeros(1, np.uint64),
        flags=np.array([MINOR_UNDER_18], np.uint32),
        present=np.ones(1, np.bool_),
        key="k",
    )
    for records in (child, written("pupils", [(1, "王芳", 1)]), written("jabs", [(1, "", 1)])):
        store.add(condense(records))

    assert solve(store, Memory(), Acceleration(), 1).count().estimate == 2


def test_bounds_and_order_and_parts_and_storage_do_not_matter() -> None:
    made = world(8)
    turned = World(made.pupils[::-1], made.jabs[::-1], ())
    stored = Census()
    stored.add([written("pupils", made.pupils), written("jabs", made.jabs)])

    def counted(found: People) -> list[Counted]:
        return [found.count(), found.count(["jabs"]), found.count(["pupils"])]

    whole = counted(people(made))
    assert whole == counted(people(turned)) == counted(people(made, rows=100))
    assert whole == counted(Census.from_arrow(stored.to_arrow()).solve())
    assert all(each.lower <= each.estimate <= each.upper for each in whole)
