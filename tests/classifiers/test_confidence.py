"""A confidence is a share of right tags; little evidence earns little of it."""

from __future__ import annotations

import numpy as np
import pytest

from classifiers.tagging import confidences


def shuffled(cells):
    return list(np.random.default_rng(5).permutation(cells))


@pytest.mark.parametrize("kind", ["id_card", "mobile", "email", "bank_card", "vin"])
def test_one_value_in_every_row_is_one_observation(make, tags_of, kind):
    once = tags_of(make(kind, 1) * 200)
    assert not once or once[kind].confidence < 0.7
    assert tags_of(make(kind, 200))[kind].confidence > 0.9


def test_few_choices_come_back_by_nature(tags_of):
    assert tags_of(["男", "女"] * 100)["gender"].confidence > 0.9


@pytest.mark.parametrize(
    ("kind", "header"), [("id_card", "身份证号"), ("email", "邮箱"), ("address", "住址")]
)
def test_a_value_that_fits_never_makes_a_header_less_sure(make, tags_of, kind, header):
    alone = tags_of([None] * 5, header)[kind].confidence
    assert tags_of(make(kind, 1), header)[kind].confidence >= min(alone, confidences()["header_and_shape"])


@pytest.mark.parametrize(
    ("shape", "rows"),
    [
        ("62################", 400),  # one in ten passes Luhn
        ("35#############", 400),
        ("8986################", 400),
        ("33010619########**", 400),  # no dates, one in eleven passes MOD 11-2
        ("LSV###########000", 400),
    ],
)
def test_check_digits_that_pass_by_chance_earn_nothing(tags_of, shape, rows):
    rng = np.random.default_rng(11)
    cells = ["".join(str(rng.integers(10)) if c in "#*" else c for c in shape) for _ in range(rows)]
    assert not {t for t, tag in tags_of(cells).items() if tag.confidence >= 0.7}


@pytest.mark.parametrize("foreign", [0.05, 0.2, 0.5])
@pytest.mark.parametrize(
    ("kind", "header"),
    [("person_name", "姓名"), ("address", "住址"), ("landline", "固定电话"), ("email", "yx")],
)
def test_other_values_lower_the_prevalence_and_not_the_confidence(make, tags_of, kind, header, foreign):
    count = round(300 * foreign)
    mixed = tags_of(shuffled(make(kind, 300 - count) + make("junk", count)), header)[kind]
    pure = tags_of(make(kind, 300), header)[kind]

    assert mixed.prevalence == pytest.approx(1 - foreign, abs=0.06)
    assert mixed.confidence == pytest.approx(pure.confidence, abs=0.02)


def test_every_tier_is_a_share():
    assert all(0.5 < share < 1 for share in confidences().values())
