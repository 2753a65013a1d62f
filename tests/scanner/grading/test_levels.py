"""Levels of columns and tables, what is sensitive under which standard, and what is so together."""

from __future__ import annotations

import datetime as dt

import pytest

from classifiers import pi_types
from scanner.grading import Grading, Setting, grade_items, listed
from scanner.grading.levels import shipped_schemes
from scanner.grading.sensitivity import combinations, indications


def levels(build, column, *, sectors=("finance",), rows=10):
    grading = Grading(setting=Setting(as_of=build.AS_OF, sectors=sectors))
    columns = column if isinstance(column, tuple) else (column,)
    table = grade_items(build.dataset(build.table("t", *columns, rows=rows)), grading).tables[0]
    return (
        {level.scheme: level.level for level in table.columns[0].levels},
        {level.scheme: level.level for level in table.levels},
    )


@pytest.mark.parametrize(
    ("types", "form", "general", "finance"),
    [
        (["mobile"], "plain", 2, 3),
        (["id_card"], "plain", 2, 3),
        (["bank_card"], "plain", 4, 3),
        (["password"], "plain", 2, 4),
        (["diagnosis_text"], "plain", 4, 4),
        (["face_embedding"], "plain", 4, 4),
        (["education"], "plain", 2, 2),
        (["browsing_history"], "plain", 2, 2),
        (["bank_card"], "masked", 2, 2),
        (["mobile"], "masked", 2, 2),
        (["uscc"], "plain", None, None),
        ([], "plain", None, None),
    ],
)
def test_levels_of_a_column(types, form, general, finance, build):
    of_column, of_table = levels(build, build.column("c", *types, form=form))

    assert of_column == {k: v for k, v in (("finance", finance), ("general-data", general)) if v}
    assert of_table == of_column


def test_important_data_of_finance_are_not_below_5_and_say_how_sure_the_grade_is(build):
    grading = Grading(setting=Setting(as_of=build.AS_OF, sectors=("finance",)))
    column = build.column("national_transaction_aggregate")
    (graded,) = grade_items(build.dataset(build.table("t", column)), grading).tables[0].columns

    assert [(one.scheme, one.level) for one in graded.levels] == [("finance", 5)]
    assert "indicated" in graded.levels[0].reasons[0].en


def test_the_finance_scheme_is_for_finance(build):
    of_column, _ = levels(build, build.column("c", "mobile"), sectors=("retail",))

    assert set(of_column) == {"general-data"}


@pytest.mark.parametrize(
    ("columns", "rows", "general", "finance"),
    [
        (["person_name", "mobile", "transaction_amount"], 100_000, 3, 4),
        (["person_name", "mobile", "transaction_amount"], 99_999, 2, 3),
        (["person_name", "mobile", "transaction_amount"], None, 2, 3),
        (["person_name", "mobile"], 100_000, 2, 3),
        (["person_name", "mobile", "bank_card"], 100_000, 4, 4),
    ],
)
def test_what_stands_together_raises_a_table(columns, rows, general, finance, build):
    made = tuple(build.column(f"c{i}", kind) for i, kind in enumerate(columns))

    _, of_table = levels(build, made, rows=rows)

    assert of_table == {"general-data": general, "finance": finance}


def test_every_personal_type_has_a_floor_in_general_data(build):
    for name, kind in pi_types().items():
        of_column, _ = levels(build, build.column("c", name), sectors=())

        assert bool(of_column) is (kind.group == "pi"), name


def test_levels_stay_inside_their_scheme():
    for scheme in shipped_schemes():
        assert all(1 <= floor.level <= scheme.highest for floor in scheme.floors)


@pytest.mark.parametrize(
    ("pi_type", "day", "in_2020", "in_2025", "standard"),
    [
        ("id_card", dt.date(2025, 10, 31), True, False, "GB/T 35273-2020"),
        ("id_card", dt.date(2025, 11, 1), True, False, "GB/T 45574-2025"),
        ("salary", dt.date(2025, 10, 31), False, True, "GB/T 35273-2020"),
        ("salary", dt.date(2025, 11, 1), False, True, "GB/T 45574-2025"),
        ("bank_card", dt.date(2026, 1, 1), True, True, "GB/T 45574-2025"),
        ("mobile", dt.date(2026, 1, 1), False, False, "GB/T 45574-2025"),
    ],
)
def test_both_standards_are_shown_side_by_side(pi_type, day, in_2020, in_2025, standard):
    told = listed(pi_types()[pi_type], day)

    assert {one.standard: one.sensitive for one in told} == {
        "GB/T 35273-2020": in_2020,
        "GB/T 45574-2025": in_2025,
    }
    assert [one.standard for one in told if one.in_force] == [standard]


def test_children_make_the_whole_record_sensitive(build):
    table = build.table("t", build.column("name", "person_name"), persons={"minor_under_14": [3, 5, 9]})

    (reason,) = indications(table, build.AS_OF)

    assert reason.rule == "PIPL-28-MINOR14"
    assert "3 to 9 (estimate 5)" in reason.en


def test_no_children_no_reason(build):
    table = build.table("t", build.column("name", "person_name"), persons={"minor_under_14": [0, 0, 9]})

    assert indications(table, build.AS_OF) == ()


@pytest.mark.parametrize("combination", combinations().combinations, ids=lambda one: one.id)
def test_every_combination_is_found_from_its_day_and_not_without_one_part(combination, build):
    columns = [build.column(f"c{i}", types[0]) for i, types in enumerate(combination.sets)]
    found = indications(build.table("t", *columns), dt.date(2025, 11, 1))

    assert combination.id in {reason.rule for reason in found}
    assert all(reason.confidence == "low" for reason in found)
    assert indications(build.table("t", *columns), dt.date(2025, 10, 31)) == ()
    assert combination.id not in {
        reason.rule for reason in indications(build.table("t", *columns[:-1]), build.AS_OF)
    }


def test_a_masked_part_makes_no_combination(build):
    columns = [
        build.column("n", "person_name"),
        build.column("i", "id_card", form="masked"),
        build.column("m", "mobile"),
    ]

    assert indications(build.table("t", *columns), build.AS_OF) == ()
