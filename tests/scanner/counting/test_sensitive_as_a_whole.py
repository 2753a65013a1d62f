"""Sensitive as a whole: everybody with a sensitive item, and every child under 14 (PIPL article 28).

Whose age nothing shows may be a child, so may be sensitive: the upper bound has to say so.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.census import Census
from scanner.config import FlowConfig, FlowTable
from scanner.counting import CATEGORIES, WINDOWS, Counts
from scanner.identifiers import SubjectKey, identify, plan_table
from scanner.identifiers.windows import CERTAIN, POSSIBLE
from scanner.result import SubjectCount

KEY = SubjectKey(bytes(range(16)))
AS_OF = dt.date(2026, 11, 22)
_MARKS = {
    "certain": CERTAIN["year_to_date"] | POSSIBLE["year_to_date"],
    "perhaps": POSSIBLE["year_to_date"],
    "no": 0,
}
_COLUMNS = (
    ("member", ("user_account",), ()),
    ("born", ("birth_date",), ()),
    ("name", ("person_name",), ()),
    ("diagnosis", ("diagnosis_text",), ("health", "sensitive")),
)


@dataclass(frozen=True)
class Seen:
    """One row about a person of the world. ``None`` as account: the row names nobody."""

    person: int
    account: bool = True
    born: bool = False
    sick: bool = False
    sent: str = "certain"


# Who they are: every third is a child under 14, and of the others every fourth not of age.
def age(person: int) -> int:
    return 9 if person % 3 == 0 else 16 if person % 4 == 0 else 40


def counted(tables: Mapping[str, Sequence[Seen]]) -> Counts:
    census = Census()
    for name, rows in tables.items():
        plan = plan_table("crm", name, _COLUMNS, {column: "" for column, _, _ in _COLUMNS})
        values = {
            "member": [f"M{row.person:09}" if row.account else None for row in rows],
            "born": [
                f"{AS_OF.year - age(row.person)}-01-0{1 + row.person % 7}" if row.born else None
                for row in rows
            ],
            "name": ["王**" for _ in rows],
            "diagnosis": ["高血压" if row.sick else None for row in rows],
        }
        batch = pa.record_batch({name: pa.array(of, pa.string()) for name, of in values.items()})
        marks = np.array([_MARKS[row.sent] for row in rows], np.uint32)
        census.add(identify(batch, plan, KEY, as_of=AS_OF, row_flags=marks))
    return Counts(census.solve())


def of(subjects: Sequence[SubjectCount], category: str, window: str = "all_time") -> tuple[int, int, int]:
    (found,) = (c for c in subjects if (c.category, c.window) == (category, window))
    return found.lower, found.estimate, found.upper


def table(counts: Counts, name: str = "t") -> tuple[SubjectCount, ...]:
    return counts.scope("table", f"crm/{name}", [f"crm/{name}"])


def flow(*tables: str) -> FlowConfig:
    return FlowConfig(name="eu", tables=tuple(FlowTable(dataset="crm", table=name) for name in tables))


def test_people_of_unknown_age_may_be_sensitive() -> None:
    counts = counted({"t": [Seen(person) for person in range(30)]})

    assert of(table(counts), "sensitive") == (0, 0, 30)
    assert of(counts.flow("eu", [flow("t")]), "sensitive", "year_to_date") == (0, 0, 30)


def test_the_count_says_who_may_be_sensitive_by_age_alone() -> None:
    rows = [Seen(person, sick=person < 4) for person in range(30)]
    counts = counted({"t": rows, "aged": [Seen(person, born=True) for person in range(30)]})

    (unknown,) = (c for c in table(counted({"t": rows})) if c.category == "sensitive")
    (known,) = (c for c in table(counts) if c.category == "sensitive")

    assert "14" in unknown.note
    assert "14" not in known.note


def test_people_whose_age_is_shown_elsewhere_are_not_in_doubt() -> None:
    counts = counted(
        {
            "t": [Seen(person) for person in range(30)],
            "aged": [Seen(person, born=True) for person in range(30)],
        }
    )

    assert of(table(counts), "sensitive") == of(table(counts), "minor_under_14") == (5, 10, 10)


def test_who_is_both_sick_and_of_unknown_age_counts_once() -> None:
    counts = counted({"t": [Seen(person, sick=person < 10) for person in range(20) for _ in range(2)]})

    assert of(table(counts), "sensitive") == (5, 10, 20)


def test_children_whom_no_identifier_names_are_sensitive_too() -> None:
    rows = [Seen(person, account=False, born=True) for person in range(0, 30, 3)]
    counts = counted({"t": [*rows, *(Seen(person, born=True, sick=True) for person in (1, 2, 5))]})

    children, sensitive = of(table(counts), "minor_under_14"), of(table(counts), "sensitive")

    assert children == (1, 10, 10)
    assert sensitive == (2, 13, 13)


@pytest.mark.parametrize("sent", ["certain", "perhaps"])
def test_a_person_is_sensitive_in_the_flow_that_holds_the_item(sent: str) -> None:
    """The diagnosis of the adult left with one flow only; the child is sensitive in both."""
    counts = counted(
        {
            "a": [Seen(1, born=True, sick=True, sent=sent), Seen(3, born=True, sent=sent)],
            "b": [Seen(1, born=True, sent=sent), Seen(3, born=True, sent=sent)],
        }
    )
    least = 0 if sent == "perhaps" else 1  # of two accounts without a number for life

    for tables, persons in (("a", 2), ("b", 1), ("ab", 2)):
        found = counts.flow("eu", [flow(*tables)])
        assert of(found, "sensitive", "year_to_date") == (least, persons, persons)


ROWS = st.lists(
    st.builds(
        Seen,
        person=st.integers(0, 11),
        account=st.booleans(),
        born=st.booleans(),
        sick=st.booleans(),
        sent=st.sampled_from([*_MARKS]),
    ),
    max_size=14,
)


def part_of(small: tuple[int, int, int], large: tuple[int, int, int]) -> bool:
    return all(few <= many for few, many in zip(small, large, strict=True))


@settings(max_examples=150, deadline=None)
@given(ROWS, ROWS)
def test_truth_is_inside_and_no_part_is_larger_than_the_whole(first: list[Seen], second: list[Seen]) -> None:
    tables = {"a": first, "b": second}
    counts = counted(tables)
    asked = {
        "a": table(counts, "a"),
        "b": table(counts, "b"),
        "ab": counts.scope("organization", "", ["crm/a", "crm/b"]),
    }
    flows = {tables: counts.flow("eu", [flow(*tables)]) for tables in asked}

    for names, subjects in asked.items():
        rows = [row for name in names for row in tables[name]]
        _check(subjects, "all_time", rows)
        for window in WINDOWS[:2]:
            inside = [row for row in rows if window == "all_time" or row.sent == "certain"]
            perhaps = [row for row in rows if window == "all_time" or row.sent != "no"]
            _check(flows[names], window, inside, perhaps)
    for found in (asked, flows):
        for count in found["a"]:
            whole = [c for c in found["ab"] if (c.category, c.window) == (count.category, count.window)]
            assert all(count.lower <= c.lower and count.upper <= c.upper for c in whole)


def _check(
    subjects: Sequence[SubjectCount], window: str, rows: Sequence[Seen], perhaps: Sequence[Seen] | None = None
) -> None:
    found = {c.category: (c.lower, c.estimate, c.upper) for c in subjects if c.window == window}
    for category, least in _true(rows).items():
        if category in found:
            lower, estimate, upper = found[category]
            assert lower <= estimate <= upper
            assert lower <= _true(rows if perhaps is None else perhaps)[category]
            assert least <= upper
    order = ["minor_under_14", "sensitive", "all"]
    for small, large in pairwise(name for name in order if name in found):
        assert found[small][0] <= found[large][0], (small, large, found)
        assert found[small][2] <= found[large][2], (small, large, found)
    for category in CATEGORIES:
        assert category not in found or part_of(found[category], found["sensitive"])
    assert part_of(found["minor_under_14"], found["sensitive"])


def _true(rows: Sequence[Seen]) -> Mapping[str, int]:
    children = {row.person for row in rows if age(row.person) < 14}
    sick = {row.person for row in rows if row.sick}
    return {
        "all": len({row.person for row in rows}),
        "sensitive": len(children | sick),
        "minor_under_14": len(children),
        "health": len(sick),
    }
