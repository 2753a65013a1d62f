"""The comparison with the rule book: finds what differs, knows what is meant."""

import pytest

from benchmarks.law.book import differences
from scanner.rules.law.rulebook import find_entry

ROW = {
    "id": "EXP-P24-BAND-PI",
    "article": "8",
    "operator": "ge",
    "threshold": 100_000,
    "upper_threshold": 1_000_000,
    "window": "calendar_year_to_date",
    "effective_from": "2024-03-22",
    "effective_to": None,
    "confidence": "high",
    "provenance": "found",
}
REMARK = " (number from knowledge)"
MEANT = {"windows": {}, "articles": {}, "remarks_in_articles": [REMARK], "differences": {}}


def found(row, meant=MEANT):
    loaded, entry = find_entry(row["id"])
    return list(differences(row, loaded.pack, entry, meant))


def test_a_rule_that_says_the_same_agrees():
    assert found(ROW) == []
    assert found({**ROW, "article": f"8{REMARK}"}) == []


@pytest.mark.parametrize(
    ("key", "other", "named"),
    [
        ("article", "9", "article: 9 in the book, 8 here"),
        ("operator", "gt", "operator: gt in the book, ge here"),
        ("threshold", 100_001, "threshold: 100001"),
        ("upper_threshold", None, "upper: None"),
        ("window", "none", "window: none"),
        ("effective_from", "2024-03-21", "first day: 2024-03-21"),
        ("effective_to", "2026-01-01", "last day: 2026-01-01"),
    ],
)
def test_every_difference_is_named(key, other, named):
    ((text, why),) = found({**ROW, key: other})

    assert named in text
    assert why == ""


def test_a_difference_that_is_meant_says_why():
    meant = {**MEANT, "differences": {ROW["id"]: {"article": "because"}}}

    assert found({**ROW, "article": "9"}, meant) == [("article: 9 in the book, 8 here", " (because)")]
