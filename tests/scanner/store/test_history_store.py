"""Scans kept and read back, in SQLite, PostgreSQL and MariaDB."""

from __future__ import annotations

import json
import os
import sqlite3
import stat
import zlib
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from jsonschema import Draft202012Validator

from scanner.report import json as record_format
from scanner.result import PARTIAL, UNBOUNDED, NotScanned, PackResult, to_dict
from scanner.result.reloading import result_of
from scanner.rules import load_packs
from scanner.store import HistoryStore, StoreDamaged, StoreError, StoreUnusable, UnknownScan, open_store
from scanner.store.rows import record_of

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def forgotten(store, *scans, reason="asked for"):
    store.forget(scans, by="Li", command="forget", reason=reason, now=NOON)


def test_a_scan_comes_back_as_it_was(store, base):
    store.keep(base, NOON)

    assert json.loads(json.dumps(to_dict(store.load(base.scan.id)))) == json.loads(json.dumps(to_dict(base)))


def test_the_store_says_of_a_scan_what_finds_it(store, base):
    store.keep(base, NOON)

    (kept,) = store.scans()

    assert (kept.id, kept.as_of, kept.version) == (base.scan.id, "2026-11-22", base.scan.version)
    assert (kept.config_digest, kept.complete, kept.sources) == (base.scan.config_digest, True, ("frames",))
    assert kept.kept == "2026-11-22T12:00:00Z"


def test_scans_are_listed_newest_first(store, base, at):
    for day in ("2026-01-02", "2026-03-01", "2026-02-01"):
        store.keep(at(base, day), NOON)

    assert [scan.started[:10] for scan in store.scans()] == ["2026-03-01", "2026-02-01", "2026-01-02"]


def test_keeping_twice_changes_nothing(store, base):
    store.keep(base, NOON)
    store.keep(replace(base, complete=False), NOON)

    assert [scan.complete for scan in store.scans()] == [True]


def test_figures_are_those_of_the_record(store, base):
    store.keep(base, NOON)

    counts, lines = store.counts([base.scan.id]), store.lines([base.scan.id])

    everybody = next(c for c in counts if (c.scope, c.category) == ("organization", "all"))
    subject = next(c for c in base.organization.subjects if c.category == "all")
    assert (everybody.persons.lower, everybody.persons.upper) == (subject.lower, subject.upper)
    assert [(n.rule_id, n.verdict, n.count) for n in lines] == [
        (f.rule_id, f.verdict, f.count) for f in base.findings
    ]
    assert {line.metric for line in lines} >= {"held.pi_subjects"}


def test_an_incomplete_scan_stays_incomplete(store, base):
    part = tuple(replace(count, note=PARTIAL) for count in base.organization.subjects)
    missed = NotScanned(source="frames", table="secret", reason="permission denied")
    store.keep(
        replace(
            base,
            complete=False,
            not_scanned=(missed,),
            organization=replace(base.organization, subjects=part),
        ),
        NOON,
    )

    (kept,), counts = store.scans(), store.counts([base.scan.id])

    assert not kept.complete
    assert {c.persons.upper for c in counts if c.scope == "organization"} == {UNBOUNDED}
    assert {c.partial for c in counts if c.scope == "organization"} == {True}
    assert store.load(base.scan.id).not_scanned == (missed,)


def test_hostile_names_are_kept(store, base, at):
    name = "'; DROP TABLE pandian_scan; -- \udcff\x00\u202e甲"
    dataset = replace(base.datasets[0], name=name, source=name)
    hostile = replace(at(base, "2026-05-01", name, id="20260501"), datasets=(dataset,))

    store.keep(hostile, NOON)

    assert store.load("20260501").datasets[0].name == name
    assert store.scans()[0].sources == (name,)
    assert "⟨U+0000⟩" in store.scans()[0].organization


def test_a_large_record_is_kept(store, base):
    columns = tuple(
        replace(base.datasets[0].tables[0].columns[0], name=f"c{i}", comment=f"{i * 7919:x}" * 20)
        for i in range(4_000)
    )
    tables = (replace(base.datasets[0].tables[0], columns=columns),)
    store.keep(replace(base, datasets=(replace(base.datasets[0], tables=tables),)), NOON)

    assert len(store.load(base.scan.id).datasets[0].tables[0].columns) == 4_000


def every_byte(file):
    """Return what a SQLite store holds, with its compressed cells opened."""
    found = [Path(file).read_bytes()]
    with closing(sqlite3.connect(file)) as database:
        tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in tables:
            for row in database.execute(f'SELECT * FROM "{table}"'):
                found += [zlib.decompress(cell) for cell in row if isinstance(cell, bytes)]
                found += [cell.encode() for cell in row if isinstance(cell, str)]
    return b"\n".join(found)


def test_no_value_and_no_password_is_in_the_store(pandian, tmp_path, make_people, write_sqlite, monkeypatch):
    people = make_people(40, first=900)
    source, kept = tmp_path / "crm.sqlite", tmp_path / "history.sqlite"
    rows = [(p.name, p.id_card, p.mobile, p.email, f"{p.name}说{p.mobile}打不通") for p in people]
    write_sqlite(source, "customer", ["name", "id_card", "mobile", "email", "remark"], rows)
    monkeypatch.setenv("SECRET", "p4ssw0rd-canary")
    config = tmp_path / "pandian.yaml"
    config.write_text(
        f"sources:\n"
        f'  - {{name: crm, url: "sqlite:///{source}"}}\n'
        f'  - {{name: gone, url: "postgresql+psycopg://me-canary:${{SECRET}}@127.0.0.1:1/db?password=${{SECRET}}"}}\n'
        f"store: history.sqlite\n"
    )

    ended = pandian("scan", "--config", config)

    everything = every_byte(kept)
    assert ended.code == 3
    assert b"customer" in everything
    assert b"id_card" in everything
    for person in people:
        for value in (person.name, person.id_card, person.mobile, person.email):
            assert value.encode() not in everything
            assert json.dumps(value)[1:-1].encode() not in everything
    assert b"canary" not in everything


def test_masked_examples_do_not_enter_the_store(pandian, tmp_path, make_people, write_sqlite):
    people, kept = make_people(40, first=700), tmp_path / "history.sqlite"
    source = write_sqlite(
        tmp_path / "crm.sqlite", "customer", ["name", "mobile"], [(p.name, p.mobile) for p in people]
    )

    ended = pandian("scan", source, "--examples", "3", "--store", kept)

    columns = [c for d in ended.scan["datasets"] for t in d["tables"] for c in t["columns"]]
    examples = [example for column in columns for example in column["examples"]]
    everything = every_byte(kept)
    assert examples
    for example in examples:
        assert example.encode() not in everything
        assert json.dumps(example)[1:-1].encode() not in everything
    record = open_store(kept, os.environ).record(ended.scan["scan"]["id"])
    Draft202012Validator(record_format.schema()).validate(record)


def test_a_record_without_examples_is_kept_as_it_is(base):
    assert result_of(json.loads(record_of(base))) == result_of(json.loads(record_format.render(base)))


def test_a_password_of_the_store_itself_is_never_said(open_it):
    with pytest.raises(StoreUnusable) as refused:
        open_it("postgresql+psycopg://me-canary:p4ssw0rd-canary@127.0.0.1:1/db?application_name=canary")

    assert "canary" not in str(refused.value)
    assert "127.0.0.1:1/db" in str(refused.value)


@pytest.mark.parametrize(
    "url", ["postgresql://[::1/x", "mongodb://u:canary@h/x", "://canary", "nosuch+x://u:canary@host"]
)
def test_a_url_that_opens_nothing_is_refused_without_repeating_it(url, open_it):
    with pytest.raises(StoreUnusable) as refused:
        open_it(url)

    assert "canary" not in str(refused.value)


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:"])
def test_a_database_in_memory_keeps_nothing_and_says_so(url, open_it):
    with pytest.raises(StoreUnusable, match="keeps nothing"):
        open_it(url)


def test_the_file_is_for_its_owner_only(tmp_path, open_it):
    open_it(tmp_path / "deep" / "history.sqlite")

    assert stat.S_IMODE((tmp_path / "deep" / "history.sqlite").stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "deep").stat().st_mode) == 0o700


def test_a_file_that_is_no_database_is_left_alone(tmp_path, open_it):
    file = tmp_path / "notes.txt"
    file.write_text("Buy milk. " * 1_000)

    with pytest.raises(StoreUnusable, match=r"notes\.txt: .*not a SQLite database"):
        open_it(file)

    assert file.read_text().startswith("Buy milk.")


def test_a_folder_is_no_store(tmp_path, open_it):
    with pytest.raises(StoreUnusable, match="cannot be used"):
        open_it(tmp_path)


def test_a_record_that_was_changed_is_found_out(file_store, base):
    file_store.keep(base, NOON)
    with closing(sqlite3.connect(file_store.location)) as database, database:
        record = json.dumps(json.loads(record_of(base)) | {"complete": False}).encode()
        database.execute("UPDATE pandian_scan SET record = ?", [zlib.compress(record)])

    with pytest.raises(StoreDamaged, match="not what was kept"):
        file_store.load(base.scan.id)


def test_a_truncated_record_is_found_out(file_store, base):
    file_store.keep(base, NOON)
    with closing(sqlite3.connect(file_store.location)) as database, database:
        database.execute("UPDATE pandian_scan SET record = substr(record, 1, 100)")

    with pytest.raises(StoreDamaged):
        file_store.record(base.scan.id)


def test_packs_are_kept_once_and_found_when_they_no_longer_ship(store, base, at, monkeypatch):
    store.keep(base, NOON)
    store.keep(at(base, "2026-01-01"), NOON)
    monkeypatch.setattr("scanner.store.history_store.shipped", lambda _: None)

    for pack in base.scan.packs:
        again = store.pack(pack)
        assert again in load_packs()
        assert again.digest == pack.digest
    assert store.pack(PackResult(id="cn-none", version="2020-01-01", digest="0" * 64)) is None


def test_what_is_forgotten_is_gone_and_logged(store, base, at):
    store.keep(base, NOON)
    store.keep(at(base, "2026-01-01", "甲"), NOON)
    digests = {scan.id: scan.record_digest for scan in store.scans()}

    forgotten(store, base.scan.id, reason="重复")

    assert [scan.organization for scan in store.scans()] == ["甲"]
    assert store.lines([base.scan.id]) == store.counts([base.scan.id]) == ()
    (entry,) = store.deletions()
    assert (entry.by, entry.command, entry.reason, entry.at) == (
        "Li",
        "forget",
        "重复",
        "2026-11-22T12:00:00Z",
    )
    assert (entry.scan_id, entry.record_digest) == (base.scan.id, digests[base.scan.id])


def test_one_unknown_scan_saves_all(store, base):
    store.keep(base, NOON)

    with pytest.raises(UnknownScan, match="nothing was deleted"):
        forgotten(store, base.scan.id, "20990101T")

    assert len(store.scans()) == 1
    assert store.deletions() == ()


def test_what_is_forgotten_is_overwritten_in_the_file(file_store, base):
    file_store.keep(base, NOON)
    record = zlib.compress(record_of(base), 6)
    assert record[:64] in Path(file_store.location).read_bytes()

    forgotten(file_store, base.scan.id)

    assert record[:64] not in Path(file_store.location).read_bytes()


def test_a_lost_table_is_told_in_our_words_and_keeps_nothing_half(pg, open_it, base):
    store = open_it(pg)
    engine = sa.create_engine(pg, poolclass=sa.NullPool)
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE pandian_line")

    with pytest.raises(StoreError, match="no such table"):
        store.keep(base, NOON)

    assert store.scans() == ()


def test_a_store_says_where_it_is(file_store, tmp_path):
    assert isinstance(file_store, HistoryStore)
    assert file_store.location == str(tmp_path / "history.sqlite")
