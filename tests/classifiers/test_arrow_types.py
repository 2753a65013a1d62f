"""The same values in every type of Arrow column."""

from __future__ import annotations

import pyarrow as pa
import pytest


@pytest.mark.parametrize(
    "array",
    [
        lambda v: pa.array([int(x) for x in v], pa.int64()),
        lambda v: pa.array([float(x) for x in v], pa.float64()),
        lambda v: pa.array([x + ".0" for x in v]),
        lambda v: pa.array([int(x) for x in v]).cast(pa.decimal128(20, 0)),
        lambda v: pa.array(v, pa.large_string()),
        lambda v: pa.array(v).dictionary_encode(),
        lambda v: pa.array([None, *v, None]).slice(1, len(v)),
    ],
    ids=["int64", "float64", "text with .0", "decimal", "large string", "dictionary", "slice"],
)
def test_phone_numbers_are_found_in_any_arrow_type(make, tags_of, array):
    assert set(tags_of(array(make("mobile", 80)))) == {"mobile"}


@pytest.mark.parametrize("kind", [pa.binary(), pa.large_binary(), pa.binary(11)])
def test_bytes_that_are_text_are_read_as_text(make, tags_of, kind):
    assert "mobile" in tags_of(pa.array([number.encode() for number in make("mobile", 40)], kind), "c7")


@pytest.mark.parametrize(
    "kind", [pa.list_(pa.string()), pa.large_list(pa.string()), pa.list_(pa.int64()), pa.list_(pa.binary())]
)
def test_members_of_lists_are_looked_at(make, tags_of, kind):
    values = [number.encode() if kind.value_type == pa.binary() else number for number in make("mobile", 40)]
    pairs = [[int(value) if kind.value_type == pa.int64() else value] * 2 for value in values]

    assert tags_of(pa.array([*pairs, None, []], kind), "c7")["mobile"].form == "embedded"


def test_a_header_alone_says_what_empty_lists_are_for(tags_of):
    assert tags_of(pa.array([[], None], pa.list_(pa.string())), "手机号")["mobile"].form == "plain"


def test_a_chunked_column_is_like_a_whole_one(make, tags_of):
    numbers = make("mobile", 80)
    chunks = pa.chunked_array([numbers[:30], numbers[30:]])
    assert set(tags_of(pa.concat_arrays(chunks.chunks))) == {"mobile"}


@pytest.mark.parametrize(
    "array",
    [
        pa.array([{"a": "1", "b": 2}] * 20),
        pa.array([[{"a": "1"}]] * 20),
        pa.array([[1, 2, 3]] * 20),
        pa.array([["x", "y"]] * 20),
        pa.array([[("k", "v")]] * 20, pa.map_(pa.string(), pa.string())),
        pa.array([True, False, None] * 9),
        pa.array([b"", None] * 9),
        pa.array([float("nan"), float("inf"), -float("inf"), None, 1e300]),
        pa.array([0] * 9, pa.duration("s")),
        pa.array([0] * 9, pa.time64("ns")),
        pa.nulls(9),
    ],
    ids=lambda array: str(array.type),
)
def test_any_arrow_type_is_looked_at_without_a_claim(tags_of, array):
    assert not tags_of(array)
