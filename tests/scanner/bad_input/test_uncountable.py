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


def test_a_flow_that_names_a_column_that_is_not_there(pandian, crm, configured):
    """Else a misspelled column of sensitive information would leave, and nobody would be counted for it."""
    outcome = pandian(
        "scan", crm, "--config", configured(flow(table="customer", columns=["mobile", "id_crad"]))
    )

    assert outcome.code == INCOMPLETE
    (missed,) = outcome.scan["not_scanned"]
    assert (missed["source"], missed["table"], missed["column"]) == ("crm", "customer", "id_crad")
    assert "flow 'eu' names it, but the table has no such column" in missed["reason"]
    (found,) = outcome.scan["flows"]
    assert found["mechanism"] == "undetermined"
    assert all(count["note"].startswith("Of what was read only") for count in found["subjects"])


def test_what_is_said_of_a_table_that_is_not_there_is_no_secret(pandian, crm, configured):
    """Else rows that are marked as deleted would be counted, and nobody would learn why."""
    entry = {"dataset": "crm", "table": "customers", "deleted_column": "is_deleted"}

    outcome = pandian("scan", crm, "--config", configured({"tables": [entry]}))

    assert outcome.code == 0
    said = "'tables' in the configuration names 'crm/customers', but no source has such a table."
    assert f"Limit: {said}" in outcome.err
    assert said in outcome.scan["scan"]["limits"]


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
