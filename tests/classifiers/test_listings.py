"""Dictionary tables are about nobody; the same values in a table of people are personal."""

from __future__ import annotations

import pyarrow as pa
import pytest

from classifiers import consider, decide, gather
from classifiers.lexicon import words
from connectors import Column, Table

CODES = [f"{letter}{number}.{digit}" for letter in "ABCEG" for number in (10, 23, 47, 81) for digit in (0, 3)]
DISEASES = [f"{place}{kind}" for place in ("胃", "肠", "肝", "肺", "肾") for kind in ("炎", "癌", "结核")]
LISTS = {
    "ethnicity": sorted(word for word in words("ethnic_groups") if word.endswith("族")),
    "nationality": sorted(word for word in words("countries") if not word.isascii()),
    "religion": sorted(words("religions")),
    "icd10_code": CODES,
    "diagnosis_text": DISEASES,
    "education": sorted(words("educations")),
    "occupation": sorted(words("occupations")),
}
HEADERS = {
    "ethnicity": "民族",
    "nationality": "国籍",
    "religion": "宗教信仰",
    "icd10_code": "疾病编码",
    "diagnosis_text": "诊断",
    "education": "学历",
    "occupation": "职业",
}


def tags_and_candidates(name, columns):
    batch = pa.RecordBatch.from_arrays([pa.array(v) for v in columns.values()], names=list(columns))
    table = Table(name=name, columns=tuple(Column(header, "", "") for header in columns))
    found = gather(batch, table, None)
    tags = {each.column: {tag.type for tag in decide(each)} for each in found}
    return tags, {each.column: consider(each, tags[each.column]) for each in found}


@pytest.mark.parametrize("kind", LISTS)
def test_a_list_of_all_values_is_about_nobody(kind):
    values = LISTS[kind]
    columns = {"bm": [f"{i:03}" for i in range(len(values))], HEADERS[kind]: values}
    tags, candidates = tags_and_candidates("t_gy_bzdm", columns)
    assert not any(tags.values())
    assert candidates[HEADERS[kind]][0].why == "listed_once"


@pytest.mark.parametrize("kind", LISTS)
def test_the_same_values_of_people_are_personal(make, kind):
    values = LISTS[kind]
    columns = {"brxm": make("person_name", len(values)), HEADERS[kind]: values}
    tags, _ = tags_and_candidates("t_gy_bzdm", columns)
    assert kind in tags[HEADERS[kind]]


def test_a_short_list_needs_a_table_that_is_named_a_dictionary():
    columns = {"id": ["1", "2", "3", "4", "5"], "宗教": ["佛教", "道教", "基督教", "天主教", "伊斯兰教"]}
    assert not tags_and_candidates("dict_belief", columns)[0]["宗教"]
    assert tags_and_candidates("survey", columns)[0]["宗教"] == {"religion"}


def test_values_that_come_back_are_no_list(make):
    columns = {"id": list(map(str, range(60))), "民族": make("ethnicity", 60)}
    assert tags_and_candidates("dict_nation", columns)[0]["民族"] == {"ethnicity"}
