"""Decisions of reviewers: the file they are kept in, and the command that edits it."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.review import Decision, load_review, parse_decisions, parse_review, stale
from scanner.review.file import edited
from scanner.user_files.documents import ConfigError

DONE, REACHED, CANNOT_RUN = 0, 1, 2
TYPES = {"mobile": None, "email": None, "qq": None}


def decision(column, *types, table="t", dataset="crm", **more):
    return Decision(dataset=dataset, table=table, column=column, types=types, **more)


def changes(*made):
    return {each.key: each for each in made}


def test_decisions_are_found_by_column(tmp_path):
    path = tmp_path / "review.yaml"
    path.write_text(
        "decisions:\n"
        "- {dataset: crm, table: t, column: c, types: [mobile, email], by: me, at: 2026-01-01}\n"
        "- {dataset: crm, table: t, column: d, types: []}\n",
        encoding="utf-8",
    )

    found = load_review(path, TYPES)

    assert {key: d.types for key, d in found.items()} == {
        ("crm", "t", "c"): ("mobile", "email"),
        ("crm", "t", "d"): (),
    }


def test_an_empty_review_file_decides_nothing():
    assert parse_review("", "r", TYPES) == {}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "decisions: [{dataset: a, table: t, column: c, types: [mobil]}]",
            "there is no PI type 'mobil'",
        ),
        ("decisions: [{dataset: a, table: t, colum: c}]", "'decisions.0.column' is missing"),
        ("decision: []", "the key 'decision' is not known. See docs/review.md"),
        (
            "decisions: [{dataset: a, table: t, column: c, types: [qq]}, {dataset: a, table: t, column: c}]",
            "decides a/t.c in two ways",
        ),
    ],
)
def test_a_review_file_that_does_not_hold_is_explained(text, message):
    with pytest.raises(ConfigError, match=message):
        parse_review(text, "review.yaml", TYPES)


def test_a_decision_says_how_it_went_stale():
    made = [
        decision("same", column_type="int"),
        decision("other", column_type="int"),
        decision("unknown_type"),
        decision("gone"),
        decision("c", table="gone"),
        decision("c", dataset="gone"),
        decision("c", table="locked"),
        decision("c", dataset="down/a"),
    ]
    columns = {("crm", "t", "same"): "int", ("crm", "t", "other"): "text", ("crm", "t", "unknown_type"): "x"}

    found = stale(made, columns, {("crm", "locked"), ("down", "")})

    assert {d.id: why for d, why in found} == {
        "crm/t.other": "column_type_changed",
        "crm/t.gone": "column_gone",
        "crm/gone.c": "table_gone",
        "gone/t.c": "dataset_gone",
        "crm/locked.c": "not_read",
        "down/a/t.c": "not_read",
    }


COMMENTED = """# Decisions on our warehouse

decisions:
  # asked the owner
  - {dataset: crm, table: t, column: b, types: [mobile]}   # by phone
  - dataset: crm
    table: t
    column: d
    types: []
    # an inner remark
    reason: order number

  # the last one
  - {dataset: hr, table: t, column: a, types: []}
# end
"""


def test_an_edit_keeps_comments_and_puts_entries_in_order():
    added = decision("a", "email", by="li", reason="checked")

    made = edited(COMMENTED, "r", changes(added))

    line = "  - {dataset: crm, table: t, column: a, types: [email], reason: checked, by: li}\n"
    assert made == COMMENTED.replace("decisions:\n", f"decisions:\n{line}")


def test_a_replaced_entry_keeps_the_comment_above_it():
    made = edited(COMMENTED, "r", changes(decision("d", "email")))

    assert "  - {dataset: crm, table: t, column: d, types: [email]}\n" in made
    assert "order number" not in made
    assert made.splitlines()[:5] == COMMENTED.splitlines()[:5]
    assert made.splitlines()[-3:] == COMMENTED.splitlines()[-3:]


def test_a_withdrawn_entry_leaves_the_others():
    made = edited(COMMENTED, "r", {("hr", "t", "a"): None})

    assert [d.column for d in parse_decisions(made, "r")] == ["b", "d"]
    assert made.endswith("# end\n")


def test_withdrawing_everything_leaves_an_empty_list():
    text = edited("", "r", changes(decision("a")))

    assert edited(text, "r", {("crm", "t", "a"): None}) == "decisions: []\n"


@pytest.mark.parametrize("text", ["", "# mine\n", "decisions:\n", "decisions: []\n", "# mine\ndecisions: []"])
def test_a_file_without_decisions_gets_its_first(text):
    made = edited(text, "r", changes(decision("a", "email")))

    assert made.endswith("decisions:\n  - {dataset: crm, table: t, column: a, types: [email]}\n")
    assert ("# mine" in text) == ("# mine" in made)


def test_entries_between_brackets_are_written_one_a_line():
    made = edited(
        "decisions: [{dataset: crm, table: t, column: b, types: []}]\n", "r", changes(decision("a"))
    )

    assert made == (
        "decisions:\n"
        "  - {dataset: crm, table: t, column: a, types: []}\n"
        "  - {dataset: crm, table: t, column: b, types: []}\n"
    )


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("decisions: [ # why\n {dataset: crm, table: t, column: b}]\n", "comments"),
        ("decisions:\n- &a {dataset: crm, table: t, column: b}\n", "anchors"),
        (
            "decisions:\n- dataset: crm\n  table: t\n  column: b\n  reason: |\n    # one\n    two\n",
            "several lines",
        ),
        ("decisions:\n-\n  {dataset: crm, table: t, column: b}\n", "does not begin on the line"),
    ],
)
def test_what_an_edit_would_lose_is_refused(text, reason):
    with pytest.raises(ConfigError, match=f"cannot be edited without loss: .*{reason}"):
        edited(text, "r", changes(decision("a")))


NAMES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)
DECISIONS = st.builds(
    Decision,
    dataset=NAMES,
    table=NAMES,
    column=NAMES,
    types=st.lists(st.sampled_from(["mobile", "email"]), unique=True, max_size=2).map(tuple),
    reason=st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
    by=NAMES,
    at=st.none() | st.dates(),
)


@settings(deadline=None)
@given(st.lists(DECISIONS, max_size=6, unique_by=lambda d: d.key))
def test_any_decision_survives_the_file_in_a_stable_order(made):
    """Names with quotes, colons, line breaks and any script; the second half is written into the first."""
    half = len(made) // 2
    text = edited(edited("", "r", changes(*made[:half])), "r", changes(*made[half:]))

    assert parse_decisions(text, "r") == tuple(sorted(made, key=lambda d: d.key))
    assert edited(text, "r", {}) == text


@pytest.fixture
def scan(pandian, write_csv, make_people, tmp_path):
    """Scan one table under review.yaml; return the outcome."""
    people = make_people(60)
    cells = [[p.mobile, f"R{i:05}", p.email] for i, p in enumerate(people)]
    source = write_csv(tmp_path / "crm.csv", ["c1", "手机号", "mail"], cells)
    config = tmp_path / "pandian.yaml"
    config.write_text(f"sources: [{{name: crm, url: {source}}}]\nreview: review.yaml\n", encoding="utf-8")
    (tmp_path / "review.yaml").write_text("# ours\n", encoding="utf-8")
    return lambda: pandian("scan", "--config", config, "--format", "json", "--count", "none")


@pytest.fixture
def review(pandian, scan, tmp_path):
    """Run ``pandian review`` on a scan."""
    scan()
    return lambda command, *arguments: pandian(
        "review", command, *arguments, "--scan", tmp_path / "out", "--config", tmp_path / "pandian.yaml"
    )


def tags(outcome):
    (table,) = outcome.scan["datasets"][0]["tables"]
    return {c["name"]: {t["type"]: t["decision"] for t in c["tags"]} for c in table["columns"]}


def test_what_awaits_review_is_listed_by_uncertainty(review):
    rows = json.loads(review("list", "--format", "json").out)

    assert rows[0]["column"] == "crm/crm.手机号"
    assert rows[0]["missed"] == "values_do_not_fit"
    assert {row["column"] for row in rows} == {"crm/crm.手机号", "crm/crm.c1", "crm/crm.mail"}
    assert [row["uncertainty"] for row in rows] == sorted((r["uncertainty"] for r in rows), reverse=True)


def test_decisions_are_applied_by_the_next_scan_and_leave_the_queue(review, scan, tmp_path):
    first = review("confirm", "crm.c1", "--reason", "owner says so", "--by", "li")
    assert first.code == DONE
    assert first.err.endswith("the next scan applies them.\n")
    assert review("reject", "*mail").code == DONE
    assert review("retag", "crm/crm.手机号", "--types", "employee_no").out == "crm/crm.手机号: employee_no\n"
    pending = json.loads(review("status", "--format", "json").out)

    outcome = scan()
    after = json.loads(review("status", "--format", "json").out)

    assert tags(outcome) == {
        "c1": {"mobile": "confirmed"},
        "手机号": {"employee_no": "confirmed"},
        "mail": {"email": "rejected"},
    }
    assert outcome.scan["review"] == {"decisions": 3, "applied": 3, "stale": []}
    assert "owner says so, li" in (tmp_path / "out" / "scan.json").read_text("utf-8")
    assert (len(pending["not_yet_applied"]), len(after["not_yet_applied"])) == (3, 0)
    assert after["awaiting"] == 0
    assert (tmp_path / "review.yaml").read_text("utf-8").startswith("# ours\n")


def test_decisions_are_applied_to_a_scan_without_a_configuration(
    pandian, write_csv, make_people, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    source = write_csv(tmp_path / "crm.csv", ["c1"], [[p.mobile] for p in make_people(60)])
    command = ("scan", source, "--format", "json", "--count", "none")
    pandian(*command)

    said = pandian("review", "retag", "crm.c1", "--types", "landline", "--scan", tmp_path / "out").err
    outcome = pandian(*command, "--review", "review.yaml")

    assert "with --review review.yaml, or 'review: review.yaml' in its configuration" in said
    assert tags(outcome) == {"c1": {"landline": "confirmed", "mobile": "rejected"}}


def test_a_type_alone_can_be_rejected(review):
    assert review("reject", "crm.c1", "--types", "mobile").out == "crm/crm.c1: no personal information\n"
    assert review("reject", "crm.c1", "--types", "email").out.startswith("crm/crm.c1: mobile  (was no")


def test_a_decision_can_be_withdrawn(review, tmp_path):
    review("confirm", "crm.c1", "crm.mail")

    assert review("withdraw", "crm/crm.*").code == DONE
    assert (tmp_path / "review.yaml").read_text("utf-8") == "# ours\ndecisions: []\n"


def test_stale_and_contradictory_decisions_are_reported(review, scan, tmp_path):
    (tmp_path / "review.yaml").write_text(
        "decisions:\n"
        "- {dataset: crm, table: crm, column: c9, types: []}\n"
        "- {dataset: crm, table: crm, column: c1, types: [mobile], column_type: int64}\n",
        encoding="utf-8",
    )
    outcome = scan()
    status = review("status")

    assert [(s["column"], s["why"]) for s in outcome.scan["review"]["stale"]] == [
        ("c1", "column_type_changed"),
        ("c9", "column_gone"),
    ]
    assert tags(outcome)["c1"] == {"mobile": "confirmed"}
    assert "Review decisions gone stale" in outcome.out
    assert (status.code, "crm/crm.c9 column_gone" in status.out) == (REACHED, True)

    with (tmp_path / "review.yaml").open("a", encoding="utf-8") as file:
        file.write("- {dataset: crm, table: crm, column: c1, types: []}\n")
    found = review("status", "--format", "json")
    assert (found.code, json.loads(found.out)["conflicts"]) == (REACHED, [{"column": "crm/crm.c1"}])


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("confirm", "crm.手机号"), "no tag to confirm"),
        (("confirm", "crm.c2"), "no column 'crm.c2'. Did you mean 'crm/crm.c1'?"),
        (("retag", "crm.c1", "--types", "mobil"), "there is no PI type 'mobil'"),
        (("retag", "crm.c1", "--types", ","), "there is no PI type ''"),
        (("withdraw", "crm.c1"), "there is no decision on 'crm.c1'"),
    ],
)
def test_what_cannot_be_decided_is_explained(review, arguments, message):
    outcome = review(*arguments)

    assert (outcome.code, message in outcome.err) == (CANNOT_RUN, True)
