"""Kernels on every physical form a column can have."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifiers import kernels
from classifiers.kernels._cells import BLOCK

MOBILE = "13800138001"
CELLS = [MOBILE, None, "138-0013-8002", "", "junk", "１３８００１３８００３", "138****8001", "13900139007"]
CANONICAL = [MOBILE, None, "13800138002", None, None, "13800138003", None, "13900139007"]


@pytest.mark.parametrize(
    "kind", [pa.string(), pa.large_string(), pa.string_view(), pa.dictionary(pa.int8(), pa.string())]
)
def test_text_columns_of_every_kind_give_the_same(kind):
    column = pa.array(CELLS).cast(kind)

    assert kernels.canonical("mobile", column).to_pylist() == CANONICAL
    assert kernels.canonical("mobile", column).type == pa.string()
    assert kernels.is_masked(column).tolist() == [False] * 6 + [True, False]
    assert kernels.is_placeholder("mobile", column).tolist() == [False] * 8


@settings(deadline=None)
@given(start=st.integers(0, 8), stop=st.integers(0, 8))
def test_a_slice_gives_the_slice_of_the_result(start, stop):
    column = pa.array(CELLS)[start:stop]

    assert kernels.canonical("mobile", column).to_pylist() == CANONICAL[start:stop]
    assert kernels.clean(column).to_pylist() == kernels.clean(pa.array(CELLS)).to_pylist()[start:stop]


@pytest.mark.parametrize(
    "pi_type", ["id_card", "mobile", "email", "landline", "employee_no", "ip_address", "imei"]
)
def test_empty_and_null_columns_give_the_same_length(pi_type):
    for column in (pa.array([], pa.string()), pa.nulls(3, pa.string()), pa.nulls(2), pa.array(["", "", ""])):
        found = kernels.canonical(pi_type, column)

        assert found.type == pa.string()
        assert len(found) == found.null_count == len(column)
        assert not kernels.is_masked(column).any()
        assert not kernels.is_placeholder(pi_type, column).any()


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        (pa.array([13800138001, None, 7]), ["13800138001", None, "7"]),
        (
            pa.array([13800138001.0, None, 0.5, float("nan"), float("inf")]),
            ["13800138001", None, "0.5", None, None],
        ),
        (pa.array([2.0**53]), ["9007199254740992"]),
        (pa.array([16777216.0], pa.float32()), ["16777216"]),
        (pa.array([Decimal("13800138001.00"), None], pa.decimal128(20, 2)), ["13800138001", None]),
        (pa.array([Decimal(13800138001)], pa.decimal128(11, 0)), ["13800138001"]),
        (pa.array([6222021003005070901], pa.uint64()), ["6222021003005070901"]),
        (pa.array([True, False]), ["true", "false"]),
        (pa.array([b"13800138001", b"\xff\xd8\xff", b"a\x01b", None]), ["13800138001", None, None, None]),
        (pa.array([b"1380013\0\0"], pa.binary(9)), ["1380013"]),
        (pa.array(["张三".encode(), b"x" * 70_000], pa.large_binary()), ["张三", None]),
        (pa.array([["13800138001"], []]), [None, None]),
        (pa.array([{"a": "13800138001"}]), [None]),
        (
            pa.array(["13800138001.00", "1.50", "v1.0", "10.0.0.0"]),
            ["13800138001", "1.50", "v1.0", "10.0.0.0"],
        ),
    ],
)
def test_clean_renders_values_as_they_were_meant(column, expected):
    assert kernels.clean(column).to_pylist() == expected


def test_a_number_that_a_float_cannot_hold_is_no_identifier():
    damaged = pa.array([6222021003005070901.0])

    assert kernels.canonical("bank_card", damaged).to_pylist() == [None]


@pytest.mark.parametrize("lead", ["", "x", " "])
def test_columns_longer_than_a_block_keep_their_order(lead):
    """With a lead the cells are not one run of bytes, or have to be cleaned."""
    serial = np.arange(2 * BLOCK + 17)
    cells = [f"138{n:08}" if n % 5 else f"{lead}139{n:08}" for n in serial]

    found = kernels.canonical("mobile", pa.array(cells)).to_pylist()

    assert [f is not None for f in found[1_000:]] == [bool(n % 5) or lead != "x" for n in serial[1_000:]]
    assert all(f == c.strip() for f, c in zip(found, cells, strict=True) if f is not None)


def test_cells_under_null_are_never_read():
    hidden = pa.Array.from_buffers(
        pa.string(),
        2,
        [
            pa.py_buffer(b"\x02"),
            pa.py_buffer(np.array([0, 11, 22], np.int32).tobytes()),
            pa.py_buffer(b"1380013800113900139001"),
        ],
    )

    assert kernels.canonical("mobile", hidden).to_pylist() == [None, "13900139001"]


def test_bytes_that_are_no_text_spoil_their_own_cell_only():
    offsets = pa.py_buffer(np.array([0, 11, 13, 15], np.int32).tobytes())
    broken = pa.StringArray.from_buffers(3, offsets, pa.py_buffer(b"13800138001\xff\xfeA\xe5"))

    assert kernels.clean(broken).to_pylist() == ["13800138001", "\ufffd\ufffd", "A\ufffd"]
    assert kernels.canonical("mobile", broken).to_pylist() == ["13800138001", None, None]


def test_an_unknown_type_is_an_error():
    with pytest.raises(KeyError):
        kernels.canonical("person_name", pa.array(["x"]))


def test_masks_and_dots_are_told_apart():
    column = pa.array(
        [
            "138****1234",
            "138xxxx1234",
            "张**",
            "3301##########1234",
            "ab***@x.com",
            "阿依•古丽",
            "5*6",
            "maxxx@qq.com",
            None,
        ]
    )

    assert kernels.is_masked(column).tolist() == [True] * 5 + [False] * 4


@pytest.mark.parametrize("kind", [pa.string(), pa.large_string(), pa.dictionary(pa.int32(), pa.string())])
@pytest.mark.parametrize(
    "pi_type", ["medical_record_no", "device_id", "user_account", "vin", "email", "passport"]
)
def test_a_slice_of_any_text_type_gives_what_its_values_give(kind, pi_type):
    """pyarrow 26 upper-cases slices of cast large_string wrongly, without an error."""
    column = pa.array(
        [f"Ab{number:05d}9@example.org"[: 8 if pi_type != "email" else None] for number in range(200)]
    ).cast(kind)
    part = column.slice(7, 50)

    assert (
        kernels.canonical(pi_type, part).to_pylist()
        == kernels.canonical(pi_type, pa.array(part.to_pylist())).to_pylist()
    )


@pytest.mark.parametrize("pi_type", sorted(kernels.KERNELS))
def test_offsets_that_do_not_begin_at_0_are_respected(pi_type):
    """Casting a slice of large strings leaves the offsets of the whole, which pyarrow misreads."""
    cells = [
        "A.Bc@Mail.cn",
        "13902468135",
        "0561E9C6-DF15-EDFE-1050-743A50D9F455",
        "aB:cD:eF:01:23:45",
        "X1y2Z3w4",
    ]
    whole = pa.array(cells * 40, pa.large_string())
    part = whole.slice(100).cast(pa.string())

    assert np.frombuffer(part.buffers()[1], np.int32)[0] > 0
    assert kernels.canonical(pi_type, part).equals(kernels.canonical(pi_type, pa.array(cells * 20)))
