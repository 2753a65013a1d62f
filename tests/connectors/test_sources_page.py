"""docs/sources.md says what the tests prove."""

from sources_table import PAGE, capabilities, expected, kinds, masked


def test_the_page_of_sources_is_what_the_tests_prove():
    stale = "docs/sources.md does not say what the tests prove. Run: make sources"

    assert masked(PAGE.read_text(encoding="utf-8")) == masked(expected()), stale


def test_every_kind_is_proven_on_something():
    rows = [line.split(" | ") for line in PAGE.read_text(encoding="utf-8").splitlines()]
    proven = {row[0].removeprefix("| "): row[1] for row in rows if len(row) == 2 + len(capabilities())}

    assert {"PostgreSQL", "MariaDB", "SQLite", "DuckDB", "ClickHouse", "Parquet"} <= set(kinds())
    for kind in kinds():
        assert any(letter.isdigit() for letter in proven[kind])


def test_versions_make_no_page_stale():
    page = PAGE.read_text(encoding="utf-8")
    found = next(line for line in page.splitlines() if line.startswith("| MariaDB | MariaDB "))
    other = found.replace(found.split(" | ")[1], "MariaDB 11.8.2")

    assert masked(page.replace(found, other)) == masked(page)
    assert masked(page.replace(found, found.replace("| yes |", "| – |", 1))) != masked(page)
