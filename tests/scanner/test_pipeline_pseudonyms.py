"""The whole road from sources to result: hashed and encrypted identifiers."""

from __future__ import annotations

import hashlib

import pyarrow as pa
import pytest

from scanner.review import Decision

from .pipelines import count_of, scan

KNOWN, ALL = 60, 100


@pytest.fixture
def people(make_people):
    return make_people(ALL)


def md5(values):
    return [hashlib.md5(value.encode(), usedforsecurity=False).hexdigest() for value in values]


def crm(people):
    return pa.table(
        {
            "name": [p.name for p in people],
            "phone": [p.mobile for p in people],
            "id_card": [p.id_card for p in people],
        }
    )


def log(people, times=3):
    return pa.table({"phone_md5": md5(p.mobile for p in people) * times, "page": ["a"] * times * len(people)})


def counts(result):
    return {table.name: count_of(table.subjects) for table in result.datasets[0].tables}


def test_equal_hashes_are_one_persons(people):
    result = scan({"ads": {"log": log(people), "partner": log(people, 1)}})

    lower, estimate, upper = count_of(result.organization.subjects)
    assert estimate == ALL
    assert lower < ALL < upper  # hashed in several ways, a person is known by several; families share phones
    assert {name: count[1] for name, count in counts(result).items()} == {"log": ALL, "partner": ALL}


@pytest.mark.parametrize("hashed", [20, ALL])
def test_whom_hashes_alone_show_may_be_anybody_whom_other_tables_show(people, hashed):
    result = scan({"shop": {"crm": crm(people[:KNOWN]), "log": log(people[-hashed:])}})

    lower, estimate, upper = count_of(result.organization.subjects)
    assert estimate == max(KNOWN, hashed)
    assert lower == KNOWN
    assert upper >= KNOWN + hashed


def test_one_table_shows_nobody_twice(people):
    half = ALL // 2
    rows = {
        "phone": [p.mobile for p in people[:half]] + [None] * half,
        "phone_md5": [None] * half + md5(p.mobile for p in people[half:]),
    }
    result = scan({"shop": {"users": pa.table(rows), "crm": crm(people[:KNOWN])}})

    assert counts(result)["users"][1] == ALL
    assert count_of(result.organization.subjects)[1] == ALL


def test_a_row_with_both_ties_a_hash_to_a_person(people):
    both = crm(people).append_column("phone_md5", pa.array(md5(p.mobile for p in people)))
    result = scan({"shop": {"crm": both, "log": log(people)}})

    assert count_of(result.organization.subjects)[:2] == (ALL, ALL)


def test_two_hashes_of_one_number_are_no_contradiction(people):
    numbers = [p.id_card for p in people]
    rows = {"id_card": numbers, "id_card_md5": md5(numbers), "id_card_sha1": md5(f"{n}-" for n in numbers)}

    assert count_of(scan({"shop": {"kyc": pa.table(rows)}}).organization.subjects) == (ALL, ALL, ALL)


def test_ciphertext_with_room_for_a_nonce_tells_nobody_apart(people):
    cells = [(value + value[:14]).upper() for value in md5(p.mobile for p in people)]
    result = scan({"shop": {"users": pa.table({"手机号密文": cells})}})

    assert counts(result)["users"] == (0, 0, ALL)
    (column,) = result.datasets[0].tables[0].columns
    assert [(tag.type, tag.form) for tag in column.tags] == [("mobile", "pseudonymous")]


def test_hashed_names_are_no_names(people):
    rows = {"real_name_md5": md5(p.name for p in people), "phone": [p.mobile for p in people]}
    plain = scan({"shop": {"users": pa.table({"phone": rows["phone"]})}})

    assert counts(scan({"shop": {"users": pa.table(rows)}})) == counts(plain)


def test_the_open_points_say_that_pseudonyms_may_be_others(people):
    result = scan({"shop": {"crm": crm(people[:KNOWN]), "log": log(people)}})

    points = {point.subject: point for point in result.organization.linkage.open_points}
    assert "hashed or encrypted contact" in points["pseudonymous_contact"].en
    assert "散列或加密的联系方式" in points["pseudonymous_contact"].zh


def test_a_reviewer_says_what_was_hashed(people):
    table = pa.table({"c1": md5(p.mobile for p in people)})
    decision = Decision(dataset="shop", table="users", column="c1", types=("mobile",))
    found = scan({"shop": {"users": table}}, review={decision.key: decision})

    ((tag,),) = (column.tags for column in found.datasets[0].tables[0].columns)
    assert (tag.type, tag.form, tag.decision) == ("mobile", "pseudonymous", "confirmed")
    assert counts(found)["users"][1] == ALL
