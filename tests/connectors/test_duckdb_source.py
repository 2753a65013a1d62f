"""DuckDB files."""

from dataclasses import replace

import duckdb
import pytest
from watching import comes_to_rest

from connectors import RowCount, SourceUnreachable, TableUnreadable, connect

SCRIPT = """
CREATE SCHEMA crm;
CREATE TABLE crm.people (
    id INTEGER, "a.b" VARCHAR, who STRUCT(name VARCHAR, phones VARCHAR[]), visits STRUCT(doctor VARCHAR)[],
    doc JSON, big HUGEINT, gone UUID, kind ENUM('x', 'y'), lasts INTERVAL, bits BIT,
    more MAP(VARCHAR, INTEGER), any_of UNION(n INTEGER, s VARCHAR), face FLOAT[3]
);
COMMENT ON TABLE crm.people IS '客户';
COMMENT ON COLUMN crm.people.who IS '联系人';
INSERT INTO crm.people VALUES (1, 'x', {'name': 'N', 'phones': ['P']}, [{'doctor': 'D'}], '{"k": 1}', 7, NULL,
    'x', INTERVAL 1 DAY, '101', MAP {'k': 1}, 5, [1, 2, 3]);
CREATE VIEW crm.seen AS SELECT id FROM crm.people;
CREATE TABLE "we""ird; DROP" ("select" INTEGER);
"""


@pytest.fixture
def path(tmp_path):
    with duckdb.connect(tmp_path / "dw.duckdb") as database:
        database.execute(SCRIPT)
    return tmp_path / "dw.duckdb"


def test_a_query_without_end_ends_when_it_is_left(tmp_path):
    with duckdb.connect(tmp_path / "dw.duckdb") as database:
        database.execute(
            "CREATE VIEW endless AS SELECT range AS id, md5(range::VARCHAR) AS x FROM range(1000000000000000)"
        )
    with connect(str(tmp_path / "dw.duckdb")) as source:
        (table,) = source.tables()
        stream = source.stream(table, ["id", "x"])
        next(stream)
        stream.close()

        assert comes_to_rest(looks=20)
        assert next(iter(source.stream(table, ["id"]))).num_rows


def test_schemas_are_groups_and_views_are_read(path):
    with connect(str(path)) as source:
        found = {(table.group, table.name): table for table in source.tables()}

    assert list(found) == [("crm", "people"), ("crm", "seen"), ("main", 'we"ird; DROP')]
    assert found["crm", "people"].comment == "客户"
    assert found["crm", "people"].rows == RowCount(1, exact=True)
    assert found["crm", "seen"].rows is None


def test_every_type_arrives(path):
    with connect(str(path)) as source:
        table = next(iter(source.tables()))
        (row,) = source.sample(table, rows=5, seed=0).to_pylist()

    assert {name: str(value) for name, value in row.items()} == {
        "id": "1",
        "a.b": "x",
        "who.name": "N",
        "who.phones": "['P']",
        "visits[].doctor": "['D']",
        "doc": '{"k": 1}',
        "big": "7",
        "gone": "None",
        "kind": "x",
        "lasts": "1 day",
        "bits": "101",
        "more": '{"k":1}',
        "any_of": "5",
        "face": "[1.0, 2.0, 3.0]",
    }
    assert [column.comment for column in table.columns if column.name.startswith("who")] == ["联系人"] * 2


def test_hostile_names_are_only_names(path):
    with connect(str(path)) as source:
        table = list(source.tables())[-1]

        assert source.sample(table, rows=1, seed=0).schema.names == ["select"]


def test_a_database_among_other_files_is_a_group(path):
    with connect(str(path.parent)) as source:
        assert [table.group for table in source.tables()] == ["dw/crm", "dw/crm", "dw/main"]


def test_nothing_can_be_written_and_no_file_be_read_through_the_connection(path):
    with connect(str(path)) as source:
        for statement in ("CREATE TABLE t (i INTEGER)", "SELECT * FROM read_csv('/etc/passwd')"):
            with pytest.raises(duckdb.Error):
                source._database.execute(statement)


def test_a_table_that_is_dropped_meanwhile_is_unreadable(path):
    with connect(str(path)) as source:
        table = next(iter(source.tables()))
        there = source._relations["crm", "people"]
        source._relations["crm", "people"] = replace(there, name="gone", columns=())

        with pytest.raises(TableUnreadable, match="people"):
            list(source.stream(table, []))


@pytest.mark.parametrize("content", [None, b"x" * 5000])
def test_what_is_no_database_is_said(tmp_path, content):
    path = tmp_path / "x.duckdb"
    if content:
        path.write_bytes(content)

    with pytest.raises(SourceUnreachable, match=r"no such file|not a DuckDB file"):
        connect(f"duckdb:///{path}")
