"""Comments as SQL: every dialect's spelling, and what real databases make of it."""

import dataclasses

import duckdb
import psycopg
import pytest
import sqlalchemy as sa

from scanner.catalogue import ExportError, Naming, export
from scanner.catalogue.comments import commented
from scanner.result import ColumnResult

EXPECTED = {
    "postgresql": """COMMENT ON COLUMN "public"."customers"."mobile" IS 'it''s \\ [PI: mobile]';""",
    "oracle": """COMMENT ON COLUMN "customers"."mobile" IS 'it''s \\ [PI: mobile]';""",
    "mysql": "-- ALTER TABLE `customers` MODIFY COLUMN `mobile` string COMMENT 'it''s \\\\ [PI: mobile]';",
    "doris": "ALTER TABLE `customers` MODIFY COLUMN `mobile` COMMENT 'it''s \\\\ [PI: mobile]';",
    "clickhouse": "ALTER TABLE `customers` COMMENT COLUMN `mobile` 'it''s \\\\ [PI: mobile]';",
    "spark": "ALTER TABLE `customers` ALTER COLUMN `mobile` COMMENT 'it\\'s \\\\ [PI: mobile]';",
    "hive": "ALTER TABLE `dw`.`customers` CHANGE COLUMN `mobile` `mobile` string "
    "COMMENT 'it\\'s \\\\ [PI: mobile]';",
    "odps": "ALTER TABLE `customers` CHANGE COLUMN `mobile` COMMENT 'it\\'s \\\\ [PI: mobile]';",
    "bigquery": "ALTER TABLE `customers` ALTER COLUMN `mobile` SET OPTIONS "
    "(description = 'it\\'s \\\\ [PI: mobile]');",
    "mssql": "-- EXEC sp_addextendedproperty N'MS_Description', N'it''s \\ [PI: mobile]', N'SCHEMA', N'dbo', "
    "N'TABLE', N'customers', N'COLUMN', N'mobile';",
}


def with_comment(result, comment):
    """Return the result with a comment on every column."""
    (dataset,) = result.datasets
    tables = tuple(
        dataclasses.replace(
            table, columns=tuple(dataclasses.replace(column, comment=comment) for column in table.columns)
        )
        for table in dataset.tables
    )
    return dataclasses.replace(result, datasets=(dataclasses.replace(dataset, tables=tables),))


def statements(result, **naming):
    text = export("comments", result, Naming(**naming)).decode()
    return [line for line in text.splitlines() if line and not line.startswith("-- ")]


@pytest.mark.parametrize("dialect", EXPECTED)
def test_every_family_is_spelled_as_its_manual_says(warehouse, dialect):
    (dataset,) = warehouse.datasets
    location = f"{dialect}://db/dw" if dialect in {"postgresql", "hive"} else "memory"
    moved = dataclasses.replace(
        warehouse, datasets=(dataclasses.replace(dataset, name="crm", location=location),)
    )
    text = export("comments", with_comment(moved, "it's \\"), Naming(dialect=dialect)).decode()

    assert EXPECTED[dialect] in text.splitlines()


def test_a_mark_is_replaced_and_a_comment_kept():
    tag = type("Tag", (), {"type": "mobile", "sensitive": True, "decision": "auto"})()
    first = ColumnResult(name="x", type="text", comment="手机 ", tags=(tag,))
    again = dataclasses.replace(first, comment=commented(first))

    assert commented(first) == commented(again) == "手机 [PI: mobile; sensitive]"


def test_mysql_statements_are_commented_out_since_they_are_not_complete(warehouse):
    (dataset,) = warehouse.datasets
    moved = dataclasses.replace(
        warehouse, datasets=(dataclasses.replace(dataset, location="mysql+pymysql://h/shop"),)
    )

    assert statements(moved) == []
    assert b"SHOW CREATE TABLE" in export("comments", moved)


@pytest.mark.parametrize("location", ["/data/lake", "crm.sqlite", "postgresql://h/shop"])
def test_no_type_of_another_system_is_set_in_hive(warehouse, location):
    """CHANGE COLUMN sets the type, too: int64 of a file, or text, is no type of the table in Hive."""
    (dataset,) = warehouse.datasets
    moved = dataclasses.replace(warehouse, datasets=(dataclasses.replace(dataset, location=location),))

    assert statements(moved, dialect="hive") == []
    assert b"SHOW CREATE TABLE" in export("comments", moved, Naming(dialect="hive"))


def created(result):
    """Return statements that create what the result has found, each table with its one column."""
    for table in result.datasets[0].tables:
        name, column = (each.replace('"', '""') for each in (table.name, table.columns[0].name))
        yield f'CREATE TABLE "{name}" ("{column}" text)'


def test_hostile_names_and_comments_stay_inside_their_quotes_on_postgresql(hostile, pg):
    script = export("comments", with_comment(hostile, "x'); DROP TABLE people; -- \n$$ \\' \x07")).decode()
    with psycopg.connect(sa.make_url(pg).set(drivername="postgresql").render_as_string()) as connection:
        for statement in (*created(hostile), script):
            connection.execute(statement)
        found = connection.execute(
            "SELECT DISTINCT col_description(attrelid, attnum) FROM pg_attribute a JOIN pg_class c "
            "ON c.oid = attrelid WHERE relnamespace = 'public'::regnamespace AND attnum > 0"
        ).fetchall()

    assert found == [("x'); DROP TABLE people; --  $$ \\' [PI: mobile]",)]


def test_hostile_names_and_comments_stay_inside_their_quotes_on_duckdb(hostile):
    (dataset,) = hostile.datasets
    moved = dataclasses.replace(hostile, datasets=(dataclasses.replace(dataset, location="/data/a.duckdb"),))
    script = export("comments", with_comment(moved, "it's \\ ")).decode()
    with duckdb.connect() as database:
        for statement in (*created(hostile), script):
            database.execute(statement)
        found = database.sql("SELECT DISTINCT comment FROM duckdb_columns() WHERE NOT internal").fetchall()

    assert found == [("it's \\ [PI: mobile]",)]


def test_nothing_to_say_is_said(nothing):
    with pytest.raises(ExportError, match="--dialect hive"):
        export("comments", nothing)
