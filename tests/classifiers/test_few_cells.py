"""Patterns over few cells: Python's engine finds what RE2 finds."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifiers import _cell_tests
from classifiers._few import MOST, few_cells, pattern_of
from classifiers.cells import _AMOUNT, Cells

_LETTERS = st.one_of(
    st.characters(min_codepoint=0x20, max_codepoint=0x7E),
    st.sampled_from("省市县路号员级年月日是否李欧阳一龥鿯"),
    st.sampled_from("0123456789"),
)


@pytest.fixture(scope="module")
def patterns() -> list[tuple[str, bool]]:
    """Return every pattern of the recognizers, as a fresh import of them says it."""
    import importlib
    import pkgutil

    from classifiers import recognizers

    found = {(_AMOUNT, False)}
    original = _cell_tests.regex

    def noted(pattern: str, *, ignore_case: bool = True) -> object:
        found.add((pattern, ignore_case))
        return original(pattern, ignore_case=ignore_case)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_cell_tests, "regex", noted)
        for module in pkgutil.iter_modules(recognizers.__path__):
            loaded = importlib.import_module(f"classifiers.recognizers.{module.name}")
            spec = loaded.__spec__
            if spec and spec.loader:  # beside the one in use, which stays as it is
                spec.loader.exec_module(importlib.util.module_from_spec(spec))
    return sorted(found)


def test_nearly_all_patterns_are_understood(patterns: list[tuple[str, bool]]) -> None:
    understood = [text for text, ignore in patterns if pattern_of(text, ignore_case=ignore)]

    assert len(patterns) > 80
    assert len(understood) > 0.95 * len(patterns)


@given(data=st.data())
@settings(max_examples=300, deadline=None)
def test_both_engines_agree(patterns: list[tuple[str, bool]], data: st.DataObject) -> None:
    text, ignore = data.draw(st.sampled_from(patterns))
    pattern = pattern_of(text, ignore_case=ignore)
    if pattern is None:
        return
    likely = st.from_regex(pattern).map(lambda cell: cell[:MOST])
    drawn = data.draw(st.lists(st.one_of(likely, st.text(_LETTERS, max_size=30)), max_size=8))
    few = few_cells([cell for cell in drawn if few_cells([cell]) is not None])
    assert few is not None

    expected = pc.match_substring_regex(pa.array(few, pa.string()), text, ignore_case=ignore).to_pylist()
    assert [pattern.search(cell) is not None for cell in few] == expected


@pytest.mark.parametrize("letter", ["\n", "\x0b", "ſ", "\u212a", "İ", "〇", "é", "𠀀", "１"])
def test_cells_that_engines_read_differently_are_left_to_re2(letter: str) -> None:
    assert few_cells(["plain", f"a{letter}b"]) is None


@pytest.mark.parametrize(
    "text", [r"\d{3}\z", r"[[:alpha:]]", r"\pN", r"(?P<value>a)", r"(?s).", r"\Q.\E", r"[a--b]"]
)
def test_patterns_that_engines_read_differently_are_left_to_re2(text: str) -> None:
    assert pattern_of(text, ignore_case=True) is None


def test_long_columns_and_long_cells_are_left_to_re2() -> None:
    assert few_cells(["x"] * (MOST + 1)) is None
    assert few_cells(["x" * (MOST + 1)]) is None


@pytest.mark.parametrize("rows", [3, MOST + 1])
def test_a_column_says_which_cells_hold_a_pattern(rows: int) -> None:
    cells = Cells(pa.array(["上海市", "beta", "A1"] * rows))

    assert cells.holding(r"^\p{Han}{2}市$|[a-z]1", ignore_case=True).tolist() == [True, False, True] * rows
