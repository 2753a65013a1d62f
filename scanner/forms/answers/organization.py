"""Answers on the organization, as it declared itself, and on the scan."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from scanner.forms._texts import said, text
from scanner.forms.answers.figures import declared, method_of, number
from scanner.forms.basis import Basis
from scanner.forms.content import Answer, Words, lines
from scanner.result import Interval


def yes_or_no(value: bool | None, basis: Basis) -> Answer:
    """Return a declared yes or no; nothing where it is unknown."""
    return () if value is None else lines(text("answer.yes" if value else "answer.no", basis.tongue))


def name_of(basis: Basis) -> str:
    """Return the name of the organization, or an empty text."""
    return basis.facts.organization.name or basis.result.organization.name


def _name(basis: Basis) -> Answer:
    return lines(name_of(basis))


def _sectors(basis: Basis) -> Answer:
    found = basis.facts.organization.sectors or ()
    return lines(text("list", basis.tongue).join(said("sector", each, basis.tongue) for each in found))


def _listing(basis: Basis) -> Answer:
    listing = basis.facts.organization.listing
    return lines(said("listing", listing, basis.tongue)) if listing else ()


def _zone(basis: Basis) -> Answer:
    facts = basis.facts.organization
    if "ftz" not in facts.model_fields_set:
        return ()
    return lines(facts.ftz or text("answer.none", basis.tongue))


def _number(key: str, value: Interval | None, basis: Basis) -> Answer:
    return () if value is None else ((declared(value, key, basis),),)


def _scan(basis: Basis) -> Answer:
    scan, result = basis.result.scan, basis.result
    covered = text("list", basis.tongue).join(d.name for d in result.datasets)
    tables = sum(len(dataset.tables) for dataset in result.datasets)
    read = (
        text("scan.complete", basis.tongue)
        if result.complete
        else text("scan.incomplete", basis.tongue, n=len(result.not_scanned))
    )
    when = text(
        "scan.when",
        basis.tongue,
        started=_minute(scan.started),
        finished=_minute(scan.finished),
        day=scan.as_of,
    )
    method = said("method", method_of(basis), basis.tongue)
    return (
        (Words(when),),
        (
            Words(text("scan.scope", basis.tongue)),
            number(len(result.datasets), "datasets", basis),
            Words(text("comma", basis.tongue)),
            number(tables, "tables", basis),
            Words(text("semicolon", basis.tongue) + read),
        ),
        (Words(text("scan.datasets", basis.tongue, names=covered)),),
        (Words(text("scan.what", basis.tongue, rows=scan.sample_rows, method=method)),),
    )


def _minute(moment: str) -> str:
    return moment[:16].replace("T", " ")


ANSWERS: Mapping[str, Callable[[Basis], Answer]] = {
    "name": _name,
    "sectors": _sectors,
    "listing": _listing,
    "zone": _zone,
    "scan": _scan,
    "ciio": lambda basis: yes_or_no(basis.facts.organization.ciio, basis),
    "platform": lambda basis: yes_or_no(basis.facts.organization.network_platform, basis),
    "face_use": lambda basis: yes_or_no(basis.facts.organization.face_recognition_in_use, basis),
    "staff": lambda basis: _number("organization.staff", basis.facts.organization.staff, basis),
    "users": lambda basis: _number("held.users", basis.facts.held.users, basis),
    "registered_users": lambda basis: _number(
        "organization.registered_users", basis.facts.organization.registered_users, basis
    ),
    "monthly_users": lambda basis: _number(
        "organization.monthly_active_users", basis.facts.organization.monthly_active_users, basis
    ),
    "officer_reported": lambda basis: yes_or_no(basis.facts.filings.officer_reported, basis),
    "face_filed": lambda basis: yes_or_no(basis.facts.filings.face_filed, basis),
    "automated": lambda basis: yes_or_no(basis.facts.activities.automated_decision, basis),
    "shared": lambda basis: yes_or_no(basis.facts.activities.shared_or_published, basis),
    "security_effect": lambda basis: yes_or_no(basis.facts.activities.national_security_effect, basis),
    "vehicle_video": lambda basis: yes_or_no(
        basis.facts.automotive.exterior_video_with_faces_or_plates, basis
    ),
    "vehicle_areas": lambda basis: yes_or_no(basis.facts.automotive.sensitive_area_geography, basis),
    "vehicle_traffic": lambda basis: yes_or_no(basis.facts.automotive.traffic_flow, basis),
    "vehicle_charging": lambda basis: yes_or_no(basis.facts.automotive.charging_network, basis),
}
