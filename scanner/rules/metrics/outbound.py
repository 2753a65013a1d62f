"""What goes abroad: over all flows, and in one."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

from scanner.rules.facts import flow, outbound
from scanner.rules.facts.model import Exemption
from scanner.rules.metrics.metric import count, yes_no

_EXEMPTIONS = {
    "contract_necessity": ("contract with the person concerned", "订立、履行个人作为一方当事人的合同"),
    "hr": ("cross-border human resources management", "跨境人力资源管理"),
    "emergency": ("emergency protection of life, health or property", "紧急情况下保护生命健康和财产安全"),
    "transit": ("data collected abroad and only processed in China", "境外收集、境内处理后出境"),
    "trade": ("trade and similar data without personal information", "不含个人信息和重要数据的贸易等数据"),
    "legal_duty": ("statutory duty", "履行法定职责或者法定义务"),
    "ftz": ("outside the free-trade zone's negative list", "自由贸易试验区负面清单外"),
}

OUTBOUND = (
    replace(
        count(
            "outbound.nonsensitive_subjects",
            "persons whose non-sensitive PI is exported, exempt flows left out",
            "出境个人信息（不含敏感）的自然人数量，不含豁免情形",
            outbound.nonsensitive,
        ),
        also_counting=outbound.outbound_total,
    ),
    count(
        "outbound.sensitive_subjects",
        "persons whose sensitive PI is exported, exempt flows left out",
        "出境敏感个人信息的自然人数量，不含豁免情形",
        outbound.sensitive,
    ),
    count(
        "outbound.pi_subjects",
        "persons whose PI is exported, exempt flows left out",
        "出境个人信息的自然人数量，不含豁免情形",
        outbound.outbound_total,
        path="outbound.nonsensitive_subjects",
    ),
    count(
        "exported.pi_subjects",
        "persons whose PI is exported, exempt flows included",
        "出境个人信息的自然人数量，含豁免情形",
        outbound.exported_total,
        path="outbound.nonsensitive_subjects",
    ),
    count(
        "exported.sensitive_subjects",
        "persons whose sensitive PI is exported, exempt flows included",
        "出境敏感个人信息的自然人数量，含豁免情形",
        outbound.exported_sensitive,
        path="outbound.sensitive_subjects",
    ),
    yes_no(
        "outbound.important_data",
        "important data exported",
        "出境重要数据",
        outbound.important_exported,
        "flows",
    ),
    yes_no(
        "outbound.important_data_notified",
        "data notified or published as important exported",
        "出境被告知或者公开发布的重要数据",
        outbound.notified_exported,
        "flows",
    ),
    yes_no(
        "exported.pi_or_important_data",
        "PI or important data exported",
        "出境个人信息或者重要数据",
        outbound.pi_or_important,
        "flows",
    ),
    yes_no("outbound.volume_split", "outbound volumes split", "采取数量拆分等手段", outbound.volume_split),
)

FLOWS = (
    count(
        "flow.sensitive_subjects",
        "persons whose sensitive PI is in the flow",
        "该数据流敏感个人信息的自然人数量",
        flow.flow_number("sensitive_subjects"),
        path="flows.sensitive_subjects",
    ),
    count(
        "flow.health_subjects",
        "persons whose medical data are in the flow",
        "该数据流诊疗、健康等数据的自然人数量",
        flow.flow_number("health_subjects"),
        path="flows.health_subjects",
    ),
    yes_no(
        "flow.important_data_notified",
        "data notified or published as important in the flow",
        "该数据流包含被告知或者公开发布的重要数据",
        outbound.notified_exported,
        "flows.important_data",
    ),
    yes_no(
        "flow.scope_changed",
        "purpose, scope, types, recipient's use or retention changed",
        "目的、范围、种类、用途、保存期限等发生变化",
        flow.flow_flag("scope_changed"),
        "flows.scope_changed",
    ),
    yes_no(
        "flow.standard_contract",
        "standard contract in use",
        "采用标准合同",
        flow.flow_mechanism("standard_contract"),
        "flows.mechanism",
    ),
    yes_no(
        "flow.outside_greater_bay_area",
        "recipient outside the Greater Bay Area",
        "接收方在粤港澳大湾区外",
        flow.recipient_outside_area,
        "flows.recipient_country",
    ),
    count(
        "flow.assessment_age_years",
        "full years since the assessment result",
        "自评估结果出具之日起满年数",
        flow.assessment_age,
        "years",
        "flows.assessment_result",
    ),
    count(
        "flow.subjects_growth_pct",
        "growth of persons, next three years over the approved last three",
        "未来三年较已批准的过去三年涉及自然人数量增幅",
        flow.growth("approved_subjects", "forecast_subjects", up=True),
        "percent",
        "flows.forecast_subjects",
    ),
    count(
        "flow.important_volume_growth_pct",
        "growth of important data, next three years over the approved last three",
        "未来三年较已批准的过去三年重要数据规模增幅",
        flow.growth("approved_important_volume", "forecast_important_volume", up=True),
        "percent",
        "flows.forecast_important_volume",
    ),
    *(
        yes_no(
            f"flow.exemption.{name}",
            f"exemption claimed: {_EXEMPTIONS[name][0]}",
            f"主张豁免情形：{_EXEMPTIONS[name][1]}",
            flow.exemption(name),
            "flows.exemption",
        )
        for name in get_args(Exemption)
    ),
)
