"""The whole road from sources to result: tables that refer to people by the numbers of a database."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from connectors import connect
from scanner.report import html
from scanner.review import Decision

from .pipelines import count_of, flow, scan

USERS, VERIFIED, BUYERS, RELATIVES = 60, 40, 30, 20


@pytest.fixture
def shop(make_people):
    """Users by phone; some verified by ID card; orders for themselves and relatives; reviews by number."""
    users, relatives = make_people(USERS), make_people(RELATIVES, first=67)
    received = [*users[:BUYERS], *relatives]
    return {
        "users": pa.table({"id": range(1, USERS + 1), "mobile": [p.mobile for p in users]}),
        "kyc": pa.table(
            {
                "user_id": range(1, VERIFIED + 1),
                "real_name": _names(users[:VERIFIED]),
                "id_card": _ids(users[:VERIFIED]),
            }
        ),
        "orders": pa.table(
            {
                "order_id": range(len(received)),
                "user_id": [1 + n % BUYERS for n in range(len(received))],
                "receiver_name": _names(received),
                "receiver_phone": [p.mobile for p in received],
            }
        ),
        "reviews": pa.table({"user_id": [n % 50 for n in range(200)], "score": [5] * 200}),
    }


def _names(people):
    return [p.name for p in people]


def _ids(people):
    return [p.id_card for p in people]


def tables_of(result):
    return {table.name: count_of(table.subjects)[1] for table in result.datasets[0].tables}


def test_everybody_is_counted_once(shop):
    result = scan({"shop": shop})

    lower, estimate, upper = count_of(result.organization.subjects)
    assert estimate == USERS + RELATIVES
    assert lower <= estimate <= upper
    assert tables_of(result) == {"users": USERS, "kyc": VERIFIED, "orders": BUYERS + RELATIVES, "reviews": 49}
    kinds = {joined.kind for joined in result.organization.linkage.joined}
    assert "person_key" in kinds


@pytest.mark.parametrize(
    ("number", "elsewhere"), [("id", "user_id"), ("uid", "uid"), ("member_no", "member_no")]
)
def test_users_who_share_a_phone_are_as_many_as_their_numbers(make_people, number, elsewhere):
    phones = [p.mobile for p in make_people(USERS // 2)]
    users = pa.table({number: range(1, USERS + 1), "mobile": [*phones, *phones]})
    reviews = pa.table({elsewhere: [1 + n % 50 for n in range(200)], "score": [5] * 200})

    result = scan({"app": {"users": users, "reviews": reviews}})
    assert count_of(result.organization.subjects)[1] == USERS


def test_a_table_of_people_whom_others_mention_numbers_its_own(make_people):
    riders = make_people(USERS)
    listed = {
        "rider_id": range(1, USERS + 1),
        "real_name": _names(riders),
        "mobile": [p.mobile for p in riders],
    }
    result = scan({"o2o": {"riders": pa.table(listed), "trips": pa.table({"rider_id": [1, 2, 2, 3] * 20})}})

    assert {table.name: count_of(table.subjects)[1] for table in result.datasets[0].tables} == {
        "riders": USERS,
        "trips": 3,
    }
    assert count_of(result.organization.subjects)[1] == USERS


def test_zero_is_nobody_and_types_do_not_matter(shop):
    written = {
        "reviews": pa.table({"user_id": [f"{n % 50}.0" for n in range(200)]}),
        "visits": pa.table({"user_id": pa.array([n % 50 or -1.0 for n in range(200)])}),
    }
    result = scan({"shop": shop | written})

    assert count_of(result.organization.subjects)[1] == USERS + RELATIVES
    assert {tables_of(result)[name] for name in written} == {49}


def test_numbers_of_two_datasets_are_of_different_people(make_people):
    people = make_people(USERS)
    table = {"users": pa.table({"id": range(1, USERS + 1), "mobile": [p.mobile for p in people]})}
    logs = {"log": pa.table({"user_id": range(1, USERS + 1), "page": ["a"] * USERS})}

    apart = scan({"app": table, "web": logs})
    together = scan({"app": table | logs})

    assert count_of(apart.organization.subjects)[1] == 2 * USERS
    assert count_of(together.organization.subjects)[1] == USERS


@pytest.mark.parametrize(("issued", "estimate"), [(True, USERS), (False, 2 * USERS)])
def test_numbers_that_somebody_issues_mean_the_same_everywhere(make_people, issued, estimate):
    numbers = [f"M{700_000_000 + n}" if issued else 700_000_000 + n for n in range(USERS)]
    members = pa.table({"member_no": numbers, "mobile": [p.mobile for p in make_people(USERS)]})
    logins = pa.table({"user_id": numbers * 3, "seconds": [1 + n % 90 for n in range(3 * USERS)]})

    result = scan({"crm": {"t_member": members}, "app": {"login": logins}})
    assert count_of(result.organization.subjects)[1] == estimate


@pytest.mark.parametrize(("issued", "estimate"), [(True, USERS), (False, 2 * USERS)])
def test_issued_numbers_of_a_list_mean_the_same_in_other_sources(make_people, issued, estimate):
    people = make_people(USERS)
    numbers = [f"KD{7_000_000 + n}" if issued else 7_000_000 + n for n in range(USERS)]
    listed = {"customer_id": numbers, "customer_name": _names(people), "mobile": [p.mobile for p in people]}
    sources = {
        "crm": {"t_customer": pa.table(listed), "visits": pa.table({"customer_id": numbers[:50] * 4})},
        "pay": {"flow": pa.table({"customer_id": numbers * 3, "paid_at": ["2026-01-01"] * 3 * USERS})},
    }
    assert count_of(scan(sources).organization.subjects)[1] == estimate


def test_issued_numbers_are_keys_of_who_lists_them(make_people):
    numbers = [f"M{700_000_000 + n}" for n in range(USERS)]
    users = pa.table({"id": numbers, "mobile": [p.mobile for p in make_people(USERS)]})
    logins = pa.table({"user_id": numbers * 3, "seconds": [1 + n % 90 for n in range(3 * USERS)]})

    result = scan({"app": {"users": users, "login": logins}})
    assert count_of(result.organization.subjects)[1] == USERS


def test_layers_of_a_warehouse_number_people_alike(make_people, tmp_path):
    people = make_people(USERS)
    numbers = range(1, USERS + 1)
    staff = {"工号": [f"{n:04d}" for n in numbers], "姓名": _names(people)}
    found = scan_folders(
        tmp_path,
        {
            "ods/ods_user_info_inc": {"id": numbers, "mobile": [p.mobile for p in people]},
            "dim/dim_user_zip": {"id": numbers, "name": [f"{p.name[0]}**" for p in people]},
            "dwd/dwd_login_di": {"user_id": [1 + n % 50 for n in range(200)], "ip": ["10.0.0.1"] * 200},
            "ods/ods_staff": staff,
            "dwd/dwd_attendance": {"工号": staff["工号"][:20] * 2, "day": ["1"] * 40},
        },
    )

    counted = {d.name: count_of(d.subjects)[1] for d in found.datasets}
    assert counted == {"lake/dim": USERS, "lake/dwd": 50 + 20, "lake/ods": 2 * USERS}
    assert count_of(found.organization.subjects)[1] == 2 * USERS


def test_databases_of_one_application_refer_to_that_of_its_users(make_people, tmp_path):
    people = make_people(USERS)
    users = {"id": range(1, USERS + 1), "mobile": [p.mobile for p in people]}
    orders = {"user_id": [1 + n % 30 for n in range(90)], "amount": range(90)}

    found = scan_folders(
        tmp_path, {"mall_user/users": users, "mall_order/orders": orders, "erp/orders": orders}
    )

    columns = ((d.name, c) for d in found.datasets for t in d.tables for c in t.columns)
    assert {name: c.key_of for name, c in columns if c.key_of} == {
        "lake/erp": "(user)",
        "lake/mall_order": "mall_user/users",
        "lake/mall_user": "users",
    }
    assert count_of(found.organization.subjects)[1] == USERS + 30


def scan_folders(folder, tables):
    for path, columns in tables.items():
        (folder / path).parent.mkdir(exist_ok=True)
        pq.write_table(pa.table(columns), folder / f"{path}.parquet")
    return scan({"lake": connect(str(folder), name="lake")})


def test_keys_are_shown_and_a_reviewer_can_take_them_out(shop):
    no_key = Decision(dataset="shop", table="reviews", column="user_id", types=())

    result = scan({"shop": shop})
    decided = scan({"shop": shop}, review={no_key.key: no_key})

    keys = {(t.name, c.name): c.key_of for t in result.datasets[0].tables for c in t.columns if c.key_of}
    assert keys == {(name, "user_id"): "users" for name in ("kyc", "orders", "reviews")} | {
        ("users", "id"): "users"
    }
    assert "people are told apart by user_id, taken for a key of" in html.render(result, lang="en")
    assert not any(c.key_of for t in decided.datasets[0].tables if t.name == "reviews" for c in t.columns)
    assert tables_of(decided) == tables_of(result) | {"reviews": 0}


def test_the_configuration_says_whose_a_key_is(make_people):
    people = make_people(40)
    rows = {
        "user_id": [n // 2 + 1 for n in range(40)],
        "name": _names(people),
        "mobile": [p.mobile for p in people],
    }
    own = {"dataset": "shop", "table": "bookings", "slots": {"user_id": "self"}}

    of_others = scan({"shop": {"bookings": pa.table(rows)}})
    of_theirs = scan({"shop": {"bookings": pa.table(rows)}}, tables=[own])

    assert count_of(of_others.organization.subjects)[1] == 60
    assert (
        count_of(of_theirs.organization.subjects)[1] == 20
    )  # an account is one person's, whatever the names


def test_whoever_is_known_by_a_key_alone_leaves_with_the_table(shop):
    sent = flow(table={"dataset": "shop", "table": "reviews"})

    result = scan({"shop": shop}, flows=[sent])

    assert count_of(result.flows[0].subjects)[1] == 49


def test_keys_of_two_lists_do_not_count_as_one_persons_two(make_people):
    people = make_people(150)
    patients = {
        "id": range(1, 151),
        "user_id": range(1, 151),
        "name": _names(people[:100]) + _names(people[:50]),  # what is measured counts where names repeat
        "id_card": _ids(people),
    }
    tables = {
        "patient": pa.table(patients),
        "app_user": pa.table({"id": range(1, 151), "mobile": [p.mobile for p in people]}),
        "visits": pa.table({"patient_id": range(1, 151)}),
    }

    result = scan({"clinic": tables})

    lower, estimate, _ = count_of(result.organization.subjects)
    assert lower == 150
    assert estimate == 300  # nothing says that patients use their own accounts


@pytest.fixture
def bills(make_people):
    """People by a number whose header no list knows; bills and cards by that number."""
    people = make_people(USERS)
    numbers = [f"DZ{310_000_000 + 7 * n}" for n in range(USERS)]
    return {
        "t_da": pa.table({"hhdm": numbers, "xm": _names(people), "sj": [p.mobile for p in people]}),
        "t_zd": pa.table({"hhdm": numbers * 3, "je": [n + 0.5 for n in range(3 * USERS)]}),
        "t_kh": pa.table({"hhdm": numbers, "yhkh": [p.bank_card for p in people]}),
    }


def test_a_number_of_people_is_known_by_its_tables(bills):
    result = scan({"power": bills})

    assert tables_of(result) == {"t_da": USERS, "t_zd": USERS, "t_kh": USERS}
    assert count_of(result.organization.subjects)[1] == USERS
    keys = {c.name: c.key_of for t in result.datasets[0].tables for c in t.columns if c.key_of}
    assert keys == {"hhdm": "t_da"}


def numbered(bills, number):
    """Return the tables under other numbers: ``number`` of 0, 1, ..."""
    changed = {}
    for name, table in bills.items():
        numbers = [number(n % USERS) for n in range(len(table))]
        changed[name] = table.set_column(0, "hhdm", pa.array(numbers))
    return changed


@pytest.mark.parametrize(
    ("number", "is_key"),
    [
        (lambda n: str(1_600_000_000 + 7_919 * n), True),
        (lambda n: str(1_600_000_000 + n), False),  # of rows, as any table counts them
        (lambda n: f"202603{1 + n % 28:02}{n:06}", False),  # times
        (lambda n: str(1_000 + 7 * n), False),  # too short
    ],
    ids=["sparse", "dense", "times", "short"],
)
def test_mere_digits_are_keys_of_people_if_few_numbers_are_taken(bills, number, is_key):
    result = scan({"power": numbered(bills, number)})
    assert any(c.key_of for t in result.datasets[0].tables for c in t.columns) == is_key


@pytest.mark.parametrize(("name", "is_key"), [("hcp_name", True), ("xm", False), ("rep_name", False)])
def test_a_number_of_what_names_are_of_is_a_key_of_people(bills, name, is_key):
    da = bills["t_da"].rename_columns(["hcp_code", name, "sj"])
    visits = bills["t_zd"].rename_columns(["hcp_code", "je"])
    result = scan({"crm": {"t_da": da, "t_zd": visits}})

    assert any(c.key_of for t in result.datasets[0].tables for c in t.columns) == is_key


@pytest.mark.parametrize(
    ("header", "is_key"),
    [
        ("file_no", True),
        ("archive_code", True),
        ("客户档案号", True),
        ("parcel_no", False),
        ("profiler_no", False),
    ],
)
def test_the_number_of_a_file_is_a_key_of_the_person_whose_file_it_is(bills, header, is_key):
    da = bills["t_da"].rename_columns([header, "xm", "sj"])
    visits = bills["t_zd"].rename_columns([header, "je"])
    result = scan({"clinic": {"t_da": da, "t_zd": visits}})

    assert any(c.key_of for t in result.datasets[0].tables for c in t.columns) == is_key


@pytest.mark.parametrize(("met", "is_key"), [(19, False), (20, True)])
def test_mere_digits_are_no_keys_where_few_are_in_the_list(bills, met, is_key):
    bills = numbered(bills, lambda n: str(1_600_000_000 + 7_919 * n))
    numbers = [n if row < met else f"9{n[1:]}" for row, n in enumerate(bills["t_da"]["hhdm"].to_pylist())]
    result = scan({"power": {"t_da": bills["t_da"], "t_zd": pa.table({"hhdm": numbers, "je": range(USERS)})}})

    assert any(c.key_of for t in result.datasets[0].tables for c in t.columns) == is_key


@pytest.mark.parametrize(("twice", "is_key"), [(False, True), (True, False)])
def test_children_are_listed_by_name_and_birth_date(bills, make_people, twice, is_key):
    names = _names(make_people(USERS // 2 if twice else USERS)) * (1 + twice)
    born = [f"2019-0{1 + n % 9}-1{n % 10}" for n in range(USERS)]
    listed = {"hhdm": bills["t_da"]["hhdm"], "etxm": pa.array(names), "csrq": pa.array(born)}
    result = scan({"clinic": {"etda": pa.table(listed), "ettj": bills["t_zd"]}})

    assert any(c.key_of for t in result.datasets[0].tables for c in t.columns) == is_key


@pytest.mark.parametrize(("met", "keys"), [(0, 0), (1, 2)])
def test_a_number_that_no_list_has_is_of_its_rows(bills, met, keys):
    t_da, other = bills["t_da"], [f"DZ{910_000_000 + n}" for n in range(USERS)]
    other[:met] = t_da["hhdm"].to_pylist()[:met]
    result = scan({"power": {"t_da": t_da, "t_zd": pa.table({"hhdm": other, "je": range(USERS)})}})

    assert sum(bool(c.key_of) for t in result.datasets[0].tables for c in t.columns) == keys


@pytest.mark.parametrize(
    ("number", "people", "key_of"),
    [
        (lambda n: f"DZ{310_000_000 + 7_919 * n}", USERS, "power/t_da"),
        (lambda n: str(1_600_000_000 + 7_919 * n), USERS, "power/t_da"),
        (lambda n: f"DZ{310_000_000 + n}", 2 * USERS, ""),  # of rows, which other tables number alike
    ],
    ids=["letters", "digits", "dense"],
)
@pytest.mark.parametrize("first", ["power", "bank"])
def test_numbers_that_samples_share_are_keys_in_other_sources(bills, first, number, people, key_of):
    bills = numbered(bills, number)
    sources = {"power": {"t_da": bills["t_da"], "t_zd": bills["t_zd"]}, "bank": {"t_kh": bills["t_kh"]}}
    result = scan({first: sources.pop(first), **sources})

    assert count_of(result.organization.subjects)[1] == people
    (bank,) = (dataset for dataset in result.datasets if dataset.name == "bank")
    assert {c.name: c.key_of for c in bank.tables[0].columns}["hhdm"] == key_of


@pytest.mark.parametrize(("step", "people"), [(7_919, USERS), (7, 2 * USERS)], ids=["sparse", "dense"])
@pytest.mark.parametrize("written", [int, str])
def test_users_of_two_sources_are_the_same_if_samples_share_sparse_numbers(
    make_people, step, people, written
):
    numbers = [written(1_600_000_000 + step * n) for n in range(USERS)]
    phones = [p.mobile for p in make_people(USERS)]
    sources = {
        "app": {"users": pa.table({"user_id": numbers, "phone": phones})},
        "shop": {"orders": pa.table({"user_id": numbers * 2, "amount": [5.5] * 2 * USERS})},
    }
    result = scan(sources)

    assert count_of(result.organization.subjects)[1] == people
    assert [count_of(d.subjects)[1] for d in result.datasets] == [USERS, USERS]


def test_a_reviewer_can_take_out_a_number_of_people(bills):
    no_key = Decision(dataset="power", table="t_zd", column="hhdm", types=(), reason="bills", by="dpo")

    assert tables_of(scan({"power": bills}, review={no_key.key: no_key}))["t_zd"] == 0


@pytest.mark.parametrize(
    "changed",
    [
        lambda da: da.set_column(2, "sj", pa.array(da["sj"].to_pylist()[:20] * 3)),  # several rows of each
        lambda da: da.drop_columns("xm"),
        lambda da: da.rename_columns(["order_no", "xm", "sj"]),
    ],
    ids=["of what people did", "nameless", "of orders"],
)
def test_other_numbers_are_no_keys_of_people(bills, changed):
    da = changed(bills["t_da"])
    bills = {
        name: table.rename_columns([da.column_names[0], *table.column_names[1:]])
        for name, table in bills.items()
    }

    result = scan({"power": bills | {"t_da": da}})
    assert not any(c.key_of for t in result.datasets[0].tables for c in t.columns)
