"""Texts of the reports: both languages, complete, used."""

from __future__ import annotations

import re
from importlib.resources import files
from string import Formatter
from typing import get_args

import pytest

from scanner.report import json as record
from scanner.report._texts import text, texts
from scanner.rules.facts.model import Facts
from scanner.words.facts import fact_in
from scanner.words.texts import term

CHINESE = re.compile(r"[\u4e00-\u9fff]")
SAME = {"operator.ge", "operator.gt", "operator.le", "operator.lt", "count.exact", "count.range"}
# Prefixes of keys that are put together from a value of the result or a name in a template.
BUILT = (
    "brief.next", "brief.unknown", "category.", "condition.", "confidence.", "counting.", "country.",
    "decision.", "evidence.", "exemption.", "fact.", "engine.", "filter.view.", "form.",
    "gauge.legend.", "grade.", "line.band.", "line.conditions.", "line.gap", "mechanism.", "method.",
    "mode.", "notes.", "obligation.", "operator.", "scope.", "section.", "refused.", "said.", "stale.",
    "status.", "table.", "tile.", "use.", "verdict.", "window.",
)  # fmt: skip


def places(pattern):
    return {name for _, name, _, _ in Formatter().parse(pattern) if name}


@pytest.mark.parametrize("key", texts())
def test_a_text_exists_in_both_languages_with_the_same_places(key):
    words = texts()[key]

    assert set(words) == {"zh", "en"}
    assert places(words["zh"]) == places(words["en"])
    if key not in SAME:
        assert CHINESE.search(words["zh"])
        assert not CHINESE.search(words["en"].replace("盘点", ""))


def test_every_text_is_used():
    folder = files("scanner.report")
    sources = [*folder.iterdir(), *folder.joinpath("templates").iterdir()]
    code = "\n".join(
        path.read_text("utf-8") for path in sources if path.name.endswith((".py", ".html", ".js"))
    )

    assert [
        key
        for key in texts()
        if not key.startswith(BUILT) and f'"{key}"' not in code and f"'{key}'" not in code
    ] == []


def test_every_fact_that_can_be_declared_has_words():
    sections = {name: field.annotation for name, field in Facts.model_fields.items()}
    models = {name: model for name, made in sections.items() if (model := _model_in(made))}
    del models["history"]  # counts over time, which no rule asks for
    keys = {f"{name}.{key}" for name, model in models.items() for key in model.model_fields}
    told = {key for key in keys if fact_in(key, "en") != key}

    assert keys - told == {
        "organization.name",
        "flows.name",
        "flows.recipient",
        "flows.purpose",
        "entities.name",
    }
    assert {key for key in told if fact_in(key, "zh") == fact_in(key, "en")} == set()
    assert fact_in("no.such_fact", "en") == "no.such_fact"


def _model_in(annotation):
    """Return the model in the type of a section, such as a tuple of flows; None for a plain type."""
    if hasattr(annotation, "model_fields"):
        return annotation
    return next(filter(None, map(_model_in, get_args(annotation))), None)


@pytest.mark.parametrize(
    ("kind", "place", "field"),
    [
        ("category", "Category", None),
        ("window", "Window", None),
        ("method", "SubjectCount", "method"),
        ("evidence", "EvidenceResult", "kind"),
        ("decision", "TagResult", "decision"),
        ("form", "TagResult", "form"),
        ("stale", "StaleDecision", "why"),
        ("table", "TableResult", "status"),
        ("grade", "GradeResult", "level"),
        ("status", "GradeResult", "status"),
        ("mechanism", "FlowResult", "mechanism"),
        ("verdict", "Finding", "verdict"),
        ("operator", "Finding", "operator"),
        ("confidence", "Finding", "confidence"),
        ("obligation", "Obligation", "status"),
        ("use", "FlowItem", "use"),
        ("mechanism", "ListDecision", "mechanism"),
        ("line.band", "Distance", "band"),
    ],
)
def test_every_value_of_the_record_has_a_word(kind, place, field):
    definition = record.schema()["$defs"][place]
    values = definition["properties"][field]["enum"] if field else definition["enum"]

    assert [value for value in values if f"{kind}.{value}" not in texts()] == []


def test_what_classifiers_say_of_evidence_has_words():
    code = (files("classifiers") / "tagging.py").read_text("utf-8")
    said = re.findall(r"""(?:detail|listed) ?= ?"([^"]+)"(?: if .* else "([^"]+)")?""", code)

    assert len(said) >= 5
    assert [one for both in said for one in both if one and f"said.{one}" not in texts()] == []


def test_a_value_without_a_word_speaks_for_itself():
    assert term("country", "Atlantis", "zh") == "Atlantis"


def test_whole_numbers_get_thousands_separators():
    assert (
        text("count.interval", "en", lower=8914, estimate=10102, upper=13658)
        == "8,914 – 13,658, estimate 10,102"
    )
