"""Junk never raises, and the layout of the data changes no tag."""

from __future__ import annotations

import json
from dataclasses import asdict

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifiers import decide, gather, kernels
from classifiers.kernels.check_digits import CHECK_DIGITS, check_digit_fits
from classifiers.validators import _checks
from connectors import Column, Table

TEXTS = [
    "😴",
    "\x00",
    "1" * 1_000_000,
    "{" * 5_000,
    "<a>" * 500,
    "张三",
    "",
    " ",
    "³²¹",
    "1e999",
    "\ufeff13800138000",
]
JUNK = {
    "text": pa.array(TEXTS),
    "large_text": pa.array(TEXTS, pa.large_string()),
    "null_type": pa.nulls(11),
    "null_text": pa.nulls(11, pa.string()),
    "dictionary": pa.array(TEXTS).dictionary_encode(),
    "dictionary_with_null": pa.array([None, *TEXTS[1:]]).dictionary_encode(),
    "binary": pa.array([text.encode() for text in TEXTS]),
    "lists": pa.array([None, [], [None], [1.5, None]] + [[0.1] * 64] * 7),
    "lists_of_text": pa.array([None, [], [None], ["13800138000"]] + [["a", None]] * 7),
    "structs": pa.array([None, {"a": None}] + [{"a": "x"}] * 9),
    "maps": pa.array([None] + [[("k", "v")]] * 10, pa.map_(pa.string(), pa.string())),
    "floats": pa.array([float("nan"), float("inf"), -0.0, 1e300, None, 13800138000.0, 1.5, 0, 1, 2, 3]),
    "decimals": pa.array([None, *range(10)]).cast(pa.decimal128(24, 2)),
    "times": pa.array([None, *range(10)]).cast(pa.timestamp("ns")),
    "booleans": pa.array([None, True, False] * 3 + [True, None]),
    "uuid": pa.ExtensionArray.from_storage(pa.uuid(), pa.array([bytes(16)] * 11, pa.binary(16))),
}


def tags(batch):
    table = Table(name="t", columns=tuple(Column(f.name, str(f.type), "") for f in batch.schema))
    found = [[asdict(tag) for tag in decide(evidence)] for evidence in gather(batch, table, None)]
    return json.dumps(found, sort_keys=True)


@pytest.mark.parametrize("kind", JUNK)
@pytest.mark.parametrize("header", ["c7", "手机号", "\x00"])
def test_junk_never_raises(kind, header):
    whole = pa.record_batch({header: JUNK[kind]})

    assert tags(whole) == tags(whole)
    assert tags(whole.slice(0, 0)).startswith("[")
    assert tags(whole.slice(3, 5)).startswith("[")


def test_a_table_without_columns_has_no_tags():
    assert tags(pa.record_batch({})) == "[]"


@pytest.mark.parametrize("pi_type", sorted(kernels.KERNELS))
@pytest.mark.parametrize("kind", JUNK)
def test_junk_never_breaks_a_kernel(pi_type, kind):
    assert len(kernels.canonical(pi_type, JUNK[kind])) == len(JUNK[kind])


@pytest.mark.parametrize("kind", ["id_card", "mobile", "email", "bank_card", "address", "order_no"])
def test_chunks_slices_and_dictionaries_change_no_tag(make, kind):
    values = make(kind, 60)
    plain = pa.array(values)
    chunked = pa.chunked_array([values[:7], values[7:8], [], values[8:]], pa.string())
    sliced = pa.array([None, *values, None]).slice(1, 60)
    large = plain.cast(pa.large_string())

    layouts = [plain, chunked.combine_chunks(), sliced, large, plain.dictionary_encode()]

    # The type of the column is no evidence, so all give the same bytes.
    assert len({tags(pa.record_batch({"c7": layout})) for layout in layouts}) == 1


REFERENCE = {"luhn": _checks.luhn, "mod_11_2": _checks.mod_11_2, "mod_11_10": _checks.mod_11_10}


@pytest.mark.parametrize("name", sorted(CHECK_DIGITS))
@settings(max_examples=60, deadline=None)
@given(
    bodies=st.lists(st.from_regex("[0-9]{1,63}", fullmatch=True), max_size=12),
    last=st.sampled_from("0123456789X"),
)
def test_check_digits_agree_with_their_reference(name, bodies, last):
    right = [body + REFERENCE[name](body) for body in bodies]
    tried = [body + last for body in bodies]

    assert check_digit_fits(name, pa.array(right, pa.string())).all()
    assert check_digit_fits(name, pa.array(tried, pa.string())).tolist() == [
        value == expected for value, expected in zip(tried, right, strict=True)
    ]
