"""Answers of a person: kept in a file, filled in again, and told apart from what was counted."""

from __future__ import annotations

import json
from collections import Counter

import openpyxl
import pytest
import yaml

from scanner.forms import blanks_of, fill_form, forms
from scanner.forms.content import Blank, Reply
from scanner.forms.replies import parse_replies, with_blanks, written
from scanner.result import to_dict
from scanner.user_files.documents import ConfigError

SAID = "张三，法务总监"


def open_blanks(filled):
    return sum(isinstance(p, Blank) for answer in filled.answers() for line in answer for p in line)


@pytest.fixture
def scanned(tmp_path, demo_result):
    folder = tmp_path / "pandian-out"
    folder.mkdir()
    (folder / "scan.json").write_text(json.dumps(to_dict(demo_result)), encoding="utf-8")
    return folder


@pytest.fixture
def declare(pandian, scanned, tmp_path):
    """Run the command on the officer's form with a file of answers."""
    return lambda *more: pandian(
        "declare", scanned, "--form", "officer", "--answers", tmp_path / "answers.yaml",
        "--output", tmp_path / "out", *more,
    )  # fmt: skip


def answer(tmp_path, blank, said):
    file = tmp_path / "answers.yaml"
    known = yaml.safe_load(file.read_text("utf-8"))
    known["officer"][blank] = said
    file.write_text(yaml.safe_dump(known, allow_unicode=True), encoding="utf-8")


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("form", forms())
def test_every_blank_but_signatures_has_a_name_and_takes_an_answer(demo_result, form, lang):
    names = blanks_of(form, demo_result)
    replies = {name: f"answer {number}" for number, name in enumerate(names)}
    empty, full = (
        fill_form(form, demo_result, lang=lang),
        fill_form(form, demo_result, lang=lang, replies=replies),
    )

    assert max(Counter(names).values()) == 1
    assert open_blanks(empty) - open_blanks(full) == len(names)
    assert open_blanks(full) == sum(
        isinstance(p, Blank) for _, a in full.signing.rows for line in a for p in line
    )
    assert full.figures() == empty.figures()


def test_the_file_is_made_with_every_blank_and_read_again(declare, tmp_path, read, demo_result):
    first = declare()
    listed = yaml.safe_load((tmp_path / "answers.yaml").read_text("utf-8"))
    answer(tmp_path, "姓名", SAID)
    second = declare()
    english = declare("--lang", "en")

    assert first.code == second.code == english.code == 0
    assert list(listed["officer"]) == list(blanks_of("officer", demo_result))
    assert set(listed["officer"].values()) == {None}
    written_form = read["docx"](second.files["officer.docx"])
    assert SAID in written_form.text
    assert "【待填写：姓名】" not in written_form.text
    assert any("填报人所填（answers.yaml）" in note for note in written_form.notes.values())
    assert SAID in read["docx"](english.files["officer-en.docx"]).text
    assert yaml.safe_load((tmp_path / "answers.yaml").read_text("utf-8"))["officer"]["姓名"] == SAID


def test_a_workbook_keeps_answers_as_text_with_their_source(declare, tmp_path):
    declare()
    answer(tmp_path, "姓名", "=1+1")
    answer(tmp_path, "职务", "12345")
    declare()
    sheet = openpyxl.load_workbook(tmp_path / "out" / "officer.xlsx").worksheets[0]
    rows = {row[0].value: row for row in sheet.iter_rows()}

    assert rows["姓名"][1].data_type == rows["职务"][1].data_type == "s"
    assert rows["职务"][1].value == "12345"
    assert [cell.value for cell in rows["职务"][2:5]] == [None, None, None]
    assert rows["职务"][5].value == "填报人所填（answers.yaml），未经扫描核对。"


def test_an_answer_of_several_lines_stays_so(demo_result):
    filled = fill_form("officer", demo_result, replies={"姓名": "第一行\n\n第二行"})
    pieces = ([piece for line in answer for piece in line] for answer in filled.answers())
    said = [[piece.text for piece in each if isinstance(piece, Reply)] for each in pieces]

    assert [each for each in said if each] == [["第一行", "第二行"]]


def test_an_answer_without_a_blank_is_kept_and_named(declare, tmp_path):
    declare()
    answer(tmp_path, "旧栏目", "x")
    done = declare()

    assert "has no blank '旧栏目' now; its answer is kept" in done.err
    assert yaml.safe_load((tmp_path / "answers.yaml").read_text("utf-8"))["officer"]["旧栏目"] == "x"


@pytest.mark.parametrize(
    "said", ["010010", "01012345670", "1.10", "yes", "12:30", "2026-02-30", "null", "1e3"]
)
def test_an_answer_is_what_was_written_whatever_yaml_takes_it_for(said):
    assert parse_replies(f"officer:\n  邮政编码: {said}\n", "x") == {"officer": {"邮政编码": said}}


def test_answers_of_other_forms_are_left_alone():
    known = {"certification": {"a": "1"}, "officer": {"b": "2", "old": "3"}}

    complete = with_blanks(known, {"officer": ("a", "b")})

    assert complete == {"certification": {"a": "1"}, "officer": {"a": "", "b": "2", "old": "3"}}
    assert parse_replies(written(complete), "x") == complete


@pytest.mark.parametrize("text", ["officer: [a]", "officer: {a: {b: c}}", "- a", "a: b: c"])
def test_what_is_no_file_of_answers_is_refused(text):
    with pytest.raises(ConfigError, match=r"answers\.yaml"):
        parse_replies(text, "answers.yaml")
