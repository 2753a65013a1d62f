"""Masked examples: there only when asked for, and nobody can be told from them."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.samples.examples import LONGEST, SHOWN, mask
from scanner.store import open_store

COLUMNS = ("姓名", "id_card", "mobile", "email", "bank_card")


@pytest.fixture
def people_file(tmp_path, make_people, write_csv):
    """Return a CSV file of people."""
    rows = [(p.name, p.id_card, p.mobile, p.email, p.bank_card) for p in make_people(200)]
    return write_csv(tmp_path / "people.csv", COLUMNS, rows)


def columns_of(record):
    (table,) = record["datasets"][0]["tables"]
    return {column["name"]: column["examples"] for column in table["columns"]}


@given(st.text(max_size=100), st.integers(0, SHOWN))
def test_at_most_a_quarter_and_three_characters_can_be_read(value, shown):
    masked = mask(value, shown)
    kept = min(shown, len(value) // 4)

    assert masked[:kept] == value[:kept]
    assert not any(character.isalnum() for character in masked[kept:])
    assert len(masked) <= LONGEST + 1


def test_nobody_asks_and_there_are_none(pandian, people_file):
    outcome = pandian("scan", people_file)

    assert set(map(tuple, columns_of(outcome.scan).values())) == {()}
    assert b"This report holds no value of the scanned data." in outcome.files["report.html"]


def test_asked_for_they_are_few_masked_and_in_both_reports(pandian, people_file, make_people):
    outcome = pandian("scan", people_file, "--examples", "3")
    examples = columns_of(outcome.scan)

    assert all(1 <= len(found) <= 3 for found in examples.values())
    assert all(re.fullmatch(r"1\d\*{9}", one) for one in examples["mobile"])
    assert all(set(one) == {"*"} for one in examples["bank_card"])  # sensitive
    assert all(
        json.dumps(one, ensure_ascii=False).encode() in outcome.files["report.html"]
        for one in examples["email"]
    )
    for person in make_people(200):
        for value in (person.name, person.id_card, person.mobile, person.email, person.bank_card):
            assert value.encode() not in outcome.written


def test_the_history_does_not_keep_them(pandian, people_file, tmp_path):
    place = tmp_path / "history.sqlite"
    outcome = pandian("scan", people_file, "--examples", "3", "--store", place)
    kept = open_store(place, {}).load(outcome.scan["scan"]["id"])
    (table,) = kept.datasets[0].tables

    assert any(columns_of(outcome.scan).values())
    assert {column.examples for column in table.columns} == {()}


@pytest.mark.parametrize("number", ["-1", "6"])
def test_more_than_five_are_not_shown(number, pandian, people_file):
    assert pandian("scan", people_file, "--examples", number).code == 2
