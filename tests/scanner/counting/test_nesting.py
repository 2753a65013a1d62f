"""No table has more people for certain than its dataset, no dataset than the organization."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.counting import CATEGORIES, holding, within
from scanner.counting.nesting import nested
from scanner.result import SubjectCount
from tests.scanner.pipelines import count_of, scan


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


@pytest.fixture
def lake(make_people):
    """Return 300 customers, and a newsletter of 600 addresses, half of them with a member number.

    Alone, it has 561 readers at least: no customer is seen with two addresses.
    """
    people = make_people(600)
    member = [f"M{i:09}" for i in range(300)]
    return {
        "crm": {"customer": pa.table({"member_no": member, "id_card": [p.id_card for p in people[:300]]})},
        "post": {
            "newsletter": pa.table(
                {"email": [p.email for p in people], "member_no": [*member, *[None] * 300]}
            )
        },
    }


def test_a_newsletter_has_no_more_readers_for_certain_than_the_company_has_people(lake) -> None:
    result = scan(lake)
    (newsletter,) = (t for d in result.datasets for t in d.tables if t.name == "newsletter")
    lower, estimate, _ = count_of(result.organization.subjects)

    assert 300 <= count_of(newsletter.subjects)[0] <= lower <= estimate == 600


def test_a_further_dataset_never_lowers_the_organization(lake, make_people) -> None:
    alone = scan({"crm": lake["crm"]})
    further = {"shop": {"buyer": pa.table({"email": [p.email for p in make_people(50, 900)]})}}

    lowers = [
        count_of(scan(sources).organization.subjects)[0]
        for sources in ({"crm": lake["crm"]}, lake, lake | further)
    ]

    assert lowers == sorted(lowers)
    assert count_of(alone.organization.subjects)[0] == 300
