"""The whole road from sources to result: rows that tell nobody apart, but of what thing they are."""

from __future__ import annotations

import hashlib

import pyarrow as pa
import pytest

from scanner.report import html
from scanner.review import Decision

from .pipelines import count_of, scan

PATIENTS, VISITS = 60, 90  # every second patient comes twice
DISEASES = ["2型糖尿病", "原发性高血压", "急性支气管炎", "慢性胃炎", "腰椎间盘突出症"]


@pytest.fixture
def clinic(make_people):
    """Patients, their visits by number of the patient, and diagnoses by number of the visit."""
    people = make_people(PATIENTS)
    return {
        "patients": pa.table({"id": range(1, PATIENTS + 1), "id_card": [p.id_card for p in people]}),
        "visits": pa.table(
            {"id": range(1001, 1001 + VISITS), "patient_id": [1 + n % PATIENTS for n in range(VISITS)]}
        ),
        "diagnoses": diagnoses("visit_id", [1001 + n % VISITS for n in range(2 * VISITS)]),
    }


def diagnoses(header, numbers):
    return pa.table({header: numbers, "diagnosis": [DISEASES[n % 5] for n in range(len(numbers))]})


def of_table(result, name, category="all"):
    (found,) = (t.subjects for d in result.datasets for t in d.tables if t.name == name)
    return count_of(found, category)


def test_diagnoses_of_visits_are_the_patients(clinic):
    result = scan({"his": clinic})

    assert of_table(result, "diagnoses", "health")[1:] == (PATIENTS, PATIENTS)
    assert count_of(result.organization.subjects, "health")[1:] == (PATIENTS, PATIENTS)
    assert count_of(result.organization.subjects)[1:] == (PATIENTS, PATIENTS)


def test_drugs_of_prescriptions_of_visits_are_the_patients(clinic):
    visits = [1001 + n % VISITS for n in range(2 * VISITS)]
    drugs = ["阿莫西林胶囊", "盐酸二甲双胍缓释片", "甘精胰岛素注射液"]
    items = pa.table({"visit_id": visits, "drug_name": [drugs[v % 3] for v in visits]})

    result = scan({"his": {**clinic, "prescription_item": items}})

    assert of_table(result, "prescription_item", "health")[1:] == (PATIENTS, PATIENTS)


@pytest.mark.parametrize("name", ["a_diagnoses", "z_diagnoses"])  # read before the visits, and after them
def test_the_order_of_tables_does_not_matter(clinic, name):
    result = scan({"his": {name: clinic.pop("diagnoses"), **clinic}})

    assert count_of(result.organization.subjects, "health")[1] == PATIENTS


def test_things_whose_row_names_nobody_are_nobodys(clinic):
    patients = [None if n < 10 else 1 + n % PATIENTS for n in range(VISITS)]
    visits = pa.table({"id": range(1001, 1001 + VISITS), "patient_id": patients})

    result = scan({"his": clinic | {"visits": visits}})

    lower, estimate, upper = of_table(result, "diagnoses", "health")
    assert (estimate, upper) == (PATIENTS, PATIENTS + 20)
    assert lower <= estimate


def test_numbers_that_are_nowhere_are_nobodys(clinic):
    elsewhere = diagnoses("visit_id", [1001 + n for n in range(30)] + [9001, 9002])

    result = scan({"his": clinic | {"diagnoses": elsewhere}})

    assert of_table(result, "diagnoses", "health")[1:] == (30, 32)


def test_a_thing_leads_to_another(clinic):
    taken = {"visit_id": range(1001, 1041), "diagnosis": DISEASES * 8}
    orders = pa.table({"id": range(1, 41), **taken})
    items = diagnoses("lab_order_id", [1 + n % 40 for n in range(120)])

    result = scan({"his": clinic | {"lab_orders": orders, "lab_items": items}})

    assert of_table(result, "lab_orders")[1:] == (40, 40)
    assert of_table(result, "lab_items", "health")[1:] == (40, 40)


SAMPLES = {"sample_code": [f"S{n:05d}" for n in range(40)], "id": range(40)}
COUNTED = {"sample_code": [f"S{n % 8:05d}" for n in range(40)], "id": range(40)}


def test_numbers_are_known_by_the_header_that_their_own_table_gives_them(make_people):
    samples = SAMPLES | {"id_card": [p.id_card for p in make_people(40)]}
    results = diagnoses("sample_code", [f"S{n % 30:05d}" for n in range(90)])

    result = scan({"lab": {"sample": pa.table(samples), "variant_result": results}})

    assert of_table(result, "variant_result", "health")[1:] == (30, 30)


@pytest.mark.parametrize(
    ("name", "listed"),
    [
        (
            "samples of several numbers",
            {"sample": COUNTED},
        ),
        ("two tables that may be meant", {"sample": SAMPLES, "samples": SAMPLES}),
        ("a table of something else", {"freezer": SAMPLES}),
    ],
)
def test_what_is_in_doubt_lends_nobody(make_people, name, listed):
    cards = {"id_card": [p.id_card for p in make_people(40)]}
    tables = {table: pa.table(held | cards) for table, held in listed.items()}

    result = scan({"lab": tables | {"variant_result": diagnoses("sample_code", SAMPLES["sample_code"])}})

    assert of_table(result, "variant_result", "health")[1:] == (0, 40), name


@pytest.mark.parametrize("table", ["family", "companies", "shop", "department", "t_class"])
def test_rows_of_groups_and_places_are_not_of_who_heads_them(make_people, table):
    people = make_people(40)
    groups = {"id": range(1, 41), "mobile": [p.mobile for p in people]}
    word = table.removeprefix("t_").replace("ies", "y")
    checks = diagnoses(f"{word}_id", [1 + n % 40 for n in range(80)])

    result = scan({"app": {table: pa.table(groups), "checks": checks}})

    assert of_table(result, "checks", "health")[1] == 0


def test_rows_about_several_people_of_one_thing_are_not_of_who_booked(clinic):
    guests = {
        "visit_id": [1001 + n // 2 for n in range(80)],
        "gender": ["男", "女"] * 40,
        "diagnosis": DISEASES * 16,
    }

    result = scan({"his": clinic | {"guests": pa.table(guests)}})

    assert of_table(result, "guests")[1:] == (0, 80)


def test_rows_that_name_others_are_theirs(clinic, make_people):
    relatives = make_people(20, first=70)
    consents = {"visit_id": range(1001, 1021), "name": [p.name for p in relatives], "diagnosis": DISEASES * 4}

    result = scan({"his": clinic | {"consents": pa.table(consents)}})

    assert of_table(result, "consents")[1:] == (0, 20)


def test_what_lends_is_shown_and_a_reviewer_can_take_it_out(clinic):
    no_number = Decision(dataset="his", table="diagnoses", column="visit_id", types=())

    result = scan({"his": clinic})
    decided = scan({"his": clinic}, review={no_number.key: no_number})

    shown = {(t.name, c.name): c.thing_of for d in result.datasets for t in d.tables for c in t.columns}
    assert {place: thing for place, thing in shown.items() if thing} == {("diagnoses", "visit_id"): "visits"}
    assert "rows are counted as those of the persons of" in html.render(result, lang="en")
    assert of_table(decided, "diagnoses", "health")[1:] == (0, 2 * VISITS)


def test_what_leaves_by_a_thing_is_its_persons(clinic):
    sent = {"dataset": "his", "table": "diagnoses", "columns": ["diagnosis"]}
    out = {"name": "eu", "recipient_country": "DE", "tables": [sent]}

    result = scan({"his": clinic}, flows=[out])

    (found,) = result.flows
    assert count_of(found.subjects)[1:] == (PATIENTS, PATIENTS)


def test_owners_of_accounts_are_not_counted_once_more_for_each_account(clinic):
    accounts = {"id": range(501, 591), "patient_id": [1 + n % PATIENTS for n in range(90)]}
    payments = {
        "account_id": [501 + n % 80 for n in range(240)],
        "ip": [f"10.0.{n % 7}.{n}" for n in range(240)],
    }

    tables = {"account": pa.table(accounts), "payments": pa.table(payments)}
    result, sketched = (scan({"his": clinic | tables}, count=count) for count in ("exact", "sketch"))

    assert of_table(result, "payments")[1] == PATIENTS
    assert count_of(result.organization.subjects)[1] == PATIENTS
    assert of_table(sketched, "payments")[1] == 80  # who owns them cannot be told


def test_contacts_beside_the_number_of_an_account_are_its_owners(clinic):
    accounts = {"id": range(501, 591), "patient_id": [1 + n % PATIENTS for n in range(90)]}
    logins = {"account_id": [501 + n % 80 for n in range(240)], "imei": [imei(n % 80) for n in range(240)]}

    result = scan({"his": clinic | {"account": pa.table(accounts), "logins": pa.table(logins)}})

    assert of_table(result, "logins")[1] == PATIENTS
    assert count_of(result.organization.subjects)[1] == PATIENTS


def imei(number):
    """Return the number of a device, with a correct Luhn digit."""
    digits = f"86012345{number:06}"
    doubled = [int(d) * (2 if n % 2 == 0 else 1) for n, d in enumerate(reversed(digits))]
    return digits + str(-sum(d - 9 if d > 9 else d for d in doubled) % 10)


def test_a_number_is_known_by_the_last_word_of_its_table(clinic):
    cards = {"id": range(501, 591), "patient_id": [1 + n % PATIENTS for n in range(90)]}
    swipes = diagnoses("card_id", [501 + n % 80 for n in range(240)])

    one = scan({"his": clinic | {"member_card": pa.table(cards), "swipes": swipes}})
    two = scan(
        {"his": clinic | {f"{name}_card": pa.table(cards) for name in ("gym", "pool")} | {"swipes": swipes}}
    )

    assert of_table(one, "swipes")[1:] == (PATIENTS, PATIENTS)
    assert of_table(two, "swipes")[1:] == (0, 240)


DOCTORS = {
    "doctor_id": list(range(1, 21)),
    "doctor_no": [f"D{n:04d}" for n in range(20)],
    "doctor_name": [f"欧阳{name}{number}" for name in "彧翀骁珺琬" for number in "一二三四"],
}


@pytest.mark.parametrize("listed", [True, False])
@pytest.mark.parametrize("header", DOCTORS)
def test_a_diagnosis_is_the_patients_and_not_the_doctors(clinic, make_people, header, listed):
    of_rows = pa.array([DOCTORS[header][n % 20] for n in range(2 * VISITS)])
    mobiles = [doctor.mobile for doctor in make_people(20, first=70)]
    staff = {"doctor": pa.table({"id": range(1, 21), "mobile": mobiles})} if listed else {}

    shown = clinic["diagnoses"].append_column(header, of_rows)
    result = scan({"his": clinic | {"diagnoses": shown} | staff})

    assert of_table(result, "diagnoses", "health")[1:] == (PATIENTS, PATIENTS)
    assert of_table(result, "diagnoses")[1] == PATIENTS + 20 * (header != "doctor_name")


def test_tables_that_say_nothing_of_anybody_lead_on(clinic):
    orders = {"id": range(1, 91), "visit_id": range(1001, 1091), "doctor_id": [1 + n % 20 for n in range(90)]}
    plain = {name: numbers for name, numbers in orders.items() if name != "doctor_id"}
    items = diagnoses("lab_order_id", [1 + n % 90 for n in range(200)])

    for listed in (orders, plain):
        result = scan({"his": clinic | {"lab_orders": pa.table(listed), "lab_items": items}})

        assert of_table(result, "lab_items", "health")[1:] == (PATIENTS, PATIENTS)
        assert count_of(result.organization.subjects)[1] == PATIENTS + 20 * (listed is orders)


def test_a_number_is_known_by_a_short_form_and_counselors_are_not_those_who_come(clinic):
    appointments = clinic.pop("visits").rename_columns(["appt_id", "patient_id"])
    counselors = pa.array([f"PSY{n % 15:05d}" for n in range(2 * VISITS)])
    notes = clinic.pop("diagnoses").rename_columns(["appt_id", "diagnosis"])
    notes = notes.append_column("counselor_no", counselors)

    result = scan({"his": clinic | {"appointment": appointments, "session_note": notes}})

    assert of_table(result, "session_note", "health")[1:] == (PATIENTS, PATIENTS)


def by_months(clinic, diagnoses_of):
    """Return the clinic with a table of visits a month, and diagnoses as they are asked for."""
    visits, held = clinic.pop("visits"), clinic.pop("diagnoses")
    months = {f"visits_2026{n:02d}": visits.slice(30 * n - 30, 30) for n in (1, 2, 3)}
    return clinic | months | diagnoses_of(held)


def test_what_is_kept_by_months_is_of_the_visits_of_its_month(clinic):
    restarted = pa.table({"id": range(1, 31), "patient_id": range(31, 61)})
    tables = by_months(clinic, lambda held: {"diagnoses_202601": held.slice(0, 30)})
    tables |= {"visits_202602": restarted, "diagnoses_202602": diagnoses("visit_id", [*range(1, 21)])}

    result = scan({"his": tables})

    assert of_table(result, "diagnoses_202601", "health")[1:] == (30, 30)
    assert of_table(result, "diagnoses_202602", "health")[1:] == (20, 20)
    assert count_of(result.organization.subjects, "health")[1:] == (50, 50)


def test_a_table_of_all_months_is_of_the_visits_of_any(clinic):
    result = scan({"his": by_months(clinic, lambda held: {"diagnoses": held})})

    assert of_table(result, "diagnoses", "health")[1:] == (PATIENTS, PATIENTS)
    (shown,) = (
        c.thing_of
        for d in result.datasets
        for t in d.tables
        if t.name == "diagnoses"
        for c in t.columns
        if c.thing_of
    )
    assert shown == "visits"


def test_layers_that_show_different_things_of_people_do_not_disturb_one_another(clinic, make_people):
    phones = [p.mobile for p in make_people(PATIENTS)]
    shown = [phones[number - 1] for number in clinic["visits"]["patient_id"].to_pylist()]
    richer = clinic["visits"].append_column("mobile", pa.array(shown))
    dwd = {f"dwd_visits_2026{n:02d}": richer.slice(30 * n - 30, 30) for n in (1, 2, 3)}
    asked = {"dwd_diagnoses": clinic["diagnoses"], "ods_diagnoses": clinic["diagnoses"]}
    ods = by_months(clinic, lambda _: {})
    ods |= {f"ods_{name}": ods.pop(name) for name in [n for n in ods if n.startswith("visits")]}

    result = scan({"lake": ods | dwd | asked})

    for name in asked:
        assert of_table(result, name, "health")[1:] == (PATIENTS, PATIENTS)


def test_numbers_that_begin_anew_with_every_month_are_nobodys(clinic):
    tables = by_months(clinic, lambda _: {"diagnoses": diagnoses("visit_id", [*range(1001, 1031)])})
    tables["visits_202602"] = pa.table({"id": range(1001, 1031), "patient_id": range(31, 61)})

    result = scan({"his": tables})

    lower, estimate, upper = of_table(result, "diagnoses", "health")
    assert (lower, estimate, upper) == (0, 0, 30)


def test_what_happened_in_sessions_is_whoever_had_them(make_people):
    numbers = [hashlib.sha256(b"%d" % n).hexdigest() for n in range(90)]
    users = {"user_id": range(1, 61), "email": [f"someone{n}@example.cn" for n in range(60)]}
    sessions = {"session_id": numbers, "user_id": [1 + n % 60 for n in range(90)]}
    events = {"session_id": [numbers[n % 80] for n in range(400)], "page": ["/home"] * 400}

    result = scan(
        {"web": {"users": pa.table(users), "sessions": pa.table(sessions), "events": pa.table(events)}}
    )

    assert of_table(result, "events")[1:] == (60, 60)
    assert count_of(result.organization.subjects)[1:] == (60, 60)


def test_whoever_asks_for_leave_is_no_servant(make_people):
    people = make_people(40)
    numbers = [f"E{n:05d}" for n in range(40)]
    staff = {"emp_no": numbers, "id_card": [p.id_card for p in people]}
    leave = {"id": range(1, 61), "emp_no": [numbers[n % 40] for n in range(60)]}
    notes = diagnoses("leave_id", range(1, 61)).append_column("emp_no", pa.array(leave["emp_no"]))

    result = scan({"hr": {"employee": pa.table(staff), "leave": pa.table(leave), "leave_notes": notes}})

    assert of_table(result, "leave_notes", "health")[1:] == (40, 40)


def test_others_named_beside_the_number_of_an_account_are_not_its_owner(clinic, make_people):
    others = make_people(40, first=70)
    accounts = {"id": range(501, 541), "patient_id": range(1, 41)}
    payees = {
        "account_id": range(501, 541),
        "real_name": [p.name for p in others],
        "mobile": [p.mobile for p in others],
    }

    named = scan({"his": clinic | {"account": pa.table(accounts), "payments": pa.table(payees)}})
    phones = pa.table({key: payees[key] for key in ("account_id", "mobile")})
    listed = scan({"his": clinic | {"account": pa.table(accounts), "account_contacts": phones}})

    assert count_of(named.organization.subjects)[1] == PATIENTS + 40
    assert count_of(listed.organization.subjects)[1] == PATIENTS + 40
