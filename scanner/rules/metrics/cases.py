"""Single cases: an incident, and records in a criminal case."""

from __future__ import annotations

from collections.abc import Callable

from scanner.rules.facts.readings import Reading, counted, exactly
from scanner.rules.facts.view import View
from scanner.rules.metrics.metric import count, declared, declared_count, declared_flag


def _insider(key: str) -> Callable[[View], Reading]:
    """Read records that an insider came by at work, who is liable from half the number on."""

    def read(view: View) -> Reading:
        records = view.facts.records
        if records.insider is None:
            return Reading(needs=("records.insider",))
        return counted(getattr(records, key), f"records.{key}") if records.insider else exactly(0)

    return read


CASES = (
    count(
        "incident.pi_subjects",
        "persons affected by the incident",
        "事件涉及个人信息的自然人数量",
        declared("incident", "pi_subjects", "spi_subjects"),
    ),
    declared_count(
        "incident.spi_subjects",
        "persons whose sensitive PI is affected by the incident",
        "事件涉及敏感个人信息的自然人数量",
    ),
    declared_flag("incident.important_data", "important data affected by the incident", "事件涉及重要数据"),
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
            declared_count(f"records.{key}", f"records: {en}", f"{zh}（条数）", "records"),
            count(
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
