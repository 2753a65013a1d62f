from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.census import Census, Counted, Doubt, ForeignKeyError, People
from scanner.census.kinds import HUB_PERSONS
from scanner.identifiers import ADULT, BLANK, CATEGORY_BITS, MINOR_UNDER_14, MINOR_UNDER_18, Records

Row = Mapping[str, str | int]
MINOR = MINOR_UNDER_14 | MINOR_UNDER_18
WINDOW = 1 << 16
NOT_IDS = frozenset(("name", "flags", "born"))


def number(text: str | int) -> int:
    return int.from_bytes(hashlib.blake2b(str(text).encode(), digest_size=8).digest(), "little") | 1


def _name(text: str) -> int:
    return (number(text) & ~1) | text.isascii()


def records(table: str, rows: Sequence[Row], *, slot: str = "", key: str = "k") -> Records:
    """Write rows down as digests; a row is the values of its kinds, and name, flags, born."""

    def column(kind: str) -> np.ndarray[tuple[int], np.dtype[np.uint64]]:
        return np.array([number(f"{kind}{row[kind]}") if kind in row else 0 for row in rows], np.uint64)

    kinds = sorted({kind for row in rows for kind in row} - NOT_IDS)
    names = [
        (number(row["name"]) & ~1 | (str(row["name"]).isascii())) if "name" in row else 0 for row in rows
    ]
    return Records(
        table=table,
        slot=slot,
        ids=tuple((kind, column(kind)) for kind in kinds),
        names=np.array(names, np.uint64),
        born_as=np.array(
            [number(str(r["born"]) + str(r["name"])) if "born" in r else 0 for r in rows], np.uint64
        ),
        flags=np.array([row.get("flags", 0) for row in rows], np.uint32),
        present=np.ones(len(rows), np.bool_),
        key=key,
    )


def linked(**tables: Sequence[Row]) -> People:
    census = Census()
    census.add([records(table, rows) for table, rows in tables.items()])
    return census.solve()


def counts(counted: Counted) -> tuple[int, int, int]:
    return counted.lower, counted.estimate, counted.upper


# what happens, rows by table, persons (lower, estimate, upper)
STORIES: list[tuple[str, dict[str, list[Row]], tuple[int, int, int]]] = [
    ("nothing is nobody", {}, (0, 0, 0)),
    ("one number twice is one person", {"a": [{"id_card": 1}], "b": [{"id_card": 1}]}, (1, 1, 1)),
    (
        "a chain over three tables is one person",
        {
            "a": [{"id_card": 1, "user_account": 1}],
            "b": [{"user_account": 1, "bank_card": 1}],
            "c": [{"bank_card": 1, "device_id": 1}],
        },
        (1, 1, 1),
    ),
    (
        "a family phone joins nobody with names",
        {"a": [{"mobile": 1, "name": "王芳"}, {"mobile": 1, "name": "李伟"}]},
        (2, 2, 2),
    ),
    (
        "a family phone joins nobody with documents",
        {"a": [{"mobile": 1, "id_card": 1}, {"mobile": 1, "id_card": 2}]},
        (2, 2, 2),
    ),
    (
        "a phone links two tables of the same name",
        {"a": [{"mobile": 1, "id_card": 1, "name": "王芳"}], "b": [{"mobile": 1, "name": "王芳"}]},
        (1, 1, 2),
    ),
    (
        "a recycled number keeps the old and the new owner apart",
        {
            "a": [{"mobile": 1, "user_account": 1, "name": "王芳"}],
            "b": [{"mobile": 1, "user_account": 2, "name": "李伟"}],
        },
        (2, 2, 2),
    ),
    (
        "a changed phone is one person by the account",
        {"a": [{"mobile": 1, "user_account": 1}], "b": [{"mobile": 2, "user_account": 1}]},
        (1, 1, 1),
    ),
    (
        "whoever has more accounts than anybody is one person, and others of the name may be that one",
        {
            "a": [{"id_card": 1, "user_account": n, "name": "王芳"} for n in range(1, 5)],
            "b": [{"email": 1, "name": "王芳"}],
        },
        (1, 2, 2),
    ),
    (
        "an account of two names is one person, or two",
        {"a": [{"user_account": 1, "name": "王芳"}, {"user_account": 1, "name": "王方"}]},
        (1, 1, 2),
    ),
    (
        "a Latin name does not contradict a Chinese one, but may be somebody else's",
        {"a": [{"mobile": 1, "name": "王芳"}, {"mobile": 1, "name": "fang wang"}, {"mobile": 1}]},
        (1, 1, 3),
    ),
    (
        "a foreigner's passport and phone",
        {"a": [{"passport": 1, "mobile": 1}], "b": [{"mobile": 1, "passport": 1}]},
        (1, 1, 1),
    ),
    (
        "a renewed passport under one account is one person",
        {"a": [{"user_account": 1, "passport": 1}, {"user_account": 1, "passport": 2}]},
        (1, 1, 1),
    ),
    (
        "a renewed passport under one phone is one person of that name",
        {"a": [{"mobile": 1, "passport": n, "name": "maria garcia"} for n in (1, 2)]},
        (1, 1, 2),
    ),
    (
        "two passports under one phone without names are two persons",
        {"a": [{"mobile": 1, "passport": 1}, {"mobile": 1, "passport": 2}]},
        (1, 2, 2),
    ),
    (
        "two accounts of one table are two persons, if at last only a phone links them",
        {
            "a": [{"user_account": 1, "email": 1}, {"user_account": 2, "mobile": 1}],
            "b": [{"email": 1, "mobile": 1}],
        },
        (1, 2, 3),
    ),
    (
        "two resident IDs on one account stay two persons",
        {"a": [{"user_account": 1, "id_card": 1}, {"user_account": 1, "id_card": 2}]},
        (2, 2, 2),
    ),
    (
        "the account alone is one of the two, or a third",
        {
            "a": [{"user_account": 1, "id_card": 1}, {"user_account": 1, "id_card": 2}],
            "b": [{"user_account": 1}],
        },
        (2, 2, 3),
    ),
    (
        "the phone alone belongs to the only person who has it",
        {"a": [{"mobile": 1, "id_card": 1}], "b": [{"mobile": 1}]},
        (1, 1, 2),
    ),
    (
        "the family phone alone is one of the family, or somebody else",
        {"a": [{"mobile": 1, "id_card": 1}, {"mobile": 1, "id_card": 2}], "b": [{"mobile": 1}]},
        (2, 2, 3),
    ),
    ("three calls of one phone may be three persons", {"a": [{"mobile": 1}] * 3}, (1, 1, 3)),
    ("twenty calls of one phone are no twenty persons", {"a": [{"mobile": 1}] * 20}, (1, 1, 4)),
    (
        "three members of one name are two persons or more: one person has two accounts at most",
        {"a": [{"user_account": n, "name": "王芳"} for n in range(3)]},
        (2, 3, 3),
    ),
    (
        "namesakes born on different days are different persons",
        {"a": [{"user_account": n, "name": "王芳", "born": n} for n in range(3)]},
        (3, 3, 3),
    ),
    (
        "a name in Latin letters beside an account may be that in Chinese",
        {"a": [{"user_account": 1, "name": n} for n in ("王芳", "wang fang")]},
        (1, 1, 1),
    ),
    (
        "two names beside one document are one person, whatever the account",
        {"a": [{"id_card": 1, "user_account": 1, "name": n} for n in ("王芳", "王方")]},
        (1, 1, 1),
    ),
    (
        "an account is of the name beside its document, others of its names are perhaps others",
        {
            "a": [{"id_card": 1, "user_account": 1, "name": "王芳"}, {"user_account": 1}],
            "b": [{"user_account": 1, "name": n} for n in ("王芳", "王方", "李伟")],
        },
        (1, 1, 3),
    ),
    ("nameless rows are a bound", {"a": [{}] * 5}, (0, 0, 5)),
    ("six cards may be two persons' or six", {"a": [{"bank_card": n} for n in range(6)]}, (2, 6, 6)),
    (
        "a parent who leaves only the child's phone is not the child",
        {
            "a": [{"id_card": 1, "mobile": 1, "flags": MINOR}],
            "b": [{"mobile": 1, "flags": ADULT}],
        },
        (1, 2, 2),
    ),
    (
        "a guardian taken to be of age who has the name and phone of a youth of 15 is that youth",
        {
            "a": [{"id_card": 1, "mobile": 1, "name": "王芳", "flags": MINOR_UNDER_18}],
            "b": [{"mobile": 1, "name": "王芳", "flags": ADULT}],
        },
        (1, 1, 2),
    ),
    (
        "two members of one list who share a phone are two persons",
        {"a": [{"user_account": 1, "mobile": 1}, {"user_account": 2, "mobile": 1}]},
        (1, 2, 2),
    ),
    (
        "two members of one name who share a phone are one person",
        {"a": [{"user_account": n, "mobile": 1, "name": "王芳"} for n in (1, 2)]},
        (1, 1, 2),
    ),
    (
        "members of two lists who share a phone are one person",
        {"a": [{"user_account": 1, "mobile": 1}], "b": [{"user_account": 2, "mobile": 1}]},
        (1, 1, 2),
    ),
    (
        "two members of one list who share an e-mail are one person",
        {"a": [{"user_account": 1, "email": 1}, {"user_account": 2, "email": 1}]},
        (1, 1, 2),
    ),
    (
        "an e-mail settles whose the family phone is",
        {
            "a": [{"mobile": 1, "name": "王芳", "email": 1}, {"mobile": 1, "name": "李伟", "email": 2}],
            "b": [{"mobile": 1, "email": 2}],
        },
        (2, 2, 3),
    ),
]


@pytest.mark.parametrize(("tables", "expected"), [s[1:] for s in STORIES], ids=[s[0] for s in STORIES])
def test_stories(tables: dict[str, list[Row]], expected: tuple[int, int, int]) -> None:
    assert counts(linked(**tables).count()) == expected


@pytest.mark.parametrize("hub", [{"email": 1}, {"mobile": 1}, {"user_account": 1}])
@pytest.mark.parametrize("witness", ["id_card", "name", "student_no"])
def test_a_value_that_meets_many_persons_identifies_nobody(hub: Row, witness: str) -> None:
    many = 2 * HUB_PERSONS
    people = linked(a=[{**hub, witness: f"人{n}", "wechat_id": n} for n in range(many)], b=[hub] * 4)

    assert people.count(["a"]).estimate == many
    assert people.count(["b"]) == Counted(
        lower=0, estimate=0, upper=4, anonymous_rows=4, rows=4, ageless=0, method="rows-bound"
    )


def test_a_phone_that_meets_many_persons_through_devices_does_not_link_them() -> None:
    many = 3_000
    terminals: list[Row] = [{"mobile": 1, "device_id": n} for n in range(many)]
    owners: list[Row] = [{"device_id": n, "id_card": n} for n in range(many)]

    assert linked(a=terminals, b=owners).count().estimate == many


def _calls(*, twice: int, once: int) -> list[Row]:
    return [{"mobile": n} for n in range(twice + once)] + [{"mobile": n} for n in range(twice)]


def test_a_phone_that_comes_twice_in_a_list_is_two_persons() -> None:
    assert counts(linked(calls=_calls(twice=1, once=40)).count()) == (14, 42, 42)


def test_the_second_row_of_a_list_is_a_person_known_to_use_the_phone() -> None:
    family: list[Row] = [{"mobile": 0, "id_card": n} for n in range(2)]
    people = linked(calls=_calls(twice=1, once=40), family=family)

    assert people.count(["calls"]).estimate == 42
    assert people.count().estimate == 42


def test_a_phone_that_comes_twice_in_a_log_is_one_person() -> None:
    assert linked(calls=_calls(twice=4, once=40)).count().estimate == 44
    assert linked(calls=_calls(twice=1, once=10)).count().estimate == 11


def test_many_devices_do_not_make_an_account_a_hub() -> None:
    assert linked(a=[{"user_account": 1, "device_id": n} for n in range(100)]).count().estimate == 1


@pytest.mark.parametrize(
    ("named", "witness", "number"),
    [(100, "medical_record_no", 1), (50, "medical_record_no", 1), (49, "medical_record_no", 100),
     (100, "id_card", 100)],
)  # fmt: skip
def test_numbers_of_visits_under_one_name_do_not_make_a_patient_many(
    named: int, witness: str, number: int
) -> None:
    named_as = [{"name": "王芳"}] * named + [{}] * (100 - named)
    visits: list[Row] = [{"user_account": 1, witness: n, **name} for n, name in enumerate(named_as)]

    assert linked(a=visits).count().estimate == number


def test_a_default_document_with_many_names_identifies_nobody() -> None:
    rows: list[Row] = [{"id_card": 1, "name": f"王{n}", "user_account": n} for n in range(HUB_PERSONS)]

    assert linked(a=rows).count().estimate == HUB_PERSONS


def test_links_found_anywhere_hold_in_every_scope() -> None:
    people = linked(
        cards=[{"bank_card": 1}, {"bank_card": 2}], bind=[{"bank_card": n, "user_account": 1} for n in (1, 2)]
    )

    assert people.count(["cards"]).estimate == 1
    assert people.count(["cards", "bind"]).estimate == 1
    assert people.count(["elsewhere"]).rows == 0


def test_rows_are_chosen_by_their_flags() -> None:
    health = CATEGORY_BITS["health"]
    people = linked(
        a=[{"id_card": n, "flags": flags} for n, flags in enumerate([0, health, WINDOW, health | WINDOW])]
    )

    assert people.count(some=health).estimate == 2
    assert people.count(every=health | WINDOW).estimate == 1
    assert people.count(every=WINDOW, some=health).estimate == 1
    assert people.count(some=health | WINDOW).estimate == 3


def test_a_minor_is_one_in_all_rows() -> None:
    people = linked(
        a=[{"id_card": 1, "user_account": 1, "flags": MINOR}], b=[{"user_account": 1, "flags": WINDOW}]
    )

    assert people.count(["b"], every=WINDOW, some=MINOR_UNDER_14).estimate == 1


# A person known by an ID number, with a name and a phone, and what other rows of the person say.
BY_ID: Row = {"id_card": 1, "mobile": 1, "name": "王芳"}
BY_NAME: Row = {"mobile": 1, "name": "王芳"}
TEEN = MINOR_UNDER_18


@pytest.mark.parametrize(
    ("by_id", "by_name", "under_14", "under_18", "open_14", "open_18"),
    [
        (ADULT, [MINOR], 0, 0, True, True),  # the ID number says otherwise
        (ADULT, [TEEN], 0, 0, False, True),
        (ADULT, [ADULT, MINOR], 0, 0, True, True),
        (TEEN, [MINOR], 0, 1, True, False),  # nobody disputes that the person is a minor
        (MINOR, [ADULT], 1, 1, False, False),
        (MINOR, [TEEN], 1, 1, False, False),
        (0, [MINOR], 1, 1, False, False),  # an ID number without a possible birth date says nothing
        (ADULT, [0], 0, 0, False, False),
    ],
)
def test_the_id_number_tells_the_age_before_other_rows_of_the_person(
    by_id: int, by_name: list[int], under_14: int, under_18: int, open_14: bool, open_18: bool
) -> None:
    rows = [{**BY_NAME, "flags": flags} for flags in by_name]
    people = linked(a=[{**BY_ID, "flags": by_id}], b=rows)
    assert people.count().estimate == 1

    for tables, without_document in ((None, True), (["a"], False), (["b"], True)):
        for bit, minors, disputed in (
            (MINOR_UNDER_14, under_14, open_14),
            (MINOR_UNDER_18, under_18, open_18),
        ):
            counted = people.count(tables, some=bit)
            assert (counted.lower, counted.estimate) == (minors, minors)
            assert counted.ageless == (disputed and without_document)


@pytest.mark.parametrize(
    ("ages", "under_14", "under_18"),
    [
        ([MINOR, ADULT], (0, 1, 1), (0, 1, 1)),
        ([MINOR, TEEN], (0, 1, 1), (1, 1, 1)),
        ([TEEN, ADULT], (0, 0, 0), (0, 1, 1)),
        ([MINOR, MINOR, 0], (1, 1, 1), (1, 1, 1)),
    ],
)
def test_a_minor_whom_another_row_denies_is_none_for_certain(
    ages: list[int], under_14: tuple[int, int, int], under_18: tuple[int, int, int]
) -> None:
    people = linked(**{f"t{n}": [{"user_account": 1, "flags": flags}] for n, flags in enumerate(ages)})

    for bit, expected in ((MINOR_UNDER_14, under_14), (MINOR_UNDER_18, under_18)):
        assert counts(people.count(some=bit)) == expected
        assert people.count(some=bit).ageless == 0
    assert counts(people.count(some=CATEGORY_BITS["health"] | MINOR_UNDER_14)) == under_14


def test_a_denied_minor_is_sensitive_for_certain_by_another_value() -> None:
    health = CATEGORY_BITS["health"]
    people = linked(a=[{"user_account": 1, "flags": MINOR | health}], b=[{"user_account": 1, "flags": ADULT}])

    assert counts(people.count(some=health | MINOR_UNDER_14)) == (1, 1, 1)


def test_a_denied_minor_is_an_open_point_of_the_table_that_says_so() -> None:
    people = linked(a=[{"user_account": 1, "flags": MINOR}], b=[{"user_account": 1, "flags": ADULT}])
    found = people.doubts(["a", "b"])
    assert [doubt for doubt in found if doubt.what == "unknown_ages"] == [Doubt("unknown_ages", "a", 1)]


@pytest.mark.parametrize(("names", "open_point"), [(20, []), (21, [Doubt("many_names", "a", 20)])])
def test_somebody_with_more_names_than_anybody_has_is_the_first_open_point(names, open_point) -> None:
    chain: list[Row] = [
        {"user_account": n, "bank_card": n + more, "name": f"王{n}"} for n in range(names) for more in (0, 1)
    ]
    people = linked(a=[*chain, *[{}] * 100], b=chain[:10])

    assert people.doubts(["a", "b"])[: len(open_point)] == open_point
    assert [doubt for doubt in people.doubts(["a", "b"]) if doubt.what == "many_names"] == open_point


def test_disputed_ages_are_an_open_point() -> None:
    people = linked(a=[{**BY_ID, "flags": ADULT}], b=[{**BY_NAME, "flags": MINOR}])
    found = people.doubts(["a", "b"])
    assert [doubt for doubt in found if doubt.what == "unknown_ages"] == [Doubt("unknown_ages", "b", 1)]


def test_minors_without_an_identifier_count_and_unknown_ages_widen_the_bound() -> None:
    child: Row = {"flags": MINOR}
    people = linked(a=[child, child, {"id_card": 1, "flags": ADULT}, {"id_card": 2}, {}])
    counted = people.count(some=MINOR_UNDER_14)

    assert counts(counted) == (1, 2, 4)
    assert counted.ageless == 2


def test_minors_are_told_apart_by_name_and_birth_date() -> None:
    child: Row = {"flags": MINOR, "name": "王小芳", "born": "20200101"}
    people = linked(
        school=[{**child, "student_no": 1}], clinic=[{**child, "medical_record_no": 1}], club=[child]
    )

    assert people.count().estimate == 2
    assert people.count(some=MINOR_UNDER_14).estimate == 1


def test_namesakes_born_on_one_day_are_two_if_both_have_an_id() -> None:
    child: Row = {"flags": MINOR, "name": "王小芳", "born": "20200101"}

    assert linked(a=[{**child, "id_card": n} for n in (1, 2)]).count(some=MINOR_UNDER_18).estimate == 2


def test_cars_tell_no_people_of_one_name_apart() -> None:
    names = ["王芳", "李伟", "张敏", "刘洋", "陈静", "杨军"]
    fines: list[Row] = [{"license_plate": n, "name": "王芳"} for n in range(1, 6)]

    people = linked(drivers=[{"id_card": n, "name": name} for n, name in enumerate(names, 1)], fines=fines)

    assert people.count().lower == len(names)


def test_blank_rows_count_where_most_rows_are_about_somebody() -> None:
    blank: Row = {"flags": BLANK}

    assert linked(a=[{"mobile": 1}, {"mobile": 2}, blank]).count().anonymous_rows == 1
    assert linked(a=[{"mobile": 1}, blank, blank]).count().anonymous_rows == 0


def test_digests_of_another_key_are_refused() -> None:
    census, other = Census(), Census()
    census.add([records("a", [{"id_card": 1}])])
    other.add([records("a", [{"id_card": 1}], key="other")])

    with pytest.raises(ForeignKeyError, match="'other'"):
        census.merge(other)


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="'shoe_size' is no kind"):
        Census().add([records("a", [{"shoe_size": 1}])])


def test_a_table_that_is_no_state_is_refused() -> None:
    with pytest.raises(ValueError, match="not the state"):
        Census.from_arrow(pa.table({"a": [1]}))


def test_the_state_of_an_empty_census_can_be_stored() -> None:
    assert Census.from_arrow(Census().to_arrow()).solve().count().rows == 0


KINDS = ("id_card", "passport", "user_account", "mobile", "email", "device_id")
ROWS = st.lists(
    st.fixed_dictionaries(
        {},
        optional={
            **{kind: st.integers(1, 5) for kind in KINDS},
            "name": st.sampled_from(["王芳", "李伟", "张敏", "fang wang"]),
            "flags": st.sampled_from([0, MINOR, ADULT, WINDOW, CATEGORY_BITS["health"]]),
        },
    ),
    max_size=14,
)
TABLES = st.fixed_dictionaries({"a": ROWS, "b": ROWS, "c": ROWS})
SCOPES: list[dict[str, int]] = [
    {},
    {"some": MINOR_UNDER_14},
    {"every": WINDOW},
    {"some": CATEGORY_BITS["health"] | MINOR},
]


def every_count(people: People) -> list[Counted]:
    tables: list[list[str] | None] = [None, ["a"], ["b"], ["a", "c"]]
    return [people.count(scope, **flags) for scope in tables for flags in SCOPES]


def collected(parts: Iterable[Records]) -> Census:
    census = Census()
    census.add(parts)
    return census


@settings(deadline=None)
@given(TABLES, st.randoms(use_true_random=False), st.integers(1, 5))
def test_order_and_cutting_of_rows_change_nothing(
    tables: dict[str, list[Row]], random: object, size: int
) -> None:
    expected = every_count(collected(records(t, rows) for t, rows in tables.items()).solve())
    parts: list[Records] = []
    for table, rows in tables.items():
        shuffled = list(rows)
        random.shuffle(shuffled)
        parts += [records(table, shuffled[i : i + size]) for i in range(0, len(shuffled), size)]
    random.shuffle(parts)
    half = len(parts) // 2
    census = collected(parts[:half])
    census.merge(collected(parts[half:]))

    assert every_count(census.solve()) == expected
    assert every_count(Census.from_arrow(census.to_arrow()).solve()) == expected


@settings(deadline=None)
@given(TABLES)
def test_intervals_are_in_order_and_within_the_rows(tables: dict[str, list[Row]]) -> None:
    people = linked(**tables)
    assert bool(people.count().estimate) == bool(people.count().lower)
    for counted in every_count(people):
        assert 0 <= counted.lower <= counted.estimate <= counted.upper
        assert counted.estimate <= counted.rows
        assert counted.anonymous_rows <= counted.upper


@settings(deadline=None)
@given(TABLES)
def test_a_union_is_between_the_largest_and_the_sum(tables: dict[str, list[Row]]) -> None:
    people = linked(**tables)
    a, b, both = (people.count(scope) for scope in (["a"], ["b"], ["a", "b"]))

    assert max(a.estimate, b.estimate) <= both.estimate <= a.estimate + b.estimate
    assert both.lower >= max(a.lower, b.lower)
    assert both.upper <= a.upper + b.upper
    assert both.anonymous_rows == a.anonymous_rows + b.anonymous_rows


@settings(deadline=None)
@given(TABLES, st.integers(1, 9))
def test_anonymous_rows_change_the_upper_bound_only(tables: dict[str, list[Row]], more: int) -> None:
    before = linked(**tables).count()
    after = linked(**tables, d=[{}] * more).count()

    assert (after.lower, after.estimate) == (before.lower, before.estimate)
    assert after.upper == before.upper + more
    assert after.anonymous_rows == before.anonymous_rows + more


@settings(deadline=None)
@given(TABLES)
def test_k_resident_ids_are_at_least_k_persons(tables: dict[str, list[Row]]) -> None:
    people = linked(**tables)
    rows = [row for part in tables.values() for row in part]
    cards = {row["id_card"] for row in rows if "id_card" in row}

    assert people.count().estimate >= people.count().lower >= len(cards)


@settings(deadline=None)
@given(
    st.lists(st.sets(st.sampled_from(("id_card", "user_account", "mobile")), min_size=1), max_size=30),
    st.integers(1, 9),
)
def test_persons_with_their_own_identifiers_are_counted_exactly(seen: list[set[str]], persons: int) -> None:
    rows = [dict.fromkeys(sorted({"user_account", *kinds}), n % persons) for n, kinds in enumerate(seen)]

    assert linked(a=rows).count().estimate == min(len(seen), persons)
