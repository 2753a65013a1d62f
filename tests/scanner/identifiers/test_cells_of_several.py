"""Cells that hold several values: a plain reference of section 7 of docs/counting.md, and known people."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.census import Census, Counted
from scanner.identifiers import CellsPlan, SlotPlan, SubjectKey, TablePlan, identify
from scanner.identifiers.plans import ONE, PEOPLE
from scanner.sketches import SketchCensus

KEY = SubjectKey(bytes(range(16)))
AS_OF = dt.date(2026, 6, 30)
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
SURNAMES, GIVEN = "王李张刘陈杨黄赵周吴", "伟芳娜敏静强磊军洋勇"


def id_number(n: int) -> str:
    body = f"11010119850312{n % 1000:03d}"
    return body + "10X98765432"[sum(int(a) * b for a, b in zip(body, WEIGHTS, strict=True)) % 11]


def phone(n: int) -> str:
    return f"1391{n * 7919 % 10_000_000:07d}"


def name(n: int) -> str:
    return SURNAMES[n % 10] + GIVEN[n // 10 % 10] + GIVEN[n // 100 % 10]


@dataclass
class Row:
    """One row; values are numbers, from which text is made."""

    name: int | None = None
    id_card: int | None = None
    phones: list[int] = field(default_factory=list)
    names: list[int] = field(default_factory=list)


def batch_of(rows: Sequence[Row], *, lists: bool, between: str = "、") -> pa.RecordBatch:
    phones = [[phone(n) for n in row.phones] for row in rows]
    names = [[name(n) for n in row.names] for row in rows]
    text = pa.list_(pa.string())
    return pa.record_batch(
        {
            "name": pa.array([None if r.name is None else name(r.name) for r in rows], pa.string()),
            "id": pa.array([None if r.id_card is None else id_number(r.id_card) for r in rows], pa.string()),
            "phones": pa.array(phones, text) if lists else pa.array(map(between.join, phones)),
            "names": pa.array(names, text) if lists else pa.array(map(between.join, names)),
        }
    )


def plan(reading: str = "", *, whole: bool = False) -> TablePlan:
    cells = (
        CellsPlan(column="phones", types=("mobile",), reading=reading, whole=whole),
        CellsPlan(column="names", types=("person_name",)),
    )
    identifiers = (("id", "id_card"), *((("phones", "mobile"),) if whole else ()))
    own = SlotPlan(slot="", identifiers=identifiers, names=("name",), others=("phones", "names"), cells=cells)
    return TablePlan(dataset="d", table="t", slots=(own,))


def counted(batch: pa.RecordBatch, of: TablePlan) -> Counted:
    census = Census()
    census.add(identify(batch, of, KEY, as_of=AS_OF))
    return census.solve().count()


def estimate_and_upper(row: Row, reading: str = "") -> tuple[int, int]:
    """Return what a row adds whose values no other row shows."""
    numbers, names = len(row.phones), len(row.names)
    known = row.name is not None or row.id_card is not None
    own = int(row.id_card is not None)
    if numbers > 1 and names == numbers:
        return numbers + own, numbers + int(known)
    mine = numbers > 0 and reading != PEOPLE and (numbers <= 3 or reading == ONE)
    persons = own if not mine else 1
    others = 0 if mine else numbers
    perhaps = (numbers - 1 + known) if mine and numbers > 1 and reading != ONE else 0
    anonymous = names + int(not persons and (known or not (others or names)))
    return persons + others, persons + others + perhaps + anonymous


@st.composite
def tables(draw: st.DrawFn) -> list[Row]:
    """Rows of whose values none comes twice; every row has one."""
    rows, used = [], 0
    for number in range(draw(st.integers(1, 6))):
        size = draw(st.integers(1, 6))
        named = draw(st.sampled_from([0, 2, 3, size if size > 1 else 0]))
        rows.append(
            Row(
                name=draw(st.sampled_from([None, 900 + number])),
                id_card=draw(st.sampled_from([None, 100 + number])),
                phones=list(range(used, used + size)),
                names=list(range(used, used + named)),
            )
        )
        used += max(size, named)
    return rows


@settings(max_examples=60, deadline=None)
@given(tables(), st.booleans(), st.sampled_from(["", ONE, PEOPLE]))
def test_every_row_adds_what_the_rule_says(rows: list[Row], lists: bool, reading: str) -> None:
    found = counted(batch_of(rows, lists=lists), plan(reading))

    estimates, uppers = zip(*(estimate_and_upper(row, reading) for row in rows), strict=True)
    assert (found.estimate, found.upper) == (sum(estimates), sum(uppers))


@st.composite
def worlds(draw: st.DrawFn) -> tuple[list[Row], int]:
    """Rows about people of one name, one ID number and up to three phones each, and how many they are.

    A cell holds phones of the row's person, or of other people, or of both.
    """
    people = draw(st.integers(2, 6))
    phones_of = [list(range(10 * p, 10 * p + draw(st.integers(1, 3)))) for p in range(people)]
    rows, seen = [], set()
    for _ in range(draw(st.integers(1, 6))):
        own = draw(st.integers(0, people - 1))
        about = {own} if draw(st.booleans()) else set(draw(st.sets(st.integers(0, people - 1), max_size=4)))
        held = [n for p in about for n in draw(st.sets(st.sampled_from(phones_of[p]), min_size=1))]
        if len(held) == 1:  # no cell of several: it is the row's person's
            about, held = {own}, phones_of[own][:1]
        shows = draw(st.booleans())
        rows.append(Row(name=own if shows else None, id_card=own if shows else None, phones=sorted(held)))
        seen |= about | ({own} if shows else set())
    return rows, len(seen)


@settings(max_examples=80, deadline=None)
@given(worlds(), st.booleans())
def test_the_interval_holds_whoever_the_values_belong_to(world: tuple[list[Row], int], lists: bool) -> None:
    rows, people = world
    batch = batch_of(rows, lists=lists)
    exact = counted(batch, plan())
    sketched = SketchCensus(as_of=AS_OF.isoformat())
    sketched.add(identify(batch, plan(), KEY, as_of=AS_OF))

    for found in (exact, sketched.solve().count()):
        assert found.lower <= people <= found.upper, found


@pytest.mark.parametrize(
    "cell",
    [
        f"{phone(1)};{phone(2)}",
        f"{phone(1)} / {phone(2)}",
        f"{phone(1)}，{phone(2)}（晚上）",
        f"手机{phone(1)} 家里{phone(2)}",
        f'["{phone(1)}", "{phone(2)}"]',
        f'{{"tel": "{phone(1)}", "tel2": "+86 {phone(2)}"}}',
        f"tel={phone(1)}&tel2={phone(2)}",
    ],
)
def test_two_phones_of_one_cell_are_found_however_they_are_written(cell: str) -> None:
    batch = pa.record_batch({"phones": pa.array([cell, phone(1), phone(2)])})
    cells = (CellsPlan(column="phones", types=("mobile",)),)
    own = SlotPlan(slot="", others=("phones",), cells=cells)

    assert counted(batch, TablePlan(dataset="d", table="t", slots=(own,))).estimate == 1


@pytest.mark.parametrize(
    "cell",
    [
        f"{name(1)}:{phone(1)};{name(2)}:{phone(2)}",
        f"{name(1)}{phone(1)}、{name(2)}{phone(2)}",
        f'[{{"name": "{name(1)}", "tel": "{phone(1)}"}}, {{"name": "{name(2)}", "tel": "{phone(2)}"}}]',
    ],
)
def test_names_beside_their_phones_are_people(cell: str) -> None:
    batch = pa.record_batch({"family": pa.array([cell])})
    cells = (CellsPlan(column="family", types=("mobile", "person_name")),)
    found = counted(
        batch, TablePlan(dataset="d", table="t", slots=(SlotPlan(slot="", others=("family",), cells=cells),))
    )

    assert (found.lower, found.estimate, found.upper) == (2, 2, 2)


def one_object(n: int) -> str:
    return f'{{"user": {{"name": "{name(n)}", "phone": "{phone(n)}", "idCard": "{id_number(n)}"}}}}'


def counted_beside(cells: Sequence[str], own_name: str | None, **identifiers: str | None) -> Counted:
    """Count rows with an object of names, phones and ID numbers beside what else they show."""
    columns = {"name": own_name, **identifiers}
    batch = pa.record_batch(
        {
            "payload": pa.array(cells),
            **{c: pa.array([value] * len(cells), pa.string()) for c, value in columns.items()},
        }
    )
    types = ("id_card", "mobile", "person_name")
    own = SlotPlan(
        slot="",
        identifiers=tuple((column, column) for column in identifiers),
        names=("name",),
        others=("payload",),
        cells=(CellsPlan(column="payload", types=types),),
    )
    return counted(batch, TablePlan(dataset="d", table="t", slots=(own,)))


def test_an_object_about_one_person_is_one_person() -> None:
    found = counted_beside([one_object(1), one_object(2), one_object(1)], None)

    assert (found.lower, found.estimate, found.upper) == (2, 2, 2)


@pytest.mark.parametrize(
    ("own_name", "expected"),
    [
        (None, (1, 1, 2)),  # perhaps somebody else's
        (name(1), (1, 1, 1)),
        (name(2), (2, 2, 2)),
    ],
)
def test_name_and_phone_in_a_cell_are_the_rows_persons_unless_that_has_another_name(
    own_name, expected
) -> None:
    cell = f'{{"name": "{name(1)}", "phone": "{phone(1)}"}}'
    found = counted_beside([cell], own_name, user_account="M100000001")

    assert (found.lower, found.estimate, found.upper) == expected


def test_fields_of_a_list_of_structs_are_one_members() -> None:
    members = {"name": [[name(1), name(2)]], "tel": [[phone(1), phone(2)]], "born": [["2018-06-15", None]]}
    batch = pa.record_batch(
        {"no": pa.array(["M100000001"]), **{f"family[].{k}": pa.array(v) for k, v in members.items()}}
    )
    types = {"name": "person_name", "tel": "mobile", "born": "birth_date"}
    cells = tuple(CellsPlan(column=f"family[].{k}", types=(types[k],)) for k in members)
    own = SlotPlan(
        slot="",
        identifiers=(("no", "user_account"),),
        others=tuple(f"family[].{k}" for k in members),
        cells=cells,
    )
    census = Census()
    census.add(identify(batch, TablePlan(dataset="d", table="t", slots=(own,)), KEY, as_of=AS_OF))
    people = census.solve()

    assert people.count().estimate == 3
    assert people.count(some=1 << 9).estimate == 1  # one of them is under 14


def test_a_cell_with_one_valid_value_is_left_alone() -> None:
    rows = [Row(name=1, id_card=1, phones=[1]), Row(name=2, id_card=2, phones=[2, 3])]
    found = counted(batch_of(rows, lists=False), plan(whole=True))

    assert (found.estimate, found.upper) == (2, 4)


def test_the_first_of_two_documents_is_the_rows_persons() -> None:
    batch = pa.record_batch({"name": [name(1)], "id": [f"{id_number(1)};{id_number(2)}"]})
    cells = (CellsPlan(column="id", types=("id_card",), whole=True),)
    own = SlotPlan(slot="", identifiers=(("id", "id_card"),), names=("name",), cells=cells)
    found = counted(batch, TablePlan(dataset="d", table="t", slots=(own,)))

    assert (found.lower, found.estimate, found.upper) == (2, 2, 2)


def test_what_running_text_mentions_widens_the_interval_only() -> None:
    batch = pa.record_batch({"id": [id_number(1)], "remark": [f"请联系其女儿{phone(1)}，下午三点"]})
    cells = (CellsPlan(column="remark", types=("mobile",), in_text=True),)
    own = SlotPlan(slot="", identifiers=(("id", "id_card"),), others=("remark",), cells=cells)
    found = counted(batch, TablePlan(dataset="d", table="t", slots=(own,)))

    assert (found.lower, found.estimate, found.upper) == (1, 1, 2)


def test_eight_phones_in_columns_are_not_one_persons() -> None:
    columns = {f"tel{n}": [phone(n)] for n in range(8)}
    batch = pa.record_batch({"id": [id_number(1)], **columns})
    identifiers = (("id", "id_card"), *((column, "mobile") for column in columns))
    of = TablePlan(dataset="d", table="t", slots=(SlotPlan(slot="", identifiers=identifiers),))

    found = counted(batch, of)
    assert (found.lower, found.estimate, found.upper) == (1, 9, 9)
    assert (
        counted(
            batch.drop_columns(["tel7"]),
            TablePlan(dataset="d", table="t", slots=(SlotPlan(slot="", identifiers=identifiers[:-1]),)),
        ).estimate
        == 1
    )


ODD = {
    "dictionary": pa.array([f"{phone(1)}、{phone(2)}", phone(1), None]).dictionary_encode(),
    "nothing": pa.array([None, None, None], pa.string()),
    "numbers": pa.array([13911110009, None, 13911110010]),
    "lists of numbers": pa.array([[13911110009, 13911110010], None, []]),
    "lists of lists": pa.array([[[phone(1), phone(2)]], None, [[]]]),
    "pairs": pa.array([[phone(1), phone(2)], [phone(1), phone(1)], None], pa.list_(pa.string(), 2)),
    "large text": pa.array([f"{phone(1)};{phone(2)}", phone(1), None], pa.large_string()),
    "bytes": pa.array([b"a;b", None, b""]),
    "structs": pa.array([[{"a": 1}], None, []]),
    "truths": pa.array([True, None, False]),
    "separators": pa.array(["", "无", ";;;"]),
}
HELD = [
    ("mobile",),
    ("mobile", "person_name"),
    ("person_name",),
    ("user_account",),
    ("id_card", "mobile"),
    (),
]


@pytest.mark.parametrize("whole", [True, False])
@pytest.mark.parametrize("types", HELD, ids=str)
@pytest.mark.parametrize("column", ODD.values(), ids=ODD)
def test_odd_cells_break_nothing(column: pa.Array, types: tuple[str, ...], whole: bool) -> None:
    cells = CellsPlan(column="c", types=types, whole=whole and len(types) == 1)
    numbers = tuple(("c", t) for t in types if t != "person_name") if cells.whole else ()
    names = ("c",) if cells.whole and not numbers else ()
    own = SlotPlan(slot="", identifiers=numbers, names=names, others=("c",), cells=(cells,))
    whole_batch = pa.record_batch({"c": column})

    for batch in (whole_batch, whole_batch.slice(1), whole_batch.slice(0, 0)):
        found = counted(batch, TablePlan(dataset="d", table="t", slots=(own,)))
        assert found.lower <= found.estimate <= found.upper


def test_a_reviewed_list_is_opened_too() -> None:
    row = Row(id_card=1, phones=[1, 2, 3, 4])
    found = counted(batch_of([row], lists=True), plan(whole=True))

    assert (found.lower, found.estimate, found.upper) == (1, 5, 5)
