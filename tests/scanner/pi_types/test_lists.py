from __future__ import annotations

import pandas as pd
import pytest

from scanner import scan
from scanner.user_files.documents import ConfigError

HOTLINES = [f"1380571{i:04}" for i in range(1357, 1377)]
KEYS = ["qx10017", "qx10058", "qx10236"]
OTHERS = [f"13{i % 10}{(i * 7_919_317 + 20_461_357) % 10**8:08}" for i in range(100)]


@pytest.fixture
def scanned(tmp_path, monkeypatch):
    """Scan one frame under a configuration; return the tags of its columns, and the result."""
    monkeypatch.setenv("PANDIAN_KEY", "00" * 16)

    def run(columns, config):
        path = tmp_path / "pandian.yaml"
        path.write_text(config, encoding="utf-8")
        result = scan({"orders": pd.DataFrame(columns)}, path, as_of="2026-11-01").record
        (table,) = result.datasets[0].tables
        return {column.name: column.tags for column in table.columns}, result

    return run


def held(tags):
    return {name: [t.type for t in of if t.decision != "rejected"] for name, of in tags.items()}


def test_what_a_column_never_holds_stays_in_the_record_as_rejected(scanned):
    never = "lists: {never: [{table: 'ord*', column: 'c?', types: [mobile], reason: serials}]}"

    tags, result = scanned({"c1": OTHERS, "phone": OTHERS}, never)

    assert held(tags) == {"c1": [], "phone": ["mobile"]}
    (rejected,) = tags["c1"]
    assert (rejected.type, rejected.decision) == ("mobile", "rejected")
    assert (rejected.evidence[0].kind, rejected.evidence[0].detail) == ("list", "never: serials")
    assert not rejected.evidence[0].supports
    assert result.organization.subjects[0].estimate == len(OTHERS)


def test_a_type_that_is_denied_makes_room_for_the_next_best(scanned):
    columns = {"手机号": ["0571-87654321", "0571-87654322", "010-62345678"] * 20}

    before, _ = scanned(columns, "")
    after, _ = scanned(columns, "lists: {never: [{column: 手机号, types: [landline, mobile]}]}")

    assert len(held(before)["手机号"]) == 1
    assert not set(held(after)["手机号"]) & {"landline", "mobile"}


def test_never_without_types_means_no_personal_information(scanned):
    tags, _ = scanned({"c1": OTHERS}, "lists: {never: [{column: c1}]}")

    assert held(tags) == {"c1": []}


def test_what_a_column_always_holds_needs_no_evidence(scanned):
    always = "lists: {always: [{column: t_*, types: [user_account], reason: legacy key}]}"

    tags, result = scanned({"t_k": KEYS, "u_k": KEYS}, always)

    assert held(tags) == {"t_k": ["user_account"], "u_k": []}
    (tag,) = tags["t_k"]
    assert (tag.decision, tag.confidence) == ("confirmed", 1.0)
    assert tag.evidence[0].detail == "always: legacy key"
    assert result.organization.subjects[0].estimate == 3


def test_values_that_are_about_nobody_neither_tag_nor_count(scanned, tmp_path):
    (tmp_path / "hotlines.txt").write_text(
        "# ours\n" + "\n".join(f"+86 {h}" for h in HOTLINES), encoding="utf-8"
    )
    ignore = "lists: {ignore_values: [{file: hotlines.txt, types: [mobile], reason: own hotlines}]}"

    tags, result = scanned({"c1": HOTLINES * 5, "c2": [*OTHERS[:80], *HOTLINES]}, ignore)

    assert held(tags) == {"c1": [], "c2": ["mobile"]}
    left_out = next(evidence for evidence in tags["c2"][0].evidence if evidence.kind == "list")
    assert (left_out.matched, left_out.checked, left_out.supports) == (20, 100, False)
    assert result.organization.subjects[0].estimate == 80


def test_a_reviewer_overrules_the_lists(scanned, tmp_path):
    (tmp_path / "review.yaml").write_text(
        "decisions: [{dataset: frames, table: orders, column: c1, types: [mobile]}]", encoding="utf-8"
    )

    tags, _ = scanned({"c1": OTHERS}, "review: review.yaml\nlists: {never: [{column: c1}]}")

    assert held(tags) == {"c1": ["mobile"]}


@pytest.mark.parametrize(
    ("lists", "message"),
    [
        ("{never: [{column: a, types: [mobil]}]}", "lists.never, entry 1: there is no PI type 'mobil'"),
        ("{always: [{column: a}]}", "lists.always, entry 1: name the types"),
        ("{allways: []}", "'lists.allways' is not known"),
        ("{never: [{colum: a}]}", "'lists.never.0.colum' is not known"),
        (
            "{ignore_values: [{file: none.txt, types: [mobile]}]}",
            "entry 1: the file of values cannot",
        ),
        (
            "{ignore_values: [{file: words.txt, types: [mobile]}]}",
            "no line of the files is a value of",
        ),
        ("{ignore_values: [{file: words.txt}]}", "'lists.ignore_values.0.types' is missing"),
    ],
)
def test_lists_that_do_not_hold_are_explained(scanned, tmp_path, lists, message):
    (tmp_path / "words.txt").write_text("甲\n", encoding="utf-8")

    with pytest.raises(ConfigError, match=message):
        scanned({"c1": OTHERS}, f"lists: {lists}")
