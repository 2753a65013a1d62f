"""A few cells give what they give among many: how many come at once decides on the way only."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest
import yaml

from classifiers import kernels
from classifiers.kernels import _few

CASES = yaml.safe_load(
    (Path(__file__).parents[1] / "validators" / "formats.yaml").read_text(encoding="utf-8")
)
ODD = ["", " ", "''", "'1'.0", "测试", "无", "13800138000", "test@test.com", "１３８", None]


@pytest.fixture(autouse=True)
def _few_one_by_one(monkeypatch):
    monkeypatch.setattr(_few, "FEW", 5)


@pytest.mark.parametrize("pi_type", sorted(CASES))
def test_a_few_at_a_time_give_what_all_give(pi_type):
    column = pa.array([cell for cell, *_ in CASES[pi_type]] + ODD)

    by_few = [column.slice(start, 5) for start in range(0, len(column), 5)]

    for of in (kernels.canonical, kernels.is_placeholder):
        together = of(pi_type, column).tolist()
        assert [cell for part in by_few for cell in of(pi_type, part).tolist()] == together


@pytest.mark.parametrize(
    "column",
    [
        pa.array([b"\xff13912345678", b"13912345678"]).cast(pa.binary()).view(pa.string()),
        pa.array(["13912345678"] * 2, pa.string_view()),
        pa.array([13912345678, None]),
        pa.array([13912345678.0, 0.5]),
        pa.array([[1], None]),
        pa.nulls(3),
    ],
)
def test_columns_of_any_type_give_what_they_give_among_many(column):
    many = pa.concat_arrays([column] * 6)

    assert (
        kernels.canonical("mobile", column).tolist()
        == kernels.canonical("mobile", many).tolist()[: len(column)]
    )


@pytest.mark.parametrize("pi_type", sorted(CASES))
def test_a_long_cell_is_left_to_patterns_whose_time_is_linear(pi_type, monkeypatch):
    def never(_type, _cell):
        raise AssertionError("looked at by itself")

    monkeypatch.setattr("classifiers.validators.canonical", never)

    assert kernels.canonical(pi_type, pa.array(["1" + "." * 10_000 + "a"])).null_count == 1
