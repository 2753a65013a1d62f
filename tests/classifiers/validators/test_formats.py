"""Every format, by its table of cases, and what all of them have in common."""

from __future__ import annotations

import importlib
import pkgutil
from pathlib import Path

import pytest
import yaml

from classifiers import validators
from classifiers.validators import VALIDATORS, Invalid, canonical

CASES = yaml.safe_load(Path(__file__).with_name("formats.yaml").read_text(encoding="utf-8"))
MODULES = [
    importlib.import_module(f"classifiers.validators.{module.name}")
    for module in pkgutil.iter_modules(validators.__path__)
    if not module.name.startswith("_")
]
JUNK = [
    *(
        "",
        " ",
        "*&^%$",
        "Z",
        "3²",
        "ⅷ",
        "⑱",
        "😴",
        "\x00",
        "\x00" * 18,
        "-",
        "'",
        "''",
        "()",
        "[]",
        ":",
        "：",
        ".",
    ),
    *(
        "a" * 10_000,
        "[" * 5_000,
        "é" * 18,
        "\u200b",
        "\ufeff" * 11,
        "١٢٣٤٥٦٧٨٩٠١",
        "\ud7ff",
        "\n\n",
        "@",
        "a@",
        "@b.cn",
    ),
    *(
        "无",
        "N/A",
        "未知",
        "暂无",
        "null",
        "NULL",
        "none",
        "——",
        "不详",
        "/",
        "测试",
        "已注销",
        "待补充",
        "同上",
    ),
]


@pytest.mark.parametrize(
    ("pi_type", "cell", "expected"),
    [(pi_type, cell, expected) for pi_type, rows in CASES.items() for cell, expected, _ in rows],
)
def test_case(pi_type, cell, expected):
    assert canonical(pi_type, cell) == expected


@pytest.mark.parametrize("pi_type", sorted(VALIDATORS))
def test_junk_is_never_valid_and_never_breaks_a_validator(pi_type):
    assert [cell for cell in JUNK if canonical(pi_type, cell) is not None] == []


@pytest.mark.parametrize("pi_type", sorted(VALIDATORS))
def test_a_canonical_value_is_its_own_canonical_value(pi_type):
    found = [expected for _, expected, _ in CASES.get(pi_type, []) if expected is not None]
    # The booklet's letter is not part of the canonical number, yet tells it from other ten digits.
    found = [value for value in found if not (pi_type == "tw_permit" and len(value) == 10)]

    assert [value for value in found if canonical(pi_type, value) != value] == []


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__.rpartition(".")[2])
def test_every_format_has_the_same_three_functions_and_a_source(module):
    assert callable(module.compact)
    assert callable(module.validate)
    assert module.is_valid("junk") is False
    assert module.__name__.endswith("token") or "Source: " in module.__doc__


@pytest.mark.parametrize("pi_type", sorted(VALIDATORS))
def test_messages_never_repeat_the_number(pi_type):
    wrong = (
        "13800138001x",
        "110105194912310021",
        "91110000600037341A",
        "zhang3@163",
        "a b 12345",
        "2409::1::",
    )
    errors = {cell: error for cell in wrong if (error := error_of(pi_type, cell)) is not None}

    assert errors
    assert [
        error for cell, error in errors.items() if cell in str(error) or error.__cause__ is not None
    ] == []


def error_of(pi_type, cell):
    try:
        VALIDATORS[pi_type](cell)
    except Invalid as error:
        return error
    return None
