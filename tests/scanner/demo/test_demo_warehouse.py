"""The demo warehouse: same seed, same data; the truth fits the files; hard negatives are really hard."""

from __future__ import annotations

import csv
import hashlib
import json
import sqlite3
from contextlib import closing

import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
import yaml
from stdnum import luhn
from stdnum.cn import ric, uscc

from scanner.demo import build

PERSONS = 2_000


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="module")
def demo(folder):
    return build(folder, persons=PERSONS)


def query(folder, sql):
    with closing(sqlite3.connect(folder / "crm.sqlite")) as database:
        return database.execute(sql).fetchall()


def digests(folder):
    files = sorted(p for p in folder.rglob("*") if p.is_file() and p.name != "pandian.yaml")
    return {str(p.relative_to(folder)): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


def test_the_same_seed_gives_the_same_files(folder, demo, tmp_path):
    again = build(tmp_path, persons=PERSONS)

    assert again.truth == demo.truth
    assert digests(tmp_path) == digests(folder)


def test_another_seed_gives_other_people(folder, demo, tmp_path):
    build(tmp_path, persons=PERSONS, seed=7)

    sql = "SELECT sfzh FROM staff"
    assert set(query(folder, sql)).isdisjoint(query(tmp_path, sql))


def test_a_second_build_replaces_the_first(tmp_path):
    build(tmp_path, persons=500)
    build(tmp_path, persons=300)

    assert len(query(tmp_path, "SELECT 1 FROM orders")) == 360


def test_files_are_named_as_documented(folder, demo):
    assert {str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file()} >= {
        "crm.sqlite",
        "dictionary.csv",
        "lake/app_event/dt=2026-11-16/part-0.parquet",
        "lake/face_gate.parquet",
        "lake/health_checkup.parquet",
        "lake/sensor_reading.parquet",
        "outbound/eu_crm_sync.parquet",
        "outbound/hr_payroll.parquet",
        "pandian.yaml",
        "telemarketing/call_list.csv",
        "truth.json",
    }


def test_written_configuration_and_truth_are_those_returned(folder, demo):
    assert yaml.safe_load((folder / "pandian.yaml").read_text(encoding="utf-8")) == demo.config
    assert json.loads((folder / "truth.json").read_text(encoding="utf-8")) == demo.truth


def test_every_source_of_the_configuration_exists(demo, folder):
    for source in demo.config["sources"]:
        path = source["url"].removeprefix("sqlite:///")
        assert path.startswith(str(folder.resolve()))
        assert folder.joinpath(path).exists()


def test_every_flow_names_a_table_that_has_its_time_column(demo, folder):
    for flow in demo.config["flows"]:
        (table,) = flow["tables"]
        schema = pq.read_schema(folder / table["dataset"] / f"{table['table']}.parquet")
        assert table["time_column"] in schema.names


def test_the_eu_flow_lies_just_below_the_line_for_the_default_size(demo):
    share = demo.truth["flows"]["eu-crm"]["year_to_date"]["all"] / PERSONS

    assert round(share * 120_000) == 99_600


def test_rows_that_identify_nobody_reach_over_the_line(demo, folder):
    table = pq.read_table(folder / "outbound" / "eu_crm_sync.parquet")
    this_year = table.filter(pc.equal(pc.year(table["export_time"]), 2026))
    persons = demo.truth["flows"]["eu-crm"]["year_to_date"]["all"]
    named = pc.count_distinct(this_year.filter(pc.not_equal(this_year["full_name"], "***"))["mobile"]).as_py()
    anonymous = pc.sum(pc.equal(this_year["full_name"], "***")).as_py()

    assert named < persons < named + anonymous
    assert (named + anonymous) / PERSONS * 120_000 > 100_000


def test_people_sent_last_year_only_are_not_in_the_window(demo):
    flow = demo.truth["flows"]["eu-crm"]

    assert flow["all_time"]["all"] - flow["year_to_date"]["all"] == round(PERSONS * 0.02)


def test_customers_of_the_truth_are_registrations_less_second_ones_and_tests(demo, folder):
    ((rows,),) = query(folder, "SELECT count(*) FROM customers")
    ((tests,),) = query(folder, "SELECT count(*) FROM customers WHERE xm LIKE '测试%'")

    assert demo.truth["tables"]["crm/customers"]["all"] == rows - tests - PERSONS // 50 == PERSONS


def test_staff_of_the_truth_are_the_distinct_identity_numbers(demo, folder):
    ((numbers,),) = query(folder, "SELECT count(DISTINCT sfzh) FROM staff")

    assert demo.truth["tables"]["crm/staff"] == {"all": numbers, "financial": numbers, "sensitive": numbers}
    assert demo.truth["flows"]["hr-payroll"]["year_to_date"]["all"] == numbers


def test_children_of_the_truth_are_those_born_less_than_fourteen_years_ago(demo, folder):
    table = pq.read_table(folder / "lake" / "health_checkup.parquet")
    children = sum(born.isoformat() > "2012-11-22" for born in table["csrq"].to_pylist())

    assert demo.truth["tables"]["lake/health_checkup"]["minor_under_14"] == children > 0


@pytest.mark.parametrize(
    "category", ["all", "health", "biometric", "financial", "location", "minor_under_14"]
)
def test_a_scope_holds_at_least_its_largest_part_and_at_most_the_sum(demo, category):
    parts = [d.get(category, 0) for d in demo.truth["datasets"].values()]

    assert max(parts) <= demo.truth["organization"][category] <= sum(parts)


def test_tables_about_things_hold_nobody(demo):
    empty = {name for name, counts in demo.truth["tables"].items() if counts == {"all": 0}}

    assert empty == {
        "crm/products", "crm/order_stats", "crm/id_sequence", "crm/suppliers", "lake/sensor_reading",
    }  # fmt: skip


def test_identity_numbers_have_the_right_check_digit_sex_and_birthday(demo, folder):
    rows = query(folder, "SELECT id_card_no, birthday, gender FROM customers WHERE xm NOT LIKE '测试%'")
    numbered = [row for row in rows if row[0]]

    assert len(numbered) > PERSONS / 3
    for number, birthday, gender in numbered:
        assert ric.calc_check_digit(number) == number[-1]
        assert number[6:14] == birthday.replace("-", "")
        assert (int(number[16]) % 2 == 1) == (gender == "男")


def test_no_two_people_share_an_identity_number(demo, folder):
    rows = query(folder, "SELECT id_card_no, member_no FROM customers WHERE xm NOT LIKE '测试%'")
    first = [number for number, member in rows if number]

    # Only second registrations repeat a number.
    assert len(first) - len(set(first)) <= PERSONS // 50


def test_cards_and_company_codes_pass_their_checks(demo, folder):
    assert all(luhn.is_valid(card) for (card,) in query(folder, "SELECT yhkh FROM staff"))
    assert all(uscc.is_valid(code) for (code,) in query(folder, "SELECT uscc FROM suppliers"))


def test_trace_numbers_look_like_identity_numbers_and_are_none(demo, folder):
    numbers = [n for (n,) in query(folder, "SELECT trace_no FROM id_sequence")]

    assert {len(n) for n in numbers} == {18}
    assert not any(n[6:8] in {"19", "20"} and "01" <= n[10:12] <= "12" and ric.is_valid(n) for n in numbers)


@pytest.mark.parametrize(
    ("noise", "sql"),
    [
        ("test rows", "SELECT 1 FROM customers WHERE id_card_no = '111111111111111111'"),
        ("placeholders", "SELECT 1 FROM customers WHERE mobile = '13800138000'"),
        ("masked numbers", "SELECT 1 FROM customers WHERE mobile LIKE '___****____'"),
        ("missing identity numbers", "SELECT 1 FROM customers WHERE id_card_no IS NULL"),
        ("shared phones", "SELECT mobile FROM customers GROUP BY mobile HAVING count(DISTINCT xm) > 1"),
        ("receivers who are not the buyer", "SELECT 1 FROM orders WHERE receiver_mobile <> buyer_mobile"),
        ("remarks with a phone number", "SELECT 1 FROM orders WHERE remark GLOB '*电话1[3-9]*'"),
        ("phones changed since the order", ("SELECT 1 FROM orders o JOIN customers c USING (member_no) "
                                           "WHERE o.buyer_mobile <> c.mobile")),
    ],
)  # fmt: skip
def test_the_database_holds(demo, folder, noise, sql):
    assert query(folder, sql), noise


def test_the_call_list_is_in_gb18030_and_not_in_utf8(demo, folder):
    raw = (folder / "telemarketing" / "call_list.csv").read_bytes()

    with pytest.raises(UnicodeDecodeError):
        raw.decode("utf-8")
    assert raw.decode("gb18030").startswith("序号,姓名,手机号")


def test_face_vectors_have_length_one(demo, folder):
    (vector,) = pq.read_table(folder / "lake" / "face_gate.parquet")["face_feature"].slice(0, 1).to_pylist()

    assert len(vector) == 128
    assert sum(x * x for x in vector) == pytest.approx(1, abs=1e-4)


def test_the_dictionary_names_columns_that_exist(demo, folder):
    with (folder / "dictionary.csv").open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    customers = {row[1] for row in query(folder, "PRAGMA table_info(customers)")}

    assert {r["column"] for r in lines if (r["dataset"], r["table"]) == ("crm", "customers")} == customers
    assert not any(r["table"] == "staff" for r in lines)
    assert len({(r["dataset"], r["table"], r["column"]) for r in lines}) == len(lines)


def test_progress_rises_to_one(tmp_path):
    steps = []
    build(tmp_path, persons=200, progress=lambda name, share: steps.append((name, share)))

    assert [share for _, share in steps] == sorted(share for _, share in steps)
    assert steps[0] == ("people", 0.0)
    assert steps[-1] == ("done", 1.0)
