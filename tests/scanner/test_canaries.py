"""No value of the scanned data is in anything that is written, whatever goes wrong.

Every source is full of canaries: generated values that occur nowhere else. All that a scan writes (standard
output and error, reports, log records, warnings) is searched for them, and for runs of six digits of them.
"""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from datetime import date
from decimal import Decimal

import pyarrow as pa
import pytest

from scanner.census.chunks import condense
from scanner.census.store import Store
from scanner.identifiers import SubjectKey, identify, plan_table
from scanner.machine.spill import Memory

PEOPLE = 40
FORMATS = "json,html,text"

# Cells that parsers trip over; each holds a run of characters found nowhere else.
WEIRD = (
    "13800719355-99-99",
    "2026-13-45 赵彧翀七",
    "1e9999917733",
    "0x7F4417733",
    "{'name': '钱骁骁', 'n': 7719283",
    '{"手机": "13977192837", "x": [1, 2',
    "<xml><name>孙琬琬</name>",
    '=HYPERLINK("http://x/77192838")',
    "'; DROP TABLE canary_7719284; --",
    "\u202e13977192839\u202c",
    "１３９７７１９２８４０",
    "a\x00b13977192841",
    "赵彧翀" * 400 + "7719284255",
    "%s %(x)s {0} 7719284366",
    "[red]李珺烨[/red] 7719284477",
    "https://u:Secret77192845@h/p?tok=77192846",
)


def remark(person):
    return f"客户{person.name}来电，手机{person.mobile}，说订单771928号要求退款，已转交同事处理。"


def cells(people):
    return [(p.name, p.id_card, p.mobile, p.email, p.bank_card) for p in people]


COLUMNS = ("customer_name", "id_card", "mobile", "email", "bank_card")
TYPES = ("person_name", "id_card", "mobile", "email", "bank_card")


@pytest.fixture(scope="module")
def people(make_people):
    return make_people(PEOPLE, first=500)


@pytest.fixture(scope="module")
def canaries(people):
    """Return every planted value."""
    values = [value for row in cells(people) for value in row]
    return [*values, *map(remark, people), *WEIRD, "98765433771928", "771928377192837719283"]


@pytest.fixture
def warehouse(tmp_path, people, write_sqlite, write_csv, write_parquet):
    """Return SQLite, Parquet and CSV sources full of canaries."""
    database = tmp_path / "crm.sqlite"
    write_sqlite(
        database,
        "customer",
        (*COLUMNS, "remark"),
        [(*row, remark(p)) for row, p in zip(cells(people), people, strict=True)],
    )
    mixed = [13977192861, "13977192862", b"13977192863", 13977192864.5, None, 771928377192837719, *WEIRD]
    write_sqlite(database, "mixed", ("mobile", "birth_date"), [(value, WEIRD[0]) for value in mixed])
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute('CREATE TABLE "broken_text" (mobile TEXT, created DATETIME, n INTEGER)')
        connection.execute(
            "INSERT INTO broken_text VALUES"
            " (CAST(x'FF313339373731393238363531' AS TEXT), '13800719355-99-99', 'x')"
        )
        connection.execute(
            "CREATE VIEW failing AS SELECT json_extract(customer_name, '$') AS customer_name FROM customer"
        )
    lake = tmp_path / "lake"
    write_parquet(
        lake / "odd.parquet",
        {
            "id_card": pa.array([float("nan"), float("inf"), 1.3977192871e10, 9.87654337719283e13] * 4),
            "mobile": pa.array(
                [Decimal("13977192872.55"), None, Decimal("0.77"), Decimal(-13977192873)] * 4,
                pa.decimal128(38, 2),
            ),
            "birth_date": pa.array([2**62, -(2**62), 0, 98765433771928] * 4, pa.timestamp("us")),
            "customer_name": pa.array([{"first": "赵彧翀", "last": ["7719283"]}] * 16),
            "blob": pa.array([b"13977192874", b"\xff\xfe13977192875"] * 8),
            "huge": pa.array([2**64 - 1, 13977192876, 0, 1] * 4, pa.uint64()),
        },
    )
    write_csv(
        lake / "weird.csv", ("mobile", "备注"), [(v.replace("\x00", ""), remark(people[0])) for v in WEIRD]
    )
    write_csv(lake / "good.csv", COLUMNS, cells(people))
    write_parquet(
        lake / "half.parquet",
        {name: list(c) for name, c in zip(COLUMNS, zip(*cells(people), strict=True), strict=True)},
    )
    half = lake / "half.parquet"
    half.write_bytes(half.read_bytes()[:-40])
    return [database, lake]


@pytest.fixture
def flows(tmp_path):
    path = tmp_path / "pandian.yaml"
    path.write_text(
        "flows:\n- {name: eu, tables: [{dataset: crm, table: mixed, time_column: birth_date},"
        " {dataset: lake, table: weird, time_column: mobile, columns: [mobile]}]}\n",
        encoding="utf-8",
    )
    return path


DIGEST = re.compile(r"\b(?=[0-9]*[a-f])[0-9a-f]{12,64}\b|\b[0-9]{8}T[0-9]{12}Z")
COMMON = {"110101", "622202"}  # a division and an issuer: public, the same for all


def traces(canary):
    """Return what must not be found of a value: itself, and every six digits in a row."""
    runs = re.findall(r"(?=([0-9]{6}))", canary)
    return {canary, canary.replace("\x00", ""), *runs} - COMMON


def assert_silent(text, canaries):
    found = sorted({trace for canary in canaries for trace in traces(canary) if trace in text})
    assert not found
    names = re.findall(r"[赵钱孙李周吴郑王][彧翀骁珺琬烨昶璟焱垚祎翊彦钰晗]{1,2}", text)
    assert not names


def everything(outcome, caplog, recwarn):
    """Return all text a scan wrote, without digests of files and the time in the scan's id."""
    logged = [record.getMessage() + repr(record.args) + repr(record.exc_info) for record in caplog.records]
    warned = [str(warning.message) for warning in recwarn]
    return DIGEST.sub("", outcome.written.decode("utf-8")) + "\n".join([*logged, *warned])


def test_the_search_would_find_a_leak(canaries):
    for leak in (
        canaries[0],
        f"Could not convert {canaries[2]!r}",
        canaries[1],
        canaries[1][6:14],
        canaries[4],
    ):
        with pytest.raises(AssertionError):
            assert_silent(DIGEST.sub("", leak), canaries)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_scan_of_difficult_data_says_no_value(
    pandian, warehouse, flows, people, write_csv, canaries, caplog, recwarn, lang
):
    caplog.set_level("DEBUG")
    # The first megabyte is a table; far behind it the encoding breaks.
    long = write_csv(warehouse[1] / "breaks_off.csv", COLUMNS, cells(people) * 400)
    long.write_bytes(long.read_bytes() + "吴璟璟".encode("gb18030") + b",\xff\xff13977192877\n")

    outcome = pandian("scan", *warehouse, "--config", flows, "--format", FORMATS, "--lang", lang)

    assert outcome.code == 3, outcome.err
    assert {path.name for path in outcome.folder.iterdir()} == {"scan.json", "report.html", "summary.txt"}
    assert {"half", "failing", "breaks_off"} <= {entry["table"] for entry in outcome.scan["not_scanned"]}
    assert not [entry for entry in outcome.scan["not_scanned"] if "unexpected" in entry["reason"]]
    assert_silent(everything(outcome, caplog, recwarn), canaries)


@pytest.mark.parametrize(
    "stage",
    [
        "scanner.stages.deciding.gather",
        "scanner.stages.deciding.decide_column",
        "scanner.stages.planning.plan_table",
        "scanner.stages.collecting.row_windows",
        "scanner.stages.collecting.identify",
        "classifiers.gathering.Cells",
        "scanner.running.reader.load_text_engine",
        "classifiers.catalogue.Catalogue.canonical",
        "scanner.identifiers.names.digest",
        "connectors.files.FilesConnector.sample",
        "connectors._databases.connector.batch_of_rows",
    ],
)
def test_a_stage_that_fails_with_a_value_in_its_message_says_no_value(
    pandian, warehouse, flows, canaries, caplog, recwarn, monkeypatch, people, stage
):
    def fail(*_arguments, **_options):
        raise ValueError(f"Could not convert {people[0].id_card!r} of {people[0].name} to a number")

    monkeypatch.setattr(stage, fail)

    outcome = pandian("scan", *warehouse, "--config", flows, "--format", "json,text")

    assert outcome.code == 3
    assert any("unexpected ValueError" in entry["reason"] for entry in outcome.scan["not_scanned"])
    assert_silent(everything(outcome, caplog, recwarn), canaries)


def test_a_failing_server_quotes_no_row(pandian, pg, pg_run, people, caplog, recwarn):
    first = people[0]
    pg_run(
        "CREATE TABLE customer (id_card text, mobile text)",
        *(f"INSERT INTO customer VALUES ('{p.id_card}', '{p.mobile}')" for p in people),
        "CREATE VIEW numbers AS SELECT (mobile || 'x')::int8 AS mobile FROM customer",
        f"CREATE VIEW one AS SELECT id_card::int8 AS x FROM customer WHERE id_card <> '{first.id_card}'",
    )

    outcome = pandian("scan", pg, "--format", FORMATS)

    assert outcome.code == 3
    assert {"numbers"} <= {entry["table"] for entry in outcome.scan["not_scanned"]}
    assert_silent(everything(outcome, caplog, recwarn), [value for row in cells(people) for value in row])


def test_what_does_not_fit_into_memory_is_written_without_values(people):
    values = [value for row in cells(people) for value in row]
    columns = [(name, (pi_type,), ()) for name, pi_type in zip(COLUMNS, TYPES, strict=True)]
    batch = pa.record_batch(dict(zip(COLUMNS, map(list, zip(*cells(people), strict=True)), strict=True)))
    plan = plan_table("crm", "customer", columns, {})
    store = Store(Memory(limit=1))
    for records in identify(batch, plan, SubjectKey(bytes(16)), as_of=date(2026, 1, 1)):
        store.add(condense(records))
    store._write()
    assert store.packed
    store.spill.write_object(values[:1])
    held = bytearray(store.spill.written)
    store.spill.read(0, [memoryview(held)])

    assert values[0].encode() in held  # the search would find a value
    assert not [value for value in values[1:] if value.encode() in held]
