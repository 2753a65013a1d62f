"""What rules measure: every metric and every condition fact, with the key of the facts it rests on.

A ``Reading`` is an interval whose upper end may be unknown. A yes-or-no metric reads as 1 (yes),
0 (no) or unknown. Three readings of the law are fixed here:

* Flows are united by bounds: at least the largest flow (everybody in it may also be in the
  others), at most the sum; the estimate is the sum, since nothing tells that flows share people.
* The sensitive line and the non-sensitive line are kept apart (COUNT-SEPARATE). Whether a person
  on one may also be on the other is not settled, so all persons exported are bounded likewise.
* A flow counted from a later day than the rule counts from gives only a lower bound; one counted
  from an earlier day gives only an upper bound.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import get_args

from scanner.result import Interval
from scanner.rules.facts import Exemption, Facts, Flow

PREVIOUS_YEAR = "since_1_jan_previous_year"
CURRENT_YEAR = "calendar_year_to_date"


@dataclass(frozen=True, slots=True)
class Text:
    """The same words in English and Chinese."""

    en: str
    zh: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A measured interval; ``upper`` None: no upper bound known.

    Attributes:
        needs: Keys of the facts that are missing.
        remarks: What a reader must know about how the number came about.
    """

    lower: int = 0
    estimate: int | None = None
    upper: int | None = None
    needs: tuple[str, ...] = ()
    remarks: tuple[Text, ...] = ()

    def interval(self) -> Interval | None:
        """Return the reading as a closed interval, or None while it has no upper end."""
        if self.upper is None or self.estimate is None:
            return None
        return Interval(self.lower, self.estimate, self.upper)


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """The facts as one rule sees them.

    Attributes:
        window: Window of the rule; decides from which day outbound persons count.
        exempt: Names of the flows outside the numerators.
        flow: The one flow looked at, or None for all together.
        ciio: Replaces an unknown ``organization.ciio`` while both cases are tried.
        undeclared_is_none: Read important data of which nothing is said as not notified
            (NDSMR article 37); otherwise it is unknown.
    """

    facts: Facts
    as_of: date
    window: str = "none"
    exempt: frozenset[str] = frozenset()
    flow: Flow | None = None
    ciio: bool | None = None
    undeclared_is_none: bool = False

    def flows(self) -> tuple[Flow, ...]:
        """Return the flow looked at, or all declared flows."""
        return (self.flow,) if self.flow else self.facts.flows or ()

    def counted_flows(self) -> tuple[Flow, ...]:
        """Return the flows inside the numerators."""
        return tuple(flow for flow in self.facts.flows or () if flow.name not in self.exempt)

    def window_start(self) -> date | None:
        """Return the first day that counts, or None where the rule names none."""
        if self.window == PREVIOUS_YEAR:
            return date(self.as_of.year - 1, 1, 1)
        return date(self.as_of.year, 1, 1) if self.window == CURRENT_YEAR else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """One thing that can be measured.

    Attributes:
        unit: ``persons``, ``users``, ``accounts`` or ``yes/no``.
        path: The key of the facts that settles it.
    """

    key: str
    en: str
    zh: str
    unit: str
    path: str
    read: Callable[[View], Reading] = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionFact:
    """Something a rule may presuppose; ``read`` gives None while it is unknown."""

    key: str
    path: str
    read: Callable[[View], bool | str | tuple[str, ...] | None] = field(repr=False, compare=False)


def known(truth: bool | None, path: str, *remarks: Text) -> Reading:
    """Return a yes-or-no reading."""
    if truth is None:
        return Reading(needs=(path,), remarks=remarks)
    number = int(truth)
    return Reading(lower=number, estimate=number, upper=number, remarks=remarks)


def truth(reading: Reading) -> bool | None:
    """Return whether there is at least one."""
    if reading.lower >= 1:
        return True
    return False if reading.upper == 0 else None


def either(*truths: bool | None) -> bool | None:
    """Return the disjunction, None where it is open."""
    if any(truths):
        return True
    return None if None in truths else False


def unite(readings: Iterable[Reading]) -> Reading:
    """Unite groups of persons that may overlap in any way."""
    parts = tuple(readings)
    uppers = [part.upper for part in parts if part.upper is not None]
    estimates = [part.estimate for part in parts if part.estimate is not None]
    complete = len(uppers) == len(parts)
    return Reading(
        lower=max((part.lower for part in parts), default=0),
        estimate=sum(estimates) if len(estimates) == len(parts) else None,
        upper=sum(uppers) if complete else None,
        needs=tuple(dict.fromkeys(key for part in parts for key in part.needs)),
        remarks=tuple(dict.fromkeys(remark for part in parts for remark in part.remarks)),
    )


def _count(value: Interval | None, path: str) -> Reading:
    if value is None:
        return Reading(needs=(path,))
    return Reading(lower=value.lower, estimate=value.estimate, upper=value.upper)


def _declared(section: str, key: str, *parts: str) -> Callable[[View], Reading]:
    """Read one number; unknown, it is at least as large as any of its parts."""

    def read(view: View) -> Reading:
        facts = getattr(view.facts, section)
        value = getattr(facts, key, None)
        if value is not None:
            return _count(value, f"{section}.{key}")
        lowers = [part.lower for name in parts if (part := getattr(facts, name, None))]
        return Reading(lower=max(lowers, default=0), needs=(f"{section}.{key}",))

    return read


def _flow_count(view: View, flow: Flow, key: str) -> Reading:
    where = f"flows[{flow.name}]"
    reading = _count(getattr(flow, key), f"{where}.{key}")
    start, counted = view.window_start(), flow.window_start
    # A start after the date itself says nothing about the window of the rule.
    if start is None or counted is None or counted == start or counted > view.as_of or reading.needs:
        return reading
    remark = Text(
        f"Flow {flow.name!r} is counted from {counted}, the rule counts from {start}.",
        f"数据流“{flow.name}”自{counted}起计数，本条自{start}起计数。",
    )
    lower, upper = (reading.lower, None) if counted > start else (0, reading.upper)
    return Reading(lower=lower, upper=upper, needs=(f"{where}.window_start",), remarks=(remark,))


def _outbound_line(key: str) -> Callable[[View], Reading]:
    path = f"outbound.{key}"

    def read(view: View) -> Reading:
        declared = getattr(view.facts.outbound, key)
        if declared is not None or view.facts.flows is None:
            return _count(declared, path)
        return unite(_flow_count(view, flow, key) for flow in view.counted_flows())

    return read


_nonsensitive = _outbound_line("nonsensitive_subjects")
_sensitive = _outbound_line("sensitive_subjects")


def _outbound_total(view: View) -> Reading:
    return unite((_nonsensitive(view), _sensitive(view)))


def _exported_total(view: View) -> Reading:
    """Read all persons exported, exempt flows included."""
    flows = view.facts.flows or ()
    keys = ("nonsensitive_subjects", "sensitive_subjects")
    exempt = [_flow_count(view, flow, key) for flow in flows if flow.name in view.exempt for key in keys]
    return unite((_outbound_total(view), *exempt))


def _flow_important(view: View, flow: Flow) -> bool | None:
    if flow.important_data is not None:
        return flow.important_data
    held = view.facts.held.important_data
    if held is None:
        return False if view.undeclared_is_none else None
    return None if held == "notified" else False


def _outbound_important(view: View) -> bool | None:
    held = view.facts.held.important_data
    if view.facts.flows is None:
        if held is None:
            return False if view.undeclared_is_none else None
        return None if held == "notified" else False
    return either(*(_flow_important(view, flow) for flow in view.flows()))


def _important_exported(view: View) -> Reading:
    return known(_outbound_important(view), _important_path(view))


_ONLY_CANDIDATES = Text(
    "The important data are candidates, neither notified nor published; such data need not be "
    "declared as important data (NDSMR art. 37, Order 16 art. 2).",
    "该数据仅为拟识别的重要数据，未被告知或者公开发布，不需要作为重要数据申报"
    "（《网络数据安全管理条例》第三十七条、《促进和规范数据跨境流动规定》第二条）。",
)


def _notified_exported(view: View) -> Reading:
    exported = _outbound_important(view)
    if exported and view.facts.held.important_data == "candidate":
        return known(False, _important_path(view), _ONLY_CANDIDATES)
    return known(exported, _important_path(view))


def _important_path(view: View) -> str:
    for flow in view.flows():
        if _flow_important(view, flow) is None:
            return f"flows[{flow.name}].important_data"
    return "held.important_data"


def _held_important(view: View) -> Reading:
    state = view.facts.held.important_data
    if state == "candidate":
        return known(None, "held.important_data", _CANDIDATES_HELD)
    return known(None if state is None else state == "notified", "held.important_data")


_CANDIDATES_HELD = Text(
    "Candidates are to be identified and declared; the duty attaches once they are notified or published.",
    "拟识别的重要数据应当识别申报；被告知或者公开发布后，本条义务适用。",
)


def _held_notified(view: View) -> Reading:
    state = view.facts.held.important_data
    return known(None if state is None else state == "notified", "held.important_data")


_held_pi = _declared("held", "pi_subjects", "spi_subjects", "users", "minors_under_18", "face_subjects")
_held_spi = _declared("held", "spi_subjects", "minors_under_14")


def _held_nonsensitive(view: View) -> Reading:
    """Read the persons of whom no sensitive item is held."""
    everybody, sensitive = _held_pi(view), _held_spi(view)
    return Reading(
        lower=0 if sensitive.upper is None else max(0, everybody.lower - sensitive.upper),
        estimate=_difference(everybody.estimate, sensitive.estimate),
        upper=_difference(everybody.upper, sensitive.lower),
        needs=everybody.needs + sensitive.needs,
    )


def _difference(number: int | None, part: int | None) -> int | None:
    return None if number is None or part is None else max(0, number - part)


def _held_face(view: View) -> Reading:
    stored = _declared("held", "face_subjects")(view)
    in_use = view.facts.organization.face_recognition_in_use
    return known(True if in_use else truth(stored), "held.face_subjects")


def _held_pi_or_important(view: View) -> Reading:
    return known(either(truth(_held_pi(view)), truth(_held_important(view))), "held.pi_subjects")


def _outbound_pi_or_important(view: View) -> Reading:
    pi = _outbound_total(view)
    found = either(truth(pi), truth(_important_exported(view)))
    return known(found, (*pi.needs, _important_path(view))[0])


def _exemption(name: str) -> Callable[[View], Reading]:
    def read(view: View) -> Reading:
        claimed = view.flow.exemption if view.flow else None
        path = f"flows[{view.flow.name}].exemption" if view.flow else "flows"
        if name == "ftz" and claimed is None and view.facts.organization.ftz:
            return known(None, path, _NEGATIVE_LIST)
        return known(claimed == name, path)

    return read


_NEGATIVE_LIST = Text(
    "The organization is registered in a free-trade zone: data outside the zone's filed negative list are "
    "exempt, data inside follow the list's own lines. The list is not loaded and decides nothing here.",
    "该组织注册于自由贸易试验区：负面清单外的数据免予适用，清单内数据适用清单所定标准。"
    "清单尚未载入，此处不据此作出判断。",
)


def _contract_in_use(view: View) -> Reading:
    mechanism = view.flow.mechanism if view.flow else None
    path = f"flows[{view.flow.name}].mechanism" if view.flow else "flows"
    return known(mechanism == "standard_contract", path)


def _contract_or_certificate(view: View) -> bool | None:
    if view.facts.flows is None:
        return None
    flows = view.counted_flows()
    if any(flow.mechanism in ("standard_contract", "certification") for flow in flows):
        return True
    return False if all("mechanism" in flow.model_fields_set for flow in flows) else None


def _metric(key: str, en: str, zh: str, read: Callable[[View], Reading], unit: str = "persons") -> Metric:
    return Metric(key=key, en=en, zh=zh, unit=unit, path=key, read=read)


def _presence(key: str, en: str, zh: str, read: Callable[[View], Reading], path: str) -> Metric:
    return Metric(key=key, en=en, zh=zh, unit="yes/no", path=path, read=read)


_EXEMPTIONS = {
    "contract_necessity": ("contract with the person concerned", "订立、履行个人作为一方当事人的合同"),
    "hr": ("cross-border human resources management", "跨境人力资源管理"),
    "emergency": ("emergency protection of life, health or property", "紧急情况下保护生命健康和财产安全"),
    "transit": ("data collected abroad and only processed in China", "境外收集、境内处理后出境"),
    "trade": ("trade and similar data without personal information", "不含个人信息和重要数据的贸易等数据"),
    "legal_duty": ("statutory duty", "履行法定职责或者法定义务"),
    "ftz": ("outside the free-trade zone's negative list", "自由贸易试验区负面清单外"),
}

_ALL = (
    _metric("held.pi_subjects", "persons whose PI is held", "处理个人信息的自然人数量", _held_pi),
    _metric(
        "held.spi_subjects", "persons whose sensitive PI is held", "处理敏感个人信息的自然人数量", _held_spi
    ),
    Metric(
        key="held.nonsensitive_subjects",
        en="persons of whom only non-sensitive PI is held",
        zh="仅处理非敏感个人信息的自然人数量",
        unit="persons",
        path="held.spi_subjects",
        read=_held_nonsensitive,
    ),
    _metric(
        "held.users", "users whose PI is held", "掌握个人信息的用户数量", _declared("held", "users"), "users"
    ),
    _metric(
        "held.minors_under_14",
        "minors under 14",
        "不满十四周岁的未成年人数量",
        _declared("held", "minors_under_14"),
    ),
    _metric(
        "held.minors_under_18",
        "minors under 18",
        "未成年人数量",
        _declared("held", "minors_under_18", "minors_under_14"),
    ),
    _metric(
        "held.face_subjects",
        "persons with stored face information",
        "存储人脸信息的自然人数量",
        _declared("held", "face_subjects"),
    ),
    _presence(
        "held.face_information",
        "face information processed",
        "处理人脸信息",
        _held_face,
        "held.face_subjects",
    ),
    _presence(
        "held.important_data",
        "important data processed",
        "处理重要数据",
        _held_important,
        "held.important_data",
    ),
    _presence(
        "held.important_data_notified",
        "data notified or published as important",
        "被告知或者公开发布为重要数据",
        _held_notified,
        "held.important_data",
    ),
    _presence(
        "held.pi_or_important_data",
        "PI or important data held",
        "持有个人信息或者重要数据",
        _held_pi_or_important,
        "held.pi_subjects",
    ),
    _metric(
        "organization.registered_users",
        "registered users",
        "注册用户数",
        _declared("organization", "registered_users"),
        "accounts",
    ),
    _metric(
        "organization.monthly_active_users",
        "monthly active users",
        "月活跃用户数",
        _declared("organization", "monthly_active_users"),
        "accounts",
    ),
    _metric(
        "outbound.nonsensitive_subjects",
        "persons whose non-sensitive PI is exported, exempt flows left out",
        "出境个人信息（不含敏感）的自然人数量，不含豁免情形",
        _nonsensitive,
    ),
    _metric(
        "outbound.sensitive_subjects",
        "persons whose sensitive PI is exported, exempt flows left out",
        "出境敏感个人信息的自然人数量，不含豁免情形",
        _sensitive,
    ),
    Metric(
        key="outbound.pi_subjects",
        en="persons whose PI is exported, exempt flows left out",
        zh="出境个人信息的自然人数量，不含豁免情形",
        unit="persons",
        path="outbound.nonsensitive_subjects",
        read=_outbound_total,
    ),
    Metric(
        key="exported.pi_subjects",
        en="persons whose PI is exported, exempt flows included",
        zh="出境个人信息的自然人数量，含豁免情形",
        unit="persons",
        path="outbound.nonsensitive_subjects",
        read=_exported_total,
    ),
    _presence(
        "outbound.important_data", "important data exported", "出境重要数据", _important_exported, "flows"
    ),
    _presence(
        "outbound.important_data_notified",
        "data notified or published as important exported",
        "出境被告知或者公开发布的重要数据",
        _notified_exported,
        "flows",
    ),
    _presence(
        "outbound.pi_or_important_data",
        "PI or important data exported",
        "出境个人信息或者重要数据",
        _outbound_pi_or_important,
        "flows",
    ),
    _metric(
        "incident.pi_subjects",
        "persons affected by the incident",
        "事件涉及个人信息的自然人数量",
        _declared("incident", "pi_subjects", "spi_subjects"),
    ),
    _metric(
        "incident.spi_subjects",
        "persons whose sensitive PI is affected by the incident",
        "事件涉及敏感个人信息的自然人数量",
        _declared("incident", "spi_subjects"),
    ),
    _presence(
        "flow.standard_contract",
        "standard contract in use",
        "采用标准合同",
        _contract_in_use,
        "flows.mechanism",
    ),
    *(
        _presence(
            f"flow.exemption.{name}",
            f"exemption claimed: {_EXEMPTIONS[name][0]}",
            f"主张豁免情形：{_EXEMPTIONS[name][1]}",
            _exemption(name),
            "flows.exemption",
        )
        for name in get_args(Exemption)
    ),
)

METRICS: Mapping[str, Metric] = MappingProxyType({metric.key: metric for metric in _ALL})


def _ciio(view: View) -> bool | None:
    declared = view.facts.organization.ciio
    return view.ciio if declared is None else declared


def _organization(key: str) -> ConditionFact:
    path = f"organization.{key}"
    return ConditionFact(key=path, path=path, read=lambda view: getattr(view.facts.organization, key))


def _free_trade_zone(view: View) -> str | None:
    """Read the zone; empty where the facts say that there is none."""
    organization = view.facts.organization
    return organization.ftz or ("" if "ftz" in organization.model_fields_set else None)


def _in_free_trade_zone(view: View) -> bool | None:
    zone = _free_trade_zone(view)
    return None if zone is None else bool(zone)


def _important_on_record(view: View) -> bool | None:
    """Read whether notified important data leave; silence is no notification (NDSMR art. 37)."""
    assumed = View(facts=view.facts, as_of=view.as_of, flow=view.flow, undeclared_is_none=True)
    return truth(_notified_exported(assumed))


def _first_report_clock(view: View) -> str | None:
    """Read whose clock the first report of an incident runs on."""
    ciio, central = _ciio(view), view.facts.organization.central_organ
    if ciio or central:
        return "ciio" if ciio else "central_organ"
    return "other" if ciio is False and central is False else None


_CONDITIONS = (
    ConditionFact(key="organization.first_report_clock", path="organization.ciio", read=_first_report_clock),
    ConditionFact(key="organization.ciio", path="organization.ciio", read=_ciio),
    _organization("network_platform"),
    _organization("face_recognition_in_use"),
    _organization("listing"),
    _organization("sectors"),
    ConditionFact(key="organization.ftz", path="organization.ftz", read=_free_trade_zone),
    ConditionFact(key="organization.in_free_trade_zone", path="organization.ftz", read=_in_free_trade_zone),
    ConditionFact(
        key="exported.any_pi",
        path="outbound.nonsensitive_subjects",
        read=lambda view: truth(_exported_total(view)),
    ),
    ConditionFact(
        key="outbound.any_sensitive",
        path="outbound.sensitive_subjects",
        read=lambda view: truth(_sensitive(view)),
    ),
    ConditionFact(key="outbound.important_data_on_record", path="flows", read=_important_on_record),
    ConditionFact(
        key="outbound.contract_or_certificate", path="flows.mechanism", read=_contract_or_certificate
    ),
    ConditionFact(
        key="incident.declared", path="incident", read=lambda view: view.facts.incident is not None
    ),
)

CONDITION_FACTS: Mapping[str, ConditionFact] = MappingProxyType({fact.key: fact for fact in _CONDITIONS})
