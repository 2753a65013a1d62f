"""The whole road from sources to result: what cannot be read is said, and opens every upper bound."""

from __future__ import annotations

import re

import pytest

from connectors import Column, SourceUnreachable, Table, TableUnreadable, Unread
from scanner.assembly import Scanned, assemble
from scanner.config import FACTS, ConfigError, ScanConfig
from scanner.counting import Counts
from scanner.pipeline import NothingScanned
from scanner.result import UNBOUNDED, Interval, ScanInfo, SubjectCount

from .pipelines import AS_OF, PRIVATE, UNREACHABLE, columns, count_of, finding, scan


def test_what_is_missing_opens_every_upper_bound(make_people):
    sources = {"crm": {"t": columns(make_people(30))}}

    whole, part = scan(sources), scan({**sources, "hr": UNREACHABLE})

    assert finding(whole, "SML-100K").verdict == "met"
    assert finding(part, "SML-100K").verdict == "undetermined"
    assert finding(part, "SML-100K").needs[0] == "scan.complete"
    assert not part.complete
    assert [(n.source, n.table) for n in part.not_scanned] == [("hr", "")]


def test_no_number_of_an_incomplete_scan_is_under_a_line(make_people):
    sources = {"crm": {"t": columns(make_people(30))}, "hr": UNREACHABLE}

    numeric = [f for f in scan(sources).findings if f.count is not None and f.scope == "organization"]

    assert numeric
    for found in scan(sources).findings:
        assert not re.search(r"\d,\d{3},\d{3},\d{3}", found.why + found.why_zh), found.rule_id
        if "an unknown number of" in found.why:
            assert "scan.complete" in found.needs or found.verdict != "undetermined"
    for found in numeric:
        if found.count.upper >= UNBOUNDED:
            assert (found.verdict, found.operator in ("ge", "gt")) != ("not_met", True), found.rule_id
            assert f"{UNBOUNDED:,}" not in found.why


class Counted(Counts):
    """Counts of an organization that were made elsewhere."""

    def scope(self, scope, name, tables):
        del tables
        make = {"scope": scope, "name": name, "window": "all_time"}
        return tuple(
            SubjectCount(category=c, lower=n, estimate=n, upper=n, **make)
            for c, n in (("all", 12_000_000), ("sensitive", 5), ("minor_under_14", 0), ("minor_under_18", 0))
        )

    def flow(self, *_):
        return ()

    def faces(self, _):
        return Interval(0, 0, 0)


@pytest.mark.parametrize("missing", [(), (UNREACHABLE,)])
def test_a_line_that_was_reached_stays_reached(missing):
    from scanner.result import NotScanned

    info = ScanInfo(
        id="x", started="", finished="", as_of="", version="", seed=0, engine="local", count="exact",
        sample_rows=1, config_digest="", packs=(),
    )  # fmt: skip
    result = assemble(
        Scanned(
            config=ScanConfig(organization=PRIVATE),
            as_of=AS_OF,
            info=info,
            tables=(),
            not_scanned=[NotScanned(source="hr", table="", reason=str(error)) for error in missing],
            counts=Counted(None),
        )
    )

    reached = finding(result, "ND-R25-10M")
    assert reached.verdict == "met"
    assert reached.count.lower == 12_000_000
    assert (reached.count.upper >= UNBOUNDED) == bool(missing)


class Broken:
    """A source whose second table breaks off after some rows, and that has two that cannot be opened."""

    location = "memory"

    def __init__(self, table):
        self._batch = table.to_batches()[0]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass

    def tables(self):
        described = tuple(Column(name, "string") for name in self._batch.schema.names)
        yield Table(name="good", columns=described)
        yield Table(name="breaks_off", columns=described)
        yield Unread(table="locked", reason="permission denied")
        yield Unread(table="good", reason="cannot be decoded", column="photo")

    def sample(self, _, *, rows, **__):
        return self._batch.slice(0, rows)

    def stream(self, table, columns):
        yield self._batch.select(columns)
        if table.name == "breaks_off":
            raise TableUnreadable("Table 'breaks_off': connection lost.")


def test_a_table_that_breaks_off_is_partial_and_loses_nothing_else(make_people):
    result = scan({"crm": Broken(columns(make_people(30)))})

    (dataset,) = result.datasets
    assert {t.name: t.status for t in dataset.tables} == {"good": "partial", "breaks_off": "partial"}
    assert [(n.table, n.column) for n in result.not_scanned] == [
        ("locked", ""),
        ("good", "photo"),
        ("breaks_off", ""),
    ]
    assert not next(t for t in dataset.tables if t.name == "breaks_off").rows.exact
    assert count_of(result.organization.subjects) == (30, 30, 30)


class ListedInPart(Broken):
    """A source whose list of tables breaks off after the first one."""

    def tables(self):
        yield next(super().tables())
        raise SourceUnreachable("crm: the server went away.")


def test_a_list_of_tables_that_breaks_off_loses_nothing_that_was_listed(make_people):
    result = scan({"crm": ListedInPart(columns(make_people(30)))})

    assert [(n.source, n.table, n.reason) for n in result.not_scanned] == [
        ("crm", "", "crm: the server went away.")
    ]
    assert [(t.name, t.status) for t in result.datasets[0].tables] == [("good", "scanned")]
    assert count_of(result.organization.subjects)[:2] == (30, 30)
    assert not result.complete


def test_an_error_nobody_thought_of_names_its_place_and_no_value(make_people, monkeypatch):
    monkeypatch.setattr("scanner.identifiers.rows._digests", lambda: "13800138000")

    (missed,) = scan({"crm": {"t": columns(make_people(30))}}).not_scanned

    assert "TypeError" in missed.reason
    assert "scanner.identifiers.rows.records" in missed.reason
    assert "13800138000" not in missed.reason


def test_when_no_source_opens_nothing_was_scanned():
    with pytest.raises(NothingScanned, match="no server answers"):
        scan({"crm": UNREACHABLE, "hr": UNREACHABLE})


def test_a_source_without_tables_is_listed():
    (missed,) = scan({"crm": {}}).not_scanned

    assert "no tables" in missed.reason


def test_declared_facts_are_checked_before_anything_is_opened():
    with pytest.raises(ConfigError, match="cioo"):
        scan({"crm": UNREACHABLE}, organization={"cioo": True})


@pytest.mark.parametrize("section", FACTS)
def test_a_mistake_in_any_section_of_the_facts_is_refused(section):
    wrong = [{"name": "sister", "oops": 1}] if section == "entities" else {"oops": 1}
    with pytest.raises(ConfigError, match="oops"):
        scan({"crm": UNREACHABLE}, **{section: wrong})
