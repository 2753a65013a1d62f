"""What rules measure: every metric with its unit, its counting rules and the key of the facts it rests on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import get_args

from scanner.rules import outbound
from scanner.rules.deadlines import add_months
from scanner.rules.facts import Exemption
from scanner.rules.readings import Reading, Text, counted, either, exactly, known, truth
from scanner.rules.view import View

_STOCK = ("COUNT-UNIT", "COUNT-DEDUP", "COUNT-DELETED", "COUNT-SUBJECT-LEVEL")
_FLOW = ("COUNT-UNIT", "COUNT-DEDUP", "COUNT-SUBJECT-LEVEL", "COUNT-WINDOW", "COUNT-SEPARATE")
_LINE = (*_FLOW, "COUNT-EXEMPT", "COUNT-CARRY")

_SENSITIVE = (
    "held.spi_subjects",
    "outbound.sensitive_subjects",
    "exported.sensitive_subjects",
    "flow.sensitive_subjects",
    "incident.spi_subjects",
)

_CANDIDATES_HELD = Text(
    "Candidates are to be identified and declared; the duty attaches once they are notified or published.",
    "拟识别的重要数据应当识别申报；被告知或者公开发布后，本条义务适用。",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """One thing that can be measured.

    Attributes:
        unit: ``persons``, ``users``, ``accounts``, ``staff``, ``records``, ``years``, ``months``, ``percent``
            or ``yes/no``.
        path: The key of the facts that settles it.
        counting: Counting rules that apply (``counting_rules.yaml``).
        also_counting: Another way to count that the law leaves open.
    """

    key: str
    en: str
    zh: str
    unit: str
    path: str
    counting: tuple[str, ...] = ()
    read: Callable[[View], Reading] = field(repr=False, compare=False)
    also_counting: Callable[[View], Reading] | None = field(default=None, repr=False, compare=False)


def _declared(section: str, key: str, *parts: str) -> Callable[[View], Reading]:
    """Read one number; unknown, it is at least as large as any of its parts."""

    def read(view: View) -> Reading:
        facts = getattr(view.facts, section)
        value = getattr(facts, key, None)
        if value is not None:
            return counted(value, f"{section}.{key}")
        lowers = [part.lower for name in parts if (part := getattr(facts, name, None))]
        return Reading(lower=max(lowers, default=0), needs=(f"{section}.{key}",))

    return read


def _flag(section: str, key: str) -> Callable[[View], Reading]:
    return lambda view: known(getattr(getattr(view.facts, section), key, None), f"{section}.{key}")


def _held_important(view: View) -> Reading:
    state = view.facts.held.important_data
    if state == "candidate":
        return known(None, "held.important_data", _CANDIDATES_HELD)
    return known(None if state is None else state == "notified", "held.important_data")


def _held_notified(view: View) -> Reading:
    state = view.facts.held.important_data
    return known(None if state is None else state == "notified", "held.important_data")


# Users are no part here: one person may have several accounts.
_held_pi = _declared(
    "held", "pi_subjects", "spi_subjects", "minors_under_18", "minors_under_14", "face_subjects"
)
_held_spi = _declared("held", "spi_subjects", "specific_spi_subjects", "minors_under_14")


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


def _months_since_notified(view: View) -> Reading:
    """Read the months since the notification, a begun month in full: two months and a day are three."""
    notified = view.facts.events.important_data_notified
    if notified is None:
        return Reading(needs=("events.important_data_notified",))
    full = outbound.full_months(notified, view.as_of)
    return exactly(full if add_months(notified, full) >= view.as_of else full + 1)


def _years_since_assessment(view: View) -> Reading:
    assessed = view.facts.events.risk_assessment
    if assessed is None:
        return Reading(needs=("events.risk_assessment",))
    return exactly(outbound.full_months(assessed, view.as_of) // 12)


def _insider(key: str) -> Callable[[View], Reading]:
    """Read records that an insider came by at work, who is liable from half the number on."""

    def read(view: View) -> Reading:
        records = view.facts.records
        if records.insider is None:
            return Reading(needs=("records.insider",))
        return counted(getattr(records, key), f"records.{key}") if records.insider else exactly(0)

    return read


def _count(  # noqa: PLR0913, PLR0917 - the columns of a table
    key: str, en: str, zh: str, read: Callable[[View], Reading], unit: str = "persons", path: str = ""
) -> Metric:
    if unit != "persons":
        counting: tuple[str, ...] = ("COUNT-CRIMINAL",) if unit == "records" else ()
    elif key.startswith("outbound."):
        counting = _LINE
    elif key.startswith("incident."):
        counting = ("COUNT-UNIT", "COUNT-DEDUP")
    else:
        counting = _FLOW if key.startswith(("flow.", "exported.")) else _STOCK
    if key in _SENSITIVE:
        counting = (*counting, "COUNT-MINORS")
    return Metric(key=key, en=en, zh=zh, unit=unit, path=path or key, counting=counting, read=read)


def _yes_no(key: str, en: str, zh: str, read: Callable[[View], Reading], path: str = "") -> Metric:
    return Metric(key=key, en=en, zh=zh, unit="yes/no", path=path or key, read=read)


def _declared_flag(key: str, en: str, zh: str) -> Metric:
    return _yes_no(key, en, zh, _flag(*key.split(".")))


def _declared_count(key: str, en: str, zh: str, unit: str = "persons") -> Metric:
    return _count(key, en, zh, _declared(*key.split(".")), unit)


_EXEMPTIONS = {
    "contract_necessity": ("contract with the person concerned", "订立、履行个人作为一方当事人的合同"),
    "hr": ("cross-border human resources management", "跨境人力资源管理"),
    "emergency": ("emergency protection of life, health or property", "紧急情况下保护生命健康和财产安全"),
    "transit": ("data collected abroad and only processed in China", "境外收集、境内处理后出境"),
    "trade": ("trade and similar data without personal information", "不含个人信息和重要数据的贸易等数据"),
    "legal_duty": ("statutory duty", "履行法定职责或者法定义务"),
    "ftz": ("outside the free-trade zone's negative list", "自由贸易试验区负面清单外"),
}

_HELD = (
    _count("held.pi_subjects", "persons whose PI is held", "处理个人信息的自然人数量", _held_pi),
    _count(
        "held.spi_subjects", "persons whose sensitive PI is held", "处理敏感个人信息的自然人数量", _held_spi
    ),
    _declared_count(
        "held.specific_spi_subjects",
        "persons with bank, insurance or registered accounts or medical data held",
        "处理银行账户、保险账户、注册账户、诊疗等特定敏感个人信息的自然人数量",
    ),
    _count(
        "held.nonsensitive_subjects",
        "persons of whom only non-sensitive PI is held",
        "仅处理非敏感个人信息的自然人数量",
        _held_nonsensitive,
        path="held.spi_subjects",
    ),
    _declared_count("held.users", "users whose PI is held", "掌握个人信息的用户数量", "users"),
    _declared_count("held.minors_under_14", "minors under 14", "不满十四周岁的未成年人数量"),
    _count(
        "held.minors_under_18",
        "minors under 18",
        "未成年人数量",
        _declared("held", "minors_under_18", "minors_under_14"),
    ),
    _declared_count("held.face_subjects", "persons with stored face information", "存储人脸信息的自然人数量"),
    _yes_no(
        "held.face_information",
        "face information processed",
        "处理人脸信息",
        _held_face,
        "held.face_subjects",
    ),
    _yes_no("held.important_data", "important data held", "处理重要数据", _held_important),
    _yes_no(
        "held.important_data_notified",
        "data notified or published as important held",
        "处理被告知或者公开发布的重要数据",
        _held_notified,
        "held.important_data",
    ),
    _yes_no(
        "held.pi_or_important_data",
        "PI or important data held",
        "持有个人信息或者重要数据",
        _held_pi_or_important,
        "held.pi_subjects",
    ),
    _declared_flag("held.core_data", "core data held", "处理国家核心数据"),
)

_ORGANIZATION = (
    _declared_count("organization.registered_users", "registered users", "注册用户数", "accounts"),
    _declared_count("organization.monthly_active_users", "monthly active users", "月活跃用户数", "accounts"),
    _declared_count("organization.daily_active_users", "daily active users", "日活跃用户数", "accounts"),
    _declared_count("organization.staff", "staff", "从业人员规模", "staff"),
    _declared_flag(
        "organization.centre_abroad",
        "headquarters, operation or R&D centre abroad",
        "在境外设立总部或者运营中心、研发中心",
    ),
    _declared_flag(
        "activities.automated_decision", "automated decisions with PI", "利用个人信息进行自动化决策"
    ),
    _declared_flag(
        "activities.shared_or_published",
        "PI entrusted, provided to others or published",
        "委托处理、向其他处理者提供、公开个人信息",
    ),
    _declared_flag(
        "activities.major_effect",
        "processing with a major effect on persons",
        "对个人权益有重大影响的处理活动",
    ),
    _declared_flag(
        "activities.important_data_shared",
        "important data provided, entrusted or jointly processed",
        "提供、委托处理、共同处理重要数据",
    ),
    _declared_flag(
        "activities.biometric_identification",
        "biometrics used to verify identity",
        "利用生物特征进行个人身份认证",
    ),
    _declared_flag(
        "activities.national_security_effect",
        "effect or possible effect on national security",
        "影响或者可能影响国家安全",
    ),
    _declared_flag(
        "activities.network_products_procured", "network products or services procured", "采购网络产品和服务"
    ),
    _declared_flag("activities.merger", "merger, reorganization or division", "合并、重组、分立"),
    _declared_flag("activities.dissolution", "dissolution or bankruptcy", "解散、被宣告破产"),
    _declared_flag(
        "automotive.exterior_video_with_faces_or_plates",
        "exterior video or images with faces or licence plates",
        "包含人脸信息、车牌信息等的车外视频、图像数据",
    ),
    _declared_flag(
        "automotive.sensitive_area_geography",
        "geographic, people-flow or vehicle-flow data of sensitive areas",
        "重要敏感区域的地理信息、人员流量、车辆流量等数据",
    ),
    _declared_flag(
        "automotive.traffic_flow",
        "vehicle-flow or logistics data that reflect the economy",
        "车辆流量、物流等反映经济运行情况的数据",
    ),
    _declared_flag(
        "automotive.charging_network", "operating data of charging networks", "汽车充电网的运行数据"
    ),
    _declared_flag("filings.officer_data_changed", "reported officer data changed", "已报送的负责人信息变更"),
    _declared_flag(
        "filings.face_use_changed", "filed face recognition changed or ended", "人脸识别备案信息变更或者终止"
    ),
    _declared_count(
        "filings.catalogue_change_pct",
        "change of scale since the catalogue was filed",
        "重要数据目录备案后规模变化幅度",
        "percent",
    ),
    _declared_count(
        "retention.network_log_months", "retention of network logs", "网络日志留存时间", "months"
    ),
    _declared_count(
        "retention.provision_record_years",
        "retention of records of provision and entrusted processing",
        "提供、委托处理情况记录保存时间",
        "years",
    ),
    _declared_count(
        "retention.export_record_years",
        "retention of export logs and approval records",
        "数据出境日志、审批记录保存时间",
        "years",
    ),
    _count(
        "events.months_since_notified",
        "months since notification as important data",
        "被告知或者公开发布为重要数据后经过的月数",
        _months_since_notified,
        "months",
        "events.important_data_notified",
    ),
    _count(
        "events.years_since_risk_assessment",
        "full years since the last risk assessment",
        "距上次风险评估满年数",
        _years_since_assessment,
        "years",
        "events.risk_assessment",
    ),
)

_OUTBOUND = (
    replace(
        _count(
            "outbound.nonsensitive_subjects",
            "persons whose non-sensitive PI is exported, exempt flows left out",
            "出境个人信息（不含敏感）的自然人数量，不含豁免情形",
            outbound.nonsensitive,
        ),
        also_counting=outbound.outbound_total,
    ),
    _count(
        "outbound.sensitive_subjects",
        "persons whose sensitive PI is exported, exempt flows left out",
        "出境敏感个人信息的自然人数量，不含豁免情形",
        outbound.sensitive,
    ),
    _count(
        "outbound.pi_subjects",
        "persons whose PI is exported, exempt flows left out",
        "出境个人信息的自然人数量，不含豁免情形",
        outbound.outbound_total,
        path="outbound.nonsensitive_subjects",
    ),
    _count(
        "exported.pi_subjects",
        "persons whose PI is exported, exempt flows included",
        "出境个人信息的自然人数量，含豁免情形",
        outbound.exported_total,
        path="outbound.nonsensitive_subjects",
    ),
    _count(
        "exported.sensitive_subjects",
        "persons whose sensitive PI is exported, exempt flows included",
        "出境敏感个人信息的自然人数量，含豁免情形",
        outbound.exported_sensitive,
        path="outbound.sensitive_subjects",
    ),
    _yes_no(
        "outbound.important_data",
        "important data exported",
        "出境重要数据",
        outbound.important_exported,
        "flows",
    ),
    _yes_no(
        "outbound.important_data_notified",
        "data notified or published as important exported",
        "出境被告知或者公开发布的重要数据",
        outbound.notified_exported,
        "flows",
    ),
    _yes_no(
        "exported.pi_or_important_data",
        "PI or important data exported",
        "出境个人信息或者重要数据",
        outbound.pi_or_important,
        "flows",
    ),
    _yes_no("outbound.volume_split", "outbound volumes split", "采取数量拆分等手段", outbound.volume_split),
)

_FLOWS = (
    _count(
        "flow.sensitive_subjects",
        "persons whose sensitive PI is in the flow",
        "该数据流敏感个人信息的自然人数量",
        outbound.flow_number("sensitive_subjects"),
        path="flows.sensitive_subjects",
    ),
    _count(
        "flow.health_subjects",
        "persons whose medical data are in the flow",
        "该数据流诊疗、健康等数据的自然人数量",
        outbound.flow_number("health_subjects"),
        path="flows.health_subjects",
    ),
    _yes_no(
        "flow.important_data_notified",
        "data notified or published as important in the flow",
        "该数据流包含被告知或者公开发布的重要数据",
        outbound.notified_exported,
        "flows.important_data",
    ),
    _yes_no(
        "flow.scope_changed",
        "purpose, scope, types, recipient's use or retention changed",
        "目的、范围、种类、用途、保存期限等发生变化",
        outbound.flow_flag("scope_changed"),
        "flows.scope_changed",
    ),
    _yes_no(
        "flow.standard_contract",
        "standard contract in use",
        "采用标准合同",
        outbound.flow_mechanism("standard_contract"),
        "flows.mechanism",
    ),
    _yes_no(
        "flow.outside_greater_bay_area",
        "recipient outside the Greater Bay Area",
        "接收方在粤港澳大湾区外",
        outbound.recipient_outside_area,
        "flows.recipient_country",
    ),
    _count(
        "flow.assessment_age_years",
        "full years since the assessment result",
        "自评估结果出具之日起满年数",
        outbound.assessment_age,
        "years",
        "flows.assessment_result",
    ),
    _count(
        "flow.subjects_growth_pct",
        "growth of persons, next three years over the approved last three",
        "未来三年较已批准的过去三年涉及自然人数量增幅",
        outbound.growth("approved_subjects", "forecast_subjects", up=True),
        "percent",
        "flows.forecast_subjects",
    ),
    _count(
        "flow.important_volume_growth_pct",
        "growth of important data, next three years over the approved last three",
        "未来三年较已批准的过去三年重要数据规模增幅",
        outbound.growth("approved_important_volume", "forecast_important_volume", up=True),
        "percent",
        "flows.forecast_important_volume",
    ),
    *(
        _yes_no(
            f"flow.exemption.{name}",
            f"exemption claimed: {_EXEMPTIONS[name][0]}",
            f"主张豁免情形：{_EXEMPTIONS[name][1]}",
            outbound.exemption(name),
            "flows.exemption",
        )
        for name in get_args(Exemption)
    ),
)

_CASES = (
    _count(
        "incident.pi_subjects",
        "persons affected by the incident",
        "事件涉及个人信息的自然人数量",
        _declared("incident", "pi_subjects", "spi_subjects"),
    ),
    _declared_count(
        "incident.spi_subjects",
        "persons whose sensitive PI is affected by the incident",
        "事件涉及敏感个人信息的自然人数量",
    ),
    _declared_flag("incident.important_data", "important data affected by the incident", "事件涉及重要数据"),
    *(
        metric
        for key, en, zh in (
            (
                "traces_and_property",
                "traces, communications, credit and property",
                "行踪轨迹、通信内容、征信、财产信息",
            ),
            (
                "lodging_and_health",
                "lodging, call logs, health, transactions",
                "住宿、通信记录、健康生理、交易信息等",
            ),
            ("other", "other PI", "其他个人信息"),
        )
        for metric in (
            _declared_count(f"records.{key}", f"records: {en}", f"{zh}（条数）", "records"),
            _count(
                f"records.insider.{key}",
                f"records of an insider: {en}",
                f"履行职责或者提供服务过程中获得的{zh}（条数）",
                _insider(key),
                "records",
                f"records.{key}",
            ),
        )
    ),
)

METRICS: Mapping[str, Metric] = MappingProxyType(
    {metric.key: metric for metric in (*_HELD, *_ORGANIZATION, *_OUTBOUND, *_FLOWS, *_CASES)}
)
