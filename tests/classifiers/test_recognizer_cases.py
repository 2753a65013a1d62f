"""Columns of every type that has a value test: tagged alone, under a header, or never."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from classifiers.catalogue import built_in
from classifiers.headers import HeaderHit
from classifiers.headers.phrases import words_of

FILES = sorted((Path(__file__).parent / "cases").glob("*.yaml"))
CASES = [
    pytest.param(file.stem, case, id=f"{file.stem}: {case['why']}")
    for file in FILES
    for case in yaml.safe_load(file.read_text(encoding="utf-8"))
]


@pytest.fixture
def tagged(make, tags_of):
    def tags(case: dict[str, Any], header: str) -> dict[str, Any]:
        values = case["values"]
        made = make(values["make"], values["count"]) if isinstance(values, dict) else map(str, values)
        return tags_of([*made] * case.get("times", 1), header)

    return tags


@pytest.mark.parametrize(("pi_type", "case"), CASES)
def test_a_column_is_tagged_as_its_case_says(tagged, pi_type, case):
    expected, header = case["tagged"], case.get("header", "c7")
    alone, named = tagged(case, "c7"), tagged(case, header)
    if expected == "named":
        assert pi_type not in alone
        assert pi_type in named
    elif expected == "never":
        assert pi_type not in alone
        assert pi_type not in named
    else:
        assert pi_type in alone
        assert (alone[pi_type].form == "embedded") == (expected == "embedded")


def test_every_type_with_a_value_test_has_cases():
    with_values = {recognizer.type for recognizer in built_in().recognizers if recognizer.match}
    assert with_values <= {file.stem for file in FILES}


def test_every_case_says_why_and_looks_at_enough_values():
    for parameters in CASES:
        _, case = parameters.values
        assert case["why"]
        values = case["values"]
        assert (values["count"] if isinstance(values, dict) else len(values)) >= 8


@pytest.mark.parametrize("recognizer", built_in().recognizers, ids=lambda r: r.type)
def test_the_words_of_a_type_name_it(recognizer):
    vocabulary = built_in().vocabulary
    for word in words_of((*recognizer.zh, *recognizer.en)):
        hits: list[HeaderHit] = vocabulary.read_header(word.text.replace(" ", "_"))
        assert word.weak or recognizer.type in {hit.type for hit in hits if hit.strength >= 0.9}, word
