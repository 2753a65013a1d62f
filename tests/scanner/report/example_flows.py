"""Invented flows, with what a negative list says of them."""

from __future__ import annotations

from scanner.result import FlowItem, FlowResult, Interval, ItemInList, LineInList, ListDecision

from .example_parts import count, reason
from .hostile_names import MARKUP, QUOTES, REVERSED, SCRIPT


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


LIST_DECISION = ListDecision(
    list_id="beijing-2025",
    edition="2025",
    scenario=QUOTES,
    mechanism="undetermined",
    reasons=(
        reason("One column is open.", "有一列无法判断。", settle_en="Comment it.", settle_zh="补充注释。"),
    ),
    listed=(ItemInList(item="crm_sync.email", entry="RETAIL-1", why="type email"),),
    outside=(ItemInList(item="crm_sync.shop_code"),),
    undecided=(ItemInList(item=f"crm_sync.{SCRIPT}", why=REVERSED),),
    lines=(
        line("security_assessment", 50_000, "not_met"),
        line("standard_contract_or_certification", None, "undetermined"),
    ),
)


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


FLOW_ITEMS = (
    item("email", "expected", "email", filled=0.802),
    item("diag", "unexpected", "diagnosis", "type_of_own"),
    item(MARKUP, "unknown", "mobile", filled=None),
    item("shop_code", "not_personal"),
)


YEAR = "year_to_date"
FLOWS = (
    FlowResult(
        name="eu-crm",
        recipient_country="DE",
        purpose="customer service by the head office",
        exemption=None,
        window=YEAR,
        mechanism="undetermined",
        because=("EXP-P24-BAND-PI", "EXP-P24-10K"),
        scenario=QUOTES,
        items=FLOW_ITEMS,
        necessity=(
            reason("diag is not expected.", "通常不需要diag。", rule="NECESSITY-ITEM", confidence="low"),
        ),
        negative_list=LIST_DECISION,
        subjects=(
            count("flow", "eu-crm", (98_204, 104_119, 109_870), window=YEAR),
            count(
                "flow",
                "eu-crm",
                (8_914, 10_102, 13_658),
                window=YEAR,
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
        window=YEAR,
        mechanism="exempt",
        because=("EXP-P24-EXEMPT-HR",),
        subjects=(
            count("flow", "hr-de", (2_101, 2_101, 2_120), window=YEAR),
            count(
                "flow",
                "hr-de",
                (0, 2_120, 2_120),
                window=YEAR,
                category="sensitive",
                method="rows-bound",
                anonymous_rows=2_120,
            ),
        ),
    ),
)
