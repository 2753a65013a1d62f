"""The summary in the terminal."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

import pytest
from rich.cells import cell_len

from scanner.report import _texts, terminal
from scanner.result import LinkageResult, NotScanned, OpenPoint
from scanner.words.texts import term

ANSI = re.compile(r"\x1b\[[0-9;]*m")


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("width", [60, 100, 160])
def test_no_line_is_wider_than_the_terminal(lang, width, result):
    lines = terminal.render(result, lang=lang, width=width).splitlines()

    assert max(map(cell_len, lines)) <= width


@pytest.mark.parametrize("lang", ["zh", "en", "both"])
def test_names_cannot_steer_the_terminal(lang, result):
    text = terminal.render(result, lang=lang)

    assert {unicodedata.category(c) for c in text if c != "\n"}.isdisjoint({"Cc", "Cf", "Cs", "Zl", "Zp"})


def test_markup_in_names_is_shown_and_not_obeyed(result):
    text = terminal.render(result, lang="zh", color=True)

    assert "[red]x[/red]" in ANSI.sub("", text)
    assert "⟨U+202E⟩gnp.elif⟨U+202C⟩" in ANSI.sub("", text)


def test_colour_adds_nothing_but_colour(result):
    plain = terminal.render(result, lang="en")
    coloured = "\n".join(
        line.rstrip() for line in ANSI.sub("", terminal.render(result, color=True)).split("\n")
    )

    assert coloured == plain
    assert "\x1b" not in plain


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        (
            "en",
            ["1,301,220 – 1,566,903, estimate 1,384,410", "0 – 48,212 (not identifiable)", "not complete"],
        ),
        ("zh", ["1,301,220 – 1,566,903，估计 1,384,410", "0 – 48,212（无法识别到个人）", "不完整"]),
    ],
)
def test_people_are_intervals_and_never_a_silent_zero(lang, words, result):
    text = terminal.render(result, lang=lang)

    assert [word for word in words if word not in text] == []


@pytest.mark.parametrize(
    "words",
    [
        "● met          Holder of PI of 1,000,000 or more people",
        "8,914 – 13,658, estimate 10,102  ≥ 10,000",
        "art. 7(2)  EXP-P24-10K",
        "to settle: a narrower count",
        "● near         100,000 or more faces stored",
        "4 more rules wait for facts: held.important_data, organization.ciio",
        "Other rules: 1 not met, 1 not applicable.",
        "→ Germany  customer service by the head office",
        "route: exempt from assessment, contract and certification  EXP-P24-EXEMPT-HR",
        "crm.audit_log",
        "permission denied",
    ],
)
def test_a_summary_says_what_matters(words, result):
    assert words in terminal.render(result, lang="en", width=140)


def test_a_long_list_of_unread_things_is_cut_and_counted(result):
    entries = tuple(NotScanned(source="crm", table=f"t{i:02}", reason=f"denied {i}") for i in range(25))
    text = terminal.render(replace(result, not_scanned=entries), lang="en")

    assert "crm.t19" in text
    assert "crm.t20" not in text
    assert "… and 5 more, see scan.json" in text


def test_why_something_was_not_read_is_said_in_the_language_of_the_summary(result):
    entry = NotScanned(source="crm", table="visits", reason="a.csv: cut off or damaged")
    changed = replace(result, not_scanned=(entry,))

    assert "a.csv: cut off or damaged" in terminal.render(changed, lang="en")
    assert "a.csv：不完整或已损坏" in terminal.render(changed, lang="zh")
    assert "cut off" not in terminal.render(changed, lang="zh")


def test_many_tables_that_were_not_read_for_one_reason_stand_on_one_line_after_whole_sources(result):
    many = [NotScanned(source="lake", table=f"t{i}", reason="format not supported") for i in range(30)]
    whole = NotScanned(source="hr", table="", reason="postgresql://db/hr: no server answers there.")
    text = terminal.render(replace(result, not_scanned=(*many, whole)), lang="en", width=140)

    assert "lake: 30 places" in text
    assert text.count("format not supported") == 1
    assert text.index("no server answers") < text.index("format not supported")


def test_a_long_reason_is_said_to_its_end(result):
    reason = (
        f"the flow's time column '{'t' * 60}' is not in table '{'v' * 60}', so its people were not counted"
    )
    text = terminal.render(
        replace(result, not_scanned=(NotScanned(source="crm", table="v", reason=reason),)),
        lang="en",
        width=140,
    )

    assert "not counted" in text
    assert "…" not in text.partition("What was not scanned")[2]


def test_nothing_found_and_nothing_counted_is_said(empty_result):
    text = terminal.render(empty_result, lang="en")

    assert "(organization not named)" in text
    assert text.count("not counted") == 4
    assert "This scan evaluated no rules." in text
    assert "complete" in text


def test_both_languages_follow_each_other(result):
    both = terminal.render(result, lang="both")

    assert both == "\n".join(terminal.render(result, lang=lang) for lang in ("zh", "en"))


def test_what_settles_several_lines_in_a_row_is_said_once(result):
    (line,) = (f for f in result.findings if f.rule_id == "EXP-P24-10K")
    alike = replace(line, settle="the ages of 7 persons", settle_zh="确认7人的年龄")
    text = terminal.render(replace(result, findings=(alike,) * 3, flows=()), lang="en")

    assert text.count("to settle: the ages of 7 persons") == 1
    assert text.count("to settle: the same") == 2


@pytest.mark.parametrize("width", [60, 160])
def test_it_says_what_would_narrow_the_count_most(width, result):
    points = tuple(
        OpenPoint(
            what="anonymous_rows", subject=f"t{n}", persons=900 - n, en=f"Who is in t{n}?", zh=f"谁在 t{n}？"
        )
        for n in range(5)
    )
    points += tuple(
        OpenPoint(what="unknown_ages", subject=f"a{n}", persons=9 - n, en=f"Ages in a{n}?", zh=f"a{n} 年龄？")
        for n in range(3)
    )
    linkage = LinkageResult(joined=(), refused=(), hubs=(), open_points=points, overlaps=())
    text = terminal.render(
        replace(result, organization=replace(result.organization, linkage=linkage)), lang="en", width=width
    )

    assert "Who is in t0? Narrows it by up to 900 persons." in text
    assert "t2" in text
    assert "t3?" not in text
    assert "Ages in a0? Narrows minors and sensitive people by up to 9 persons." in " ".join(text.split())
    assert "a2?" not in text
    assert max(map(cell_len, text.splitlines())) <= width


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_on_a_narrow_terminal_lines_go_on_below_their_beginning_and_the_estimate_gives_way(lang, result):
    narrow = terminal.render(result, lang=lang, width=60)
    points = [line for line in narrow.splitlines() if line.startswith("  · ")]

    assert points
    (heading,) = (line for line in narrow.splitlines() if _texts.text("grade.level", lang) in line)
    assert _texts.text("text.estimate", lang) not in heading
    assert f" {_texts.text('text.estimate', lang)} " in terminal.render(result, lang=lang, width=80)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_legal_lines_begin_at_one_place_whatever_their_verdict(lang, result):
    lines = [line for line in terminal.render(result, lang=lang).splitlines() if line.startswith("  ● ")]
    marks = [f"  ● {term('verdict', verdict, lang)}" for verdict in ("met", "undetermined", "near")]
    starts = {
        cell_len(line) - cell_len(line[len(mark) :].lstrip())
        for line in lines
        for mark in marks
        if line.startswith(mark)
    }

    assert len(lines) >= 3
    assert len(starts) == 1
