# ruff: noqa: E501 - a table of invented facts
"""Invented datasets; one of them has hostile names everywhere."""

from __future__ import annotations

from dataclasses import replace

from scanner.result import DatasetResult, GradeResult, SchemeLevel

from .example_parts import PLAIN, column, count, evidence, reason, table, tag
from .hostile_names import BREAKS, LONG, MARKUP, QUOTES, REVERSED, SCRIPT, SURROGATE, TEMPLATE

against = evidence("neighbours", "sits among order numbers", supports=False)
CRM_TABLES = (
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
        column("salary", tag("salary", 0.71, evidence("header", "salary"), against), kind="DECIMAL(12,2)"),
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
CRM = DatasetResult(
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
    tables=CRM_TABLES,
)


HOSPITAL_TABLES = (
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
HOSPITAL = DatasetResult(
    name="lake/hospital",
    source="lake",
    location="/data/lake/hospital",
    grade=GradeResult(
        level="general", status="indicated", basis=("No line of an important-data catalogue is reached",)
    ),
    subjects=(count("dataset", "lake/hospital", (62_004, 64_380, 71_219), method="sketch"),),
    tables=HOSPITAL_TABLES,
)


OUTBOUND_TABLES = (
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
OUTBOUND = DatasetResult(
    name="lake/outbound",
    source="lake",
    location="/data/lake/outbound",
    grade=GradeResult(level="core", status="confirmed", basis=("Notified on 2026-03-02",)),
    subjects=(count("dataset", "lake/outbound", (101_877, 110_220, 123_001)),),
    tables=OUTBOUND_TABLES,
)


HOSTILE_DATASET_TABLES = (
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
HOSTILE_DATASET = DatasetResult(
    name=QUOTES,
    source=SURROGATE,
    location=REVERSED,
    grade=GradeResult(level="general", status="indicated", basis=(SCRIPT,)),
    subjects=(),
    tables=HOSTILE_DATASET_TABLES,
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
