"""The compiled way gives what the rules give, cell by cell, whatever the cells hold."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from classifiers.catalogue import built_in
from classifiers.validators._placeholders import EMAIL, KNOWN, WORDS
from scanner.compiled.loading import OFF, Acceleration, always
from scanner.digests import SubjectKey
from scanner.digests.columns import Digester

pytest.importorskip("numba")

KEY = SubjectKey(bytes(range(16)))
COMPILED = Digester(numbering="lake", key=KEY, catalogue=built_in(), acceleration=always())
BY_RULE = Digester(numbering="lake", key=KEY, catalogue=built_in(), acceleration=Acceleration({OFF: "1"}))
TYPES = ("id_card", "mobile", "email")
FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}


def agree(pi_type: str, column: pa.Array) -> None:
    quick, slow = (digester.column(column, pi_type) for digester in (COMPILED, BY_RULE))
    found, expected = ({part.kind: part for part in parts} for parts in (quick, slow))

    for kind in found.keys() | expected.keys():
        nothing = np.zeros(len(column), np.uint64)
        ours = found[kind].digests if kind in found else nothing
        theirs = expected[kind].digests if kind in expected else nothing
        assert ours.tolist() == theirs.tolist(), kind
    assert (found[pi_type].births is None) == (expected[pi_type].births is None)
    if found[pi_type].births is not None:
        assert found[pi_type].births.tolist() == expected[pi_type].births.tolist()


def id_number(division: int, birth: int, sequence: int, check: int) -> str:
    body = f"{division:06}{birth:08}{sequence:03}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return body + "10X98765432"[(sum(int(a) * b for a, b in zip(body, weights, strict=True)) + check) % 11]


BIRTHS = st.builds(
    lambda year, month, day: year * 10_000 + month * 100 + day,
    st.integers(1845, 2105),
    st.integers(0, 13),
    st.integers(0, 32),
)
IDS = st.builds(
    id_number, st.integers(100_000, 999_999), BIRTHS, st.integers(0, 999), st.sampled_from([0, 0, 0, 1])
)
OLD_IDS = IDS.map(lambda number: number[:6] + number[8:17])
PHONES = st.from_regex(r"\A1[3-9][0-9]{9}\Z")
EMAILS = st.from_regex(r"\A[A-Za-z0-9_.+-]{1,20}@([a-zA-Z0-9-]{1,6}\.){1,3}[a-zA-Z]{1,4}\Z")
PLACEHOLDERS = st.sampled_from(sorted(WORDS | KNOWN["mobile"])) | st.builds(
    lambda local, domain: local + domain,
    st.from_regex(
        re.compile(
            r"\A(?:" + EMAIL.split("@|@")[0].lstrip("^").removeprefix("(?:").removesuffix(")") + r")@\Z",
            re.ASCII,
        )
    ),
    st.sampled_from(["qq.com", "163.com", "none.com", "test.cn"]),
)
NOBODYS_DOMAINS = st.from_regex(
    re.compile(r"\A[a-z]{3,9}@" + EMAIL.split("|@", 1)[1].removesuffix("$") + r"\Z", re.ASCII)
)
VALUES = IDS | OLD_IDS | PHONES | EMAILS | PLACEHOLDERS | NOBODYS_DOMAINS


def written(text: str, how: str, where: int) -> str:
    at = where % (len(text) + 1)
    forms = {
        "plain": text,
        "lower": text.lower(),
        "upper": text.upper(),
        "full width": text.translate(FULL_WIDTH),
        "blank": f"{text[:at]} {text[at:]}",
        "hyphen": f"{text[:at]}-{text[at:]}",
        "edges": f"\t {text}\x7f",
        "country": f"+86 {text}",
        "country digits": f"0086{text}",
        "brackets": f"({text})",
        "label": f"Tel: {text}",
        "quoted": f"'{text}",
        "point zero": f"{text}.0",
        "masked": f"{text[:at]}***{text[at:]}",
        "crosses": f"{text[:at]}xxx{text[at:]}",
        "sign": f"{text[:at]}+{text[at:]}",
        "letter": f"{text[:at]}A{text[at:]}",
        "cut": text[:at],
        "twice": text + text,
    }
    return forms[how]


HOW = ("plain", "lower", "upper", "full width", "blank", "hyphen", "edges", "country", "country digits")
HOW += ("brackets", "label", "quoted", "point zero", "masked", "crosses", "sign", "letter", "cut", "twice")
CELLS = (
    st.none() | st.builds(written, VALUES, st.sampled_from(HOW), st.integers(0, 40)) | st.text(max_size=20)
)


@pytest.mark.parametrize("pi_type", TYPES)
@settings(deadline=None, max_examples=400)  # the first call compiles
@given(st.lists(CELLS, max_size=30), st.integers(0, 3))
@example([], 0)
@example([None], 1)
@example(["810101199003070000", "X12345678", "E12345678", "H12345678", "12345678"], 0)
def test_any_column_has_the_digests_of_the_rules(pi_type: str, cells: list[str | None], skipped: int) -> None:
    agree(pi_type, pa.array([*["dropped"] * skipped, *cells], pa.string())[skipped:])
    agree(pi_type, pa.array([*cells, "so long that no cell is read byte by byte because it ends the column"]))


@pytest.mark.parametrize("pi_type", TYPES)
def test_every_known_placeholder_is_nobody_both_ways(pi_type: str) -> None:
    agree(pi_type, pa.array(sorted(WORDS.union(*KNOWN.values()))))


def test_days_are_told_alike_both_ways() -> None:
    days = [
        year * 10_000 + month * 100 + day
        for year in (1849, 1850, 1899, 1900, 1904, 1999, 2000, 2001, 2004, 2099, 2100, 2101)
        for month in range(14)
        for day in range(34)
    ]
    agree("id_card", pa.array([id_number(110105, day, 2, 0) for day in days]))


def test_any_division_and_any_check_character_is_told_alike_both_ways() -> None:
    divisions = pa.array([id_number(first * 10_000 + 105, 19491231, 2, 0) for first in range(10, 100)])
    agree("id_card", divisions)
    numbers = [id_number(110105, 19491231, sequence, wrong) for sequence in range(40) for wrong in range(11)]
    agree("id_card", pa.array(numbers))


def test_runs_of_digits_and_what_is_nearly_one_are_told_alike_both_ways() -> None:
    runs = [[(first + step * place) % 10 for place in range(8)] for first in range(10) for step in (0, 1, -1)]
    nearly = [[*run[:at], (run[at] + 1) % 10, *run[at + 1 :]] for run in runs for at in range(8)]
    agree("mobile", pa.array(["139" + "".join(map(str, run)) for run in runs + nearly]))


@pytest.mark.parametrize("cells", [[0], [13_912_345_670, None, 138], [11010519491231002, -1]])
@pytest.mark.parametrize("pi_type", TYPES)
def test_numbers_and_dictionaries_have_the_digests_of_their_text(
    pi_type: str, cells: Sequence[int | None]
) -> None:
    agree(pi_type, pa.array(cells, pa.int64()))
    agree(pi_type, pa.array([None if c is None else str(c) for c in cells] * 3).dictionary_encode())


@pytest.mark.parametrize("kind", [pa.string(), pa.large_string(), pa.string_view()])
def test_every_type_of_text_gives_the_same(kind: pa.DataType) -> None:
    cells = ["13912345670", None, "+86 139 1234 5671", "无"]
    (found,) = COMPILED.column(pa.array(cells, kind), "mobile")

    assert found.digests.tolist() == BY_RULE.column(pa.array(cells), "mobile")[0].digests.tolist()
    assert (found.digests != 0).tolist() == [True, False, True, False]
