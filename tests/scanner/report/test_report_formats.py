"""The folder of formats."""

from __future__ import annotations

import pytest

from scanner import report


def test_every_format_is_found_by_its_file():
    assert report.formats() == ("html", "ics", "json", "text")


@pytest.mark.parametrize(
    ("name", "file"),
    [("html", "report.html"), ("json", "scan.json"), ("text", "summary.txt"), ("ics", "obligations.ics")],
)
def test_each_format_has_a_file_of_its_own(name, file):
    assert report.file_name(name) == file


@pytest.mark.parametrize("name", report.formats())
@pytest.mark.parametrize("lang", ["zh", "en", "both"])
def test_the_same_result_gives_the_same_text_that_utf_8_can_write(name, lang, result):
    text = report.render(name, result, lang)

    assert text.encode() == report.render(name, result, lang).encode()


def test_an_unknown_format_is_answered_with_those_there_are(result):
    with pytest.raises(ValueError, match=r"No report format 'pdf'\. There are: html, ics, json, text\."):
        report.render("pdf", result)


@pytest.mark.parametrize("name", ["html", "text"])
def test_an_unknown_language_is_answered_with_those_there_are(name, result):
    with pytest.raises(ValueError, match=r"No report language 'fr'\. There are: zh, en, both\."):
        report.render(name, result, "fr")
