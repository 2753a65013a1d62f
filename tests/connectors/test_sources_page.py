"""docs/sources.md says what the tests prove."""

from sources_table import PAGE, expected, kinds, masked


def test_the_page_of_sources_is_what_the_tests_prove():
    stale = "docs/sources.md does not say what the tests prove. Run: make sources"

    assert masked(PAGE.read_text(encoding="utf-8")) == masked(expected()), stale


def test_every_kind_is_proven_on_something():
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    rows = {line.split(" | ")[0].removeprefix("| "): line for line in lines if line.startswith("| ")}

    assert {"PostgreSQL", "MariaDB", "SQLite", "DuckDB", "ClickHouse", "Parquet"} <= set(kinds())
    for kind in kinds():
        assert masked(rows[kind]) != rows[kind]
