"""What cannot be counted is never zero persons."""

from __future__ import annotations

from .outcomes import INCOMPLETE, persons, reasons, statuses


def flow(**table):
    return {"flows": [{"name": "eu", "recipient_country": "DE", "tables": [{"dataset": "crm", **table}]}]}


def test_a_flow_that_names_a_table_that_is_not_there(pandian, crm, configured):
    outcome = pandian("scan", crm, "--config", configured(flow(table="orders")))

    assert outcome.code == INCOMPLETE
    assert "flow 'eu' names it" in reasons(outcome)["crm", "orders"]
    (found,) = outcome.scan["flows"]
    assert found["mechanism"] == "undetermined"
    assert found["subjects"] == [], "nobody was counted, which is not zero persons"


def test_a_flow_whose_time_column_is_not_there(pandian, crm, configured):
    outcome = pandian("scan", crm, "--config", configured(flow(table="customer", time_column="export_time")))

    assert outcome.code == INCOMPLETE
    assert "export_time" in reasons(outcome)["crm", "customer"]
    assert outcome.scan["flows"][0]["mechanism"] == "undetermined"
    assert statuses(outcome) == {"customer": "partial"}


def test_personal_information_without_an_identifier_is_never_zero_persons(pandian, write_sqlite, tmp_path):
    source = write_sqlite(
        tmp_path / "survey.sqlite", "survey", ("gender", "ethnicity"), [("男", "汉族"), ("女", "回族")] * 40
    )

    outcome = pandian("scan", source)

    assert outcome.code == 0
    assert persons(outcome, "survey") == (0, 0, 80, "rows-bound")
    assert persons(outcome) == (0, 0, 80, "rows-bound")
