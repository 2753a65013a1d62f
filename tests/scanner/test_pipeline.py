"""The whole road from sources to result, over sources held in memory."""

from __future__ import annotations

import datetime as dt
import json
from importlib.resources import files

import jsonschema
import pyarrow as pa
import pytest

from connectors import Column, SourceUnreachable, Table, TableUnreadable, Unread
from connectors.frame import FrameConnector
from scanner.config import FACTS, ConfigError, ScanConfig
from scanner.counting import Counts
from scanner.identifiers import SubjectKey
from scanner.pipeline import NothingScanned, run
from scanner.result import UNBOUNDED, Interval, ScanInfo, SubjectCount, to_dict
from scanner.results import Scanned, assemble
from scanner.review import Decision
from scanner.underway import Options

AS_OF = dt.date(2026, 11, 22)
NOON = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
KEY = SubjectKey(bytes(range(16)))
PRIVATE = {"ciio": False, "sectors": ["retail"], "name": "示例"}


def columns(people, *, at=None, cards=True):
    found = {
        "customer_name": [p.name for p in people],
        "id_card": [p.id_card for p in people],
        "mobile": [p.mobile for p in people],
    }
    if cards:
        found["bank_card"] = [p.bank_card for p in people]
    if at is not None:
        found["export_time"] = at
    return pa.table(found)


def scan(sources, *, as_of=AS_OF, count="exact", review=None, seed=0, clock=lambda: NOON, **config):
    """Scan sources given as name to (table name to Arrow table), to a connector or to an error."""
    settings = ScanConfig.model_validate(
        {"sources": [{"name": name, "url": "memory"} for name in sources], "organization": PRIVATE, **config}
    )

    def open_source(source):
        found = sources[source.name]
        if isinstance(found, Exception):
            raise found
        return FrameConnector(found) if isinstance(found, dict) else found

    options = Options(as_of=as_of, count=count, review=review or {}, seed=seed)
    return run(settings, options, KEY, clock=clock, open_source=open_source)


def count_of(subjects, category="all", window="all_time"):
    (found,) = (c for c in subjects if (c.category, c.window) == (category, window))
    return found.lower, found.estimate, found.upper


def flow(name="eu", **more):
    table = {"dataset": "lake", "table": "outbound"} | more.pop("table", {})
    return {"name": name, "recipient_country": "DE", "tables": [table], **more}


def tags(result):
    columns = (c for d in result.datasets for t in d.tables for c in t.columns)
    return {c.name: {tag.type: tag.decision for tag in c.tags} for c in columns}


def finding(result, rule_id, scope=None):
    (found,) = (f for f in result.findings if f.rule_id == rule_id and scope in (None, f.scope))
    return found


# ---------------------------------------------------------------------- people
def test_people_in_two_sources_are_counted_once(make_people):
    result = scan({"crm": {"a": columns(make_people(40))}, "hr": {"b": columns(make_people(40, 20))}})

    assert [count_of(d.subjects) for d in result.datasets] == [(40, 40, 40)] * 2
    assert count_of(result.organization.subjects) == (60, 60, 60)


@pytest.mark.parametrize(("shared", "upper"), [("id_card", 30), ("mobile", 60)])
def test_people_of_two_sources_are_linked_by_what_they_share(make_people, shared, upper):
    """A resident ID is one person's for certain; a mobile number may have changed hands."""
    people = make_people(30)
    crm = pa.table({shared: [getattr(p, shared) for p in people], "email": [p.email for p in people]})
    hr = columns(people, cards=False)

    result = scan({"crm": {"a": crm}, "hr": {"b": hr}})

    assert count_of(result.organization.subjects) == (30, 30, upper)


def test_without_an_identifier_the_rows_bound_the_persons():
    rows = pa.table({"gender": ["男", "女"] * 30, "ethnicity": ["汉族", "回族"] * 30})

    result = scan({"survey": {"t": rows}})

    (count,) = (c for c in result.datasets[0].tables[0].subjects if c.category == "all")
    assert (count.lower, count.estimate, count.upper, count.method) == (0, 0, 60, "rows-bound")
    assert count.anonymous_rows == 60


def test_without_counting_there_are_columns_and_no_counts(make_people):
    result = scan({"lake": {"outbound": columns(make_people(30))}}, count="none", flows=[flow()])

    assert tags(result)["id_card"] == {"id_card": "auto"}
    assert result.organization.subjects == result.datasets[0].subjects == result.flows[0].subjects == ()
    assert result.datasets[0].tables[0].subjects == ()
    assert result.complete
    assert finding(result, "SML-100K").verdict == "undetermined"


def test_minors_are_sensitive(make_people):
    children, adults = make_people(10, year=2015), make_people(20, 100, year=1980)

    subjects = scan({"crm": {"t": columns(children + adults, cards=False)}}).organization.subjects

    assert count_of(subjects) == (30, 30, 30)
    assert count_of(subjects, "minor_under_14") == (10, 10, 10)
    assert count_of(subjects, "sensitive") == (10, 10, 10)


# ---------------------------------------------------------------------- review
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


# ---------------------------------------------------------------------- flows
@pytest.fixture
def exported(make_people):
    """30 persons of this year, 20 of last year, 7 long ago, 5 without a readable time; one comes twice."""
    people = make_people(62)
    at = ["2026-03-01"] * 30 + ["2025-12-31"] * 20 + ["2024-01-01"] * 7 + [None, "", "soon", "-", "0"]
    again = columns([people[0]], at=["2025-06-01"])
    return {"lake": {"outbound": pa.concat_tables([columns(people, at=at), again])}}


def test_a_window_holds_its_rows_and_undated_rows_widen_only_the_upper_bound(exported):
    (found,) = scan(exported, flows=[flow(table={"time_column": "export_time"})]).flows

    assert found.window == "year_to_date"
    assert count_of(found.subjects, window="year_to_date") == (30, 30, 35)
    assert count_of(found.subjects, window="since_1_jan_previous_year") == (50, 50, 55)
    assert count_of(found.subjects)[1] == 62


def test_without_a_time_column_all_rows_may_be_of_this_year(exported):
    (found,) = scan(exported, flows=[flow()]).flows

    assert count_of(found.subjects, window="year_to_date") == (0, 62, 62)


@pytest.mark.parametrize(
    ("as_of", "window"),
    [
        (dt.date(2026, 11, 22), "year_to_date"),
        (dt.date(2024, 3, 22), "year_to_date"),
        (dt.date(2024, 3, 21), "since_1_jan_previous_year"),
        (dt.date(2023, 6, 1), "since_1_jan_previous_year"),
        (dt.date(2022, 8, 31), "all_time"),
    ],
)
def test_the_window_is_that_of_the_rules_in_force(exported, as_of, window):
    (found,) = scan(exported, as_of=as_of, flows=[flow(table={"time_column": "export_time"})]).flows

    assert found.window == window


def test_in_2023_the_previous_year_counts(make_people):
    at = ["2023-02-01"] * 10 + ["2022-01-01"] * 10 + ["2021-12-31"] * 10
    sources = {"lake": {"outbound": columns(make_people(30), at=at)}}

    (found,) = scan(
        sources, as_of=dt.date(2023, 6, 1), flows=[flow(table={"time_column": "export_time"})]
    ).flows

    assert count_of(found.subjects, window=found.window) == (20, 20, 20)


def test_columns_that_do_not_go_abroad_make_nobody_sensitive(make_people):
    sources = {"lake": {"outbound": columns(make_people(30))}}
    flows = [flow("whole"), flow("some", table={"columns": ["customer_name", "mobile"]})]

    everything, some = scan(sources, flows=flows).flows

    assert count_of(everything.subjects, "sensitive") == (30, 30, 30)
    assert count_of(some.subjects, "sensitive") == (0, 0, 0)
    assert count_of(everything.subjects) == count_of(some.subjects) == (30, 30, 30)


def test_rows_of_a_flow_do_not_count_again_in_the_organization(make_people):
    sources = {"lake": {"outbound": columns(make_people(30))}}
    survey = pa.table({"gender": ["男"] * 20})

    result = scan({**sources, "survey": {"t": survey}}, flows=[flow(table={"columns": ["mobile"]})])

    assert count_of(result.organization.subjects)[1:] == (30, 50)


def test_flows_are_united_and_not_added(make_people):
    at = ["2026-03-01"] * 30
    sources = {
        "lake": {
            "outbound": columns(make_people(30), at=at, cards=False),
            "second": columns(make_people(30, 10), at=at, cards=False),
        }
    }
    time = {"time_column": "export_time"}
    flows = [flow("a", table=time), flow("b", table={**time, "table": "second"})]

    united = finding(scan(sources, flows=flows), "EXP-P24-EXEMPT-100K", "outbound")

    assert united.count == Interval(40, 40, 40)


def test_an_exempt_flow_is_not_in_the_union(make_people):
    at = ["2026-03-01"] * 30
    tables = {
        name: columns(make_people(30, first), at=at, cards=False)
        for name, first in (("outbound", 0), ("hr", 30))
    }
    time = {"time_column": "export_time"}
    flows = [flow("a", table=time), flow("staff", table={**time, "table": "hr"}, exemption="hr")]

    result = scan({"lake": tables}, flows=flows)

    assert finding(result, "EXP-P24-EXEMPT-100K", "outbound").count == Interval(30, 30, 30)
    assert {f.name: f.mechanism for f in result.flows} == {"a": "exempt", "staff": "exempt"}


@pytest.mark.parametrize(
    ("cards", "more", "mechanism"),
    [
        (False, {}, "exempt"),
        (True, {}, "standard_contract_or_certification"),
        (True, {"exemption": "hr"}, "exempt"),
        (False, {"important_data": True}, "security_assessment"),
    ],
)
def test_the_route_of_a_flow(make_people, cards, more, mechanism):
    table = columns(make_people(30), at=["2026-03-01"] * 30, cards=cards)
    declared = {"held": {"important_data": "notified"}} if more.get("important_data") else {}
    flows = [flow(table={"time_column": "export_time"}, **{"important_data": False, **more})]

    (found,) = scan({"lake": {"outbound": table}}, flows=flows, **declared).flows

    assert found.mechanism == mechanism
    assert found.because


def test_a_flow_of_nothing_counted_is_unknown_and_not_zero(make_people):
    (found,) = scan(
        {"crm": {"t": columns(make_people(20))}}, flows=[{"name": "eu", "recipient_country": "DE"}]
    ).flows

    assert found.subjects == ()
    assert found.mechanism == "undetermined"


# ---------------------------------------------------------------------- what could not be read
UNREACHABLE = SourceUnreachable("postgresql://db/hr: no server answers there.")


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
        yield Unread("locked", "permission denied")
        yield Unread("good", "cannot be decoded", column="photo")

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
        ("breaks_off", ""),
        ("locked", ""),
        ("good", "photo"),
    ]
    assert not next(t for t in dataset.tables if t.name == "breaks_off").rows.exact
    assert count_of(result.organization.subjects) == (30, 30, 30)


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


def two_flows(make_people):
    """Return a source, and two flows of it to ten people each."""
    at = ["2026-03-01"] * 10
    tables = {name: columns(make_people(10, first), at=at) for name, first in (("outbound", 0), ("b", 10))}
    time = {"time_column": "export_time"}
    return {"lake": tables}, [flow("a", table=time), flow("b", table={**time, "table": "b"})]


def test_companies_of_the_group_count_with_a_scan_only_where_volumes_are_declared_split(make_people):
    sources, flows = two_flows(make_people)
    sister = [{"name": "sister", "nonsensitive_subjects": 2_000_000, "sensitive_subjects": 0}]

    def count(**outbound):
        result = scan(sources, flows=flows, entities=sister, outbound=outbound)
        return finding(result, "EXP-P24-1M", "outbound").count.lower

    assert count(volume_split=True) == count() + 2_000_000


def test_a_counted_number_replaces_a_declared_one(make_people):
    sources, flows = two_flows(make_people)
    facts = scan(sources, flows=flows, outbound={"sensitive_subjects": 7, "volume_split": False}).facts

    assert facts.given["outbound"]["volume_split"] is False
    assert facts.given["outbound"]["sensitive_subjects"]["lower"] == 20
    assert {fact.key for fact in facts.counted if fact.section == "outbound"} == {
        "nonsensitive_subjects",
        "sensitive_subjects",
    }


@pytest.mark.parametrize("section", FACTS)
def test_a_mistake_in_any_section_of_the_facts_is_refused(section):
    wrong = [{"name": "sister", "oops": 1}] if section == "entities" else {"oops": 1}
    with pytest.raises(ConfigError, match="oops"):
        scan({"crm": UNREACHABLE}, **{section: wrong})


# ---------------------------------------------------------------------- the record
@pytest.fixture(scope="module")
def schema():
    return json.loads((files("scanner") / "scan.schema.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("count", ["exact", "none"])
@pytest.mark.parametrize("more", [{}, {"hr": UNREACHABLE}, {"empty": {"t": pa.table({})}}])
def test_the_record_fits_its_schema(exported, schema, count, more):
    flows = [
        flow(table={"time_column": "export_time"}),
        flow("gone", table={"table": "absent"}),
        {"name": "bare"},
    ]

    record = to_dict(scan({**exported, **more}, count=count, flows=flows))

    jsonschema.validate(json.loads(json.dumps(record)), schema)


def test_the_same_data_and_seed_give_the_same_record(exported):
    def record(seed, clock):
        found = to_dict(
            scan(exported, seed=seed, clock=clock, flows=[flow(table={"time_column": "export_time"})])
        )
        assert {"id", "started", "finished"} <= found["scan"].keys()
        return {
            **found,
            "scan": {k: v for k, v in found["scan"].items() if k not in ("id", "started", "finished")},
        }

    later = NOON + dt.timedelta(days=1)

    assert record(3, lambda: NOON) == record(3, lambda: later)


def test_times_and_identity_of_a_scan_come_from_the_clock(make_people):
    ticks = iter([NOON, NOON + dt.timedelta(minutes=5)])

    info = scan({"crm": {"t": columns(make_people(5))}}, clock=lambda: next(ticks)).scan

    assert (info.started, info.finished) == ("2026-11-22T12:00:00Z", "2026-11-22T12:05:00Z")
    assert info.id.startswith("20261122T120000")
    assert info.packs
