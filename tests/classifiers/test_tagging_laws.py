"""What holds for any column: it can be classified, shows no cell, and asks for no order of rows."""

from __future__ import annotations

import json

import numpy as np
import pyarrow as pa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from classifiers import decide
from classifiers.ranking import lower_bound

TEXTS = st.lists(st.text(max_size=40) | st.none(), max_size=25)


ARRAYS = st.one_of(
    TEXTS.map(lambda v: pa.array(v, pa.string())),
    st.lists(st.text('0123456789-*.Xx@|{}[]":,=&<>/ 张伟省市号', max_size=40) | st.none(), max_size=25).map(
        lambda v: pa.array(v, pa.string())
    ),
    TEXTS.map(lambda v: pa.array(v, pa.large_string())),
    TEXTS.map(lambda v: pa.array(v, pa.string()).dictionary_encode()),
    st.lists(st.binary(max_size=80) | st.none(), max_size=25).map(lambda v: pa.array(v, pa.binary())),
    st.lists(st.integers(-(2**63), 2**63 - 1) | st.none(), max_size=25).map(
        lambda v: pa.array(v, pa.int64())
    ),
    st.lists(st.floats(width=64) | st.none(), max_size=25).map(lambda v: pa.array(v, pa.float64())),
    st.lists(st.datetimes() | st.none(), max_size=25).map(lambda v: pa.array(v, pa.timestamp("us"))),
    st.lists(st.lists(st.floats(width=32), max_size=12) | st.none(), max_size=25).map(
        lambda v: pa.array(v, pa.list_(pa.float32()))
    ),
    st.lists(st.lists(st.text(max_size=5)) | st.none(), max_size=9).map(
        lambda v: pa.array(v, pa.list_(pa.string()))
    ),
    st.lists(st.dictionaries(st.sampled_from("ab"), st.text(max_size=5)), max_size=9).map(
        lambda v: pa.array(v, pa.struct({"a": pa.string(), "b": pa.string()}))
    ),
)


HEADERS = st.sampled_from(
    ["c7", "手机号", "姓名", "id_no", "face_feature", "指纹", "address", "商品名称", "xb"]
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ARRAYS, HEADERS | st.text(max_size=20))
def test_any_column_can_be_classified(evidence_of, array, header):
    (column,) = evidence_of([(header, array)])
    for tag in decide(column):
        assert tag.evidence
        assert 0 <= tag.confidence <= 1
        assert tag.prevalence is None or 0 <= tag.prevalence <= 1
        assert all(reason.matched <= reason.checked or not reason.checked for reason in tag.evidence)


MARKER = "Zq7#"


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.text('0123456789ABC{}":张@.', max_size=20), min_size=1, max_size=20),
    HEADERS,
)
def test_evidence_never_contains_a_cell(evidence_of, cells, header):
    values = [f"{MARKER}{cell}" for cell in cells] + [json.dumps({"mobile": MARKER + cell}) for cell in cells]
    (column,) = evidence_of([(header, values)])
    assert MARKER not in repr(column)
    assert MARKER not in repr(decide(column))


def test_evidence_of_a_column_shows_no_value_when_printed(evidence_of, make):
    (column,) = evidence_of([("c7", make("id_card"))])
    text = repr(column) + repr(decide(column))
    assert not any(value in text for value in make("id_card"))


@settings(max_examples=25, deadline=None)
@given(st.permutations(range(60)), st.sampled_from(["mobile", "person_name", "education", "digest", "track"]))
def test_the_order_of_rows_does_not_matter(evidence_of, make, order, kind):
    values = [*make(kind, 50), *make("junk", 10)]
    (first,) = evidence_of([("c7", values)])
    (second,) = evidence_of([("c7", [values[i] for i in order])])
    assert decide(first) == decide(second)


@given(st.integers(0, 500), st.integers(0, 500))
def test_the_lower_bound_lies_below_the_share_and_rises_with_the_sample(matched, more):
    checked = matched + more
    bound = lower_bound(matched, checked)
    assert 0 <= bound <= (matched / checked if checked else 0) + 1e-12
    assert lower_bound(10 * matched, 10 * checked) >= bound - 1e-12


def test_two_runs_give_the_same_evidence(evidence_of, make):
    table = [("a", make("mobile")), ("b", np.arange(60)), ("c", make("track"))]
    assert evidence_of(table) == evidence_of(table)
