"""Why something was not read: whatever connectors and stages say can be said in Chinese."""

from __future__ import annotations

import ast
import re
from importlib.resources import files
from pathlib import Path

import pytest

import connectors
import scanner
from scanner.words.reasons import reason_in, reasons

_PLACE = re.compile(r"\{(\w+)\}")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_PROSE = re.compile(r"(?<![\w/.{'-])[a-z]{2,} [a-z]{2,}\b")
_WORDS = re.compile(r"(\w+ ){9,}\w+|.*[|].*")  # a list of names or a pattern
_SQL = re.compile(r"\b(SELECT|FROM|WHERE|TABLESAMPLE|BY|TYPE)\b")

# Modules whose words are said by 'pandian doctor', by an error that ends the command, or in no report at all.
NOT_IN_REPORTS = {
    "_checkup.py", "_held.py", "_open.py", "_retry.py", "adbc.py", "arrow_cursors.py", "checkup.py",
    "described.py", "grouping.py", "moments.py", "traits.py",
}  # fmt: skip
# Words by which errors are recognized, names, what 'pandian doctor' says, errors of a program's call.
NOT_SAID = {
    "(no file named)", ", and use 7+7://", "It is called 7.",
    "A session is no source. Hand in session.connection(), or its engine.",
    "An asynchronous engine cannot be read. Hand in engine.sync_engine, or the URL.",
    "starting up", "shutting down", "too many", "connection slots", "access denied", "login failed",
    "no such", "does not exist", "could not translate", "timeout expired", "timed out", "delimited text",
    "locked folder", "character varying", "the file is opened read-only", "reservoir of all rows",
    "files are opened read-only", "catalogue and files are only read", "rows at random", "the role",
    "rows at random from 7 of 7 pieces, more if those are small", "7 is not on this machine",
    "Iceberg catalogue, tables: 7", "Could not decode to UTF-8",
    "a rule of the access control that lets 7 view queries of others",
    "GRANT pg_read_all_stats TO 7; lets it see how busy the server is",
}  # fmt: skip
RAISED = {"miss", "TableUnreadable", "RecognizerFailed"}


def said(node):
    """Return a text of the code with 7 in its places."""
    if isinstance(node, ast.JoinedStr):
        return "".join(said(part) for part in node.values)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else "7"


def texts_in(tree):
    """Yield all texts but docstrings and the pieces of texts with places."""
    skipped = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            skipped |= {id(part) for part in node.values}
    for node in ast.walk(tree):
        is_text = isinstance(node, ast.JoinedStr) or isinstance(getattr(node, "value", None), str)
        if is_text and isinstance(node, ast.Constant | ast.JoinedStr) and id(node) not in skipped:
            yield said(node)


def first_texts_of_calls(tree):
    """Yield the texts that are handed to what notes a table as not scanned."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if name in RAISED:
                for argument in node.args[:3]:
                    if isinstance(argument, ast.Constant | ast.JoinedStr):
                        yield said(argument)


def parsed(folder):
    return [(path, ast.parse(path.read_text("utf-8"))) for path in sorted(Path(folder).rglob("*.py"))]


def english_of_connectors():
    for path, tree in parsed(Path(connectors.__file__).parent):
        if path.name not in NOT_IN_REPORTS:
            yield from texts_in(tree)


def english_of_stages():
    folder = Path(scanner.__file__).parent
    for path in (*(folder / "stages").glob("*.py"), folder / "pipeline.py"):
        tree = ast.parse(path.read_text("utf-8"))
        yield from first_texts_of_calls(tree)


def is_prose(text):
    if text.startswith("A connection of the driver"):  # an error of a program's call
        return False
    return bool(_PROSE.search(text)) and not _SQL.search(text) and not _WORDS.fullmatch(text)


ENGLISH = sorted({text for text in english_of_connectors() if is_prose(text)} - NOT_SAID) + sorted(
    {text for text in english_of_stages() if is_prose(text) and not text.startswith("7 ")}
)


def test_there_is_something_to_translate():
    assert len(ENGLISH) > 80


@pytest.mark.parametrize("english", ENGLISH)
def test_what_is_said_of_unread_data_has_a_chinese_text(english):
    chinese = reason_in(english, "zh")
    if not _HAN.search(chinese):  # it tells another text at its end
        chinese = reason_in(re.sub(r"7(\.?)$", r"no valid JSON\1", english.removeprefix("7 ")), "zh")

    assert _HAN.search(chinese)
    assert not _PROSE.search(chinese.partition("：")[0])


@pytest.mark.parametrize(("english", "chinese"), reasons().items())
def test_both_languages_have_the_same_places_and_one_language_each(english, chinese):
    assert sorted(_PLACE.findall(english)) == sorted(_PLACE.findall(chinese))
    assert _HAN.search(chinese) or _PLACE.sub("", english) in {": ", "max_load: "}
    assert not english.endswith(".")
    assert not chinese.endswith("。")


def test_names_and_numbers_are_taken_over_as_they_are():
    said_in_english = "Table 'a {b}: permission denied': 3 of 7 files broke off. x: y.csv: permission denied"

    assert reason_in(said_in_english, "zh") == (
        "表“a {b}: permission denied”：7 个文件中有 3 个未能读完。x：y.csv：没有权限"
    )
    assert reason_in(said_in_english, "en") == said_in_english


def test_sentences_are_told_apart():
    both = "No header: columns are named by position. 12 rows are wider or narrower than the header."

    assert reason_in(both, "zh") == "没有表头：各列按位置命名。12 行的列数与表头不一致。"


def test_what_has_no_chinese_text_stays_whole():
    assert reason_in("Something new. The file is empty.", "zh") == "Something new. 文件为空。"
    assert reason_in("a.csv: something new", "zh") == "a.csv: something new"


def test_the_limits_of_an_installation_have_a_chinese_text():
    source = (files("classifiers.text") / "engine.py").read_text("utf-8")
    (limit,) = [text for text in texts_in(ast.parse(source)) if "not installed: names" in text]

    assert reason_in(limit, "zh").startswith("没有安装中文实体模型")
