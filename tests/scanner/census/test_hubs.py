"""Values of many persons, which identify nobody, and of several, which may."""

from __future__ import annotations

import pytest

from scanner.census import Counted
from scanner.census.kinds import HUB_PERSONS
from tests.scanner.census.people_by_rows import Row, counts, linked


@pytest.mark.parametrize("hub", [{"email": 1}, {"mobile": 1}, {"user_account": 1}])
@pytest.mark.parametrize("witness", ["id_card", "name", "student_no"])
def test_a_value_that_meets_many_persons_identifies_nobody(hub: Row, witness: str) -> None:
    many = 2 * HUB_PERSONS
    people = linked(a=[{**hub, witness: f"人{n}", "wechat_id": n} for n in range(many)], b=[hub] * 4)

    assert people.count(["a"]).estimate == many
    assert people.count(["b"]) == Counted(
        lower=0, estimate=0, upper=4, anonymous_rows=4, rows=4, ageless=0, method="rows-bound"
    )


def test_a_phone_that_meets_many_persons_through_devices_does_not_link_them() -> None:
    many = 3_000
    terminals: list[Row] = [{"mobile": 1, "device_id": n} for n in range(many)]
    owners: list[Row] = [{"device_id": n, "id_card": n} for n in range(many)]

    assert linked(a=terminals, b=owners).count().estimate == many


def _calls(*, twice: int, once: int) -> list[Row]:
    return [{"mobile": n} for n in range(twice + once)] + [{"mobile": n} for n in range(twice)]


def test_a_phone_that_comes_twice_in_a_list_is_two_persons() -> None:
    assert counts(linked(calls=_calls(twice=1, once=40)).count()) == (14, 42, 42)


def test_the_second_row_of_a_list_is_a_person_known_to_use_the_phone() -> None:
    family: list[Row] = [{"mobile": 0, "id_card": n} for n in range(2)]
    people = linked(calls=_calls(twice=1, once=40), family=family)

    assert people.count(["calls"]).estimate == 42
    assert people.count().estimate == 42


def test_a_phone_that_comes_twice_in_a_log_is_one_person() -> None:
    assert linked(calls=_calls(twice=4, once=40)).count().estimate == 44
    assert linked(calls=_calls(twice=1, once=10)).count().estimate == 11


def test_many_devices_do_not_make_an_account_a_hub() -> None:
    assert linked(a=[{"user_account": 1, "device_id": n} for n in range(100)]).count().estimate == 1


@pytest.mark.parametrize(
    ("named", "witness", "number"),
    [(100, "medical_record_no", 1), (50, "medical_record_no", 1), (49, "medical_record_no", 100),
     (100, "id_card", 100)],
)  # fmt: skip
def test_numbers_of_visits_under_one_name_do_not_make_a_patient_many(
    named: int, witness: str, number: int
) -> None:
    named_as = [{"name": "王芳"}] * named + [{}] * (100 - named)
    visits: list[Row] = [{"user_account": 1, witness: n, **name} for n, name in enumerate(named_as)]

    assert linked(a=visits).count().estimate == number


def test_a_default_document_with_many_names_identifies_nobody() -> None:
    rows: list[Row] = [{"id_card": 1, "name": f"王{n}", "user_account": n} for n in range(HUB_PERSONS)]

    assert linked(a=rows).count().estimate == HUB_PERSONS
