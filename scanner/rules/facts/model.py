"""Facts: what the rules are tested on, declared by a person or derived from a scan.

What is left out is unknown, never zero. A number is a whole number or an interval
``{lower, estimate, upper}``, with ``unknown_age`` where it is so much wider as nothing shows people's ages.
In a flow, an exemption has to be claimed: left out, there is none.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from scanner.result import Interval
from scanner.rules.facts.values import Count, Country, Day, Moment, Sector, Zone, read_day, read_interval

Exemption = Literal["contract_necessity", "hr", "emergency", "transit", "trade", "legal_duty", "ftz"]
Mechanism = Literal["standard_contract", "certification", "assessment", "gba_contract"]
ImportantData = Literal["none", "candidate", "notified"]


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Organization(_Section):
    """The personal-information processor. ``ftz: null`` says: in no free-trade zone."""

    name: str | None = None
    ciio: bool | None = None
    central_organ: bool | None = None
    sectors: tuple[Sector, ...] | None = Field(default=None, strict=False)
    listing: Literal["none", "foreign", "hong_kong"] | None = None
    network_platform: bool | None = None
    registered_users: Count = None
    monthly_active_users: Count = None
    daily_active_users: Count = None
    staff: Count = None
    pi_is_main_business: bool | None = None
    centre_abroad: bool | None = None
    ftz: Zone = None
    greater_bay_area: bool | None = None
    face_recognition_in_use: bool | None = None


class Held(_Section):
    """What the processor holds now, deleted data left out; in persons."""

    pi_subjects: Count = None
    spi_subjects: Count = None
    specific_spi_subjects: Count = None
    users: Count = None
    minors_under_14: Count = None
    minors_under_18: Count = None
    face_subjects: Count = None
    important_data: ImportantData | None = None
    core_data: bool | None = None


class Activities(_Section):
    """What the processor does with the data, yes or no; and what happens to the processor."""

    automated_decision: bool | None = None
    shared_or_published: bool | None = None
    major_effect: bool | None = None
    important_data_shared: bool | None = None
    biometric_identification: bool | None = None
    national_security_effect: bool | None = None
    network_products_procured: bool | None = None
    merger: bool | None = None
    dissolution: bool | None = None
    unlawful: bool | None = None


class Retention(_Section):
    """How long records are kept, in whole months or years."""

    network_log_months: Count = None
    provision_record_years: Count = None
    export_record_years: Count = None


class Automotive(_Section):
    """Data named by the automotive provisions (Order 7 art. 3), held or not."""

    exterior_video_with_faces_or_plates: bool | None = None
    sensitive_area_geography: bool | None = None
    traffic_flow: bool | None = None
    charging_network: bool | None = None


class Filings(_Section):
    """What is filed already, and what changed since."""

    officer_reported: bool | None = None
    officer_data_changed: bool | None = None
    face_filed: bool | None = None
    face_use_changed: bool | None = None
    catalogue_filed: bool | None = None
    catalogue_change_pct: Count = None


class Records(_Section):
    """Records (条) in a criminal case, by the groups of the interpretation of 2017."""

    insider: bool | None = None
    traces_and_property: Count = None
    lodging_and_health: Count = None
    other: Count = None


class Flow(_Section):
    """One cross-border provision; its counts run from ``window_start`` to the date of the facts.

    ``pi_subjects`` are the persons on either line.
    """

    name: str = Field(min_length=1)
    recipient: str | None = None
    recipient_country: Country = None
    purpose: str | None = None
    window_start: Day = None
    exemption: Exemption | None = None
    mechanism: Mechanism | None = None
    pi_subjects: Count = None
    nonsensitive_subjects: Count = None
    sensitive_subjects: Count = None
    health_subjects: Count = None
    important_data: bool | None = None
    scenario: str | None = None
    scope_changed: bool | None = None
    contract_effective: Day = None
    assessment_result: Day = None
    certificate_expiry: Day = None
    approved_subjects: Count = None
    forecast_subjects: Count = None
    approved_important_volume: Count = None
    forecast_important_volume: Count = None


class Outbound(_Section):
    """Distinct persons over all flows that are not exempt, in the window of the rule.

    ``pi_subjects`` are those on either line.
    """

    pi_subjects: Count = None
    nonsensitive_subjects: Count = None
    sensitive_subjects: Count = None
    volume_split: bool | None = None


class Entity(_Section):
    """A company of the same group with outbound volumes of its own."""

    name: str = Field(min_length=1)
    nonsensitive_subjects: Count = None
    sensitive_subjects: Count = None


class Incident(_Section):
    """Persons affected by one incident, and its clock."""

    pi_subjects: Count = None
    spi_subjects: Count = None
    important_data: bool | None = None
    known_at: Moment = None
    handled: Day = None


class Events(_Section):
    """Dates from which deadlines run; ``reached`` by rule id: the day the number was reached."""

    reached: dict[str, Day] = Field(default_factory=dict)
    audit: Day = None
    minors_audit: Day = None
    risk_assessment: Day = None
    important_data_notified: Day = None
    rectification_completed: Day = None
    officer_data_changed: Day = None
    face_use_changed: Day = None
    deletion_request: Day = None
    catalogue_changed: Day = None
    listing: Day = None
    merger: Day = None
    transfer: Day = None


class Observation(_Section):
    """A count on one day."""

    day: Annotated[date, BeforeValidator(read_day)]
    count: Annotated[Interval, BeforeValidator(read_interval)]


class Facts(_Section):
    """Everything the rules may ask; ``flows: []`` says that nothing goes abroad."""

    as_of: Day = None
    organization: Organization = Organization()
    held: Held = Held()
    activities: Activities = Activities()
    retention: Retention = Retention()
    automotive: Automotive = Automotive()
    filings: Filings = Filings()
    records: Records = Records()
    flows: tuple[Flow, ...] | None = Field(default=None, strict=False)
    outbound: Outbound = Outbound()
    entities: tuple[Entity, ...] = Field(default=(), strict=False)
    incident: Incident | None = None
    events: Events = Events()
    history: dict[str, Annotated[tuple[Observation, ...], Field(strict=False)]] = Field(default_factory=dict)

    @model_validator(mode="before")
    @classmethod
    def _drop_empty_sections(cls, value: Any) -> Any:
        if isinstance(value, Mapping):
            return {key: section for key, section in value.items() if section is not None}
        return value

    @model_validator(mode="after")
    def _check_flow_names(self) -> Facts:
        names = [flow.name for flow in self.flows or ()]
        if "all" in names:
            raise ValueError("flows: a flow may not be named 'all', which stands for all flows; rename it")
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise ValueError(f"flows: the name {twice[0]!r} is used twice; give every flow its own name")
        return self
