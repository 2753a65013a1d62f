"""Parts that went away, and scans that were interrupted."""

from __future__ import annotations

import datetime as dt
import shutil

import pyarrow as pa
import pytest

from connectors.frame import FrameConnector
from scanner.config import ScanConfig
from scanner.pipeline import run
from scanner.stages.underway import Options
from scanner.state import StateFolder

from .scans import AS_OF, KEY, NOON, organization, sent, without_parts, write


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
