# ruff: noqa: E501 - the builder below is a table of invented facts
"""Results to render: a realistic one with hostile names in it, an empty one, and one as large as asked for.

All names are invented. Nothing here is a value of personal data.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

import pytest

from scanner.result import (
    ColumnResult,
    DatasetResult,
    DeadlineResult,
    Distance,
    EvidenceResult,
    Finding,
    FlowItem,
    FlowResult,
    GradeResult,
    Interval,
    ItemInList,
    LineInList,
    ListDecision,
    ListedAs,
    NotScanned,
    Obligation,
    OrganizationResult,
    PackResult,
    Reason,
    Result,
    RowsResult,
    ScanInfo,
    SchemeLevel,
    SubjectCount,
    TableResult,
    TagResult,
)

SCRIPT = "<script>alert(1)</script>"
MARKUP = "[red]x[/red]"
QUOTES = "\"quoted' & <b onmouseover='alert(2)'>"
BREAKS = "line\r\nbreak\x1b[31m"
REVERSED = "\u202egnp.elif\u202c"
LONG = "very_long_name_" * 13 + "tail!"
SURROGATE = "file\udcff.csv"
TEMPLATE = "{{ 7 * 7 }}{% raw %}"

# type: zh, en, Presidio entity, sensitive category ("" = not sensitive)
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


PLAIN = (
    column("id", kind="BIGINT"),
    column("created_at", kind="TIMESTAMP"),
    column("status", kind="SMALLINT"),
)


def crm() -> DatasetResult:
    against = evidence("neighbours", "sits among order numbers", supports=False)
    tables = (
        table(
            "customer",
            1_284_310,
            (1_198_442, 1_231_007, 1_284_310),
            column("cust_name", tag("person_name", 0.96), comment="客户姓名"),
            column("id_no", tag("id_card", 0.999), comment="身份证号"),
            column("mobile", tag("mobile", 0.998), comment="手机号码"),
            column("email", tag("email", 0.99)),
            column("addr", tag("address", 0.91), comment="通讯地址"),
            column(
                "csrq",
                tag(
                    "birth_date",
                    0.83,
                    evidence("header", "csrq = 出生日期"),
                    evidence("shape", "dates between 1930 and 2020", 998, 1000),
                ),
                kind="DATE",
            ),
            *PLAIN,
            comment="客户主表，含姓名、证件与联系方式",
        ),
        table(
            "customer_bank",
            402_118,
            (388_201, 391_877, 402_118),
            column("cust_id", kind="BIGINT"),
            column("card_no", tag("bank_card", 0.97), comment="银行卡号"),
            column("card_no_masked", tag("bank_card", 0.9, form="masked")),
            column(
                "salary", tag("salary", 0.71, evidence("header", "salary"), against), kind="DECIMAL(12,2)"
            ),
            *PLAIN,
            comment="绑卡记录",
        ),
        table(
            "service_log",
            5_320_441,
            (412_008, 618_223, 1_902_771),
            column(
                "content",
                tag("mobile", 0.88, evidence("text", "numbers inside messages", 143, 1000), form="embedded"),
                tag("person_name", 0.74, form="embedded"),
                kind="TEXT",
            ),
            column("agent", tag("person_name", 0.6, decision="rejected")),
            *PLAIN,
            comment="客服工单",
            anonymous=1_284_548,
        ),
        table(
            "survey_2025",
            48_212,
            (0, 48_212, 48_212),
            column("answer", tag("religion", 0.81), kind="TEXT"),
            column("sex", tag("gender", 0.95)),
            *PLAIN,
            method="rows-bound",
            anonymous=48_212,
            comment="匿名问卷",
        ),
        table("dim_region", 3_211, None, *PLAIN, column("region_name"), comment="行政区划"),
    )
    return DatasetResult(
        name="crm",
        source="crm",
        location="postgresql+psycopg://db.internal/crm",
        grade=GradeResult(
            level="important",
            status="indicated",
            basis=(
                "GB/T 43697-2024, Annex G: personal information of more than 1,000,000 people, united with precise location",
                "Data Security Law, article 21: catalogue of the region or sector not yet consulted",
            ),
        ),
        subjects=(
            count(
                "dataset",
                "crm",
                (1_201_337, 1_262_904, 1_421_880),
                modelled=1_240_000,
                anonymous_rows=1_332_760,
            ),
            count("dataset", "crm", (391_002, 409_551, 450_329), category="sensitive"),
        ),
        tables=tables,
    )


def hospital() -> DatasetResult:
    tables = (
        table(
            "visits",
            88_410,
            (61_209, 61_877, 63_004),
            column("patient", tag("person_name", 0.97), comment="患者姓名"),
            column("idcard", tag("id_card", 0.999)),
            column("diag", tag("diagnosis", 0.94), comment="诊断结论"),
            *PLAIN,
            comment="门诊记录",
        ),
        table(
            "gate_face",
            20_114,
            (18_930, 18_930, 19_402),
            column(
                "feature",
                tag("face_feature", 0.99, evidence("shape", "512 floats of norm 1", 1000, 1000)),
                kind="list<float>",
            ),
            column("person_no"),
            *PLAIN,
            comment="门禁人脸库",
            method="sketch",
        ),
        table(
            "staff",
            2_120,
            (2_118, 2_118, 2_118),
            column("xm", tag("person_name", 0.99)),
            column("gh"),
            column("sfzh", tag("id_card", 0.999)),
            column("gz", tag("salary", 0.9)),
            *PLAIN,
            comment="员工花名册",
            status="partial",
            note="column photo could not be decoded",
        ),
        table("stock", 812, None, *PLAIN, column("drug"), column("amount", kind="INT")),
    )
    return DatasetResult(
        name="lake/hospital",
        source="lake",
        location="/data/lake/hospital",
        grade=GradeResult(
            level="general", status="indicated", basis=("No line of an important-data catalogue is reached",)
        ),
        subjects=(count("dataset", "lake/hospital", (62_004, 64_380, 71_219), method="sketch"),),
        tables=tables,
    )


def outbound() -> DatasetResult:
    tables = (
        table(
            "crm_sync",
            118_200,
            (98_204, 104_119, 109_870),
            column("name", tag("person_name", 0.93)),
            column("phone", tag("mobile", 0.99)),
            column("device", tag("device_id", 0.87)),
            column("openid", tag("openid", 0.95)),
            *PLAIN,
            comment="CRM export to the EU head office",
        ),
        table(
            "hr_export",
            2_120,
            (2_101, 2_101, 2_120),
            column("full_name", tag("person_name", 0.98)),
            column("iban", tag("bank_card", 0.86)),
            *PLAIN,
        ),
        table(
            "vehicle_track",
            9_930_118,
            (8_914, 10_102, 13_658),
            column("plate", tag("license_plate", 0.98), comment="车牌"),
            column("lonlat", tag("trajectory", 0.92)),
            *PLAIN,
            comment="车辆轨迹",
            anonymous=44_120,
        ),
    )
    return DatasetResult(
        name="lake/outbound",
        source="lake",
        location="/data/lake/outbound",
        grade=GradeResult(level="core", status="confirmed", basis=("Notified on 2026-03-02",)),
        subjects=(count("dataset", "lake/outbound", (101_877, 110_220, 123_001)),),
        tables=tables,
    )


def hostile() -> DatasetResult:
    tables = (
        table(
            SCRIPT,
            10,
            (3, 4, 7),
            column(QUOTES, tag("mobile"), comment=SCRIPT),
            column(MARKUP),
            comment=BREAKS,
        ),
        table(MARKUP, None, None, column(REVERSED, tag("email"), kind=SCRIPT), comment=TEMPLATE),
        table(
            LONG,
            5,
            (0, 5, 5),
            column(LONG, tag("gender", 0.9, evidence("header", SCRIPT))),
            method="rows-bound",
        ),
        table(BREAKS, 0, None, status="empty", note=QUOTES),
    )
    return DatasetResult(
        name=QUOTES,
        source=SURROGATE,
        location=REVERSED,
        grade=GradeResult(level="general", status="indicated", basis=(SCRIPT,)),
        subjects=(),
        tables=tables,
    )


def finding(rule_id: str, verdict: str, bounds: tuple[int, int, int] | None, **more: Any) -> Finding:
    settings: dict[str, Any] = {
        "pack": "export-2024",
        "scope": "outbound",
        "title": "",
        "title_zh": "",
        "instrument": "Provisions on Promoting and Regulating Cross-border Data Flows, CAC Order 16",
        "instrument_zh": "促进和规范数据跨境流动规定",
        "threshold": None,
        "operator": "ge",
        "article": "8",
        "duty": "",
        "duty_zh": "",
        "file_with": "",
        "deadline": "",
        "conditions": (),
        "needs": (),
        "why": "",
        "why_zh": "",
        "confidence": "high",
        "source": ("APC-QA2601X", "WEB-RFNC"),
    }
    counted = Interval(*bounds) if bounds else None
    settings |= {"distance": distance(counted, more["threshold"]) if counted else None} | more
    return Finding(rule_id=rule_id, verdict=verdict, count=counted, **settings)


def distance(count: Interval, threshold: int) -> Distance:
    lower, upper = threshold - count.upper, threshold - count.lower
    near = "near" if lower <= threshold / 5 else "far"
    return Distance(
        lower=lower,
        upper=upper,
        percent_lower=round(100 * lower / threshold, 1),
        percent_upper=round(100 * upper / threshold, 1),
        band="beyond" if upper <= 0 else "open" if lower <= 0 else near,
    )


def findings() -> tuple[Finding, ...]:
    pack = {
        "pack": "ndsmr-2025",
        "scope": "organization",
        "instrument": "Network Data Security Management Regulations, State Council Order 790",
        "instrument_zh": "网络数据安全管理条例",
    }
    pipl = {
        "pack": "pipl-2021",
        "scope": "organization",
        "instrument": "Personal Information Protection Law",
        "instrument_zh": "个人信息保护法",
    }
    numeric = (
        finding(
            "PIPO-M25-1M",
            "met",
            (1_301_220, 1_384_410, 1_566_903),
            **(pipl | {"article": "52"}),
            threshold=1_000_000,
            title="Holder of PI of 1,000,000 or more people: register the officer",
            title_zh="处理100万人以上个人信息：报送个人信息保护负责人信息",
            duty="appoint a personal information protection officer and file the officer's details",
            duty_zh="指定个人信息保护负责人，并报送负责人信息",
            file_with="cyberspace administration of the districted city",
            deadline="within 30 working days after reaching the number",
            deadlines=(
                DeadlineResult(
                    en="within 30 working days after reaching the number",
                    zh="达到之日起30个工作日内",
                    due="2027-01-07",
                    certain=False,
                ),
            ),
            addressee="PI processor",
            addressee_zh="个人信息处理者",
            sanction="up to CNY 50 million",
            sanction_zh="最高五千万元",
            conditions=("in business (营业): holds", "not research (不属于研究): to be checked by a person"),
            why="At least 1,301,220 people are held, and the line is 1,000,000.",
            why_zh="持有的个人信息至少涉及 1,301,220 人，门槛为 1,000,000 人。",
        ),
        finding(
            "EXP-P24-10K",
            "undetermined",
            (8_914, 10_102, 13_658),
            article="7(2)",
            threshold=10_000,
            title="10,000 or more people (sensitive PI) exported this year",
            title_zh="自当年1月1日起累计向境外提供1万人以上敏感个人信息",
            duty="apply for a CAC data export security assessment",
            duty_zh="申报数据出境安全评估",
            file_with="CAC through the provincial CAC",
            deadline="before transfer; 7 working days for acceptance, 45 working days for the assessment",
            conditions=("not CIIO: declared", "exempt flows are outside: declared"),
            why="Between 8,914 and 13,658 people are counted; the line of 10,000 lies inside.",
            why_zh="人数在 8,914 至 13,658 之间，门槛 10,000 落在区间之内。",
        ),
        finding(
            "EXP-P24-BAND-PI",
            "met",
            (101_204, 106_119, 111_870),
            threshold=100_000,
            title="Contract or certification band, non-sensitive PI",
            title_zh="10万人以上、不满100万人（不含敏感）",
            duty="sign the CAC standard contract and file it with the PIA report, or obtain certification",
            duty_zh="订立标准合同并备案，或通过个人信息保护认证",
            file_with="provincial CAC (contract) or an accredited certification body",
            deadline="contract filing within 10 working days after the contract takes effect",
            conditions=("not CIIO: declared",),
            why="At least 101,204 people are provided abroad since 1 January; the band starts at 100,000.",
            why_zh="自1月1日起向境外提供至少 101,204 人的个人信息，区间起点为 100,000 人。",
        ),
        finding(
            "FACE-M25-100K",
            "not_met",
            (88_930, 90_930, 95_402),
            **(pack | {"article": "15"}),
            threshold=100_000,
            title="100,000 or more faces stored: file with the provincial CAC",
            title_zh="存储人脸信息达到10万人：备案",
            duty="file the use of face recognition",
            duty_zh="办理人脸识别技术使用备案",
            deadline="within 30 working days",
            why="At most 95,402 faces are stored; the line is 100,000.",
            why_zh="存储的人脸信息至多 95,402 人，门槛为 100,000 人。",
        ),
        finding(
            "ND-R25-10M",
            "not_met",
            (1_301_220, 1_384_410, 1_566_903),
            **(pack | {"article": "28"}),
            threshold=10_000_000,
            title="Holder of PI of 10 million or more people",
            title_zh="处理1000万人以上个人信息",
            confidence="medium",
        ),
        finding(
            "HOSTILE",
            "undetermined",
            (0, 5, 5),
            **(pack | {"article": SCRIPT, "scope": f"flow:{SCRIPT}"}),
            threshold=3,
            title=SCRIPT,
            title_zh=MARKUP,
            why=BREAKS,
            why_zh=REVERSED,
            needs=(SCRIPT,),
            conditions=(QUOTES,),
        ),
    )
    waiting = tuple(
        finding(
            f"ND-R25-{word}",
            "undetermined",
            None,
            **(pack | {"article": str(30 + i)}),
            operator="present",
            title=f"Important data processor: {word.lower()}",
            title_zh=f"重要数据处理者：{word}",
            needs=("held.important_data",) + (("organization.ciio",) if i % 2 else ()),
        )
        for i, word in enumerate(("OFFICER", "PRETRANSFER", "MERGE", "ANNUAL"))
    )
    others = (
        finding(
            "EXP-P24-CIIO",
            "not_applicable",
            None,
            operator="present",
            title="CIIO exports PI",
            title_zh="关键信息基础设施运营者向境外提供个人信息",
            article="7(1)",
        ),
        finding(
            "EXP-P24-EXEMPT-HR",
            "met",
            None,
            operator="present",
            scope="flow:hr-de",
            article="5(1)(2)",
            title="Exempt: cross-border HR management",
            title_zh="跨境人力资源管理免予",
            duty="no assessment, contract or certification; notice, consent and PIA duties remain",
            duty_zh="免予评估、标准合同与认证；告知、同意与影响评估义务仍适用",
            why="The flow is declared as necessary for HR under lawful labour rules.",
            why_zh="该场景已申报为依法实施跨境人力资源管理所必需。",
            confidence="medium",
        ),
    )
    return numeric + waiting + others


def reason(en: str, zh: str, **more: Any) -> Reason:
    return Reason(en=en, zh=zh, **more)


def list_decision() -> ListDecision:
    def line(mechanism: str, threshold: int | None, verdict: str) -> LineInList:
        return LineInList(
            entry="RETAIL-1",
            mechanism=mechanism,
            people="sensitive",
            operator="ge",
            threshold=threshold,
            count=Interval(8_914, 10_102, 13_658) if threshold else None,
            verdict=verdict,
            text=SCRIPT,
            confidence="medium",
        )

    return ListDecision(
        list_id="beijing-2025",
        edition="2025",
        scenario=QUOTES,
        mechanism="undetermined",
        reasons=(
            reason(
                "One column is open.", "有一列无法判断。", settle_en="Comment it.", settle_zh="补充注释。"
            ),
        ),
        listed=(ItemInList(item="crm_sync.email", entry="RETAIL-1", why="type email"),),
        outside=(ItemInList(item="crm_sync.shop_code"),),
        undecided=(ItemInList(item=f"crm_sync.{SCRIPT}", why=REVERSED),),
        lines=(
            line("security_assessment", 50_000, "not_met"),
            line("standard_contract_or_certification", None, "undetermined"),
        ),
    )


def flow_items() -> tuple[FlowItem, ...]:
    def item(column: str, use: str, *types: str, filled: float | None = 1.0) -> FlowItem:
        persons = Interval(0, 95_101, 109_870) if types else None
        return FlowItem(
            dataset="crm",
            table="crm_sync",
            column=column,
            types=types,
            sensitive="diagnosis" in types,
            filled=filled,
            persons=persons,
            use=use,
        )

    return (
        item("email", "expected", "email", filled=0.802),
        item("diag", "unexpected", "diagnosis", "type_of_own"),
        item(MARKUP, "unknown", "mobile", filled=None),
        item("shop_code", "not_personal"),
    )


def obligations() -> tuple[Obligation, ...]:
    def due(rule_id: str, status: str, **more: Any) -> Obligation:
        settings: dict[str, Any] = {
            "scope": "organization",
            "instrument": "Personal Information Protection Law",
            "instrument_zh": "个人信息保护法",
            "article": "52",
            "duty": f"duty of {rule_id}",
            "duty_zh": f"{rule_id}的义务",
            "addressee": "PI processor",
            "addressee_zh": "个人信息处理者",
            "file_with": "city-level CAC (设区的市级网信部门)",
            "confidence": "high",
            "basis": "met",
            "conditional": False,
        }
        return Obligation(rule_id=rule_id, status=status, **(settings | more))

    return (
        due("AUD-LATE", "overdue", due="2026-05-01", event="audit", event_day="2024-05-01"),
        due(
            "PIPO-M25-1M",
            "coming",
            due="2027-01-07",
            certain=False,
            assumed=("the number was reached on 2026-11-22 (假定于2026-11-22达到)",),
            needs=("events.reached.PIPO-M25-1M",),
        ),
        due(
            "VALID",
            "coming",
            scope=f"flow:{SCRIPT}",
            due="2027-05-01",
            opens="2027-02-08",
            latest="2028-05-01",
        ),
        due("CLOCK", "coming", due="2026-11-23T02:10", when="4 hours (4小时内)"),
        due("PIA", "before", when="beforehand (事前)"),
        due("IF", "waiting", basis="undetermined", conditional=True, needs=("held.important_data",)),
        due("FILED", "done"),
    )


def flows() -> tuple[FlowResult, ...]:
    year = "year_to_date"
    return (
        FlowResult(
            name="eu-crm",
            recipient_country="DE",
            purpose="customer service by the head office",
            exemption=None,
            window=year,
            mechanism="undetermined",
            because=("EXP-P24-BAND-PI", "EXP-P24-10K"),
            scenario=QUOTES,
            items=flow_items(),
            necessity=(
                reason("diag is not expected.", "通常不需要diag。", rule="NECESSITY-ITEM", confidence="low"),
            ),
            negative_list=list_decision(),
            subjects=(
                count("flow", "eu-crm", (98_204, 104_119, 109_870), window=year),
                count(
                    "flow",
                    "eu-crm",
                    (8_914, 10_102, 13_658),
                    window=year,
                    category="sensitive",
                    anonymous_rows=44_120,
                    note="44,120 rows of vehicle_track carry a plate that no person is known for",
                ),
            ),
        ),
        FlowResult(
            name="hr-de",
            recipient_country="SG",
            purpose=SCRIPT,
            exemption="hr",
            window=year,
            mechanism="exempt",
            because=("EXP-P24-EXEMPT-HR",),
            subjects=(
                count("flow", "hr-de", (2_101, 2_101, 2_120), window=year),
                count(
                    "flow",
                    "hr-de",
                    (0, 2_120, 2_120),
                    window=year,
                    category="sensitive",
                    method="rows-bound",
                    anonymous_rows=2_120,
                ),
            ),
        ),
    )


def organization() -> OrganizationResult:
    def of(category: str, bounds: tuple[int, int, int], **more: Any) -> SubjectCount:
        return count("organization", "示例零售集团", bounds, category=category, **more)

    return OrganizationResult(
        name="示例零售集团（Example Retail Group）",
        subjects=(
            of(
                "all",
                (1_301_220, 1_384_410, 1_566_903),
                modelled=1_342_000,
                anonymous_rows=1_425_092,
                note="survey_2025 holds no usable identifier",
            ),
            of("sensitive", (431_118, 452_307, 517_996)),
            of("minor_under_14", (8_914, 10_102, 13_658)),
            of("minor_under_18", (21_406, 23_977, 29_310)),
            of("biometric", (18_930, 18_930, 19_402), method="sketch"),
            of("health", (61_209, 61_877, 63_004)),
            of("financial", (389_550, 393_810, 404_238)),
            of("religion", (0, 48_212, 48_212), method="rows-bound", anonymous_rows=48_212),
        ),
    )


def info() -> ScanInfo:
    return ScanInfo(
        id="2026-11-22T02-10-00Z-7f3a",
        started="2026-11-22T02:10:00Z",
        finished="2026-11-22T02:14:41Z",
        as_of="2026-11-22",
        version="0.1.0",
        seed=0,
        engine="local",
        count="exact",
        sample_rows=1000,
        config_digest="sha256:9b1c0e5d2f4a7788",
        packs=(
            PackResult(id="export-2024", version="2024-03-22", digest="sha256:51be90aa1d7c"),
            PackResult(id="ndsmr-2025", version="2025-01-01", digest="sha256:c40f2a7be613"),
            PackResult(id="pipl-2021", version="2021-11-01", digest="sha256:08d1fa33c9e2"),
        ),
    )


def raised(dataset: DatasetResult) -> DatasetResult:
    """Return the dataset with a data item above general data and a table with a level."""
    first, *rest = dataset.tables
    track = reason(
        "Tracks of a wide area.", "大范围轨迹。", settle_en="Ask the authority.", settle_zh="询问主管部门。"
    )
    grade = GradeResult(level="core", status="indicated", basis=(), reasons=(track,), for_person=True)
    level = SchemeLevel(
        scheme="finance",
        name_en="JR/T 0197-2020",
        name_zh="《金融数据安全 数据安全分级指南》",
        level=4,
        highest=5,
        reasons=(reason(SCRIPT, "汇聚使级别上升。", rule="AGGREGATION"),),
    )
    columns = (replace(first.columns[0], grade=grade), *first.columns[1:])
    told = replace(
        first, columns=columns, levels=(level,), indications=(reason("Children are here.", "有儿童。"),)
    )
    return replace(dataset, tables=(told, *rest))


def realistic() -> Result:
    return Result(
        scan=info(),
        complete=False,
        not_scanned=(
            NotScanned(source="crm", table="audit_log", reason="permission denied"),
            NotScanned(source="lake", table="hospital/staff", column="photo", reason="cannot be decoded"),
            NotScanned(source="hdfs", table="", reason="the source did not open within 30 s"),
            NotScanned(source=SCRIPT, table=MARKUP, column=BREAKS, reason=REVERSED),
        ),
        datasets=(crm(), raised(hospital()), outbound(), hostile()),
        organization=organization(),
        flows=flows(),
        findings=findings(),
        obligations=obligations(),
    )


def large(tables: int, columns: int = 10) -> Result:
    """A complete scan of many tables in datasets of 100, a third of the columns PI."""
    kinds = list(TYPES)

    def one(number: int) -> TableResult:
        tagged: Iterable[ColumnResult] = (
            column(f"col_{i}", tag(kinds[(number + i) % len(kinds)])) if i % 3 == 0 else column(f"col_{i}")
            for i in range(columns)
        )
        return table(f"table_{number:05}", 1000 + number, (900, 950, 1000 + number), *tagged)

    base = realistic()
    datasets = tuple(
        DatasetResult(
            name=f"warehouse/{start // 100:03}",
            source="warehouse",
            location="/warehouse",
            grade=GradeResult(level="general", status="indicated", basis=("none reached",)),
            subjects=(count("dataset", f"warehouse/{start // 100:03}", (90_000, 95_000, 100_000)),),
            tables=tuple(one(i) for i in range(start, min(start + 100, tables))),
        )
        for start in range(0, tables, 100)
    )
    return replace(base, datasets=datasets, complete=True, not_scanned=())


@pytest.fixture(scope="session")
def result() -> Result:
    return realistic()


@pytest.fixture(scope="session")
def empty_result() -> Result:
    organization = OrganizationResult(name="", subjects=())
    return replace(
        realistic(),
        complete=True,
        not_scanned=(),
        datasets=(),
        flows=(),
        findings=(),
        obligations=(),
        organization=organization,
    )


@pytest.fixture(scope="session")
def make_large() -> Callable[[int], Result]:
    return large


@pytest.fixture(scope="session")
def hostile_names() -> tuple[str, ...]:
    return (SCRIPT, MARKUP, QUOTES, BREAKS, REVERSED, LONG, SURROGATE, TEMPLATE)


# ---------------------------------------------------------------------- a real browser
_NO_CHROMIUM = (
    "chromium is not installed: the HTML report is not driven. On Debian: apt-get install chromium; "
    "or set PANDIAN_TEST_CHROMIUM to the program."
)
_FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
)


@pytest.fixture(scope="module")
def browser():
    """Return Debian's Chromium; it is closed after the module, since its event loop keeps out every other."""
    program = os.environ.get("PANDIAN_TEST_CHROMIUM") or shutil.which("chromium")
    if program is None:
        pytest.fail(_NO_CHROMIUM) if os.environ.get("CI") == "true" else pytest.skip(_NO_CHROMIUM)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=_FLAGS.split())
        try:
            yield chromium
        finally:
            chromium.close()
