"""Values of people in names of columns, tables and files: what is told, and what ordinary names never are."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifiers import built_in
from classifiers._registry import load_recognizers
from classifiers.named_values import identifiers_in, masked, values_in, values_in_columns

VOCABULARY = built_in().vocabulary
ID = "11010519491231002X"

IN_ONE_NAME = [
    (ID, ["id_card"]),
    ("110105491231002", ["id_card"]),
    ("id_" + ID.lower(), ["id_card"]),
    ("13800138000", ["mobile"]),
    ("tel13800138000", ["mobile"]),
    ("+86 138-0013-8000.calls", ["mobile"]),
    ("１３８００１３８０００", ["mobile"]),
    ("li.si@example.com", ["email"]),
    ("010-62345678", ["landline"]),
    ("京A12345", ["license_plate"]),
    (f"张三_{ID}_体检", ["person_name", "id_card"]),
    ("李建国（13800138000）", ["person_name", "mobile"]),
    ("orders_20240101", []),
    ("log_20240101123000", []),
    ("events_1700000000000", []),
    ("a1b2c313800138000f9e8d7", []),
    ("110105194912310021", []),
    ("avatar@2x", []),
    ("张三", []),
    ("t_6901234567892", []),
    ("v1.2.3", []),
]


@pytest.mark.parametrize(("name", "types"), IN_ONE_NAME)
def test_values_of_one_name(name, types):
    assert [value.type for value in values_in(name, VOCABULARY)] == types


AMONG_SIBLINGS = [
    (["日期", "张三", "李四", "王五"], {"张三", "李四", "王五"}),
    (["科目", "王小明_语文", "王小明_数学", "李建国_语文"], {"王小明", "李建国"}),
    (["张三.手机号", "张三.住址"], {"张三"}),
    (["visits[].张敏.phone", "visits[].张敏.age"], {"张敏"}),
    (["高校.编号", "高校.描述"], set()),
    (["月份", "张三"], set()),
    (["高度", "宽度", "金额"], set()),
    (["时长", "季节", "温度", "方向", "备注"], set()),
    (["id", "name", "created_at"], set()),
    ([], set()),
]


@pytest.mark.parametrize(("names", "persons"), AMONG_SIBLINGS)
def test_personal_names_are_told_by_their_company(names, persons):
    found = values_in_columns(names, VOCABULARY)

    pairs = zip(names, found, strict=True)
    assert {name[value.start : value.end] for name, values in pairs for value in values} == persons


def test_words_that_recognizers_know_are_never_values():
    words = [
        word.lstrip("?") for recognizer in load_recognizers() for word in (*recognizer.zh, *recognizer.en)
    ]
    assert len(words) > 3_000
    shuffled = random.Random(0).sample(words, len(words))  # noqa: S311
    tables = [shuffled[start : start + 8] for start in range(0, len(words), 8)]

    assert not [
        name
        for names in tables
        for name, found in zip(names, values_in_columns(names, VOCABULARY), strict=True)
        if found
    ]


LETTERS = st.text(alphabet="abcxyz_-.张李体检 /", max_size=6)


@given(LETTERS, st.sampled_from([ID, "13800138000", "10105@qq.com"]), LETTERS)
def test_what_is_left_of_a_name_holds_no_value(before, value, after):
    name = f"{before} {value} {after}"
    shown = masked(name, identifiers_in(name), lambda _: "value")

    assert value not in shown
    assert not identifiers_in(shown)


@given(st.text(max_size=30))
def test_any_text_keeps_what_is_no_value(name):
    found = identifiers_in(name)
    kept = masked(name, found, lambda value: value)

    assert kept == name
    assert all(0 <= value.start < value.end <= len(name) for value in found)
