"""HyperLogLog sketches against the Python package of Apache DataSketches, byte by byte."""

import struct

import datasketches
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.sketches import SketchUnreadable
from scanner.sketches.hll import Hll, unite
from scanner.sketches.hll_format import from_bytes, to_bytes

TYPES = {
    4: datasketches.tgt_hll_type.HLL_4,
    6: datasketches.tgt_hll_type.HLL_6,
    8: datasketches.tgt_hll_type.HLL_8,
}
SIZES = [0, 1, 7, 8, 24, 25, 1_000, 1_536, 1_537, 5_000, 60_000]


def draw(number, seed=0):
    return np.random.default_rng(seed).integers(0, 2**64, number, dtype=np.uint64)


def theirs(values, lg_k, bits=8):
    """Return the package's sketch after a union, which brings every sketch to one form."""
    sketch = datasketches.hll_sketch(lg_k, TYPES[8])
    for value in values.view(np.int64).tolist():
        sketch.update(value)
    union = datasketches.hll_union(lg_k)
    union.update(sketch)
    union.update(sketch)
    return union.get_result(TYPES[bits])


def coupons_sorted(data):
    """Bring coupons into our order; the package writes them in the order of its hash table."""
    mode = data[7] & 3
    start = {0: 8, 1: 12, 2: len(data)}[mode]
    return data[:start] + np.sort(np.frombuffer(data, "<u4", offset=start)).tobytes()


@pytest.mark.parametrize("number", SIZES)
@pytest.mark.parametrize("lg_k", [4, 7, 8, 12, 14])
@pytest.mark.parametrize("bits", [4, 6, 8])
def test_the_package_and_we_read_each_other(number, lg_k, bits):
    values = draw(number, lg_k)
    ours, package = Hll.of(values, lg_k), theirs(values, lg_k, bits)
    assert from_bytes(package.serialize_compact()) == ours
    assert from_bytes(package.serialize_updatable()) == ours
    read = datasketches.hll_sketch.deserialize(to_bytes(ours, bits))
    assert read.get_estimate() == pytest.approx(package.get_estimate(), rel=1e-9)
    assert ours.estimate() == pytest.approx(package.get_estimate(), rel=1e-9)
    for deviations in (1, 2, 3):
        bounds = package.get_lower_bound(deviations), package.get_upper_bound(deviations)
        assert ours.bounds(deviations) == pytest.approx(bounds, rel=1e-9)


@pytest.mark.parametrize("number", SIZES)
@pytest.mark.parametrize("bits", [6, 8])
def test_bytes_are_those_of_the_package(number, bits):
    values = draw(number, 3)
    assert to_bytes(Hll.of(values, 12), bits) == coupons_sorted(theirs(values, 12, bits).serialize_compact())


def test_registers_in_four_bits_differ_in_the_order_of_exceptions_only():
    values = draw(200_000, 5)
    ours, package = to_bytes(Hll.of(values, 12), 4), theirs(values, 12, 4).serialize_compact()
    exceptions = 40 + 2_048
    assert struct.unpack_from("<I", ours, 36)[0] > 0
    assert ours[:exceptions] == package[:exceptions]
    assert sorted(np.frombuffer(ours, "<u4", offset=exceptions)) == sorted(
        np.frombuffer(package, "<u4", offset=exceptions)
    )


@pytest.mark.parametrize("number", [10, 3_000, 100_000])
def test_a_hundred_partitions_unite_to_the_bytes_of_one_pass(number):
    values = draw(number, 1)
    parts = np.array_split(np.concatenate([values, values[: number // 3]]), 100)
    united = unite(from_bytes(to_bytes(Hll.of(part), 8)) for part in parts)
    assert to_bytes(united) == to_bytes(Hll.of(values))


@given(st.lists(st.lists(st.integers(0, 2**64 - 1), max_size=60), max_size=6), st.randoms())
def test_order_and_grouping_never_matter(parts, random):
    arrays = [np.array(part, np.uint64) for part in parts]
    whole = Hll.of(np.concatenate([np.zeros(0, np.uint64), *arrays]), 8)
    shuffled = random.sample(arrays, len(arrays))
    left = unite([unite([Hll.of(a, 8) for a in shuffled[:3]], 8), *(Hll.of(a, 8) for a in shuffled[3:])], 8)
    assert left == whole


def test_sketches_of_different_precision_unite_at_the_smaller_one():
    values = draw(50_000)
    united = unite([Hll.of(values[:30_000], 14), Hll.of(values[20_000:], 11)], 14)
    assert united == Hll.of(values, 11)


@pytest.mark.parametrize("lg_k", [12, 14])
def test_bounds_hold_as_often_as_they_say(lg_k):
    sizes, seeds = (1_000, 12_000, 40_000, 150_000), range(200)
    sketches = {n: [Hll.of(draw(n, (n, seed)), lg_k) for seed in seeds] for n in sizes}
    for deviations, share in ((2, 0.95), (3, 0.99)):
        held = [s.bounds(deviations)[0] <= n <= s.bounds(deviations)[1] for n in sizes for s in sketches[n]]
        assert np.mean(held) >= share


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "not the bytes"),
        (b"\x0a\x01\x03" + bytes(40), "not the bytes"),
        (b"\x0a\x01\x07\x0c\x00\x18\x00\x0a" + bytes(100), "expected"),
        (b"\x0a\x02\x07\x0c\x00\x18\x00\x0a" + bytes(4_200), "version 2"),
        (b"\x03\x01\x07\x0c\x00\x18\x00\x0a" + bytes(4_200), "contradicts"),
    ],
)
def test_bad_bytes_are_refused_with_a_reason(data, reason):
    with pytest.raises(SketchUnreadable, match=reason):
        from_bytes(data)


@given(st.binary(max_size=120))
def test_junk_is_refused_or_read_and_never_breaks(junk):
    try:
        from_bytes(bytes([*junk[:2], 7, *junk[3:]]))
    except SketchUnreadable:
        return


def test_a_sketch_has_16_to_2_million_registers():
    with pytest.raises(ValueError, match=r"2\*\*22"):
        Hll.of(draw(1), 22)
