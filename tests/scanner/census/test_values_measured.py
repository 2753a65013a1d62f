"""The lower end by how often values are one person's: docs/counting.md, section 7, step by step."""

from __future__ import annotations

import hashlib
import itertools
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from math import floor, sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.census import People, measured, tallies
from scanner.census.chunks import condense
from scanner.census.kinds import ACCOUNT, FOR_LIFE, KINDS, STRONG
from scanner.census.solving import PART_ROWS, solve
from scanner.census.store import Store
from scanner.compiled.loading import OFF, Acceleration, always
from scanner.identifiers import Records
from scanner.machine.spill import Memory

Row = Mapping[str, object]
Tables = Mapping[str, Sequence[Row]]
NUMPY = Acceleration({OFF: "1"})


def digest(text: object) -> int:
    return int.from_bytes(hashlib.blake2b(str(text).encode(), digest_size=8).digest(), "little") & ~1


def written(table: str, rows: Sequence[Row]) -> Records:
    kinds = sorted({kind for row in rows for kind in row} & KINDS.keys())
    return Records(
        table=table,
        slot="",
        ids=tuple(
            (kind, np.array([digest((kind, row[kind])) if kind in row else 0 for row in rows], np.uint64))
            for kind in kinds
        ),
        names=np.array([digest(row["name"]) if "name" in row else 0 for row in rows], np.uint64),
        born_as=np.zeros(len(rows), np.uint64),
        flags=np.zeros(len(rows), np.uint32),
        present=np.ones(len(rows), np.bool_),
        key="k",
    )


def people(tables: Tables, acceleration: Acceleration = NUMPY, part_rows: int = PART_ROWS) -> People:
    store = Store(Memory())
    for table, rows in tables.items():
        store.add(condense(written(table, rows)))
    return solve(store, Memory(), acceleration, 2, part_rows)


# A company: who they are is known by number, so the truth is known.


def customers(rng: np.random.Generator, size: int, *, documented: float = 0.6) -> list[Row]:
    """Each has a member number and a phone; some show their ID number."""
    shown = rng.random(size) < documented
    return [
        {"user_account": n, "mobile": n, "name": f"王{n % 50}", **({"id_card": n} if shown[n] else {})}
        for n in range(size)
    ]


def newsletter(rng: np.random.Generator, size: int, *, addresses: int, numbered: float = 0.5) -> list[Row]:
    """Everybody stands in it under so many addresses; some rows show the member number."""
    beside = rng.random((size, addresses)) < numbered
    return [
        {"email": (n, k), **({"user_account": n} if beside[n, k] else {})}
        for n in range(size)
        for k in range(addresses)
    ]


def devices(size: int, *, each: int) -> list[Row]:
    """Everybody has so many phones, every one with a number of its own."""
    return [
        {"mobile": n if k == 0 else (n, k), "device_id": (n, k)} for n in range(size) for k in range(each)
    ]


@pytest.mark.parametrize("seed", range(5))
def test_customers_are_as_many_as_their_numbers_where_no_document_has_two(seed: int) -> None:
    rows = customers(np.random.default_rng(seed), 5000)

    counted = people({"customer": rows}).count()

    assert 4950 < counted.lower <= counted.estimate == 5000
    assert counted.confidence == measured.CONFIDENCE


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("documented", [0.5, 1.0])
@pytest.mark.parametrize("addresses", [1, 2, 3])
def test_people_with_several_addresses_are_covered(seed: int, addresses: int, documented: float) -> None:
    rng = np.random.default_rng(seed)
    found = people(
        {
            "customer": customers(rng, 3000, documented=documented),
            "newsletter": newsletter(rng, 3000, addresses=addresses),
        }
    )

    counted = found.count(["newsletter"])

    assert counted.lower <= 3000 <= counted.upper
    if addresses == 1:
        assert counted.lower > 2700


@pytest.mark.parametrize("seed", range(5))
def test_those_who_registered_again_are_covered(seed: int) -> None:
    """One in five has a second number, with or without the ID number as by lot."""
    rng = np.random.default_rng(seed)
    again = [
        {"user_account": (n, "again"), **({"id_card": n} if rng.random() < 0.6 else {})}
        for n in np.flatnonzero(rng.random(5000) < 0.2).tolist()
    ]
    rows = [*customers(rng, 5000), *again]

    counted = people({"customer": rows}).count()

    assert 4500 < counted.lower <= 5000 < counted.estimate


@pytest.mark.parametrize("more", ["", "customer"])
def test_who_shows_the_document_once_only_ends_the_measurement(more: str) -> None:
    """No second address stands beside an ID number, but beside the account of the first."""
    first = [{"email": (n, 0), "user_account": n, "id_card": n} for n in range(2000)]
    again = [{"email": (n, 1), "user_account": n} for n in range(2000)]
    tables = {"newsletter": first + again} | ({more: first} if more else {})
    counted = people(tables).count(["newsletter"])
    unmeasured = people({"newsletter": again}).count(["newsletter"])

    assert counted.lower <= 2000 == counted.estimate
    assert unmeasured.confidence is None


@pytest.mark.parametrize("each", [2, 3])
def test_a_phone_proves_nothing_about_the_device_beside_it(each: int) -> None:
    """Only the first phone of each person stands beside the ID number: the others have other devices."""
    rng = np.random.default_rng(7)
    found = people({"customer": customers(rng, 2000), "log": devices(2000, each=each)})

    for tables in (["log"], None):
        counted = found.count(tables)
        assert counted.lower <= 2000 <= counted.upper
        assert counted.confidence is None or tables is None


def test_a_log_of_phones_alone_keeps_to_the_assumption() -> None:
    rows = [{"mobile": (n, k)} for n in range(1000) for k in range(3)]

    counted = people({"customer": customers(np.random.default_rng(1), 1000), "log": rows}).count(["log"])

    assert (counted.lower, counted.confidence) == (1000, None)


@pytest.mark.parametrize("more", ["newsletter", "log", "names"])
def test_a_further_table_never_lowers_what_the_organization_has_at_least(more: str) -> None:
    rng = np.random.default_rng(3)
    further = {
        "newsletter": newsletter(rng, 3000, addresses=2),
        "log": devices(3000, each=2),
        "names": [{"user_account": n, "name": f"王{n % 7}"} for n in range(3000)],
    }
    before = {"customer": customers(rng, 3000)}

    assert (
        people(before).count().lower
        <= people(before | {more: further[more]}).count().lower
        <= people(before | further).count().lower
        <= 3000
    )


def test_an_organization_without_names_is_measured_as_its_tables_are() -> None:
    """Half of the addresses stand beside an ID number, and nobody has two: nine tenths are taken from it."""
    rows: list[Row] = [{"email": n, **({"id_card": n} if n % 2 else {})} for n in range(3000)]

    counted = people({"newsletter": rows}).count()

    assert (counted.lower, counted.estimate) == (2700, 3000)
    assert counted.confidence == measured.CONFIDENCE


def members(numbers: range) -> list[Row]:
    return [{"user_account": n, "id_card": n} for n in numbers]


def company(seed: int, documented: float) -> list[list[Row]]:
    """Return the tables of a company in which those who joined late have a second address."""
    rng = np.random.default_rng(seed)
    size, late = 1200, 600
    return [
        *(members(range(late)), members(range(late, size))),
        [*newsletter(rng, late, addresses=1), *newsletter(rng, size, addresses=2)[2 * late :]],
        newsletter(rng, size, addresses=1),
        *(devices(size, each=2), customers(rng, size, documented=documented)),
    ]


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 1000), st.sampled_from([0.3, 1.0]), st.permutations(range(6)))
def test_no_table_of_a_company_ever_lowers_it_beside_flows_and_deleted_rows(
    seed: int, documented: float, order: Sequence[int]
) -> None:
    """Rows of a flow, and deleted ones, are no part of what is held, but their links hold."""
    tables = company(seed, documented)
    named = {str(number): tables[number] for number in order}
    beside = {"deleted": members(range(5000, 5010))}
    grown = [dict(list(named.items())[:number]) for number in range(1, len(named) + 1)]

    lower = [people(held | beside).count(list(held), whole=True).lower for held in grown]

    assert lower == sorted(lower)
    assert lower[-1] <= 1200


@pytest.mark.parametrize("part_rows", [PART_ROWS, 500])
@pytest.mark.parametrize("compiled", [False, True])
def test_order_and_parts_change_nothing(compiled: bool, part_rows: int) -> None:
    acceleration = always() if compiled else NUMPY
    rng = np.random.default_rng(5)
    tables: dict[str, list[Row]] = {
        "customer": customers(rng, 2000),
        "newsletter": [*newsletter(rng, 2000, addresses=1), *newsletter(rng, 200, addresses=2)],
    }
    shuffled = {name: [rows[i] for i in rng.permutation(len(rows))] for name, rows in tables.items()}

    found = people(tables)
    other = people(dict(reversed(shuffled.items())), acceleration, part_rows)

    for scope in (["newsletter"], ["customer"], None):
        assert found.count(scope) == other.count(scope)
    assert found.count(["newsletter"]).confidence == measured.CONFIDENCE


@pytest.mark.parametrize(("pairs", "least"), [(0, 18_294), (250, 15_023)])
def test_the_example_of_the_documentation(pairs: int, least: int) -> None:
    def numbers(*values: int) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        return np.array(values, np.int64)

    shown = measured.Measured(
        of=numbers(7),
        values=numbers(18_400),
        proven=numbers(5_520 * measured.WHOLE),
        pairs=numbers(pairs * measured.WHOLE**2),
        squares=numbers(pairs * measured.WHOLE**4),
        certain=numbers(0),
    )

    assert shown.fewest == pytest.approx(least, abs=1)
    for certain, still in ((18_400 - least - 2, True), (18_400 - least + 2, False)):
        assert bool(replace(shown, certain=numbers(certain)).fewest) is still


def reference(tables: Tables, scope: str | None) -> int:
    """Return the fewest persons of a table, or of all; rows of one component are one person's here."""
    person = components(tables)
    most = 0
    for table in tables if scope is None else [scope]:
        for kind in KINDS:
            if KINDS[kind].order not in FOR_LIFE:
                most = max(most, fewest_of(tables, table, kind, person, own=scope is None))
    return most


def fewest_of(tables: Tables, table: str, kind: str, person: Mapping[object, int], *, own: bool) -> int:
    leading = {
        (each, row[each])
        for rows in tables.values()
        for row in rows
        if "id_card" in row
        for each in row.keys() & KINDS.keys()
        if KINDS[each].strength in (STRONG, ACCOUNT) and (each == "id_card" or not own)
    }
    rows_of = defaultdict(list)
    for row in tables[table]:
        if kind in row:
            rows_of[row[kind]].append(any((k, v) in leading for k, v in row.items() if k != kind))
    shares = {value: Fraction(round(64 * sum(proven) / len(proven)), 64) for value, proven in rows_of.items()}
    if sum(shares.values()) < measured.FEWEST:
        return 0
    held = defaultdict(list)
    for value, share in shares.items():
        held[person[kind, value]].append(share)
    pairs = [sum(a * b for a, b in itertools.combinations(of_one, 2)) for of_one in held.values()]
    seen, squares = sum(pairs), sum(pair**2 for pair in pairs)
    half = measured.DEVIATIONS * max(squares / max(seen, 1), 1) / 2
    beside = defaultdict(set)
    for row in tables[table]:
        accounts = [k for k in KINDS if k in row and k != kind and KINDS[k].strength == ACCOUNT]
        if kind in row and accounts:
            beside[accounts[0], row[accounts[0]]].add(row[kind])
    expected = seen + measured.DEVIATIONS * (half + sqrt(squares + half**2))
    too_many = expected * (len(shares) / sum(shares.values())) ** 2
    if sum(len(values) * (len(values) - 1) // 2 for values in beside.values()) > too_many:
        return 0
    return floor(len(shares) - too_many)


def components(tables: Tables) -> dict[object, int]:
    rows = [[each for each in row.items() if each[0] in KINDS] for row in itertools.chain(*tables.values())]
    values = set(itertools.chain(*rows))
    number = {value: n for n, value in enumerate(sorted(values, key=str))}
    for _ in number:
        for row in rows:
            number |= dict.fromkeys(row, min(number[each] for each in row))
    return number


# All have one name. Each has an ID number and three other values of a kind at most, which are nobody else's.
SHOWN = st.tuples(
    st.integers(0, 5),
    st.sets(st.sampled_from(["id_card", "user_account", "bank_card", "email"]), min_size=1),
    st.integers(0, 2),
)


def row_of(shown: tuple[int, set[str], int]) -> Row:
    who, kinds, which = shown
    return {"name": "王芳"} | {kind: who if kind == "id_card" else (who, which) for kind in kinds}


@settings(deadline=None, max_examples=200)
@given(st.lists(SHOWN, min_size=1, max_size=12), st.lists(SHOWN, min_size=1, max_size=12))
def test_the_census_follows_the_rule(first: list, second: list) -> None:
    tables = {"a": [row_of(shown) for shown in first], "b": [row_of(shown) for shown in second]}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(measured, "FEWEST", 1)
        patch.setattr(tallies, "FEWEST", 1)
        patch.setattr(tallies, "CLOSE", 2)
        patch.setattr(measured, "DEVIATIONS", 0.05)
        found = people(tables)
        for scope in ("a", "b", None):
            counted = found.count(None if scope is None else [scope])
            least = min(reference(tables, scope), counted.estimate)
            assert counted.lower >= least
            if counted.confidence is not None:
                assert counted.lower == least
