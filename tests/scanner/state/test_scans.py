"""Scans with state: only what is new is read, and the result is that of a scan that reads everything."""

from __future__ import annotations

import datetime as dt
import shutil

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from connectors.frame import FrameConnector
from scanner.config import ScanConfig
from scanner.identifiers import SubjectKey
from scanner.pipeline import run
from scanner.result import to_dict
from scanner.review import Decision
from scanner.sources import open_configured
from scanner.state import StateFolder
from scanner.underway import Options

AS_OF = dt.date(2026, 11, 22)
NOON = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
KEY = SubjectKey(bytes(range(16)))
FLOW = {
    "name": "eu",
    "recipient_country": "DE",
    "tables": [{"dataset": "lake", "table": "sent", "time_column": "export_time"}],
}


def write(root, part, people, *, table="sent", at="2026-02-03"):
    path = root / table / part / "part-0.parquet"
    path.parent.mkdir(parents=True, exist_ok=True)
    rows = {
        "customer_name": [p.name for p in people],
        "id_card": [p.id_card for p in people],
        "mobile": [p.mobile for p in people],
        "export_time": [at] * len(people),
    }
    pq.write_table(pa.table(rows), path)
    return path


@pytest.fixture
def lake(tmp_path, make_people):
    """A table of two partitions with 30 people each, ten of them in both."""
    root = tmp_path / "lake"
    write(root, "month=01", make_people(30), at="2026-01-05")
    write(root, "month=02", make_people(30, 20))
    return root


class Scanner:
    """Scans a folder, with or without state, and remembers what was read."""

    def __init__(self, root, folder):
        self.root, self.folder = root, folder
        self.read = []

    def __call__(
        self,
        *,
        kept=True,
        as_of=AS_OF,
        review=None,
        resume=False,
        key=KEY,
        stop=None,
        count="exact",
        **config,
    ):
        document = {"sources": [{"name": "lake", "url": str(self.root)}], "flows": [FLOW], **config}
        settings = ScanConfig.model_validate(document)
        options = Options(as_of=as_of, review=review or {}, resume=resume, count=count)
        self.read = []
        arguments = {"clock": lambda: NOON, "open_source": self._opener(stop)}
        if not kept:
            return run(settings, options, key, **arguments)
        with StateFolder(self.folder, key) as folder:
            return run(settings, options, key, state=folder, **arguments)

    def _opener(self, stop):
        def open_source(source):
            connector = open_configured(source)
            whole = connector.stream_part

            def stream_part(table, part, columns):
                if stop is not None and len(self.read) == stop:
                    raise KeyboardInterrupt
                self.read.append(part.name)
                return whole(table, part, columns)

            connector.stream_part = stream_part
            return connector

        return open_source


@pytest.fixture
def scan(lake, tmp_path):
    return Scanner(lake, tmp_path / "state")


def without_parts(result):
    """Return the record of a scan without what tells a scan with state from one without."""
    record = to_dict(result)
    record["scan"]["parts"] = None
    for dataset in record["datasets"]:
        for table in dataset["tables"]:
            table["parts"] = None
    return record


def organization(result):
    (found,) = (c for c in result.organization.subjects if c.category == "all")
    return found.lower, found.estimate, found.upper


def sent(result, window="year_to_date"):
    (found,) = (c for c in result.flows[0].subjects if (c.category, c.window) == ("all", window))
    return found.lower, found.estimate, found.upper


# ---------------------------------------------------------------------- nothing changed
def test_a_second_scan_reads_nothing_and_finds_the_same(scan):
    first = scan()
    assert len(scan.read) == 2
    second = scan()

    assert scan.read == []
    assert without_parts(second) == without_parts(first) == without_parts(scan(kept=False))
    assert (second.scan.parts.read, second.scan.parts.from_state) == (0, 2)
    assert organization(second) == (50, 50, 50)


def test_only_a_new_part_is_read(scan, make_people):
    scan()
    write(scan.root, "month=03", make_people(30, 100))
    result = scan()

    assert scan.read == ["sent/month=03/part-0.parquet"]
    assert organization(result) == (80, 80, 80)
    assert without_parts(result) == without_parts(scan(kept=False))


def test_only_a_changed_part_is_read_and_counts_once(scan, make_people):
    scan()
    write(scan.root, "month=02", make_people(31, 20))
    result = scan()

    assert scan.read == ["sent/month=02/part-0.parquet"]
    assert organization(result) == (51, 51, 51)


def test_a_scan_without_counting_leaves_the_state_alone(scan, tmp_path):
    scan()
    with StateFolder(scan.folder, KEY) as folder:
        settings = ScanConfig.model_validate({"sources": [{"name": "lake", "url": str(scan.root)}]})
        result = run(settings, Options(as_of=AS_OF, count="none"), KEY, clock=lambda: NOON, state=folder)
        assert len(folder.infos()) == 2
    assert result.scan.parts is None


# ---------------------------------------------------------------------- what makes a part be read again
def test_changed_tags_count_a_table_anew(scan):
    scan()
    decision = Decision(dataset="lake", table="sent", column="mobile", types=())
    review = {("lake", "sent", "mobile"): decision}
    result = scan(review=review)

    assert len(scan.read) == 2
    assert without_parts(result) == without_parts(scan(kept=False, review=review))
    scan(review=review)
    assert scan.read == []


def test_another_time_column_counts_a_table_anew(scan):
    scan()
    scan(flows=[])

    assert len(scan.read) == 2


def test_a_column_of_another_type_counts_a_table_anew(scan, make_people):
    scan()
    path = write(scan.root, "month=03", make_people(3, 100))
    table = pq.read_table(path)
    numbers = pa.array([int(p.mobile) for p in make_people(3, 100)])
    pq.write_table(table.set_column(2, "mobile", numbers), path)
    result = scan()

    assert len(scan.read) == 1  # the union of text and numbers is text, as before
    assert without_parts(result) == without_parts(scan(kept=False))


def test_another_version_counts_anew(scan, monkeypatch):
    scan()
    monkeypatch.setattr("scanner.collecting.version", lambda _: "999")
    scan()

    assert len(scan.read) == 2


@pytest.mark.parametrize("days", [1, 40, 365, 700])
def test_a_later_day_counts_from_the_state(scan, make_people, days):
    """Minors come of age and the year turns, without reading anything."""
    write(scan.root, "month=03", make_people(40, 100, year=2009), at="2025-12-30")
    write(scan.root, "month=04", make_people(40, 200, year=2013), at=None)
    scan()
    later = AS_OF + dt.timedelta(days=days)
    result = scan(as_of=later)

    assert scan.read == []
    assert without_parts(result) == without_parts(scan(kept=False, as_of=later))


def test_an_earlier_day_reads_again(scan):
    scan()
    scan(as_of=AS_OF - dt.timedelta(days=1))

    assert len(scan.read) == 2


def test_a_row_that_lies_ahead_reads_its_part_again_on_another_day(scan, make_people):
    write(scan.root, "month=12", make_people(5, 100), at="2026-12-24")
    scan()
    result = scan(as_of=dt.date(2026, 12, 31))

    assert scan.read == ["sent/month=12/part-0.parquet"]
    assert sent(result) == (55, 55, 55)


# ---------------------------------------------------------------------- parts that went away
def test_what_went_away_is_held_no_more_but_was_sent(scan):
    scan()
    shutil.rmtree(scan.root / "sent" / "month=01")

    for _ in range(2):
        result = scan()
        assert organization(result) == (30, 30, 30)
        assert sent(result) == (50, 50, 50)
        assert result.scan.parts.gone == 1


def test_what_went_away_counts_until_the_second_turn_of_the_year(scan):
    scan()
    shutil.rmtree(scan.root / "sent" / "month=01")
    scan()

    next_year = scan(as_of=dt.date(2027, 6, 1))
    assert sent(next_year) == (0, 0, 0)
    assert sent(next_year, "since_1_jan_previous_year") == (50, 50, 50)
    later = scan(as_of=dt.date(2028, 1, 1))
    assert (later.scan.parts.gone, later.scan.parts.forgotten) == (0, 1)


@pytest.mark.parametrize("config", [{"state": {"vanished": "forget"}}, {"flows": []}])
def test_what_went_away_is_forgotten_where_it_does_not_count(scan, config):
    scan(**config)
    shutil.rmtree(scan.root / "sent" / "month=01")
    result = scan(**config)

    assert organization(result) == (30, 30, 30)
    assert result.scan.parts.forgotten == 1
    with StateFolder(scan.folder, KEY) as folder:
        assert len(folder.infos()) == 1


def test_what_comes_back_is_taken_from_the_state(scan, tmp_path):
    scan()
    shutil.move(scan.root / "sent" / "month=01", tmp_path / "away")
    scan()
    shutil.move(tmp_path / "away", scan.root / "sent" / "month=01")
    result = scan()

    assert scan.read == []
    assert organization(result) == (50, 50, 50)
    assert result.scan.parts.gone == 0


def test_a_dropped_table_is_forgotten_and_an_excluded_one_is_not(scan, make_people):
    write(scan.root, "month=01", make_people(10, 300), table="held")
    scan()
    source = {"name": "lake", "url": str(scan.root), "exclude": ["held"]}
    scan(sources=[source])
    with StateFolder(scan.folder, KEY) as folder:
        assert {info.place.table for info in folder.infos()} == {"sent", "held"}
    shutil.rmtree(scan.root / "held")
    scan()
    with StateFolder(scan.folder, KEY) as folder:
        assert {info.place.table for info in folder.infos()} == {"sent"}


def test_what_cannot_be_read_is_not_forgotten(scan):
    scan()
    path = scan.root / "sent" / "month=01" / "part-0.parquet"
    content = path.read_bytes()
    path.write_bytes(content[:-9])
    result = scan()
    assert not result.complete
    with StateFolder(scan.folder, KEY) as folder:
        assert len(folder.infos()) == 2


# ---------------------------------------------------------------------- interrupted scans
@pytest.mark.parametrize("stop", [0, 1])
def test_an_interrupted_scan_goes_on(scan, stop):
    with pytest.raises(KeyboardInterrupt):
        scan(stop=stop)
    result = scan(resume=True)

    assert len(scan.read) == 2 - stop
    assert without_parts(result) == without_parts(scan(kept=False))


def test_only_a_resumed_scan_takes_a_table_that_may_have_changed(tmp_path, make_people):
    people = make_people(30)
    frame = pa.table({"id_card": [p.id_card for p in people], "mobile": [p.mobile for p in people]})
    settings = ScanConfig.model_validate({"sources": [{"name": "db", "url": "memory"}]})
    read = []

    class Counting(FrameConnector):
        def stream(self, table, columns):
            if table.name == "c" and len(read) < 3:
                raise KeyboardInterrupt
            read.append(table.name)
            return super().stream(table, columns)

    def scan(*, resume):
        with StateFolder(tmp_path / "state", KEY) as folder:
            return run(
                settings,
                Options(as_of=AS_OF, resume=resume),
                KEY,
                clock=lambda: NOON,
                open_source=lambda _: Counting({"a": frame, "b": frame, "c": frame}),
                state=folder,
            )

    with pytest.raises(KeyboardInterrupt):
        scan(resume=False)
    assert read == ["a", "b"]
    read.append("interrupted")
    result = scan(resume=True)
    assert read == ["a", "b", "interrupted", "c"]
    assert result.scan.parts.from_state == 2
    scan(resume=True)
    assert read[4:] == ["a", "b", "c"]  # nothing was left to resume


# ---------------------------------------------------------------------- names of parts
def test_a_partition_value_that_is_about_a_person_is_not_written(tmp_path, make_people):
    people = make_people(24)
    root = tmp_path / "lake"
    for person in people:
        write(root, f"phone={person.mobile}", [person], table="calls")
    scan = Scanner(root, tmp_path / "state")
    result = scan(flows=[])
    assert {tag.type for d in result.datasets for t in d.tables for c in t.columns for tag in c.tags} >= {
        "mobile"
    }
    scan(flows=[])
    assert scan.read == []
    written = b"".join(path.read_bytes() for path in scan.folder.rglob("*") if path.is_file())
    assert not [p for p in people if p.mobile.encode() in written]


# ---------------------------------------------------------------------- incremental equals full
@settings(deadline=None, max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(
        st.lists(
            st.tuples(
                st.integers(0, 3),
                st.one_of(st.none(), st.tuples(st.integers(0, 12), st.integers(1, 25))),
            ),
            min_size=1,
            max_size=3,
        ),
        min_size=1,
        max_size=4,
    )
)
def test_scans_of_changing_data_equal_full_scans(tmp_path_factory, make_people, steps):
    """Each step writes, rewrites or deletes some partitions, and a day passes."""
    root = tmp_path_factory.mktemp("world")
    write(root / "lake", "month=00", make_people(40))
    scan = Scanner(root / "lake", root / "state")
    for day, step in enumerate(steps):
        for number, rows in step:
            if rows is None:
                shutil.rmtree(root / "lake" / "sent" / f"month={number:02}x", ignore_errors=True)
            else:
                first, size = rows
                write(root / "lake", f"month={number:02}x", make_people(size, first))
        today = AS_OF + dt.timedelta(days=day)
        config = {"flows": [], "as_of": today}
        assert without_parts(scan(**config)) == without_parts(scan(kept=False, **config))


# ---------------------------------------------------------------------- deleted rows, sketches
def mark_deleted(path, deleted):
    rows = pq.read_table(path)
    pq.write_table(rows.append_column("gone_at", pa.array(deleted, pa.string())), path)


def test_rows_marked_as_deleted_leave_what_is_held_on_their_day_also_from_state(scan):
    mark_deleted(scan.root / "sent/month=01/part-0.parquet", ["2026-03-01"] * 10 + [None] * 20)
    mark_deleted(scan.root / "sent/month=02/part-0.parquet", [None] * 25 + ["2026-11-30"] * 5)
    tables = [{"dataset": "lake", "table": "sent", "deleted_time_column": "gone_at"}]
    scan(tables=tables)
    again = scan(tables=tables)
    read_again = scan.read
    later = scan(tables=tables, as_of=dt.date(2026, 12, 1))

    assert read_again == []
    assert without_parts(again) == without_parts(scan(tables=tables, kept=False))
    # The deletion of five people in the second part lay ahead: on a later day the part is counted anew.
    assert without_parts(later) == without_parts(scan(tables=tables, as_of=dt.date(2026, 12, 1), kept=False))
    assert (organization(again), organization(later)) == ((40, 40, 40), (35, 35, 35))


def test_sketches_are_filled_from_state_as_from_the_rows(scan, make_people):
    scan(count="sketch")
    write(scan.root, "month=03", make_people(30, 100))
    result = scan(count="sketch")

    assert scan.read == ["sent/month=03/part-0.parquet"]
    assert without_parts(result) == without_parts(scan(kept=False, count="sketch"))
    assert {c.method for c in result.organization.subjects if c.category == "all"} == {"sketch"}
