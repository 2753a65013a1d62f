"""Laws of seeded choices."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from connectors._arrays import array_of, text, unique
from connectors._sampling import chosen, pieces_to_read, reservoir, shares

SIZES = st.lists(st.integers(0, 500), max_size=30)


@given(st.integers(0, 5000), st.integers(0, 5000), st.integers(0, 9))
def test_chosen_rows_are_distinct_and_in_range(total, wanted, seed):
    found = chosen(total, wanted, np.random.default_rng(seed)).tolist()

    assert len(found) == min(total, wanted)
    assert found == sorted(set(found))
    assert not found or 0 <= found[0] <= found[-1] < total


@given(SIZES, st.integers(0, 5000))
def test_shares_add_up_and_fit(sizes, wanted):
    found = shares(sizes, wanted)

    assert sum(found) == min(wanted, sum(sizes))
    assert all(0 <= share <= size for share, size in zip(found, sizes, strict=True))


@given(SIZES, st.integers(0, 3000), st.integers(0, 9))
def test_pieces_hold_the_rows_wanted(sizes, wanted, seed):
    picked = pieces_to_read(sizes, wanted, 4, np.random.default_rng(seed))
    filled = sum(size > 0 for size in sizes)

    assert sum(sizes[piece] for piece in picked) >= min(wanted, sum(sizes))
    assert len(picked) >= min(4, filled)


@given(SIZES, st.integers(1, 400), st.integers(0, 9))
def test_a_reservoir_keeps_distinct_rows_of_all_chunks(sizes, wanted, seed):
    starts = np.cumsum([0, *sizes]).tolist()
    chunks = [np.arange(start, start + size) for start, size in zip(starts, sizes, strict=False)]

    def draw():
        kept = reservoir(chunks, lambda chunk, rows: chunk[rows], wanted, np.random.default_rng(seed))
        return [row for chunk in kept for row in chunk.tolist()]

    assert len(set(draw())) == len(draw()) == min(wanted, sum(sizes))
    assert draw() == draw()


def test_a_reservoir_is_fair():
    hits = np.zeros(100)
    for seed in range(300):
        chunks = [np.arange(0, 10), np.arange(10, 100)]
        for chunk in reservoir(chunks, lambda chunk, rows: chunk[rows], 10, np.random.default_rng(seed)):
            hits[chunk] += 1

    assert hits.sum() == 3000
    assert abs(hits[:10].sum() - 300) < 100


CELL = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(), st.binary(), st.decimals(),
    st.datetimes(), st.dates(), st.times(), st.timedeltas(), st.uuids(), st.lists(st.floats()),
    st.dictionaries(st.text(), st.integers()), st.characters(categories=["Cs"]),
)  # fmt: skip


@given(st.lists(CELL, max_size=8))
def test_any_cells_make_an_array(cells):
    array = array_of(cells)

    assert len(array) == len(cells)
    assert [value is None for value in array.to_pylist()] == [cell is None for cell in cells]
    array.validate(full=True)


@given(CELL)
def test_any_cell_has_a_text(cell):
    assert text(cell).encode("utf-8") is not None


@given(st.lists(st.sampled_from(["", "a", "a_2", "column_2"])))
def test_names_are_told_apart(names):
    assert len(set(unique(names))) == len(names)
