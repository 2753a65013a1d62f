"""Bad input: each kind ends with one clear paragraph and the documented exit code."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pyarrow as pa
import pytest
import sqlalchemy as sa
import yaml

from connectors.files import FilesConnector

CANNOT_RUN, INCOMPLETE = 2, 3
COLUMNS = ("cust_no", "customer_name", "id_card", "mobile")


def rows(people):
    return [(i, p.name, p.id_card, p.mobile) for i, p in enumerate(people)]


def columns(people):
    return dict(zip(COLUMNS, map(list, zip(*rows(people), strict=True)), strict=True))


@pytest.fixture
def crm(write_sqlite, make_people, tmp_path):
    return write_sqlite(tmp_path / "crm.sqlite", "customer", COLUMNS, rows(make_people(60)))


@pytest.fixture
def configured(tmp_path):
    """Return a function that writes pandian.yaml."""

    def write(document):
        path = tmp_path / "pandian.yaml"
        text = document if isinstance(document, str) else yaml.safe_dump(document, allow_unicode=True)
        path.write_text(text, encoding="utf-8")
        return path

    return write


def persons(outcome, table=None):
    """Return (lower, estimate, upper, method) of everybody in a table, or in the organization."""
    tables = {t["name"]: t for d in outcome.scan["datasets"] for t in d["tables"]}
    counts = tables[table]["subjects"] if table else outcome.scan["organization"]["subjects"]
    (count,) = (c for c in counts if c["category"] == "all")
    return count["lower"], count["estimate"], count["upper"], count["method"]


def reasons(outcome):
    return {(entry["source"], entry["table"]): entry["reason"] for entry in outcome.scan["not_scanned"]}


def statuses(outcome):
    return {t["name"]: t["status"] for d in outcome.scan["datasets"] for t in d["tables"]}


def assert_refused(outcome, *words):
    """One paragraph that starts with what is wrong, and no traceback."""
    assert outcome.code == CANNOT_RUN, outcome.err
    assert outcome.err.startswith(("Error: ", "Usage: ")), outcome.err
    assert "Traceback" not in outcome.err
    if outcome.err.startswith("Error: "):
        assert len(outcome.err.strip().splitlines()) == 1, outcome.err
    for word in words:
        assert word in outcome.err
    assert not outcome.out


# ---------------------------------------------------------------------- could not run
@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), ("nothing to scan", "SOURCE", "--config")),
        (("gopher://host/crm",), ("gopher", "sqlite")),
        (("hana://scanner@host/crm",), ("hana", "pip install")),
        (("/no/such/folder/crm.csv",), ("/no/such/folder/crm.csv", "no such file")),
        (("sqlite:////no/such/crm.sqlite",), ("no such file",)),
        (("{crm}", "--as-of", "22.11.2026"), ("--as-of", "22.11.2026", "2026-11-22")),
        (("{crm}", "--as-of", "2026-02-30"), ("--as-of", "2026-02-30")),
        (("{crm}", "--format", "pdf"), ("--format", "pdf", "html, ics, json, text")),
        (("{crm}", "--format", ","), ("--format", "html, ics, json, text")),
        (("{crm}", "--count", "guess"), ("--count", "guess")),
        (("{crm}", "--fail-on", "everything"), ("--fail-on",)),
        (("{crm}", "--sample-rows", "0"), ("--sample-rows",)),
        (("{crm}", "--no-such-flag"), ("--no-such-flag",)),
        (("{crm}", "--config", "/no/such/pandian.yaml"), ("/no/such/pandian.yaml", "No such file")),
        (("{crm}", "--config", "{folder}"), ("directory",)),
        (("{crm}", "--output", "{crm}/out"), ("--output", "cannot be written", "Not a directory")),
        (("{crm}", "--output", "{crm}"), ("--output", "cannot be written")),
    ],
)
def test_arguments_that_cannot_be_used(pandian, crm, tmp_path, arguments, words):
    filled = [argument.format(crm=crm, folder=tmp_path) for argument in arguments]

    assert_refused(pandian("scan", *filled), *words)


@pytest.mark.parametrize(
    ("document", "words"),
    [
        ("sources: [{name: crm, url: x}", ("not valid YAML", "line")),
        ("- just\n- a list\n", ("top level",)),
        ({"sorces": []}, ("'sorces'", "not known")),
        ({"sources": [{"name": "crm"}]}, ("sources.0.url", "missing")),
        ({"sources": [{"name": "crm", "url": "x", "pasword": "y"}]}, ("sources.0.pasword", "not known")),
        ({"sources": [{"name": "crm", "url": "${PANDIAN_TEST_UNSET}"}]}, ("PANDIAN_TEST_UNSET", "Set it")),
        ({"sources": [{"name": "crm", "url": "a"}, {"name": "crm", "url": "b"}]}, ("'crm'", "twice")),
        ({"flows": [{"name": "eu"}, {"name": "eu"}]}, ("'eu'", "twice")),
        ({"as_of": "soon"}, ("as_of",)),
        ({"review": "no-such-review.yaml"}, ("no-such-review.yaml", "cannot be read")),
        ({"key_file": "pandian.yaml"}, ("pandian.yaml",)),
        ({"organization": {"cioo": False}}, ("organization.cioo",)),
        ({"flows": [{"name": "eu", "exemption": "because"}]}, ("exemption",)),
        ({"held": {"users": -1}}, ("held.users", "negative")),
        ({"held": {"users": {"lower": 2, "upper": 1}}}, ("held.users", "lower (2)")),
        ({"incident": {"pi_subjects": "many"}}, ("incident.pi_subjects",)),
        (
            {
                "flows": [
                    {"name": n, "tables": [{"dataset": "crm", "table": "t", "time_column": n}]} for n in "ab"
                ]
            },
            ("two time columns", "crm/t"),
        ),
    ],
)
def test_a_configuration_that_cannot_be_used(pandian, crm, configured, document, words):
    path = configured(document)

    assert_refused(pandian("scan", crm, "--config", path), *words)


def test_a_configuration_that_is_no_text_is_refused(pandian, crm, tmp_path):
    path = tmp_path / "pandian.yaml"
    path.write_bytes(b"organization: \xff\xfe\x00")

    assert_refused(pandian("scan", crm, "--config", path), "UTF-8")


@pytest.mark.parametrize(
    ("review", "words"),
    [
        (b"decisions: [{dataset: crm", ("not valid YAML",)),
        (
            b"decisions: [{dataset: crm, table: t, column: c, types: [shoe_size]}]",
            ("'shoe_size'", "pandian types"),
        ),
        (b"decisions: [{dataset: crm, table: t}]", ("decisions.0.column", "missing")),
        (b"decision: []", ("'decision'", "not known")),
        (b"\xff\xfe\x00", ("UTF-8",)),
    ],
)
def test_a_review_file_that_cannot_be_used(pandian, crm, configured, tmp_path, review, words):
    (tmp_path / "review.yaml").write_bytes(review)

    assert_refused(
        pandian("scan", crm, "--config", configured({"review": "review.yaml"})), "review.yaml", *words
    )


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ("held: {pi_subjects: 12", ("YAML",)),
        ("held: {pi_subject: 12}", ("pi_subject",)),
        ("held: {pi_subjects: {lower: 10, upper: 9}}", ("held.pi_subjects", "lower (10)", "upper (9)")),
        ("held: {pi_subjects: many}", ("held.pi_subjects",)),
    ],
)
def test_facts_that_cannot_be_used(pandian, tmp_path, facts, words):
    path = tmp_path / "facts.yaml"
    path.write_text(facts, encoding="utf-8")

    assert_refused(pandian("assess", path), "facts.yaml", *words)


@pytest.mark.parametrize("arguments", [("assess", "/no/such/facts.yaml"), ("assess", "{folder}")])
def test_facts_that_are_not_there(pandian, tmp_path, arguments):
    assert_refused(pandian(*(a.format(folder=tmp_path) for a in arguments)), "cannot be read")


def test_an_unwritable_output_folder_is_found_out_before_the_scan(pandian, crm, monkeypatch):
    monkeypatch.setattr("scanner.running.run", lambda *_, **__: pytest.fail("the scan was started"))

    assert_refused(pandian("scan", crm, "--output", f"{crm}/out"), "cannot be written")


def test_a_wrong_password_is_never_echoed(pandian, configured, pg_server, pg, pg_run, monkeypatch):
    pg_run("DROP ROLE IF EXISTS locked", "CREATE ROLE locked LOGIN PASSWORD 'right'")
    url = sa.make_url(pg).set(username="locked", password="Wr0ng-Secret-7")
    monkeypatch.setenv("PANDIAN_TEST_URL", url.render_as_string(hide_password=False))
    try:
        outcomes = [
            pandian("scan", url.render_as_string(hide_password=False)),
            pandian(
                "scan", "--config", configured({"sources": [{"name": "db", "url": "${PANDIAN_TEST_URL}"}]})
            ),
        ]
    finally:
        pg_run("DROP ROLE locked")

    for outcome in outcomes:
        assert_refused(outcome, "login refused")
        assert b"Wr0ng-Secret-7" not in outcome.written
        assert b"locked" not in outcome.written


def test_a_password_in_a_url_that_cannot_be_parsed_is_never_echoed(pandian):
    outcome = pandian("scan", "postgresql://scanner:Wr0ng-S@cret-7@host:port/crm")

    assert_refused(outcome, "cannot be parsed")
    assert "cret-7" not in outcome.err


# ---------------------------------------------------------------------- ran, but not everything was read
def test_one_unreachable_source_is_listed_and_the_others_are_scanned(pandian, crm, tmp_path):
    outcome = pandian("scan", crm, tmp_path / "absent.csv", "--fail-on", "pi")

    assert outcome.code == INCOMPLETE
    assert reasons(outcome) == {("absent", ""): f"{tmp_path}/absent.csv: no such file."}
    assert persons(outcome) == (60, 60, 60, "exact")
    assert "absent.csv" in outcome.out


def test_nothing_reachable_is_a_scan_that_could_not_run(pandian, tmp_path):
    outcome = pandian("scan", tmp_path / "a.csv", tmp_path / "b.csv")

    assert_refused(outcome, "a.csv", "b.csv")
    assert not list(outcome.folder.iterdir())


def test_half_a_parquet_file_among_good_ones(pandian, make_people, write_parquet, tmp_path):
    lake = tmp_path / "lake"
    for day in range(3):
        write_parquet(lake / "visits" / f"day={day}" / "part.parquet", columns(make_people(20, 20 * day)))
    whole = write_parquet(lake / "members.parquet", columns(make_people(30)))
    half = lake / "visits" / "day=1" / "part.parquet"
    half.write_bytes(half.read_bytes()[: half.stat().st_size // 2])

    outcome = pandian("scan", lake)

    assert outcome.code == INCOMPLETE
    (reason,) = outcome.scan["not_scanned"]
    assert (reason["table"], reason["source"]) == ("visits", "lake")
    assert "part.parquet" in reason["reason"]
    assert "cut off" in reason["reason"]
    assert statuses(outcome) == {"members": "scanned", "visits": "partial"}
    assert persons(outcome, "visits")[1] == 40
    assert persons(outcome, "members") == (30, 30, 30, "exact")
    assert whole.exists()


def test_half_a_parquet_file_by_itself(pandian, make_people, write_parquet, tmp_path):
    lake = tmp_path / "lake"
    write_parquet(lake / "good.parquet", columns(make_people(20)))
    half = write_parquet(lake / "half.parquet", columns(make_people(20)))
    half.write_bytes(half.read_bytes()[:500])

    outcome = pandian("scan", lake)

    assert outcome.code == INCOMPLETE
    assert set(reasons(outcome)) == {("lake", "half")}
    assert persons(outcome, "good") == (20, 20, 20, "exact")


def test_a_csv_with_broken_encoding(pandian, make_people, write_csv, tmp_path):
    lake = tmp_path / "lake"
    write_csv(lake / "good.csv", COLUMNS, rows(make_people(20)))
    broken = write_csv(lake / "broken.csv", COLUMNS, rows(make_people(20, 20)))
    broken.write_bytes(broken.read_bytes() + b"99,\xff\xff\xfe\x80,x,y\n")

    outcome = pandian("scan", lake)

    assert outcome.code == INCOMPLETE
    assert set(reasons(outcome)) == {("lake", "broken")}
    assert "UTF-8" in reasons(outcome)["lake", "broken"]
    assert persons(outcome, "good") == (20, 20, 20, "exact")


def test_tables_without_columns_and_without_rows(
    pandian, crm, write_sqlite, write_csv, write_parquet, tmp_path
):
    lake = tmp_path / "lake"
    write_parquet(lake / "columnless.parquet", {})
    write_parquet(lake / "rowless.parquet", {"mobile": pa.array([], pa.string())})
    write_csv(lake / "header_only.csv", COLUMNS, [])
    (lake / "nothing.csv").write_bytes(b"")
    write_sqlite(crm, "empty_one", COLUMNS, [])

    outcome = pandian("scan", lake, crm)

    found = statuses(outcome)
    assert found["customer"] == "scanned"
    assert {found[name] for name in ("columnless", "rowless", "header_only", "empty_one")} == {"empty"}
    assert found.get("nothing", "empty") == "empty"
    assert outcome.code == (INCOMPLETE if outcome.scan["not_scanned"] else 0)
    assert persons(outcome) == (60, 60, 60, "exact")


def test_a_postgresql_table_without_columns(pandian, pg, pg_run, make_people):
    pg_run("CREATE TABLE nothing ()", "INSERT INTO nothing DEFAULT VALUES", "CREATE TABLE t (mobile text)")
    pg_run(*(f"INSERT INTO t VALUES ('{p.mobile}')" for p in make_people(30)))

    outcome = pandian("scan", pg)

    assert outcome.code == 0, outcome.err
    assert statuses(outcome) == {"nothing": "empty", "t": "scanned"}


def test_a_cell_of_100_megabytes(pandian, crm, write_parquet, make_people, tmp_path):
    blob = "事" * 5 + "x" * 100_000_000
    people = make_people(3)
    with closing(sqlite3.connect(crm)) as database, database:
        database.execute("CREATE TABLE letters (mobile, body)")
        database.executemany(
            "INSERT INTO letters VALUES (?, ?)",
            [(people[0].mobile, blob), (people[1].mobile, "short"), (people[2].mobile, None)],
        )

    outcome = pandian("scan", crm)

    assert outcome.code == 0, outcome.scan["not_scanned"]
    assert statuses(outcome) == {"customer": "scanned", "letters": "scanned"}
    assert persons(outcome)[1] == 60


# ---------------------------------------------------------------------- going away in mid-scan
def _between_sample_and_stream(monkeypatch, connector, action):
    """Do something to a source after its first table has been sampled."""
    sample = connector.sample
    pending = [action]

    def sample_then(self, table, *, rows, seed):
        batch = sample(self, table, rows=rows, seed=seed)
        while pending:
            pending.pop()()
        return batch

    monkeypatch.setattr(connector, "sample", sample_then)


@pytest.fixture
def two_tables(pg, pg_run, make_people):
    for name in ("a_first", "b_second"):
        pg_run(
            f"CREATE TABLE {name} (id_card text, mobile text)",
            *(f"INSERT INTO {name} VALUES ('{p.id_card}', '{p.mobile}')" for p in make_people(30)),
        )
    return pg


def test_a_table_that_is_dropped_in_mid_scan(pandian, two_tables, pg_run, monkeypatch):
    from connectors.sql import SqlConnector

    _between_sample_and_stream(monkeypatch, SqlConnector, lambda: pg_run("DROP TABLE a_first"))

    outcome = pandian("scan", two_tables, "--fail-on", "pi")

    assert outcome.code == INCOMPLETE
    assert statuses(outcome) == {"a_first": "partial", "b_second": "scanned"}
    ((_, reason),) = reasons(outcome).items()
    assert "no such table" in reason
    assert persons(outcome, "b_second") == (30, 30, 30, "exact")


def test_a_server_that_ends_our_session_between_two_batches_is_asked_again(
    pandian, two_tables, pg_run, pg_server, monkeypatch
):
    from scanner import collecting

    # More than fits into one batch and the buffers of a socket.
    pg_run("INSERT INTO a_first SELECT a_first.* FROM a_first, generate_series(1, 10000)")
    identify, pending = collecting.identify, [True]

    def identify_then(*arguments, **options):
        while pending:
            pending.pop()
            admin = sa.create_engine(pg_server, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
            with admin.connect() as connection:
                ended = connection.exec_driver_sql(
                    "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
                    " WHERE application_name = 'pandian'"
                ).all()
            assert ended, "a session was open"
        return identify(*arguments, **options)

    monkeypatch.setattr("scanner.collecting.identify", identify_then)

    outcome = pandian("scan", two_tables, "--threads", "1")  # several would have read ahead

    assert not pending
    assert outcome.code == 0
    assert statuses(outcome) == {"a_first": "scanned", "b_second": "scanned"}
    assert "Traceback" not in outcome.err


def test_a_file_that_breaks_off_in_mid_scan(pandian, make_people, write_parquet, tmp_path, monkeypatch):
    lake = tmp_path / "lake"
    parts = [
        write_parquet(lake / "t" / f"day={i}" / "part.parquet", columns(make_people(20, 20 * i)))
        for i in range(2)
    ]
    _between_sample_and_stream(monkeypatch, FilesConnector, lambda: parts[1].write_bytes(b"PAR1 no more"))

    outcome = pandian("scan", lake)

    assert outcome.code == INCOMPLETE
    assert statuses(outcome) == {"t": "partial"}
    (table,) = outcome.scan["datasets"][0]["tables"]
    assert table["rows"] == {"value": 40, "exact": True} or not table["rows"]["exact"]
    assert persons(outcome)[1] == 20


# ---------------------------------------------------------------------- flows that cannot be counted
def flow(**table):
    return {"flows": [{"name": "eu", "recipient_country": "DE", "tables": [{"dataset": "crm", **table}]}]}


def test_a_flow_that_names_a_table_that_is_not_there(pandian, crm, configured):
    outcome = pandian("scan", crm, "--config", configured(flow(table="orders")))

    assert outcome.code == INCOMPLETE
    assert "flow 'eu' names it" in reasons(outcome)["crm", "orders"]
    (found,) = outcome.scan["flows"]
    assert found["mechanism"] == "undetermined"
    assert found["subjects"] == [], "nobody was counted, which is not zero persons"


def test_a_flow_whose_time_column_is_not_there(pandian, crm, configured):
    outcome = pandian("scan", crm, "--config", configured(flow(table="customer", time_column="export_time")))

    assert outcome.code == INCOMPLETE
    assert "export_time" in reasons(outcome)["crm", "customer"]
    assert outcome.scan["flows"][0]["mechanism"] == "undetermined"
    assert statuses(outcome) == {"customer": "partial"}


# ---------------------------------------------------------------------- nobody can be told apart
def test_personal_information_without_an_identifier_is_never_zero_persons(pandian, write_sqlite, tmp_path):
    source = write_sqlite(
        tmp_path / "survey.sqlite", "survey", ("gender", "ethnicity"), [("男", "汉族"), ("女", "回族")] * 40
    )

    outcome = pandian("scan", source)

    assert outcome.code == 0
    assert persons(outcome, "survey") == (0, 0, 80, "rows-bound")
    assert persons(outcome) == (0, 0, 80, "rows-bound")


def test_a_damaged_database_is_not_a_crash(pandian, crm, tmp_path, make_people, write_csv):
    write_csv(tmp_path / "good.csv", COLUMNS, rows(make_people(20)))
    data = bytearray(crm.read_bytes())
    data[4096:] = b"\xde\xad" * ((len(data) - 4096) // 2)
    crm.write_bytes(data)

    outcome = pandian("scan", crm, tmp_path / "good.csv")

    assert outcome.code == INCOMPLETE
    assert persons(outcome) == (20, 20, 20, "exact")
    assert "Traceback" not in outcome.err
