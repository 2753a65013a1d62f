"""The page for pack authors names every key that a pack may have."""

import re
from pathlib import Path

import pytest

from scanner.rules.law.rule_parts import Condition, Deadline
from scanner.rules.law.rulepack import Pack, Rule, Statement

PAGE = (Path(__file__).parents[3] / "docs" / "rules.md").read_text(encoding="utf-8")
NAMED = set(re.findall(r"[a-z_]+", " ".join(re.findall(r"`([^`]*)`", PAGE))))


@pytest.mark.parametrize(
    "model", [Pack, Rule, Statement, Condition, Deadline], ids=lambda model: model.__name__
)
def test_every_key_is_on_the_page(model):
    keys = {field.alias or name for name, field in model.model_fields.items()}

    assert keys - NAMED == set()
