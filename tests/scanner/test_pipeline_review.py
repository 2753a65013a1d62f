"""The whole road from sources to result: what reviewers decided wins."""

from __future__ import annotations

import pyarrow as pa

from scanner.review import Decision

from .pipelines import columns, count_of, scan, tags


def decided(table="t", **decisions):
    made = (Decision(dataset="crm", table=table, column=c, types=types) for c, types in decisions.items())
    return {decision.key: decision for decision in made}


def reviewed(people, **decisions):
    table = columns(people, cards=False).append_column("c7", [[f"k{i:04}" for i in range(len(people))]])
    return scan({"crm": {"t": table}}, review=decided(**decisions))


def test_a_reviewer_rejects_tags_and_with_them_the_count(make_people):
    result = reviewed(make_people(30), id_card=(), mobile=())

    assert tags(result)["id_card"] == {"id_card": "rejected"}
    assert tags(result)["mobile"] == {"mobile": "rejected"}
    assert count_of(result.organization.subjects) == (0, 0, 30)


def test_a_reviewer_confirms_a_column_that_nothing_spoke_for(make_people):
    table = pa.table({"c7": [f"k{i % 20:04}" for i in range(60)]})
    before = scan({"crm": {"t": table}})
    after = scan({"crm": {"t": table}}, review=decided(c7=("user_account",)))

    assert tags(before)["c7"] == {}
    assert tags(after)["c7"] == {"user_account": "confirmed"}
    assert count_of(before.organization.subjects) == (0, 0, 0)
    assert count_of(after.organization.subjects)[1] == 20


def test_a_reviewer_replaces_a_tag(make_people):
    result = reviewed(make_people(30), mobile=("landline",))

    assert tags(result)["mobile"] == {"landline": "confirmed", "mobile": "rejected"}


def test_a_confirmed_tag_keeps_its_evidence(make_people):
    result = reviewed(make_people(30), mobile=("mobile",))
    (column,) = (c for c in result.datasets[0].tables[0].columns if c.name == "mobile")

    assert [(tag.decision, tag.confidence) for tag in column.tags] == [("confirmed", 1.0)]
    assert column.tags[0].evidence


def test_a_decision_on_another_table_changes_nothing(make_people):
    table = columns(make_people(30))
    plain = scan({"crm": {"t": table}})

    assert tags(scan({"crm": {"t": table}}, review=decided("u", mobile=()))) == tags(plain)
