"""Matches that are as frequent as chance makes them are no evidence; those of people are, in any company."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from benchmarks.chance import DIRT, NEGATIVES, mixed, mobile, shares
from benchmarks.columns.values import digits
from classifiers import consider, gather
from classifiers._cell_tests import kernel
from classifiers.catalogue import built_in
from classifiers.cells import Cells
from classifiers.chance import FEWEST, TEN_TO_ONE, by_chance, log_odds
from classifiers.custom import CustomType
from classifiers.taxonomy import pi_types
from connectors import Column, Table


@pytest.mark.parametrize("family", NEGATIVES)
def test_random_numbers_and_codes_are_about_nobody(family):
    (share,) = shares({family: NEGATIVES[family]}, rows=1_000, seeds=5)

    assert share.types == ()


@pytest.mark.parametrize("rows", [60, 100, 200])
def test_a_hundred_values_are_mostly_enough(rows):
    (share,) = shares({"": NEGATIVES["11 digits from 1e10 to 2e10"]}, rows, seeds=20)

    assert share.tagged <= 3


@pytest.mark.parametrize("rows", [25, 100, 500])
@pytest.mark.parametrize("share", [0.1, 0.3])
@pytest.mark.parametrize("dirt", DIRT)
def test_mobile_numbers_are_found_among_dirt(dirt, share, rows):
    (found,) = shares({dirt: mixed(DIRT[dirt], share)}, rows, seeds=5, wanted="mobile")

    assert found.tagged == found.columns


def counters(rows: int) -> list[str]:
    return NEGATIVES["11 digits from 1e10 to 2e10"](np.random.default_rng(1), rows)


def test_a_header_that_names_them_decides(tags_of):
    assert not tags_of(counters(500), "c7")
    assert set(tags_of(counters(500), "手机号")) == {"mobile"}


def test_values_that_are_known_to_be_about_nobody_speak_for_neither():
    (match,) = (r.match for r in built_in().recognizers if r.type == "mobile")
    genuine = [f"13{i % 10}{(i * 7_919_317 + 20_461_357) % 10**8:08}" for i in range(60)]
    listed = [f"1380571{i:04}" for i in range(1_300, 1_340)]
    cells = Cells(pa.array(genuine + listed))
    nobody = np.isin(np.arange(len(cells.text)), np.arange(60, 100))
    matched = match(cells) & ~nobody

    assert not by_chance(match, cells, matched, 0.3, nobody).any()


def test_the_explanation_names_chance():
    batch = pa.record_batch({"c7": counters(500)})
    (evidence,) = gather(batch, Table(name="t", columns=(Column("c7", "string", ""),)), None)
    (candidate,) = (c for c in consider(evidence, ()) if c.type == "mobile")

    assert candidate.why == "by_chance"
    assert 0.4 < candidate.matched / candidate.checked < 0.7


@pytest.mark.parametrize(
    ("hits", "tried", "rate", "verdict"),
    [
        (560, 1_000, 0.56, "chance"),
        (11, 20, 0.56, "chance"),
        (100, 1_000, 0.1, "chance"),
        (6, 10, 0.56, "undecided"),
        (3, 3, 0.56, "undecided"),
        (20, 20, 0.56, "genuine"),
        (700, 1_000, 0.56, "genuine"),
        (400, 1_000, 0.1, "genuine"),
    ],
)
def test_odds(hits, tried, rate, verdict):
    odds = log_odds(hits, tried, rate, least=0.3)

    assert ("genuine" if odds > TEN_TO_ONE else "chance" if odds < -TEN_TO_ONE else "undecided") == verdict


def put_down(pi_type: str, values: list[str], least: float = 0.02) -> float:
    """Return the share of matching cells that are put down to chance."""
    match, cells = kernel(pi_type), Cells(pa.array(values))
    matched = match(cells)
    return float(by_chance(match, cells, matched, least).sum() / matched.sum())


CARDS = [f"62{digits(np.random.default_rng(i), 17)}" for i in range(2_000)]
ALL_WITH_LUHN = [c for c in CARDS if kernel("bank_card")(Cells(pa.array([c]))).all()]
CODES = [
    "91330106" + "".join(np.random.default_rng(i).choice(list("0123456789ABCDEFGH"), 10))
    for i in range(3_000)
]


@pytest.mark.parametrize(
    ("pi_type", "values", "expected"),
    [
        pytest.param("bank_card", CARDS, 1, id="a tenth of all numbers has a right Luhn digit"),
        pytest.param("bank_card", ALL_WITH_LUHN + CARDS[:150], 0, id="cards among others"),
        pytest.param("bank_card", ALL_WITH_LUHN, 0, id="cards"),
        pytest.param("mobile", [f"{c[:3]}-{c[3:7]}-{c[7:]}" for c in counters(500)], 1, id="with hyphens"),
        pytest.param("mobile", counters(FEWEST - 5), 0, id="too few to tell"),
        pytest.param(
            "mobile",
            counters(500) + ["+86 " + mobile(np.random.default_rng(i)) for i in range(500)],
            pytest.approx(0.36, abs=0.03),
            id="each form by itself",
        ),
        pytest.param("uscc", CODES, 1, id="codes with letters"),
    ],
)
def test_what_is_put_down_to_chance(pi_type, values, expected):
    assert put_down(pi_type, values) == expected


def test_a_check_digit_of_a_user_is_judged_too():
    member = CustomType(pi_type=pi_types()["mobile"], regex="[0-9]{8}", check="luhn", min_share=0.05)
    recognizer = member.recognizer()
    cells = Cells(pa.array([digits(np.random.default_rng(i), 8) for i in range(3_000)]))
    matched = recognizer.match(cells)

    assert recognizer.by_chance
    assert 200 < matched.sum() < 400
    assert by_chance(recognizer.match, cells, matched, 0.05).sum() == matched.sum()


def test_the_same_column_gives_the_same_answer():
    cells = Cells(pa.array(counters(300)))
    match = kernel("mobile")
    answers = {by_chance(match, cells, match(cells), 0.3).tobytes() for _ in range(3)}

    assert len(answers) == 1
