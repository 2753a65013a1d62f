"""What rules presuppose: conditions on the facts, true, false or not known."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from scanner.rules.facts import outbound
from scanner.rules.facts.readings import Reading, counted, either, truth
from scanner.rules.facts.view import View

Value = bool | str | tuple[str, ...] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionFact:
    """Something a rule may presuppose; ``read`` gives None while it is unknown.

    ``number`` reads the number of persons it turns on, where it turns on whether there are any.
    """

    key: str
    path: str
    read: Callable[[View], Value] = field(repr=False, compare=False)
    number: Callable[[View], Reading] | None = field(default=None, repr=False, compare=False)


def _ciio(view: View) -> bool | None:
    declared = view.facts.organization.ciio
    return view.ciio if declared is None else declared


def _free_trade_zone(view: View) -> str | None:
    """Read the zone; empty where the facts say that there is none."""
    organization = view.facts.organization
    return organization.ftz or ("" if "ftz" in organization.model_fields_set else None)


def _in_free_trade_zone(view: View) -> bool | None:
    zone = _free_trade_zone(view)
    return None if zone is None else bool(zone)


def _first_report_clock(view: View) -> str | None:
    """Read whose clock the first report of an incident runs on."""
    ciio, central = _ciio(view), view.facts.organization.central_organ
    if ciio or central:
        return "ciio" if ciio else "central_organ"
    return "other" if ciio is False and central is False else None


def _assessment_passed(view: View) -> bool | None:
    """Read whether the flow runs on an assessment; a dated result says so too."""
    if view.flow is None:
        return False
    if view.flow.assessment_result or view.flow.mechanism == "assessment":
        return True
    return False if "mechanism" in view.flow.model_fields_set else None


def _any_pi(view: View) -> bool | None:
    """Read whether the flow was counted to hold PI; while uncounted, the claim that it has none stands."""
    flow = view.flow
    counts = (flow.nonsensitive_subjects, flow.sensitive_subjects) if flow else ()
    return either(*(truth(counted(count, "")) for count in counts if count is not None))


def _scenario(view: View) -> str | None:
    return view.flow.scenario if view.flow else None


def _declared(path: str) -> ConditionFact:
    section, key = path.split(".")
    return ConditionFact(key=path, path=path, read=lambda view: getattr(getattr(view.facts, section), key))


def _derived(key: str, path: str, read: Callable[[View], Value]) -> ConditionFact:
    return ConditionFact(key=key, path=path, read=read)


def _any_of(key: str, path: str, number: Callable[[View], Reading]) -> ConditionFact:
    return ConditionFact(key=key, path=path, read=lambda view: truth(number(view)), number=number)


_CONDITIONS = (
    _derived("organization.ciio", "organization.ciio", _ciio),
    _derived("organization.first_report_clock", "organization.ciio", _first_report_clock),
    _derived("organization.ftz", "organization.ftz", _free_trade_zone),
    _derived("organization.in_free_trade_zone", "organization.ftz", _in_free_trade_zone),
    _declared("organization.network_platform"),
    _declared("organization.face_recognition_in_use"),
    _declared("organization.greater_bay_area"),
    _declared("organization.pi_is_main_business"),
    _declared("organization.listing"),
    _declared("organization.sectors"),
    _declared("held.important_data"),
    _declared("activities.merger"),
    _declared("activities.shared_or_published"),
    _declared("activities.unlawful"),
    _declared("filings.officer_reported"),
    _declared("filings.face_filed"),
    _declared("filings.catalogue_filed"),
    _derived("incident.declared", "incident", lambda view: view.facts.incident is not None),
    _any_of("exported.any_pi", "outbound.nonsensitive_subjects", outbound.exported_total),
    _any_of("outbound.any_sensitive", "outbound.sensitive_subjects", outbound.sensitive),
    _derived("outbound.important_data_on_record", "flows", outbound.important_on_record),
    _derived(
        "outbound.contract_or_certificate", "flows.mechanism", outbound.mechanism_in_use(*outbound.CONTRACTS)
    ),
    _derived("outbound.standard_contract", "flows.mechanism", outbound.mechanism_in_use("standard_contract")),
    _derived("outbound.certificate", "flows.mechanism", outbound.mechanism_in_use("certification")),
    _derived("flow.standard_contract", "flows.mechanism", outbound.mechanism_in_use("standard_contract")),
    _derived("flow.gba_contract", "flows.mechanism", outbound.mechanism_in_use("gba_contract")),
    _derived("flow.assessment_passed", "flows.mechanism", _assessment_passed),
    _derived("flow.any_pi", "flows.nonsensitive_subjects", _any_pi),
    _derived("flow.scenario", "flows.scenario", _scenario),
)

CONDITION_FACTS: Mapping[str, ConditionFact] = MappingProxyType({fact.key: fact for fact in _CONDITIONS})
