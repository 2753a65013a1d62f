"""Minors: who is one, for certain or not, and how many there are."""

from __future__ import annotations

import pytest

from scanner.census import Doubt
from scanner.identifiers import ADULT, CATEGORY_BITS, MINOR_UNDER_14, MINOR_UNDER_18
from tests.scanner.census.people_by_rows import MINOR, WINDOW, Row, counts, linked


def test_a_minor_is_one_in_all_rows() -> None:
    people = linked(
        a=[{"id_card": 1, "user_account": 1, "flags": MINOR}], b=[{"user_account": 1, "flags": WINDOW}]
    )

    assert people.count(["b"], every=WINDOW, some=MINOR_UNDER_14).estimate == 1


# A person known by an ID number, with a name and a phone, and what other rows of the person say.
BY_ID: Row = {"id_card": 1, "mobile": 1, "name": "王芳"}
BY_NAME: Row = {"mobile": 1, "name": "王芳"}
TEEN = MINOR_UNDER_18


@pytest.mark.parametrize(
    ("by_id", "by_name", "under_14", "under_18", "open_14", "open_18"),
    [
        (ADULT, [MINOR], 0, 0, True, True),  # the ID number says otherwise
        (ADULT, [TEEN], 0, 0, False, True),
        (ADULT, [ADULT, MINOR], 0, 0, True, True),
        (TEEN, [MINOR], 0, 1, True, False),  # nobody disputes that the person is a minor
        (MINOR, [ADULT], 1, 1, False, False),
        (MINOR, [TEEN], 1, 1, False, False),
        (0, [MINOR], 1, 1, False, False),  # an ID number without a possible birth date says nothing
        (ADULT, [0], 0, 0, False, False),
    ],
)
def test_the_id_number_tells_the_age_before_other_rows_of_the_person(
    by_id: int, by_name: list[int], under_14: int, under_18: int, open_14: bool, open_18: bool
) -> None:
    rows = [{**BY_NAME, "flags": flags} for flags in by_name]
    people = linked(a=[{**BY_ID, "flags": by_id}], b=rows)
    assert people.count().estimate == 1

    for tables, without_document in ((None, True), (["a"], False), (["b"], True)):
        for bit, minors, disputed in (
            (MINOR_UNDER_14, under_14, open_14),
            (MINOR_UNDER_18, under_18, open_18),
        ):
            counted = people.count(tables, some=bit)
            assert (counted.lower, counted.estimate) == (minors, minors)
            assert counted.ageless == (disputed and without_document)


@pytest.mark.parametrize(
    ("ages", "under_14", "under_18"),
    [
        ([MINOR, ADULT], (0, 1, 1), (0, 1, 1)),
        ([MINOR, TEEN], (0, 1, 1), (1, 1, 1)),
        ([TEEN, ADULT], (0, 0, 0), (0, 1, 1)),
        ([MINOR, MINOR, 0], (1, 1, 1), (1, 1, 1)),
    ],
)
def test_a_minor_whom_another_row_denies_is_none_for_certain(
    ages: list[int], under_14: tuple[int, int, int], under_18: tuple[int, int, int]
) -> None:
    people = linked(**{f"t{n}": [{"user_account": 1, "flags": flags}] for n, flags in enumerate(ages)})

    for bit, expected in ((MINOR_UNDER_14, under_14), (MINOR_UNDER_18, under_18)):
        assert counts(people.count(some=bit)) == expected
        assert people.count(some=bit).ageless == 0
    assert counts(people.count(some=CATEGORY_BITS["health"] | MINOR_UNDER_14)) == under_14


def test_a_denied_minor_is_sensitive_for_certain_by_another_value() -> None:
    health = CATEGORY_BITS["health"]
    people = linked(a=[{"user_account": 1, "flags": MINOR | health}], b=[{"user_account": 1, "flags": ADULT}])

    assert counts(people.count(some=health | MINOR_UNDER_14)) == (1, 1, 1)


def test_a_denied_minor_is_an_open_point_of_the_table_that_says_so() -> None:
    people = linked(a=[{"user_account": 1, "flags": MINOR}], b=[{"user_account": 1, "flags": ADULT}])
    found = people.doubts(["a", "b"])
    assert [doubt for doubt in found if doubt.what == "unknown_ages"] == [Doubt("unknown_ages", "a", 1)]


def test_disputed_ages_are_an_open_point() -> None:
    people = linked(a=[{**BY_ID, "flags": ADULT}], b=[{**BY_NAME, "flags": MINOR}])
    found = people.doubts(["a", "b"])
    assert [doubt for doubt in found if doubt.what == "unknown_ages"] == [Doubt("unknown_ages", "b", 1)]


def test_minors_without_an_identifier_count_and_unknown_ages_widen_the_bound() -> None:
    child: Row = {"flags": MINOR}
    people = linked(a=[child, child, {"id_card": 1, "flags": ADULT}, {"id_card": 2}, {}])
    counted = people.count(some=MINOR_UNDER_14)

    assert counts(counted) == (1, 2, 4)
    assert counted.ageless == 2


def test_minors_are_told_apart_by_name_and_birth_date() -> None:
    child: Row = {"flags": MINOR, "name": "王小芳", "born": "20200101"}
    people = linked(
        school=[{**child, "student_no": 1}], clinic=[{**child, "medical_record_no": 1}], club=[child]
    )

    assert people.count().estimate == 2
    assert people.count(some=MINOR_UNDER_14).estimate == 1


def test_namesakes_born_on_one_day_are_two_if_both_have_an_id() -> None:
    child: Row = {"flags": MINOR, "name": "王小芳", "born": "20200101"}

    assert linked(a=[{**child, "id_card": n} for n in (1, 2)]).count(some=MINOR_UNDER_18).estimate == 2
