"""The law: facts in; findings, routes and grades out. Pure, apart from reading its own packs."""

from scanner.rules.assessment import Assessment, assess, exempted_flows, to_dict
from scanner.rules.checks import check_packs
from scanner.rules.conditions import CONDITION_FACTS
from scanner.rules.facts import Facts, Flow, Held, Incident, Organization, Outbound
from scanner.rules.facts_file import FactsError, load_facts
from scanner.rules.grading import grade_dataset
from scanner.rules.metric import Metric
from scanner.rules.metrics import METRICS
from scanner.rules.routes import Route
from scanner.rules.rulebook import (
    LoadedPack,
    RulePackError,
    find_rule,
    load_packs,
    outbound_window,
    parse_pack,
    successor,
)
from scanner.rules.rulepack import Pack, Rule
from scanner.rules.text import render_text

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
