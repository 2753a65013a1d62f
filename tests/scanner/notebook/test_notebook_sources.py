"""What ``scanner.scan`` takes, and what it calls what it finds."""

from pathlib import Path

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest
import sqlalchemy as sa

from connectors import NotASource
from scanner import scan
from scanner.user_files.documents import ConfigError


@pytest.fixture(scope="module")
def cells(make_people):
    people = make_people(300)
    return {"mobile": [p.mobile for p in people], "note": ["ok"] * len(people)}


def found(result):
    """Return dataset, table, column and types of what was found, with the people counted."""
    people = result.subjects().query("scope == 'organization' and category == 'all'")["estimate"].item()
    return result.columns()[["dataset", "table", "column", "types"]].values.tolist(), people


def parquet(folder, cells):
    pq.write_table(pa.table(cells), folder / "part.parquet")
    return folder / "part.parquet"


ALONE = {
    "pandas": lambda _, cells: pd.DataFrame(cells),
    "polars": lambda _, cells: pl.DataFrame(cells),
    "polars, lazy": lambda _, cells: pl.LazyFrame(cells),
    "polars, lazy file": lambda folder, cells: pl.scan_parquet(parquet(folder, cells)),
    "arrow table": lambda _, cells: pa.table(cells),
    "arrow reader": lambda _, cells: pa.table(cells).to_reader(),
    "arrow dataset": lambda folder, cells: ds.dataset(parquet(folder, cells)),
    "duckdb relation": lambda _, cells: duckdb.connect().from_arrow(pa.table(cells)),
    "list of dictionaries": lambda _, cells: pa.table(cells).to_pylist(),
}


@pytest.mark.parametrize("kind", ALONE)
def test_a_table_by_itself_is_a_source(kind, tmp_path, cells):
    result = scan(ALONE[kind](tmp_path, cells), as_of="2026-01-01")

    assert result.record.complete
    assert found(result) == ([["frames", "frame", "mobile", "mobile"]], 300)


def test_a_mapping_names_tables_sources_and_tables_of_sources(tmp_path, cells):
    engine = sa.create_engine(f"sqlite:///{tmp_path}/app.db")
    pd.DataFrame(cells).to_sql("users", engine, index=False)
    given = {
        "people": pd.DataFrame(cells),
        "crm": engine,
        "lake": parquet(tmp_path, cells),
        "shop": {"buyers": pl.DataFrame(cells), "clerks": pa.table(cells).to_pylist()},
    }
    rows, people = found(scan(given, as_of="2026-01-01"))

    assert [row[:2] for row in rows] == [
        ["crm", "users"],
        ["frames", "people"],
        ["lake", "part"],
        ["shop", "buyers"],
        ["shop", "clerks"],
    ]
    assert people == 300
    engine.dispose()


def test_a_sequence_mixes_paths_tables_and_engines(tmp_path, cells):
    engine = sa.create_engine(f"sqlite:///{tmp_path}/app.db")
    pd.DataFrame(cells).to_sql("users", engine, index=False)
    frame = pd.DataFrame(cells)
    rows, _ = found(scan([parquet(tmp_path, cells), engine, frame, frame], as_of="2026-01-01"))

    assert [row[:2] for row in rows] == [
        ["app", "users"],
        ["frames", "frame"],
        ["frames", "frame-2"],
        ["part", "part"],
    ]
    engine.dispose()


def test_an_open_connection_on_postgresql_is_read_with_what_it_has_not_committed(pg, cells):
    engine = sa.create_engine(pg)
    with engine.connect() as connection:
        connection.exec_driver_sql("CREATE TABLE users (mobile text, note text)")
        rows = pa.table(cells).to_pylist()
        connection.execute(sa.text("INSERT INTO users VALUES (:mobile, :note)"), rows)
        result = scan({"crm": connection}, as_of="2026-01-01")

        assert found(result) == ([["crm", "users", "mobile", "mobile"]], 300)
        assert not connection.closed
        connection.rollback()
        assert sa.inspect(connection).get_table_names() == []
    engine.dispose()


def test_include_and_exclude_choose_tables(cells):
    frame = pd.DataFrame(cells)
    result = scan({"a1": frame, "a2": frame, "b": frame}, include=["a*"], exclude=["a2"], as_of="2026-01-01")

    assert [row[1] for row in found(result)[0]] == ["a1"]


def test_sources_of_the_configuration_keep_their_names(tmp_path, cells):
    config = tmp_path / "pandian.yaml"
    config.write_text(f"sources: [{{name: frames, url: '{parquet(tmp_path, cells)}'}}]", encoding="utf-8")
    rows, people = found(scan(pd.DataFrame(cells), config=str(config), as_of="2026-01-01"))

    assert [row[:2] for row in rows] == [["frames", "part"], ["frames-2", "frame"]]
    assert people == 300


def test_a_path_may_be_a_path_object_and_the_home_folder(tmp_path, cells, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    parquet(tmp_path, cells)

    assert found(scan(Path("~/part.parquet"), as_of="2026-01-01"))[1] == 300


@pytest.mark.parametrize(
    ("sources", "message"),
    [
        (5, "int is no table and no open database. Hand in a pandas"),
        ({"mobile": ["13900000001"]}, "Source 'mobile': list is no table"),
        ({"crm": {"users": 5}}, "Source 'crm/users': int is no table"),
        ([{"a": 1}, 2], "Source 'a': int is no table"),
    ],
)
def test_what_cannot_be_read_is_refused_before_anything_is_read(sources, message):
    with pytest.raises(NotASource) as refused:
        scan(sources)
    assert str(refused.value).startswith(message)
    assert isinstance(refused.value, TypeError)
    assert "13900000001" not in str(refused.value)


def test_a_configuration_that_is_missing_is_named():
    with pytest.raises(ConfigError, match="nowhere"):
        scan(config="nowhere.yaml")


def test_every_row_of_a_frame_of_several_batches_is_counted(make_people):
    people = make_people(70_000)
    frame = pd.DataFrame({"mobile": [p.mobile for p in people], "email": [p.email.upper() for p in people]})
    result = scan(frame, as_of="2026-01-01")

    assert result.record.complete
    assert found(result)[1] == frame["mobile"].nunique()


@pytest.mark.parametrize("nothing", [None, [], {}, ()])
def test_nothing_handed_in_is_no_empty_result(nothing):
    with pytest.raises(Exception, match="There is nothing to scan") as refused:
        scan(nothing, progress=False, store=False)

    assert type(refused.value).__name__ == "NothingScanned"


def test_a_day_that_is_none_is_said():
    with pytest.raises(ValueError, match=r"as_of='yesterday' is no date; write it as 2026-01-31\."):
        scan([{"a": 1}], as_of="yesterday", progress=False)
