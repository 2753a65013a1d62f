"""Names and words that are nobody's."""

from __future__ import annotations

from benchmarks.columns.makers import by_name
from benchmarks.columns.negatives.row import Row
from benchmarks.columns.values import pick, regions


def _company(row: Row) -> str:
    if row.words.get("companies") and row.rng.random() < 0.6:
        return pick(row.rng, row.words["companies"])
    reg = regions()[int(row.rng.integers(0, len(regions())))]
    return (
        (reg[2] if len(reg[2]) > 2 and row.rng.random() < 0.5 else reg[1])[:2]
        + pick(row.rng, row.words["company_mid"])
        + pick(row.rng, row.words["company_type"])
    )


def product_name(row: Row) -> str:
    return pick(row.rng, row.words["products"]) + pick(row.rng, row.words["product_suffix"])


def company_name(row: Row) -> str:
    return _company(row)


def place_name(row: Row) -> str:
    return pick(row.rng, row.words["places"])


def org_unit(row: Row) -> str:
    return pick(row.rng, row.words["departments"])


def enum_code(row: Row) -> str:
    return pick(
        row.rng,
        (["0", "1", "2"], ["A", "B", "C"], ["身份证", "护照", "军官证"], ["01", "02", "03", "99"])[
            row.variant % 4
        ],
    )


def drug_catalog(row: Row) -> str:
    return pick(row.rng, row.words["drugs"])


def course_name(row: Row) -> str:
    return pick(row.rng, row.words["courses"])


def book_title(row: Row) -> str:
    return pick(row.rng, row.words["books"])


def gender_target(row: Row) -> str:
    return pick(row.rng, ["男", "女", "中性", "通用"])


def education_req(row: Row) -> str:
    return pick(row.rng, ["大专及以上", "本科及以上", "不限", "硕士优先"])


def region_name(row: Row) -> str:
    return pick(row.rng, ["华东", "华南", "北京市", "广东省", "四川省", "西北大区"])


MAKERS = by_name(
    product_name,
    company_name,
    place_name,
    org_unit,
    enum_code,
    drug_catalog,
    course_name,
    book_title,
    gender_target,
    education_req,
    region_name,
)
