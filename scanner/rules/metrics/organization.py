"""What the processor is and does, keeps and has filed, and when."""

from __future__ import annotations

from scanner.rules.dates.months import add_months, full_months
from scanner.rules.facts.readings import Reading, exactly
from scanner.rules.facts.view import View
from scanner.rules.metrics.metric import count, declared_count, declared_flag


def _months_since_notified(view: View) -> Reading:
    """Read the months since the notification, a begun month in full: two months and a day are three."""
    notified = view.facts.events.important_data_notified
    if notified is None:
        return Reading(needs=("events.important_data_notified",))
    full = full_months(notified, view.as_of)
    return exactly(full if add_months(notified, full) >= view.as_of else full + 1)


def _years_since_assessment(view: View) -> Reading:
    assessed = view.facts.events.risk_assessment
    if assessed is None:
        return Reading(needs=("events.risk_assessment",))
    return exactly(full_months(assessed, view.as_of) // 12)


ORGANIZATION = (
    declared_count("organization.registered_users", "registered users", "注册用户数", "accounts"),
    declared_count("organization.monthly_active_users", "monthly active users", "月活跃用户数", "accounts"),
    declared_count("organization.daily_active_users", "daily active users", "日活跃用户数", "accounts"),
    declared_count("organization.staff", "staff", "从业人员规模", "staff"),
    declared_flag(
        "organization.centre_abroad",
        "headquarters, operation or R&D centre abroad",
        "在境外设立总部或者运营中心、研发中心",
    ),
    declared_flag(
        "activities.automated_decision", "automated decisions with PI", "利用个人信息进行自动化决策"
    ),
    declared_flag(
        "activities.shared_or_published",
        "PI entrusted, provided to others or published",
        "委托处理、向其他处理者提供、公开个人信息",
    ),
    declared_flag(
        "activities.major_effect",
        "processing with a major effect on persons",
        "对个人权益有重大影响的处理活动",
    ),
    declared_flag(
        "activities.important_data_shared",
        "important data provided, entrusted or jointly processed",
        "提供、委托处理、共同处理重要数据",
    ),
    declared_flag(
        "activities.biometric_identification",
        "biometrics used to verify identity",
        "利用生物特征进行个人身份认证",
    ),
    declared_flag(
        "activities.national_security_effect",
        "effect or possible effect on national security",
        "影响或者可能影响国家安全",
    ),
    declared_flag(
        "activities.network_products_procured", "network products or services procured", "采购网络产品和服务"
    ),
    declared_flag("activities.merger", "merger, reorganization or division", "合并、重组、分立"),
    declared_flag("activities.dissolution", "dissolution or bankruptcy", "解散、被宣告破产"),
    declared_flag(
        "automotive.exterior_video_with_faces_or_plates",
        "exterior video or images with faces or licence plates",
        "包含人脸信息、车牌信息等的车外视频、图像数据",
    ),
    declared_flag(
        "automotive.sensitive_area_geography",
        "geographic, people-flow or vehicle-flow data of sensitive areas",
        "重要敏感区域的地理信息、人员流量、车辆流量等数据",
    ),
    declared_flag(
        "automotive.traffic_flow",
        "vehicle-flow or logistics data that reflect the economy",
        "车辆流量、物流等反映经济运行情况的数据",
    ),
    declared_flag(
        "automotive.charging_network", "operating data of charging networks", "汽车充电网的运行数据"
    ),
    declared_flag("filings.officer_data_changed", "reported officer data changed", "已报送的负责人信息变更"),
    declared_flag(
        "filings.face_use_changed", "filed face recognition changed or ended", "人脸识别备案信息变更或者终止"
    ),
    declared_count(
        "filings.catalogue_change_pct",
        "change of scale since the catalogue was filed",
        "重要数据目录备案后规模变化幅度",
        "percent",
    ),
    declared_count("retention.network_log_months", "retention of network logs", "网络日志留存时间", "months"),
    declared_count(
        "retention.provision_record_years",
        "retention of records of provision and entrusted processing",
        "提供、委托处理情况记录保存时间",
        "years",
    ),
    declared_count(
        "retention.export_record_years",
        "retention of export logs and approval records",
        "数据出境日志、审批记录保存时间",
        "years",
    ),
    count(
        "events.months_since_notified",
        "months since notification as important data",
        "被告知或者公开发布为重要数据后经过的月数",
        _months_since_notified,
        "months",
        "events.important_data_notified",
    ),
    count(
        "events.years_since_risk_assessment",
        "full years since the last risk assessment",
        "距上次风险评估满年数",
        _years_since_assessment,
        "years",
        "events.risk_assessment",
    ),
)
