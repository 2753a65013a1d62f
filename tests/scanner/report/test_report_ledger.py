"""The data of the list: harmless in its script element, small, complete."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from scanner.report._ledger import ledger
from scanner.report._voice import Voice
from scanner.result import EvidenceResult
from scanner.words.texts import tongues


def read(result, lang="en"):
    return json.loads(ledger(result, Voice(tongues(lang))))


@pytest.fixture(scope="module")
def content(result):
    return read(result)


def column(content, table_name, column_name):
    """Return the array of a column, looked up by names."""
    texts = content["texts"]
    tables = [table for _, _, held in content["datasets"] for table in held if texts[table[0]] == table_name]
    (found,) = (one for table in tables for one in table[-1] if texts[one[0]] == column_name)
    return found


def test_nothing_in_it_can_end_its_element(result):
    written = ledger(result, Voice(tongues("both")))

    assert not set("<>&\u2028\u2029") & set(written)
    assert written.isprintable()


def test_every_column_of_every_table_is_in_it(content, result):
    names = [
        [[content["texts"][one[0]] for one in table[-1]] for table in held]
        for _, _, held in content["datasets"]
    ]

    assert [[len(table) for table in held] for held in names] == [
        [len(table.columns) for table in dataset.tables] for dataset in result.datasets
    ]
    assert "region_name" in names[0][4]


def test_a_column_has_its_types_chips_and_evidence(content):
    _, _, _, tags, *_ = column(content, "customer_bank", "salary")
    ((kind, confidence, flags, share, chips, evidence),) = tags
    _, against = evidence

    assert content["types"][kind] == ["salary", "Salary"]
    assert (confidence, flags, share) == (710, 1, 970)
    assert [content["phrases"][chip] for chip in chips] == [["Financial accounts"]]
    assert content["phrases"][against[1]] == ["sits among order numbers"]
    assert against[-1] == 0


def test_evidence_is_said_in_both_languages_and_header_words_stay_as_they_are(result):
    header = EvidenceResult(kind="header", matched=0, checked=0, detail="form", supports=True)
    values = EvidenceResult(kind="values", matched=1, checked=1, detail="form", supports=True)
    first, *others = result.datasets
    table, *tables = first.tables
    tag = replace(table.columns[0].tags[0], evidence=(header, values))
    changed = replace(table, columns=(replace(table.columns[0], tags=(tag,)),))
    both = read(replace(result, datasets=(replace(first, tables=(changed, *tables)), *others)), "both")
    ((*_, evidence),) = column(both, "customer", "cust_name")[3]

    assert [both["phrases"][one[1]] for one in evidence] == [["form", "form"], ["格式相符", "form"]]


def test_a_rejected_tag_says_so(content):
    _, _, _, ((_, _, flags, _, chips, _),), *_ = column(content, "service_log", "agent")

    assert flags == 2
    assert ["rejected"] in [content["phrases"][chip] for chip in chips]


def test_what_standards_say_otherwise_is_a_chip(content):
    _, _, _, ((_, _, _, _, chips, _),), *_ = column(content, "customer", "id_no")

    assert [content["phrases"][chip] for chip in chips] == [["sensitive under GB/T 35273-2020"]]


def test_a_grade_above_general_comes_with_its_reasons(content):
    *_, grade, _, _ = column(content, "visits", "patient")
    level, reasons = grade

    assert content["phrases"][level] == ["core"]
    assert [content["phrases"][reason] for reason in reasons] == [["Tracks of a wide area."]]


def test_two_languages_are_two_words_and_one_is_one(result):
    assert {len(words) for words in read(result, "both")["phrases"]} == {2}
    assert {len(words) for words in read(result, "zh")["phrases"]} == {1}


def test_a_count_bound_by_rows_is_marked(content, result):
    texts = content["texts"]
    persons = {texts[table[0]]: table[5] for table in content["datasets"][0][2]}

    assert persons["survey_2025"] == [0, 48_212, 48_212, 1, 48_212]
    assert persons["dim_region"] is None


def test_no_result_is_an_empty_list(empty_result):
    assert read(empty_result)["datasets"] == []


def test_texts_are_kept_once(make_large):
    texts = read(replace(make_large(30)))["texts"]

    assert len(texts) == len(set(texts))
