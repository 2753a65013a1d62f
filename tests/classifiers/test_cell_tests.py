"""Building blocks of recognizers; what a kernel skips, it would not have matched."""

from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifiers import kernels
from classifiers._cell_tests import _SIGNS, both, decimals, kernel, only_if_varied, regex, unless, where_seen
from classifiers.cells import LONGEST, Cells

GENERATED = [name for name in _SIGNS if name not in {"business_license", "postcode"}]
NOISE = [
    *("{}", "  {}\t", "'{}", "[{}）", "号码：{}", "No.{}", "+86 {}", "0086{}", "{};", "＜{}＞", "{}.0"),
    *("证件号码 {}", "☎{}", "{}转123", "身份证号：（{}）", "{} 。"),
]


def exactly(pi_type: str, cells: Cells) -> list[bool]:
    return kernels.canonical(pi_type, cells.text).is_valid().to_pylist()


@pytest.mark.parametrize("pi_type", GENERATED)
@pytest.mark.parametrize("noise", NOISE)
def test_a_noted_value_is_not_skipped(make, pi_type, noise):
    written = [noise.format(value) for value in make(pi_type, 12)]
    spaced = [noise.format("-".join(v[i : i + 4] for i in range(0, len(v), 4))) for v in make(pi_type, 12)]
    cells = Cells(pa.array(written + spaced + [v.lower() for v in written]))
    assert kernel(pi_type)(cells).tolist() == exactly(pi_type, cells)


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(sorted(_SIGNS)),
    st.lists(
        st.text("0123456789 -xX*.:()+A京字第号@abcdef", max_size=30) | st.text(max_size=20) | st.none(),
        max_size=20,
    ),
)
def test_what_is_skipped_would_not_match(pi_type, values):
    cells = Cells(pa.array(values, pa.string()))
    assert kernel(pi_type)(cells).tolist() == exactly(pi_type, cells)


def test_cells_are_cleaned_cut_and_freed_of_placeholders():
    cells = Cells(pa.array([" a ", None, "", "N/A", "x" * 10_000]))
    assert cells.text.to_pylist()[0] == "a"
    assert cells.lengths.tolist() == [1, LONGEST]
    assert cells.digits.tolist() == [0, 0]


def test_repr_of_cells_shows_no_value():
    assert repr(Cells(pa.array(["secret"] * 3))) == "Cells(3 of string)"


def test_conditions_combine():
    cells = Cells(pa.array(["a1", "a2", "b1", "c"]))
    assert both(regex("a"), regex("1"))(cells).tolist() == [True, False, False, False]
    assert unless(regex("[ab]"), regex("1"))(cells).tolist() == [False, True, False, False]
    assert not only_if_varied(regex("."), distinct=9, share=1.1)(cells).any()


def test_signs_are_wanted_only_among_many_values():
    few, many = Cells(pa.array(["x"] * 9)), Cells(pa.array([f"x{i}" for i in range(60)]))
    seldom = where_seen(regex("x"), regex("never"), share=0.03)
    assert seldom(few).all()
    assert not seldom(many).any()


@pytest.mark.parametrize(
    ("values", "digits"),
    [
        ([39.904211, 39.9, 40.007123], 6),
        (["116.40,39.90", "116.41,39.91"], 2),
        (["POINT(116.4074 39.9042)"], 4),
        (["116", "39"], None),
        ([None], None),
        (["no number."], None),
    ],
)
def test_decimals_of_most_coordinates(values, digits):
    assert decimals(Cells(pa.array(values))) == digits
