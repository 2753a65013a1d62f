"""Theta sketches against the Python package of Apache DataSketches, byte by byte."""

import datasketches
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.sketches import SketchUnreadable
from scanner.sketches.theta import Theta, intersect, subtract, unite


def draw(number, seed=0):
    return np.random.default_rng(seed).integers(0, 2**64, number, dtype=np.uint64)


def filled(values, lg_k=12):
    sketch = datasketches.update_theta_sketch(lg_k)
    for value in values.view(np.int64).tolist():
        sketch.update(value)
    return sketch


def theirs(values, lg_k=12):
    """Return the package's sketch cut to its nominal size, which is what a union hands out."""
    sketch = filled(values, lg_k)
    sketch.trim()
    return sketch.compact()


@pytest.mark.parametrize("number", [0, 1, 2, 100, 4_095, 4_096, 4_097, 20_000, 100_000])
def test_bytes_estimate_and_bounds_are_those_of_the_package(number):
    values = draw(number)
    ours, package = Theta.of(values), theirs(values)
    assert ours.to_bytes() == package.serialize()
    assert Theta.from_bytes(package.serialize()) == ours
    assert ours.estimate() == package.get_estimate()
    for deviations in (1, 2, 3):
        bounds = package.get_lower_bound(deviations), package.get_upper_bound(deviations)
        assert ours.bounds(deviations) == pytest.approx(bounds, rel=1e-9)


@pytest.mark.parametrize("number", [0, 1, 2, 9, 4_096, 4_097, 30_000])
def test_compressed_sketches_are_read_too(number):
    package = theirs(draw(number))
    assert Theta.from_bytes(package.serialize(compress=True)) == Theta.from_bytes(package.serialize())


@given(st.binary(max_size=90), st.sampled_from([3, 4]))
def test_junk_is_refused_or_read_and_never_breaks(junk, version):
    head = (
        bytes([1 + len(junk) % 3, version, 3, *junk[:2].ljust(2, b"\x09"), 26])
        + Theta.of(draw(1)).to_bytes()[6:8]
    )
    try:
        Theta.from_bytes(head + junk[2:])
    except SketchUnreadable:
        return


def test_a_sketch_that_was_not_cut_to_size_is_read_as_it_is():
    package = filled(draw(7_000)).compact()
    read = Theta.from_bytes(package.serialize())
    assert len(read.hashes) == package.num_retained
    assert read.estimate() == package.get_estimate()


@pytest.mark.parametrize("kept", [0, 1, 2, 3, 10, 50, 119, 120, 121, 400])
@pytest.mark.parametrize("share", [1e-6, 0.003, 0.1, 0.4, 0.9, 0.999, 0.999999])
def test_bounds_of_any_sample_are_those_of_the_package(kept, share):
    ours = Theta(np.arange(1, kept + 1, dtype=np.uint64), int(share * 2**63))
    package = datasketches.compact_theta_sketch.deserialize(ours.to_bytes())
    for deviations in (1, 2, 3):
        bounds = package.get_lower_bound(deviations), package.get_upper_bound(deviations)
        assert ours.bounds(deviations) == pytest.approx(bounds, rel=1e-7)


@pytest.mark.parametrize("size", [500, 40_000])
def test_set_operations_are_those_of_the_package(size):
    left, right = draw(size, 1), np.concatenate([draw(size, 1)[: size // 3], draw(size, 2)])
    ours, package = (Theta.of(left), Theta.of(right)), (theirs(left), theirs(right))
    union = datasketches.theta_union(12)
    for sketch in package:
        union.update(sketch)
    assert unite(ours).to_bytes() == union.get_result().serialize()
    both = datasketches.theta_intersection()
    for sketch in package:
        both.update(sketch)
    assert intersect(*ours).to_bytes() == both.get_result().serialize()
    assert subtract(*ours).to_bytes() == datasketches.theta_a_not_b().compute(*package).serialize()


@pytest.mark.parametrize("number", [10, 3_000, 100_000])
def test_a_hundred_partitions_unite_to_the_bytes_of_one_pass(number):
    values = draw(number, 1)
    parts = np.array_split(np.concatenate([values, values[: number // 3]]), 100)
    united = unite(Theta.from_bytes(Theta.of(part).to_bytes()) for part in parts)
    assert united.to_bytes() == Theta.of(values).to_bytes()


@given(st.lists(st.lists(st.integers(0, 2**64 - 1), max_size=60), max_size=6), st.randoms())
def test_order_and_grouping_never_matter(parts, random):
    arrays = [np.array(part, np.uint64) for part in parts]
    whole = Theta.of(np.concatenate([np.zeros(0, np.uint64), *arrays]), 4)
    shuffled = random.sample(arrays, len(arrays))
    left = unite(
        [unite([Theta.of(a, 4) for a in shuffled[:3]], 4), *(Theta.of(a, 4) for a in shuffled[3:])], 4
    )
    assert left == whole


@pytest.mark.parametrize("lg_k", [10, 12])
def test_bounds_hold_as_often_as_they_say(lg_k):
    sizes, seeds = (1_000, 12_000, 40_000, 150_000), range(200)
    sketches = {n: [Theta.of(draw(n, (n, seed)), lg_k) for seed in seeds] for n in sizes}
    for deviations, share in ((2, 0.95), (3, 0.99)):
        held = [s.bounds(deviations)[0] <= n <= s.bounds(deviations)[1] for n in sizes for s in sketches[n]]
        assert np.mean(held) >= share


@pytest.mark.parametrize(("deviations", "share"), [(2, 0.95), (3, 0.99)])
def test_bounds_of_differences_hold_as_often_as_they_say(deviations, share):
    held = []
    for rest in (1_000, 4_000, 15_000):
        for seed in range(200):
            values = draw(30_000, (rest, seed))
            difference = subtract(Theta.of(values, 10), Theta.of(values[rest:], 10))
            held.append(difference.bounds(deviations)[0] <= rest <= difference.bounds(deviations)[1])
    assert np.mean(held) >= share


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "not the bytes"),
        (Theta.of(draw(9)).to_bytes()[:-1], "expected"),
        (b"\x02\x03\x07" + bytes(30), "not the bytes"),
        (b"\x02\x05\x03" + bytes(30), "serial version 5"),
        (b"\x02\x03\x03\x00\x00\x1a\x00\x00" + bytes(30), "another seed"),
        (b"\x09\x03\x03\x00\x00\x1a\xcc\x93" + bytes(30), "contradicts"),
    ],
)
def test_bad_bytes_are_refused_with_a_reason(data, reason):
    with pytest.raises(SketchUnreadable, match=reason):
        Theta.from_bytes(data)


def test_a_sketch_keeps_16_to_67_million_hashes():
    with pytest.raises(ValueError, match=r"2\*\*3"):
        Theta.of(draw(1), 3)
