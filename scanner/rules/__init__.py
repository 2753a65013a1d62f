"""The law: facts in; findings, routes and grades out. Pure, apart from reading its own packs."""

from scanner.rules.assessment import Assessment, assess, exempted_flows, to_dict
from scanner.rules.checks import check_packs
from scanner.rules.facts.conditions import CONDITION_FACTS
from scanner.rules.facts.facts_file import FactsError, load_facts
from scanner.rules.facts.model import Facts, Flow, Held, Incident, Organization, Outbound
from scanner.rules.law.rulebook import (
    LoadedPack,
    RulePackError,
    find_rule,
    load_packs,
    outbound_window,
    parse_pack,
    successor,
)
from scanner.rules.law.rulepack import Pack, Rule
from scanner.rules.metrics import METRICS
from scanner.rules.metrics.metric import Metric
from scanner.rules.verdicts.grading import grade_dataset
from scanner.rules.verdicts.routes import Route
from scanner.rules.wording.text import render_text

__all__ = [
    "CONDITION_FACTS",
    "METRICS",
    "Assessment",
    "Facts",
    "FactsError",
    "Flow",
    "Held",
    "Incident",
    "LoadedPack",
    "Metric",
    "Organization",
    "Outbound",
    "Pack",
    "Route",
    "Rule",
    "RulePackError",
    "assess",
    "check_packs",
    "exempted_flows",
    "find_rule",
    "grade_dataset",
    "load_facts",
    "load_packs",
    "outbound_window",
    "parse_pack",
    "render_text",
    "successor",
    "to_dict",
]
