"""What tells about an animal is told of nobody; what tells about its owner stays."""

from __future__ import annotations

import pytest

from classifiers import Tag
from connectors import Column, Table
from scanner.stages.animals import without_animals


def decided(name: str, column: str, pi_type: str, *others: str) -> str:
    table = Table(name=name, columns=[Column(each, "text") for each in (column, *others)])
    tag = Tag(type=pi_type, confidence=0.9, decision="auto", evidence=())
    return without_animals({column: (tag,)}, table)[column][0].decision


@pytest.mark.parametrize(
    ("table", "column", "pi_type", "others"),
    [
        ("pet", "birthday", "birth_date", ()),
        ("t_pets", "sex", "gender", ()),
        ("medical_record", "diagnosis", "diagnosis_text", ("pet_id",)),
        ("visits", "birthday", "birth_date", ("petId", "owner_phone")),
        ("goods", "birth", "birth_date", ("breed",)),
        ("宠物档案", "出生日期", "birth_date", ()),
        ("就诊记录", "诊断", "diagnosis_text", ("宠物ID",)),
    ],
)
def test_of_an_animal(table: str, column: str, pi_type: str, others: tuple[str, ...]) -> None:
    assert decided(table, column, pi_type, *others) == "rejected"


@pytest.mark.parametrize(
    ("table", "column", "pi_type", "others"),
    [
        ("pet", "owner_birthday", "birth_date", ()),
        ("pet", "owner_name", "person_name", ()),
        ("pet_owner", "birthday", "birth_date", ()),
        ("宠物", "主人生日", "birth_date", ()),
        ("宠物主人", "出生日期", "birth_date", ()),
        ("patients", "diagnosis", "diagnosis_text", ("宠物过敏",)),
        ("users", "birthday", "birth_date", ("pet_name",)),
        ("sample", "diagnosis", "diagnosis_text", ("species",)),
    ],
)
def test_of_a_person(table: str, column: str, pi_type: str, others: tuple[str, ...]) -> None:
    assert decided(table, column, pi_type, *others) == "auto"
