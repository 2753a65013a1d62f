"""Necessity: what is sent that the scenario does not need, for how many, and for how long it was kept."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pyarrow as pa
import pytest

from connectors import Batch
from scanner.grading import PackError
from scanner.necessity import Export, necessity, parse_scenarios, shipped_scenarios
from scanner.result import Interval, RetentionResult
from scanner.samples.sampled import look, scaled


def export(build, columns, **more):
    table = build.table("t", *(build.column(name, *types) for name, *types in columns))
    told = {"purpose": "会员管理", "scenario": "", "items": build.items(table), "persons": {}} | more
    return Export(**told)


@pytest.mark.parametrize(
    ("column", "use"),
    [
        (("phone", "mobile"), "expected"),
        (("diag", "diagnosis_text"), "unexpected"),
        (("created_at",), "not_personal"),
        (("uscc", "uscc"), "not_personal"),
    ],
)
def test_an_item_is_compared_with_the_scenario(column, use, build):
    items, reasons = necessity(export(build, [column]))

    assert [item.use for item in items] == [use]
    assert ("NECESSITY-ITEM" in {reason.rule for reason in reasons}) is (use == "unexpected")


@pytest.mark.parametrize(
    ("declared", "rule"),
    [
        ({"purpose": "", "scenario": ""}, "NECESSITY-EXPORT"),
        ({"purpose": "something else"}, "NECESSITY-SCENARIO"),
        ({"purpose": "会员管理", "scenario": "no such scenario"}, "NECESSITY-SCENARIO"),
    ],
)
def test_without_a_scenario_the_use_is_unknown_and_that_is_said(declared, rule, build):
    items, reasons = necessity(export(build, [("phone", "mobile")], **declared))

    assert [item.use for item in items] == ["unknown"]
    assert rule in {reason.rule for reason in reasons}


@pytest.mark.parametrize(("filled", "said"), [(0.0, True), (0.001, False), (None, False)])
def test_an_item_that_leaves_empty_has_to_be_explained(filled, said, build):
    told = export(build, [("phone", "mobile")])
    items = [replace(item, column=replace(item.column, filled=filled)) for item in told.items]

    _, reasons = necessity(replace(told, items=items))

    assert ("NECESSITY-EMPTY" in {reason.rule for reason in reasons}) is said


def test_the_users_scenario_comes_first(build):
    mine = parse_scenarios(
        "s.yaml", "scenarios: [{id: x, names: [会员管理], expected: [diagnosis_text]}]".encode()
    )

    items, _ = necessity(export(build, [("diag", "diagnosis_text"), ("phone", "mobile")]), mine)

    assert [item.use for item in items] == ["expected", "unexpected"]


def test_an_unknown_type_in_a_scenario_is_an_error():
    with pytest.raises(PackError, match="no PI type 'hat_size'"):
        parse_scenarios("s.yaml", b"scenarios: [{id: x, expected: [hat_size]}]")


def test_no_name_means_two_shipped_scenarios():
    names = [name for one in shipped_scenarios() for name in {n.casefold() for n in (one.id, *one.names)}]

    assert len(names) == len(set(names))


@pytest.mark.parametrize(("sent", "held", "flagged"), [(94, 100, False), (95, 100, True), (0, 0, False)])
def test_sending_nearly_everybody_has_to_be_explained(sent, held, flagged, build):
    everybody = (Interval(sent, sent, sent), Interval(held, held, held))

    _, reasons = necessity(export(build, [("phone", "mobile")], everybody=everybody))

    assert ("NECESSITY-PERSONS" in {reason.rule for reason in reasons}) is flagged


def test_rows_past_their_time_have_to_be_explained(build):
    past = RetentionResult(table="w/t", days=30, past=Interval(7, 9, 12), exact=False, undated=2)

    _, reasons = necessity(export(build, [("phone", "mobile")], retention=[past]))

    said = {reason.rule: reason.en for reason in reasons}
    assert "7 – 12 rows are older than the declared 30 days (estimated" in said["NECESSITY-RETENTION"]
    assert "2 sampled rows" in said["NECESSITY-RETENTION-UNDATED"]


def batch(**columns):
    return (
        Batch.from_pydict(columns) if hasattr(Batch, "from_pydict") else pa.RecordBatch.from_pydict(columns)
    )


def test_a_sample_tells_how_full_columns_and_how_old_rows_are():
    sample = batch(a=["x", "", None, " "], t=["2026-11-22", "2026-10-23", "2026-10-22", "soon"])

    seen = look(sample, "t", frozenset({30}), dt.date(2026, 11, 22))

    assert (seen.filled["a"], seen.older, seen.undated) == (0.25, {30: 1}, 1)


@pytest.mark.parametrize(
    ("found", "sampled", "rows"), [(0, 50, 1000), (3, 50, 1000), (50, 50, 1000), (1, 2, 10**9)]
)
def test_bounds_of_a_sample_hold_the_estimate(found, sampled, rows):
    count = scaled(found, sampled, rows)

    assert found <= count.lower <= count.estimate <= count.upper <= rows
