"""Names that hold values of people: shown under codes, counted in a table of their own."""

import json

import openpyxl
import pyarrow as pa
import pytest

from classifiers import built_in
from classifiers.catalogue import without_values
from connectors import SourceUnreachable
from connectors.frame import FrameConnector
from scanner.config import SourceConfig
from scanner.sources import open_named
from scanner.sources.shown_names import NAMES
from tests.scanner.pipelines import KEY, count_of, scan, tags
from tests.scanner.test_canaries import DIGEST, assert_silent


def opened(tables, catalogue=None):
    named = open_named(lambda _: FrameConnector(tables), KEY, catalogue or built_in())
    return named(SourceConfig(name="s", url="memory"))


def tables_of(result):
    return {table.name: table for dataset in result.datasets for table in dataset.tables}


@pytest.fixture
def pivot(make_people):
    """A table with a column for each of five phone numbers."""
    phones = [person.mobile for person in make_people(5)]
    return phones, pa.table({"day": ["2026-01-01", "2026-01-02"], **{phone: [1, 2] for phone in phones}})


def test_people_in_names_of_columns_are_counted_and_not_shown(pivot):
    phones, table = pivot
    result = scan({"crm": {"calls": table}})
    shown = tables_of(result)

    assert_silent(repr(result), phones)
    assert [column.name[:6] for column in shown["calls"].columns] == ["day", *["value_"] * 5]
    assert tags(result)["mobile"] == {"mobile": "auto"}
    assert count_of(result.organization.subjects)[1:] == (5, 5)
    assert "hold values of people" in shown["calls"].note
    assert shown[NAMES].rows.value == 5


def test_the_same_value_is_shown_alike_under_one_key_and_read_as_the_source_calls_it(pivot):
    phones, table = pivot
    with opened({"calls": table, "again": table}) as connector:
        again, calls, _ = connector.tables()
        batch = connector.sample(calls, rows=10, seed=0)
        streamed = pa.Table.from_batches(connector.stream(calls, [calls.columns[2].name]))

    assert [column.name for column in calls.columns] == [column.name for column in again.columns]
    assert batch.schema.names == [column.name for column in calls.columns]
    assert streamed.column_names == [calls.columns[2].name]
    assert streamed.column(0).to_pylist() == table.column(2).to_pylist()
    assert phones[0] not in repr(calls)


def test_ordinary_tables_are_handed_on_as_they_are(make_people):
    table = pa.table({"name": [p.name for p in make_people(3)], "高度": [1, 2, 3]})
    with opened({"people": table}) as connector:
        tables = list(connector.tables())

    assert tables == list(FrameConnector({"people": table}).tables())


def test_siblings_tell_that_tables_are_called_after_people():
    rows = pa.table({"x": [1]})
    with opened({"张三": rows, "李建国": rows, "王小明": rows, "汇总": rows}) as connector:
        names = [table.name for table in connector.tables()]

    assert sorted(name[:6] for name in names) == ["value_", "value_", "value_", "values", "汇总"]
    with opened({"高峰": rows, "汇总": rows, "时长": rows}) as connector:
        assert {table.name for table in connector.tables()} == {"高峰", "汇总", "时长"}


def test_a_listed_value_is_shown(pivot):
    phones, table = pivot
    with opened({"calls": table}, without_values(built_in(), {"mobile": phones})) as connector:
        (calls,) = connector.tables()

    assert [column.name for column in calls.columns] == ["day", *phones]


def test_an_error_quotes_no_value_of_a_name(make_people):
    (person,) = make_people(1)

    def refuse(_source):
        raise SourceUnreachable(f"/data/{person.name}_{person.id_card}.csv: no such file.")

    with pytest.raises(SourceUnreachable) as caught:
        open_named(refuse, KEY, built_in())(SourceConfig(name="s", url="memory"))

    assert_silent(str(caught.value), [person.id_card])
    assert str(caught.value).endswith(".csv: no such file.")


@pytest.fixture
def named_after_people(tmp_path, make_people, write_sqlite, write_csv, write_parquet):
    """A folder in which columns, tables, fields, sheets, files, folders, keys and comments hold values."""
    people = make_people(40, first=700)
    folder = tmp_path / "data"
    write_csv(folder / f"{people[0].name}_{people[0].id_card}.csv", ("a", "b"), [("1", "2"), ("3", "4")])
    write_csv(folder / people[1].id_card / "visits.csv", ("a", "b"), [("1", "2")])
    write_csv(folder / f"broken_{people[2].mobile}.csv", ("a", "b"), []).write_bytes(b"a,b\n\xff\xff,\x80\n")
    (folder / f"{people[3].email}.bin").write_bytes(b"\0")
    database = folder / "crm.sqlite"
    phones = [person.mobile for person in people[4:8]]
    write_sqlite(database, "calls", ("day", *phones), [("2026-01-01", 1, 2, 3, 4)])
    write_sqlite(database, f"t_{people[8].mobile}", ("x",), [(1,)])
    struct = pa.array([{people[9].id_card: {"mobile": people[9].mobile}}])
    write_parquet(folder / "struct.parquet", {"by_id": struct, people[10].email: pa.array(["x"])})
    document = {people[11].mobile: {"visits": 3}, people[12].id_card: {"visits": 4}}
    (folder / "keyed.json").write_text(json.dumps(document), encoding="utf-8")
    write_parquet(folder / "parts" / f"phone={people[13].mobile}" / "part-0.parquet", {"x": pa.array([1])})
    book = openpyxl.Workbook()
    for person in people[14:18]:
        sheet = book.create_sheet(person.name + person.mobile)
        sheet.append(["item", "amount"])
        sheet.append(["x", 1])
    book.remove(book.worksheets[0])
    book.save(folder / "sheets.xlsx")
    return folder, people


def test_nothing_that_is_written_holds_a_value_of_a_name(
    pandian, named_after_people, tmp_path, caplog, monkeypatch
):
    caplog.set_level("DEBUG")
    folder, people = named_after_people
    state, store = tmp_path / "state", tmp_path / "history.sqlite"
    outcome = pandian(
        *("scan", folder, folder / f"{people[0].name}_{people[0].id_card}.csv", "--state", state),
        *("--store", store, "--format", "json,html,text,ics"),
    )
    exports = [
        pandian("export", "latest", "--store", store, "--format", kind, "--output", tmp_path / "out")
        for kind in ("xlsx",)
    ]

    assert outcome.code == 3  # what is broken, and the unknown format
    canaries = [value for p in people[:18] for value in (p.id_card, p.mobile, p.email)]
    kept = [path.read_bytes() for path in [*state.rglob("*"), store] if path.is_file()]
    for written in (outcome.written, *kept, *map(str.encode, caplog.messages), *(e.written for e in exports)):
        text = DIGEST.sub("", written.decode("utf-8", "replace"))
        assert not [canary for canary in canaries if canary in text]
    mobiles = [d for d in outcome.scan["datasets"] for t in d["tables"] if t["name"] == NAMES]
    assert mobiles
