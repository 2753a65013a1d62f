"""The words of the forms: in both languages, with the same places, and all of them used."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

import pytest
import yaml

from scanner.forms import load_forms
from scanner.forms.definition import Both, Form, Part, Question

ROOT = Path(__file__).parents[3] / "scanner"
TEXTS = yaml.safe_load(files("scanner.forms").joinpath("texts.yaml").read_text(encoding="utf-8"))
# Kinds of words: their keys are put together from values of the result or of a form.
KINDS = re.compile(
    r"^(figure|source.number|scope|window|method|listing|sector|mechanism|important|item|grid|notice|sheet|list)\."
)


@pytest.mark.parametrize("key", TEXTS)
def test_both_languages_have_the_same_places(key):
    places = {lang: sorted(re.findall(r"{(\w+)}", said)) for lang, said in TEXTS[key].items()}

    assert set(TEXTS[key]) == {"zh", "en"}
    assert places["zh"] == places["en"]


def test_every_text_is_used():
    code = "\n".join(
        path.read_text() for path in [*ROOT.glob("forms/**/*.py"), *ROOT.glob("cli/commands/declare.py")]
    )

    assert not [key for key in TEXTS if f'"{key}"' not in code and not KINDS.match(key)]


def _said(model):
    if isinstance(model, Both):
        yield model
    elif isinstance(model, Form | Part | Question):
        for name in type(model).model_fields:
            yield from _said(getattr(model, name))
    elif isinstance(model, tuple):
        for entry in model:
            yield from _said(entry)


@pytest.mark.parametrize("form", load_forms().values(), ids=load_forms())
def test_a_form_speaks_chinese_and_english(form):
    for both in _said(form):
        assert re.search(r"[\u4e00-\u9fff]", both.zh), both
        assert not re.search(r"[\u4e00-\u9fff]", both.en), both
