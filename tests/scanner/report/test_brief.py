"""What a reader has to know first: what is due, what is open, what to do next."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scanner.report import _brief as brief
from scanner.report import html, terminal


def said(remarks):
    return "\n".join(remark.said for remark in remarks)


@pytest.mark.parametrize(("status", "due"), [("overdue", "2026-12-01"), ("breached", "")])
def test_what_is_late_comes_before_what_is_to_come(status, due, result):
    dated = [one for one in result.obligations if one.due and not one.conditional]
    late = replace(dated[0], status=status, due=due, duty="late", conditional=False)
    coming = replace(dated[0], status="coming", due="2026-11-23", duty="coming", conditional=False)
    done = replace(dated[0], status="done", due="2026-01-01", duty="done", conditional=False)

    shown = brief.due(replace(result, obligations=(done, coming, late)))

    assert [one.duty for one in shown] == ["late", "coming"]


def test_what_was_not_read_is_said_first_and_is_the_first_step(result):
    unread = replace(result, complete=False)
    whole = replace(result, complete=True, not_scanned=())

    assert brief.unknown(unread, "en")[0].section == "not_scanned"
    assert f"Places not read: {len(unread.not_scanned)}." in brief.unknown(unread, "en")[0].said
    assert brief.steps(unread, "en")[0].said.startswith("Have the scan read what it could not")
    assert "not read" not in said(brief.unknown(whole, "en")) + said(brief.steps(whole, "en"))


def test_facts_that_are_missing_are_said_in_words_and_asked_for_by_their_keys(result):
    waiting = replace(
        result.findings[0], verdict="undetermined", count=None, threshold=None, needs=("held.core_data",)
    )
    asked = replace(result, findings=(waiting,))

    assert "core data held or not" in said(brief.unknown(asked, "en"))
    assert "是否持有核心数据" in said(brief.unknown(asked, "zh"))
    assert "first held.core_data" in said(brief.steps(asked, "en"))


def test_nothing_is_asked_for_where_nothing_was_found(empty_result):
    assert (brief.due(empty_result), brief.unknown(empty_result, "en"), brief.steps(empty_result, "zh")) == (
        (),
        (),
        (),
    )


@pytest.mark.parametrize(("lang", "heading"), [("zh", "下一步"), ("en", "What to do next")])
def test_page_and_terminal_begin_and_end_with_it(lang, heading, result):
    page, summary = html.render(result, lang=lang), terminal.render(result, lang=lang)

    assert page.index(heading) < page.index('id="answer"')
    assert summary.index(heading) > summary.rindex("crm")
    for remark in brief.steps(result, lang):
        assert html.Markup.escape(remark.said) in page


def test_every_remark_leads_to_a_section_of_the_page(result):
    page = html.render(replace(result, complete=False), lang="en")

    for remark in (*brief.unknown(result, "en"), *brief.steps(result, "en")):
        assert f'<section id="{remark.section}"' in page
