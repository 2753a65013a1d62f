"""The whole road from sources to result: rows that show others than the people whose numbers they have."""

from __future__ import annotations

import pyarrow as pa
import pytest

from .pipelines import count_of, scan

USERS, OTHERS, DOCTORS, EACH = 40, 200, 12, 10


@pytest.fixture(scope="module")
def users(make_people):
    return make_people(USERS)


@pytest.fixture(scope="module")
def others(make_people):
    return make_people(OTHERS, first=USERS + 7)


def everybody(tables):
    return count_of(scan({"db": tables}).organization.subjects)[1]


def list_of(people, own="user_id"):
    return pa.table(
        {
            own: range(1, len(people) + 1),
            "name": [p.name for p in people],
            "mobile": [p.mobile for p in people],
        }
    )


def calls(others, header, own="user_id"):
    rows = range(USERS * EACH)
    return pa.table(
        {
            own: [1 + n % USERS for n in rows],
            header: [others[n * 7 % OTHERS].mobile for n in rows],
            "seconds": [1 + n % 90 for n in rows],
        }
    )


@pytest.mark.parametrize("header", ["peer_number", "mobile", "num2"])
def test_whom_users_call_is_somebody_else(users, others, header):
    assert everybody({"t_user": list_of(users), "t_call": calls(others, header)}) == USERS + OTHERS


def test_whom_accounts_call_is_somebody_else(users, others):
    listed, log = list_of(users, "account_no"), calls(others, "mobile", "account_no")
    assert everybody({"member": listed, "call_log": log}) == USERS + OTHERS


def test_phones_that_a_user_changed_are_the_users(users, others):
    changed = pa.table(
        {
            "user_id": [1 + n // 2 for n in range(2 * USERS)],
            "mobile": [others[n].mobile for n in range(2 * USERS)],
        }
    )
    assert everybody({"t_user": list_of(users), "t_phone_change": changed}) == USERS


def test_the_people_of_an_address_book_are_not_its_user(users, others):
    rows = range(USERS * EACH)
    book = pa.table(
        {
            "user_id": [1 + n % USERS for n in rows],
            "contact_name": [others[n * 7 % OTHERS].name for n in rows],
            "contact_phone": [others[n * 7 % OTHERS].mobile for n in rows],
        }
    )
    loans = pa.table({"user_id": [1 + n % USERS for n in rows], "amount": [n * 3.5 for n in rows]})
    assert everybody({"t_user": list_of(users), "t_user_contact": book, "t_loan": loans}) == USERS + OTHERS


@pytest.mark.parametrize(
    ("listing", "number", "stay", "doctors"),
    [
        ("pat_master_index", "patient_id", "inp_no", ["attending_doctor"]),
        ("patient", "patient_id", "inp_no", ["head"]),
        ("病人基本信息", "病人ID", "住院号", ["主治医师", "主任医师"]),
    ],
)
def test_the_number_of_a_stay_is_the_patients_though_doctors_are_named(
    users, others, listing, number, stay, doctors
):
    patients = {
        number: [f"{10**7 + n}" for n in range(USERS)],
        "name": [p.name for p in users],
        "id_card": [p.id_card for p in users],
    }
    rows = range(3 * USERS)
    stays = {
        stay: [f"ZY{n:07}" for n in rows],
        number: [f"{10**7 + n % USERS}" for n in rows],
        "diagnosis": ["肺炎", "骨折"] * (len(rows) // 2),
    }
    named = {who: [others[n * 5 % DOCTORS].name for n in rows] for who in doctors}
    tables = {listing: pa.table(patients), "visit": pa.table(stays | named)}
    assert everybody(tables) == USERS


def test_of_several_names_beside_a_key_one_may_be_its_persons(users, others):
    rows = range(3 * USERS)
    tests = {
        "patient_id": [1 + n % USERS for n in rows],
        "name": [users[n % USERS].name for n in rows],
        "ordering": [others[n * 5 % DOCTORS].name for n in rows],
        "verified_by": [others[n * 3 % DOCTORS].name for n in rows],
    }
    assert everybody({"patient": list_of(users, "patient_id"), "lab_test": pa.table(tests)}) == USERS


def test_the_plate_in_a_ride_is_the_drivers(users, others):
    plates = [f"京A{10000 + n * 37}" for n in range(USERS)]
    drivers = {
        "driver_id": range(1, USERS + 1),
        "driver_name": [p.name for p in others[:USERS]],
        "plate_no": plates,
    }
    rows = range(4 * USERS)
    driven = [n * 7 // 3 % USERS for n in rows]
    rides = {
        "passenger_id": [1 + n % USERS for n in rows],
        "driver_id": [1 + driver for driver in driven],
        "plate_no": [plates[driver] for driver in driven],
    }
    riders = pa.table({"passenger_id": range(1, USERS + 1), "mobile": [p.mobile for p in users]})
    assert everybody({"passenger": riders, "driver": pa.table(drivers), "ride": pa.table(rides)}) == 2 * USERS


def test_a_nickname_that_looks_like_a_name_contradicts_no_name(users):
    accounts = {
        "mobile": [p.mobile for p in users],
        "nickname": [f"{p.name[0]}家长" for p in users],
        "openid": [f"oA{n:026}" for n in range(USERS)],
    }
    assert everybody({"t_user": list_of(users), "parent_account": pa.table(accounts)}) == USERS


def test_agents_have_the_number_by_which_a_table_lists_them(users):
    agents = {
        "agent_code": [f"A{n:05}" for n in range(USERS)],
        "name": [p.name for p in users],
        "id_no": [p.id_card for p in users],
    }
    assert everybody({"agent": pa.table(agents)}) == USERS


def test_who_orders_for_herself_is_counted_once(users, others):
    """The shop knows no phone of its customers; every fifth order goes to somebody else."""
    rows = range(2 * USERS)
    received = [others[n] if n % 5 == 0 else users[n % USERS] for n in rows]
    orders = {
        "customer_id": [1 + n % USERS for n in rows],
        "billing_name": [users[n % USERS].name for n in rows],
        "shipping_name": [p.name for p in received],
        "shipping_phone": [p.mobile for p in received],
    }
    listed = list_of(users, "id").drop_columns("mobile")
    assert everybody({"customers": listed, "orders": pa.table(orders)}) == USERS + 2 * USERS // 5


def nameless(own="id"):
    return pa.table({own: range(1, USERS + 1), "login_name": [f"shopper{n}" for n in range(USERS)]})


def orders(people, whose="receiver", own="user_id"):
    """Return orders in which every user comes with people of their own, each in turn."""
    each = len(people) // USERS
    rows = [(user, people[user * each + turn % each]) for user in range(USERS) for turn in range(EACH // 2)]
    return pa.table(
        {
            own: [1 + user for user, _ in rows],
            f"{whose}_name": [p.name for _, p in rows],
            f"{whose}_phone": [p.mobile for _, p in rows],
        }
    )


@pytest.mark.parametrize("own", ["user_id", "member_no"])
def test_a_receiver_who_never_changes_is_the_user(others, own):
    tables = {"t_user": nameless(own), "t_order": orders(others[:USERS], own=own)}
    subjects = scan({"db": tables}).organization.subjects
    assert count_of(subjects)[1:] == (USERS, 2 * USERS)


@pytest.mark.parametrize(("each", "number"), [(1, USERS), (2, 3 * USERS)])
@pytest.mark.parametrize(
    ("header", "written"),
    [("license_plate", "京A{:05}"), ("openid", "oX7dF5k-{:020}")],
    ids=["car", "openid"],
)
def test_whoever_always_stands_beside_a_car_or_openid_has_it(others, each, number, header, written):
    told = orders(others[: each * USERS], "sender", own=header)
    written = [written.format(user.as_py()) for user in told[header]]
    assert everybody({"repairs": told.set_column(0, header, pa.array(written))}) == number


def test_receivers_who_change_are_others(others):
    assert everybody({"t_user": nameless(), "t_order": orders(others[: 2 * USERS])}) == 3 * USERS


def test_a_receiver_of_another_name_than_the_user_is_somebody_else(users, others):
    assert everybody({"t_user": list_of(users), "t_order": orders(others[:USERS])}) == 2 * USERS


def test_of_a_sender_and_a_receiver_who_never_change_neither_is_the_user(others):
    sent, received = orders(others[:USERS], "sender"), orders(others[USERS : 2 * USERS])
    for column in ("receiver_name", "receiver_phone"):
        sent = sent.append_column(column, received[column])
    assert everybody({"t_user": nameless(), "t_order": sent}) == 3 * USERS


def test_a_relative_who_never_changes_is_not_the_user(others):
    told = orders(others[:USERS], "emergency_contact")
    assert everybody({"t_user": nameless(), "t_order": told}) == 2 * USERS
