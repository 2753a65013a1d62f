"""The command line: what options do, what is written where, and the exit codes of finished scans."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import subprocess
import sys
import time

import pandas as pd
import pytest
import yaml

from scanner import scan
from scanner.cli.exits import FailOn, exit_code
from scanner.result.grades import GradeResult

DONE, REACHED, INCOMPLETE = 0, 1, 3
COLUMNS = ("c7", "customer_name", "id_card", "mobile")


def rows(people):
    return [(f"k{i:04}", p.name, p.id_card, p.mobile) for i, p in enumerate(people)]


@pytest.fixture
def crm(write_sqlite, make_people, tmp_path):
    return write_sqlite(tmp_path / "crm.sqlite", "customer", COLUMNS, rows(make_people(60)))


@pytest.fixture
def goods(write_csv, tmp_path):
    """Return a source without personal information."""
    return write_csv(tmp_path / "goods.csv", ["sku", "price"], [[f"A-{i}", i * 1.5] for i in range(30)])


@pytest.fixture
def configured(tmp_path):
    """Return a function that writes pandian.yaml, and other files beside it."""

    def write(document, **files):
        for name, content in {"pandian": document, **files}.items():
            (tmp_path / f"{name}.yaml").write_text(
                yaml.safe_dump(content, allow_unicode=True), encoding="utf-8"
            )
        return tmp_path / "pandian.yaml"

    return write


def everybody(subjects):
    (count,) = (c for c in subjects if c["category"] == "all")
    return count["lower"], count["estimate"], count["upper"]


def tags(outcome):
    tables = (t for d in outcome.scan["datasets"] for t in d["tables"])
    return {c["name"]: [(t["type"], t["decision"]) for t in c["tags"]] for t in tables for c in t["columns"]}


def test_reports_go_to_the_folder_the_summary_to_output_and_the_rest_to_error(pandian, crm):
    outcome = pandian("scan", crm)

    assert outcome.code == DONE
    assert {path.name for path in outcome.folder.iterdir()} == {"scan.json", "report.html"}
    assert "crm" in outcome.out
    *wrote, kept = outcome.err.splitlines()
    assert wrote == [f"Wrote {outcome.folder / n}" for n in ("scan.json", "report.html")]
    assert kept.startswith(f"Kept as {outcome.scan['scan']['id']} in ")


@pytest.mark.parametrize(
    ("formats", "files"),
    [
        ("json", {"scan.json"}),
        ("text", {"summary.txt"}),
        ("html, text,html", {"report.html", "summary.txt"}),
        ("json,html,text", {"scan.json", "report.html", "summary.txt"}),
    ],
)
def test_the_formats_asked_for_are_written(pandian, crm, formats, files):
    assert {path.name for path in pandian("scan", crm, "--format", formats).folder.iterdir()} == files


def test_an_output_folder_is_made_with_its_parents(pandian, crm, tmp_path):
    outcome = pandian("scan", crm, "--output", tmp_path / "a" / "b", "--format", "json")

    assert outcome.code == DONE
    assert (tmp_path / "a" / "b" / "scan.json").exists()


def test_a_second_scan_replaces_the_reports_of_the_first(pandian, crm, goods):
    first, second = pandian("scan", crm), pandian("scan", goods)

    assert {path.name for path in second.folder.iterdir()} == {"scan.json", "report.html"}
    assert [d["name"] for d in second.scan["datasets"]] == ["goods"]
    assert first.folder == second.folder


@pytest.mark.parametrize(("lang", "said", "unsaid"), [("zh", "人", "How many"), ("en", "How many", "自然人")])
def test_reports_are_in_the_language_asked_for(pandian, crm, lang, said, unsaid):
    outcome = pandian("scan", crm, "--lang", lang, "--format", "text")

    assert said in outcome.out
    assert unsaid not in outcome.out
    assert said in (outcome.folder / "summary.txt").read_text(encoding="utf-8")


def test_numbers_of_a_finished_scan_are_on_standard_output(pandian, crm):
    assert "60" in pandian("scan", crm).out


def test_count_none_gives_columns_and_no_counts(pandian, crm):
    outcome = pandian("scan", crm, "--count", "none", "--format", "json,html,text")

    assert outcome.code == DONE
    assert outcome.scan["scan"]["count"] == "none"
    assert tags(outcome)["id_card"] == [("id_card", "auto")]
    assert outcome.scan["organization"]["subjects"] == []
    assert all(d["subjects"] == [] for d in outcome.scan["datasets"])


@pytest.mark.parametrize(
    ("fail_on", "source", "code"),
    [
        ("pi", "crm", REACHED),
        ("pi", "goods", DONE),
        ("met", "crm", REACHED),
        ("undetermined", "crm", REACHED),
        ("undetermined", "goods", REACHED),
        ("important", "crm", DONE),
    ],
)
def test_fail_on(pandian, crm, goods, fail_on, source, code):
    assert pandian("scan", {"crm": crm, "goods": goods}[source], "--fail-on", fail_on).code == code


def test_fail_on_important_data_that_was_notified(pandian, crm, configured):
    path = configured({"held": {"important_data": "notified"}})

    assert pandian("scan", crm, "--config", path, "--fail-on", "important").code == REACHED


def test_fail_on_important_data_that_only_all_datasets_together_are(make_people):
    result = scan(
        {"people": pd.DataFrame({"mobile": [p.mobile for p in make_people(20)]})}, store=False
    ).record
    important = GradeResult(level="important", status="indicated", basis=())
    raised = dataclasses.replace(
        result, organization=dataclasses.replace(result.organization, grade=important)
    )

    assert [exit_code(one, FailOn.IMPORTANT) for one in (result, raised)] == [DONE, REACHED]


def test_a_rejected_tag_is_no_reason_to_fail(pandian, crm, configured):
    decisions = [{"dataset": "crm", "table": "customer", "column": c, "types": []} for c in COLUMNS]
    path = configured({"review": "review.yaml"}, review={"decisions": decisions})

    assert pandian("scan", crm, "--config", path, "--fail-on", "pi").code == DONE


def test_an_incomplete_scan_cannot_vouch_for_the_rest(pandian, crm, tmp_path):
    outcome = pandian("scan", crm, tmp_path / "absent.csv", "--fail-on", "pi")

    assert outcome.code == INCOMPLETE


def test_the_day_is_that_of_the_flag_then_of_the_configuration(pandian, crm, configured):
    path = configured({"as_of": "2023-06-01"})

    assert pandian("scan", crm, "--config", path).scan["scan"]["as_of"] == "2023-06-01"
    assert (
        pandian("scan", crm, "--config", path, "--as-of", "2025-01-02").scan["scan"]["as_of"] == "2025-01-02"
    )


def test_today_is_the_day_where_the_computer_stands(pandian, crm, monkeypatch):
    """In Beijing it is the new year eight hours before it is in UTC, and flows are counted anew."""
    instant = dt.datetime(2025, 12, 31, 17, 0, tzinfo=dt.UTC)
    monkeypatch.setattr("scanner.running.surroundings.now", lambda: instant)
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    time.tzset()
    try:
        outcome = pandian("scan", crm, "--no-store")
    finally:
        monkeypatch.undo()
        time.tzset()

    assert outcome.scan["scan"]["as_of"] == "2026-01-01"


def test_seed_and_sample_size_are_recorded_and_used(pandian, crm):
    info = pandian("scan", crm, "--seed", "7", "--sample-rows", "25").scan["scan"]

    assert (info["seed"], info["sample_rows"]) == (7, 25)


def test_sources_of_the_configuration_and_of_the_command_line_are_one_organization(
    pandian, crm, configured, write_csv, make_people, tmp_path, monkeypatch
):
    other = write_csv(tmp_path / "old" / "crm.csv", COLUMNS, rows(make_people(60, 30)))
    monkeypatch.setenv("PANDIAN_TEST_CRM", str(crm))
    path = configured(
        {
            "sources": [{"name": "crm", "url": "sqlite:///${PANDIAN_TEST_CRM}"}],
            "organization": {"name": "示例"},
        }
    )

    outcome = pandian("scan", other, "--config", path)

    assert outcome.code == DONE, outcome.err
    assert {d["name"]: everybody(d["subjects"])[1] for d in outcome.scan["datasets"]} == {
        "crm": 60,
        "crm-2": 60,
    }
    assert everybody(outcome.scan["organization"]["subjects"]) == (90, 90, 90)
    assert outcome.scan["organization"]["name"] == "示例"


def test_include_and_exclude_choose_tables(pandian, crm, configured, write_sqlite, make_people):
    write_sqlite(crm, "customer_old", COLUMNS, rows(make_people(10)))
    write_sqlite(crm, "staff", COLUMNS, rows(make_people(10)))
    source = {"name": "crm", "url": str(crm), "include": ["customer*"], "exclude": ["*_old"]}

    outcome = pandian("scan", "--config", configured({"sources": [source]}))

    assert [t["name"] for d in outcome.scan["datasets"] for t in d["tables"]] == ["customer"]
    assert outcome.scan["complete"]


def test_a_review_replaces_tags_and_changes_the_count(pandian, crm, configured):
    decide = {"dataset": "crm", "table": "customer"}
    decisions = [
        {**decide, "column": "id_card", "types": [], "reason": "test data", "by": "me", "at": "2026-11-01"},
        {**decide, "column": "mobile", "types": []},
        {**decide, "column": "c7", "types": ["user_account"]},
    ]
    path = configured({"review": "review.yaml"}, review={"decisions": decisions[:2]})
    rejected = pandian("scan", crm, "--config", path)
    configured({"review": "review.yaml"}, review={"decisions": decisions})
    replaced = pandian("scan", crm, "--config", path)

    assert tags(rejected)["id_card"] == [("id_card", "rejected")]
    assert everybody(rejected.scan["organization"]["subjects"]) == (0, 0, 60)
    assert tags(replaced)["c7"] == [("user_account", "confirmed")]
    assert everybody(replaced.scan["organization"]["subjects"])[1] > 50


def test_the_same_scan_twice_differs_in_times_only(pandian, crm):
    def record():
        found = pandian("scan", crm, "--seed", "3", "--as-of", "2026-11-22").scan
        return {
            **found,
            "scan": {k: v for k, v in found["scan"].items() if k not in ("id", "started", "finished")},
        }

    assert record() == record()


def test_assess_answers_in_text_and_in_json(pandian, tmp_path):
    path = tmp_path / "facts.yaml"
    path.write_text(
        "as_of: 2026-11-22\norganization: {ciio: false}\nheld: {pi_subjects: 12000000}\n", encoding="utf-8"
    )

    text, record = pandian("assess", path), pandian("assess", path, "--format", "json")

    assert text.code == record.code == DONE
    assert "ND-R25-10M" in text.out
    assert {"findings", "route"} <= json.loads(record.out).keys()


def test_a_scan_tells_what_is_due_when_from_declared_events(pandian, crm, configured):
    config = configured(
        {
            "organization": {"ciio": False},
            "sources": [{"name": "crm", "url": str(crm)}],
            "flows": [],
            "events": {"audit": "2026-02-03"},
        }
    )
    done = pandian("scan", "--config", config, "--as-of", "2026-11-26", "--format", "json,ics")
    text = pandian("obligations", done.folder)
    record = pandian("obligations", done.folder, "--format", "json")
    calendar = pandian("obligations", done.folder / "scan.json", "--format", "ics", "--lang", "en")

    (audit,) = [one for one in json.loads(record.out) if one["rule_id"] == "AUD-LE1M"]
    assert (audit["due"], audit["event_day"]) == ("2031-02-03", "2026-02-03")
    assert "2031-02-03" in text.out
    assert "DTSTART;VALUE=DATE:20310203" in calendar.out
    assert b"DTSTART;VALUE=DATE:20310203" in done.files["obligations.ics"]


def test_types_and_rules_are_listed(pandian):
    types, rules = pandian("types"), pandian("rules", "--lang", "zh")

    assert types.code == rules.code == DONE
    assert "CN_ID_CARD" in types.out or "id_card" in types.out
    assert "EXP-P24-1M" in rules.out


@pytest.mark.parametrize(
    "arguments", [("--help",), ("scan", "--help"), ("assess", "--help"), ("demo", "--help")]
)
def test_help_is_there(pandian, arguments):
    outcome = pandian(*arguments)

    assert outcome.code == DONE
    assert "Usage" in outcome.out


def test_an_interrupted_scan_says_so(pandian, crm, monkeypatch):
    def interrupt(*_arguments, **_options):
        raise KeyboardInterrupt

    monkeypatch.setattr("scanner.running.configured.run", interrupt)

    outcome = pandian("scan", crm)

    assert (outcome.code, outcome.err) == (130, "Interrupted: it stopped before the end.\n")


def test_ctrl_c_while_the_commands_are_loaded_says_so(pandian, crm, monkeypatch):
    class Loading:
        def __getattr__(self, name):
            raise KeyboardInterrupt

    monkeypatch.setitem(sys.modules, "scanner.cli.program", Loading())

    outcome = pandian("scan", crm)

    assert (outcome.code, outcome.err) == (130, "Interrupted: it stopped before the end.\n")


def test_as_a_process_of_its_own(crm, tmp_path):
    """The installed command: exit code, streams, nothing but reports in the working folder."""
    environment = {
        "PATH": "/usr/bin:/bin",
        "HOME": str(tmp_path),
        "LANG": "C.UTF-8",
        "PANDIAN_KEY": "00" * 16,
    }
    done, failed = (
        subprocess.run(
            [sys.executable, "-c", "from scanner.cli import main; main()", "scan", source],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        for source in (str(crm), "gopher://x")
    )

    assert done.returncode == DONE, done.stderr
    assert (tmp_path / "pandian-out" / "scan.json").exists()
    assert failed.returncode == 2
    assert failed.stderr.startswith("Error: ")
    assert failed.stdout == ""


def test_a_rule_is_shown_as_a_lawyer_reads_it_and_packs_are_compared_and_checked(pandian):
    shown, chinese = (
        pandian("rules", "show", "exp-p24-10k"),
        pandian("rules", "show", "EXP-P24-10K", "--lang", "zh"),
    )
    checked, compared = (
        pandian("rules", "check"),
        pandian("rules", "diff", "cn-csr-draft-2021", "cn-csr-order8-2022"),
    )

    for part in (
        "CAC Order 16",
        "7(2)",
        "at least 10,000",
        "COUNT-SEPARATE",
        "2024-03-22",
        "EXP-M22-10K",
        "WEB-RFNC",
    ):
        assert part in shown.out
    assert "1万人以上敏感个人信息" in chinese.out
    assert checked.code == compared.code == DONE
    assert "nothing wrong" in checked.out
    assert "~ CSR-D21-1M -> CSR-M22-1M" in compared.out
    assert "- CSR-D21-PROCURE" in compared.out
    assert "EXP-P24-1M" not in pandian("rules", "list", "--as-of", "2024-03-21").out
    assert "Did you mean" in pandian("rules", "show", "EXP-P24-10KK").err


def test_limits_change_no_count_and_leave_nothing_behind(pandian, crm, tmp_path):
    (tmp_path / "spill").mkdir()
    limits = ("--memory", "2GiB", "--spill", tmp_path / "spill", "--threads", "1")
    limited, free = pandian("scan", crm, *limits), pandian("scan", crm)

    assert limited.scan["organization"] == free.scan["organization"]
    assert list((tmp_path / "spill").iterdir()) == []


@pytest.mark.parametrize(
    ("limits", "says"),
    [(("--memory", "plenty"), "is no size"), (("--memory", "1GiB", "--spill", "/nowhere"), "--spill")],
)
def test_a_limit_that_cannot_be_kept_is_said_before_the_scan(pandian, crm, limits, says):
    outcome = pandian("scan", crm, *limits)

    assert outcome.code == 2
    assert says in outcome.err


def test_limits_may_stand_in_the_configuration(pandian, crm, configured):
    path = configured({"sources": [{"name": "crm", "url": str(crm)}], "memory": "10MiB"})

    assert "512 MiB" in pandian("scan", "--config", path).err
