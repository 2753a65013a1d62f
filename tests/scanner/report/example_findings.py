"""Invented findings, and what is due after them."""

from __future__ import annotations

from typing import Any

from scanner.result import DeadlineResult, Distance, Finding, Interval, Obligation

from .hostile_names import BREAKS, MARKUP, QUOTES, REVERSED, SCRIPT


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


REGULATION = {
    "pack": "ndsmr-2025",
    "scope": "organization",
    "instrument": "Network Data Security Management Regulations, State Council Order 790",
    "instrument_zh": "网络数据安全管理条例",
}
PIPL = {
    "pack": "pipl-2021",
    "scope": "organization",
    "instrument": "Personal Information Protection Law",
    "instrument_zh": "个人信息保护法",
}
NUMERIC = (
    finding(
        "PIPO-M25-1M",
        "met",
        (1_301_220, 1_384_410, 1_566_903),
        **(PIPL | {"article": "52"}),
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
        **(REGULATION | {"article": "15"}),
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
        **(REGULATION | {"article": "28"}),
        threshold=10_000_000,
        title="Holder of PI of 10 million or more people",
        title_zh="处理1000万人以上个人信息",
        confidence="medium",
    ),
    finding(
        "HOSTILE",
        "undetermined",
        (0, 5, 5),
        **(REGULATION | {"article": SCRIPT, "scope": f"flow:{SCRIPT}"}),
        threshold=3,
        title=SCRIPT,
        title_zh=MARKUP,
        why=BREAKS,
        why_zh=REVERSED,
        needs=(SCRIPT,),
        conditions=(QUOTES,),
    ),
)
WAITING = tuple(
    finding(
        f"ND-R25-{word}",
        "undetermined",
        None,
        **(REGULATION | {"article": str(30 + i)}),
        operator="present",
        title=f"Important data processor: {word.lower()}",
        title_zh=f"重要数据处理者：{word}",
        needs=("held.important_data",) + (("organization.ciio",) if i % 2 else ()),
    )
    for i, word in enumerate(("OFFICER", "PRETRANSFER", "MERGE", "ANNUAL"))
)
OTHERS = (
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
FINDINGS = NUMERIC + WAITING + OTHERS


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


OBLIGATIONS = (
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
