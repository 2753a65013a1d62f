"""No table has more people for certain than its dataset, no dataset than the organization."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from scanner.counting import CATEGORIES, holding, within
from scanner.counting.nesting import nested
from scanner.result import SubjectCount


def count(
    category: str, lower: int, estimate: int, upper: int, confidence: float | None = None
) -> SubjectCount:
    return SubjectCount(
        scope="table",
        name="t",
        category=category,
        window="all_time",
        lower=lower,
        estimate=estimate,
        upper=upper,
        confidence=confidence,
    )


@st.composite
def counts(draw: st.DrawFn) -> tuple[SubjectCount, ...]:
    names = ("all", "sensitive", *CATEGORIES[:3], "minor_under_14", "minor_under_18")
    numbers = [sorted(draw(st.lists(st.integers(0, 99), min_size=3, max_size=3))) for _ in names]
    return tuple(count(name, *three) for name, three in zip(names, numbers, strict=True))


def ordered(found: Sequence[SubjectCount]) -> bool:
    return all(one.lower <= one.estimate <= one.upper for one in found)


@given(counts())
def test_no_category_is_larger_than_what_holds_it(found: tuple[SubjectCount, ...]) -> None:
    made = {one.category: one for one in nested(found)}

    assert ordered(tuple(made.values()))
    assert [*made] == [one.category for one in found]
    for part, whole in (
        ("sensitive", "all"),
        ("minor_under_18", "all"),
        ("minor_under_14", "minor_under_18"),
        ("minor_under_14", "sensitive"),
        *((category, "sensitive") for category in CATEGORIES[:3]),
    ):
        assert made[part].lower <= made[whole].lower
        assert made[part].estimate <= made[whole].estimate
        assert made[part].upper <= made[whole].upper


@given(counts(), counts(), counts())
def test_scopes_agree_and_stay_inside_what_each_bound_allows(
    table: tuple[SubjectCount, ...], dataset: tuple[SubjectCount, ...], organization: tuple[SubjectCount, ...]
) -> None:
    whole = within(holding(dataset, table), organization)
    part = within(table, whole)

    assert ordered(whole)
    assert ordered(part)
    for one, other, most, before in zip(part, whole, organization, table, strict=True):
        assert one.lower <= other.lower <= most.lower
        assert one.lower <= before.lower
        assert one.estimate == before.estimate


def test_a_lower_end_of_a_part_brings_its_confidence() -> None:
    (raised,) = holding((count("all", 5, 20, 20),), (count("all", 9, 9, 9, 0.99),))

    assert (raised.lower, raised.confidence) == (9, 0.99)
