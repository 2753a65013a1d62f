"""Which columns may hold several values in a cell, and whose they are by header and configuration."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from classifiers import Catalogue, Tag
from scanner.identifiers import CellsPlan
from scanner.identifiers.members import is_telling
from scanner.identifiers.plans import NAMES, ONE, PEOPLE
from scanner.stages.slots import SELF

# Headers of cells that are about several people: members, family, those copied in, those who come along.
_CHINESE = re.compile(
    r"成员|组员|队员|团员|会员名单|名单|家属|亲属|亲友|家人|子女|抄送|密送|收件人列表|同行|随行|同住|乘客|乘车人|旅客|出行人"
    r"|参会|与会|参与人|参加人|出席|访客|嘉宾|联系人列表|关系人"
)
_ENGLISH = re.compile(
    r"(^|_)(members?|family|families|household|relatives?|dependents?|dependants?|children|kids|guardians|parents"
    r"|cc|bcc|recipients|participants?|attendees?|passengers?|travell?ers?|guests?|visitors?|contacts|users|people"
    r"|persons|employees|students|patients|customers|colleagues|companions?|teammates?)(_|$)"
)

Column = tuple[str, tuple[str, ...], tuple[str, ...]]
Columns = Sequence[Column]


def cells_of(
    columns: Columns, tags: Mapping[str, Sequence[Tag]], declared: Mapping[str, str], known: Catalogue
) -> tuple[CellsPlan, ...]:
    """Return the columns whose cells may hold several values.

    Args:
        columns: Name, PI types and categories of every tagged column.
        tags: Those that say so, by column.
        declared: Slots that somebody has declared.
        known: Knows which types identify.

    """
    return tuple(plan for column in columns for plan in _plan(column, tags[column[0]], declared, known))


def _plan(
    tagged: Column, tags: Sequence[Tag], declared: Mapping[str, str], known: Catalogue
) -> Iterator[CellsPlan]:
    column, types, categories = tagged
    if any(tag.form == "pseudonymous" for tag in tags):
        return
    within = [tag for tag in tags if tag.form == "embedded" and tag.type in types]
    held = tuple(tag.type for tag in within) or types
    shown = tuple(t for t in held if t in NAMES or t in known.identifying)
    if not shown and root_of(column):
        shown = tuple(t for t in held if t == "birth_date")
    if shown or (root_of(column) and categories):
        yield CellsPlan(
            column=column,
            types=shown,
            categories=categories,
            whole=not within,
            in_text=bool(within) and all(_in_text(tag) for tag in within),
            reading=_reading(column, declared),
        )


def _in_text(tag: Tag) -> bool:
    return any(evidence.kind == "text" for evidence in tag.evidence)


def _reading(column: str, declared: Mapping[str, str]) -> str:
    if column in declared:
        return ONE if declared[column] == SELF else PEOPLE
    words = "_".join(re.findall(r"[a-z]+", re.sub(r"(?<=[a-z])(?=[A-Z])", "_", column).lower()))
    return PEOPLE if _CHINESE.search(column) or _ENGLISH.search(words) else ""


def root_of(column: str) -> str:
    """Return the list of structs that a column is a field of; empty for others."""
    return column.rpartition("[].")[0]


def of_children(columns: Columns, known: Catalogue) -> frozenset[str]:
    """Return the columns of lists of structs whose elements are persons of their own."""
    roots = {root_of(c) for c, types, _ in columns if any(is_telling(t, known) for t in types)} - {""}
    return frozenset(column for column, _, _ in columns if root_of(column) in roots)
