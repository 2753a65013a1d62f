"""What cannot be run ends with one clear paragraph and exit code 2."""

from __future__ import annotations

import errno
import os

import pytest
import sqlalchemy as sa

from .outcomes import CANNOT_RUN, assert_refused


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
        ("sources: [{name: crm, url: x}]\nsources: []\n", ("'sources' is given twice", "line 2")),
        ("flows: [{name: eu, name: us}]\n", ("'name' is given twice", "line 1")),
        ("sources: &all [*all]\n", ("not valid YAML", "line 1")),
        ("as_of: 2026-02-30\n", ("a date", "does not exist")),
        ("sources: crm.sqlite\n", ("'sources' should be a list",)),
        ("state: state\n", ("'state' should be keys with values",)),
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
            (": flows name two time columns", "crm/t"),
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
    monkeypatch.setattr(
        "scanner.running.configured.run", lambda *_, **__: pytest.fail("the scan was started")
    )

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


def full(*_arguments, **_options):
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_disk_that_is_full_after_the_scan_costs_the_reports_and_not_the_scan(
    pandian, crm, tmp_path, monkeypatch
):
    before = pandian("scan", crm, "--no-store")
    monkeypatch.setattr("pathlib.Path.replace", full)

    outcome = pandian("scan", crm, "--store", tmp_path / "h.sqlite")

    assert outcome.code == CANNOT_RUN
    assert "Kept as " in outcome.err
    assert outcome.err.rstrip().endswith(
        f"{outcome.folder / 'scan.json'}: cannot be written (No space left on device). "
        "Name a place that you may write to."
    )
    assert outcome.files == before.files, "the reports of the scan before stay whole"


def test_a_disk_that_is_full_under_a_form(pandian, crm, tmp_path, monkeypatch):
    pandian("scan", crm, "--no-store")
    monkeypatch.setattr("pathlib.Path.replace", full)

    assert_refused(
        pandian("declare", tmp_path / "out", "--form", "officer", "--output", tmp_path / "forms"),
        "officer.docx: cannot be written (No space left on device)",
    )


@pytest.mark.parametrize("command", [("obligations",), ("explain", "id_card"), ("export", "--to", "csv")])
def test_a_record_of_which_half_is_missing(pandian, tmp_path, command):
    record = tmp_path / "scan.json"
    record.write_text('{"format": "pandian.scan/1", "datasets": []}', encoding="utf-8")
    name, *rest = command

    assert_refused(pandian(name, record, *rest), "scan.json", "damaged")


def test_a_fault_of_ours_is_no_finding_and_quotes_no_value(pandian, crm, monkeypatch):
    def fail(*_arguments, **_options):
        raise ValueError("cannot convert 110101199003070011")

    monkeypatch.setattr("scanner.running.configured.run", fail)
    quiet = pandian("scan", crm)
    monkeypatch.setenv("PANDIAN_TRACEBACK", "1")

    assert_refused(quiet, "unexpected ValueError in scanner.running.configured", "PANDIAN_TRACEBACK=1")
    assert "110101199003070011" not in quiet.err
    with pytest.raises(ValueError, match="cannot convert"):
        pandian("scan", crm)
