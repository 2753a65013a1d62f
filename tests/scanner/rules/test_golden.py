"""The golden table: every line of the law below, at and above; and it notices any change of a line."""

import importlib.util
import sys
from collections import defaultdict
from pathlib import Path

from scanner.rules import find_rule, load_packs
from scanner.rules._yaml import read_yaml

ROOT = Path(__file__).parents[3]
SPEC = importlib.util.spec_from_file_location("mutate_rules", ROOT / "benchmarks" / "mutate_rules.py")
mutation = importlib.util.module_from_spec(SPEC)
sys.modules[SPEC.name] = mutation  # dataclasses look their module up
SPEC.loader.exec_module(mutation)


def test_every_row_has_the_verdict_of_the_law():
    wrong = [
        (case.rule, case.expected, found)
        for case in mutation.golden_cases()
        if (found := mutation.verdict_of(find_rule(case.rule)[1], case)) != case.expected
    ]

    assert wrong == []


def test_every_rule_has_rows_and_every_row_its_article():
    rows = defaultdict(list)
    for row in read_yaml(mutation.GOLDEN.read_bytes()):
        rows[row["rule"]].append(row)
    rules = {rule.id: rule for loaded in load_packs() for rule in loaded.pack.rules}

    assert rows.keys() == rules.keys()
    assert all(row["article"] == rules[name].article for name, found in rows.items() for row in found)
    assert sum(len(row["verdicts"]) for found in rows.values() for row in found) >= 150


def test_any_change_of_an_operator_or_number_breaks_a_row():
    made, survived = mutation.survivors()

    assert made > 400
    assert survived == []
