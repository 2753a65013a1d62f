"""What is asked of outcomes of the command line."""

from __future__ import annotations

CANNOT_RUN, INCOMPLETE = 2, 3
COLUMNS = ("cust_no", "customer_name", "id_card", "mobile")


def rows(people):
    return [(i, p.name, p.id_card, p.mobile) for i, p in enumerate(people)]


def columns(people):
    return dict(zip(COLUMNS, map(list, zip(*rows(people), strict=True)), strict=True))


def persons(outcome, table=None):
    """Return (lower, estimate, upper, method) of everybody in a table, or in the organization."""
    tables = {t["name"]: t for d in outcome.scan["datasets"] for t in d["tables"]}
    counts = tables[table]["subjects"] if table else outcome.scan["organization"]["subjects"]
    (count,) = (c for c in counts if c["category"] == "all")
    return count["lower"], count["estimate"], count["upper"], count["method"]


def reasons(outcome):
    return {(entry["source"], entry["table"]): entry["reason"] for entry in outcome.scan["not_scanned"]}


def statuses(outcome):
    return {t["name"]: t["status"] for d in outcome.scan["datasets"] for t in d["tables"]}


def assert_refused(outcome, *words):
    """One paragraph that starts with what is wrong, and no traceback."""
    assert outcome.code == CANNOT_RUN, outcome.err
    assert outcome.err.startswith("Error: "), outcome.err
    assert "Traceback" not in outcome.err
    if outcome.err.startswith("Error: "):
        assert len(outcome.err.strip().splitlines()) == 1, outcome.err
    for word in words:
        assert word in outcome.err
    assert not outcome.out
