"""``pandian explain``: why a column was tagged or not, from the record alone."""

from __future__ import annotations

import json

import pytest

CANNOT_RUN = 2


@pytest.fixture
def scanned(pandian, write_csv, make_people, tmp_path):
    """Return the folder of a scan of one table, and its people."""
    people = make_people(60)
    cells = [[p.mobile, f"R{i:05}", p.name, "", f"ref {p.name}"] for i, p in enumerate(people)]
    path = write_csv(tmp_path / "crm.csv", ["c1", "手机号", "xm", "空", "商品名称"], cells)
    return pandian("scan", path, "--format", "json", "--count", "none").folder, people


def test_a_tag_is_explained_with_its_counts_in_both_languages(pandian, scanned):
    folder, _ = scanned

    said = pandian("explain", folder, "crm/crm.c1", "--lang", "both").out

    assert "mobile Mobile phone number: confidence" in said
    assert "mobile 手机号：置信度" in said
    assert "60 of 60 cells" in said
    assert "60/60 个单元格" in said


def test_a_column_without_a_tag_says_what_was_considered(pandian, scanned):
    folder, _ = scanned

    said = pandian("explain", folder / "scan.json", "手机号", "--lang", "en").out

    assert "No personal information was found." in said
    assert "header word '手机号' (strength 1.00); 0 of 60 match" in said
    assert "the header names it, but the values do not fit" in said


def test_an_empty_column_and_a_header_that_says_otherwise_are_explained(pandian, scanned):
    folder, _ = scanned

    assert "no non-empty cell" in pandian("explain", folder, "空", "--lang", "en").out
    assert (
        "says that the column is not personal" in pandian("explain", folder, "商品名称", "--lang", "en").out
    )


def test_patterns_name_many_columns_and_json_is_the_record_of_each(pandian, scanned):
    folder, _ = scanned

    found = json.loads(pandian("explain", folder, "crm/*", "--format", "json").out)

    assert [column["name"] for column in found] == ["c1", "手机号", "xm", "空", "商品名称"]
    assert {column["table"] for column in found} == {"crm"}


def test_no_explanation_shows_a_value(pandian, scanned):
    folder, people = scanned

    said = pandian("explain", folder, "*", "--lang", "both").out + (folder / "scan.json").read_text("utf-8")

    assert len(said) > 500
    assert not [p for p in people if p.name in said or p.mobile in said]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("crm/crm.c2",), "no column 'crm/crm.c2'. Did you mean 'crm/crm.c1'?"),
        (("zzzzzzzz",), "Write it as dataset/table.column"),
    ],
)
def test_a_column_that_is_not_there_is_named_with_the_nearest(pandian, scanned, arguments, message):
    folder, _ = scanned

    outcome = pandian("explain", folder, *arguments)

    assert (outcome.code, message in outcome.err) == (CANNOT_RUN, True)


@pytest.mark.parametrize(("text", "message"), [("{}", "format pandian.scan/1"), ("no", "is not the record")])
def test_a_file_that_is_no_record_is_refused(pandian, tmp_path, text, message):
    (tmp_path / "scan.json").write_text(text, encoding="utf-8")

    outcome = pandian("explain", tmp_path, "c1")

    assert (outcome.code, message in outcome.err) == (CANNOT_RUN, True)
