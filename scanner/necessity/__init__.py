"""Necessity of exports: scenarios as data, data items compared with them. Pure."""

from scanner.necessity.items import Export, necessity
from scanner.necessity.scenarios import ScenarioNeeds, parse_scenarios, shipped_scenarios

__all__ = ["Export", "ScenarioNeeds", "necessity", "parse_scenarios", "shipped_scenarios"]
