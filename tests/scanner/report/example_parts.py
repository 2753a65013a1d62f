"""Columns, tables, counts and reasons of invented results, in few words."""

from __future__ import annotations

from typing import Any

from scanner.result import (
    ColumnResult,
    EvidenceResult,
    ListedAs,
    Reason,
    RowsResult,
    SubjectCount,
    TableResult,
    TagResult,
)

# By PI type: zh, en, Presidio entity, sensitive category ("" = not sensitive)
TYPES = {
    "person_name": ("姓名", "Name", "PERSON", ""),
    "id_card": ("居民身份证号", "Resident ID number", "CN_ID_CARD", ""),
    "mobile": ("手机号", "Mobile number", "CN_MOBILE", ""),
    "email": ("电子邮箱", "E-mail address", "EMAIL_ADDRESS", ""),
    "address": ("详细地址", "Postal address", "LOCATION", ""),
    "birth_date": ("出生日期", "Date of birth", "DATE_TIME", ""),
    "gender": ("性别", "Gender", "CN_GENDER", ""),
    "bank_card": ("银行卡号", "Bank card number", "CN_BANK_CARD", "financial"),
    "salary": ("工资收入", "Salary", "CN_SALARY", "financial"),
    "diagnosis": ("诊断", "Diagnosis", "CN_DIAGNOSIS", "health"),
    "face_feature": ("人脸特征", "Face template", "CN_FACE_FEATURE", "biometric"),
    "trajectory": ("行踪轨迹", "Track", "CN_TRACK", "location"),
    "religion": ("宗教信仰", "Religion", "CN_RELIGION", "religion"),
    "device_id": ("设备标识", "Device id", "CN_DEVICE_ID", ""),
    "openid": ("微信 OpenID", "WeChat OpenID", "CN_OPENID", ""),
    "license_plate": ("车牌号", "Licence plate", "CN_LICENSE_PLATE", ""),
}


def evidence(
    kind: str, detail: str, matched: int = 0, checked: int = 0, *, supports: bool = True
) -> EvidenceResult:
    return EvidenceResult(kind=kind, matched=matched, checked=checked, detail=detail, supports=supports)


def tag(
    pi_type: str,
    confidence: float = 0.98,
    *reasons: EvidenceResult,
    form: str = "plain",
    decision: str = "auto",
) -> TagResult:
    zh, en, entity, category = TYPES[pi_type]
    return TagResult(
        type=pi_type,
        name_zh=zh,
        name_en=en,
        presidio_entity=entity,
        confidence=confidence,
        decision=decision,
        sensitive=bool(category),
        category=category,
        form=form,
        prevalence=0.97 if form == "plain" else 0.12,
        listed=(
            ListedAs(
                standard="GB/T 35273-2020",
                sensitive=pi_type == "id_card" or category not in ("", "religion"),
                in_force=False,
            ),
            ListedAs(standard="GB/T 45574-2025", sensitive=bool(category), in_force=True),
        ),
        evidence=reasons
        or (evidence("values", "format and check digit", 994, 1000), evidence("header", pi_type)),
    )


def column(name: str, *tags: TagResult, kind: str = "VARCHAR(64)", comment: str = "") -> ColumnResult:
    return ColumnResult(name=name, type=kind, comment=comment, tags=tags)


def count(scope: str, name: str, bounds: tuple[int, int, int], **more: Any) -> SubjectCount:
    lower, estimate, upper = bounds
    settings = {"category": "all", "window": "all_time"} | more
    return SubjectCount(scope=scope, name=name, lower=lower, estimate=estimate, upper=upper, **settings)


def table(
    name: str, rows: int | None, bounds: tuple[int, int, int] | None, *columns: ColumnResult, **more: Any
) -> TableResult:
    settings = {"comment": "", "status": "scanned", "note": "", "method": "exact", "anonymous": 0} | more
    counting = {"method": settings.pop("method"), "anonymous_rows": settings.pop("anonymous")}
    return TableResult(
        name=name,
        rows=RowsResult(rows, exact=True),
        subjects=(count("table", name, bounds, **counting),) if bounds else (),
        columns=columns,
        **settings,
    )


def reason(en: str, zh: str, **more: Any) -> Reason:
    return Reason(en=en, zh=zh, **more)


PLAIN = (
    column("id", kind="BIGINT"),
    column("created_at", kind="TIMESTAMP"),
    column("status", kind="SMALLINT"),
)
