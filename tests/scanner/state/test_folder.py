"""A state folder keeps parts, refuses what is not its own, and says nothing readable."""

from __future__ import annotations

import datetime as dt
import json
import os
from dataclasses import replace

import pytest

from scanner.census import Census
from scanner.identifiers import SubjectKey
from scanner.state import DamagedState, ForeignState, StateError, StateFolder, StateInUse
from scanner.state.lock import lock_folder

KEY = SubjectKey(bytes(range(16)))
OTHER = SubjectKey(bytes(range(1, 17)))


@pytest.fixture
def folder(tmp_path):
    with StateFolder(tmp_path / "state", KEY) as opened:
        yield opened


def the_file(folder):
    (found,) = folder.path.glob("parts/*/*.part")
    return found


def test_a_part_comes_back_as_it_was_kept(folder, make_state):
    state = make_state(30, rows=31, ahead=True, scan="s1", gone=dt.date(2026, 2, 1))

    folder.save(state)
    found = folder.load(state.info.place)

    assert (found.info, found.census, found.blobs) == (state.info, state.census, state.blobs)
    assert folder.find(state.info.place) == state.info
    assert Census.from_arrow(found.census).solve().count().estimate == 30


def test_a_part_is_kept_once(folder, make_state):
    folder.save(make_state(30))
    folder.save(make_state(10, fingerprint="f2"))
    folder.save(make_state(5, part="2026-02.parquet"))

    assert [(info.place.part, info.rows) for info in folder.infos()] == [
        ("2026-01.parquet", 10),
        ("2026-02.parquet", 5),
    ]


def test_what_is_said_of_a_part_changes_without_its_digests(folder, make_state):
    state = make_state()
    folder.save(state)

    folder.restate(replace(state.info, gone=dt.date(2026, 4, 1)))

    assert folder.load(state.info.place).info.gone == dt.date(2026, 4, 1)
    assert folder.load(state.info.place).census == state.census


def test_a_forgotten_part_is_gone(folder, make_state):
    state = make_state()
    folder.save(state)
    folder.forget(state.info.place)
    folder.forget(state.info.place)

    assert folder.find(state.info.place) is None
    assert folder.infos() == []


@pytest.mark.parametrize("at", [0, 3, 7, 9, 30, -40, -1])
def test_every_changed_byte_is_noticed(folder, make_state, at):
    state = make_state()
    folder.save(state)
    content = bytearray(the_file(folder).read_bytes())
    content[at] ^= 0x20
    the_file(folder).write_bytes(content)

    with pytest.raises((DamagedState, ForeignState)):
        folder.load(state.info.place)
    assert folder.damaged() == [the_file(folder)]


@pytest.mark.parametrize("length", [0, 5, 12, 100, -1])
def test_a_file_that_was_cut_off_is_noticed_without_reading_it_whole(folder, make_state, length):
    state = make_state()
    folder.save(state)
    the_file(folder).write_bytes(the_file(folder).read_bytes()[:length])

    with pytest.raises(DamagedState, match="census forget --damaged"):
        folder.find(state.info.place)


def test_a_part_that_stands_in_for_another_is_noticed(folder, make_state):
    folder.save(make_state())
    first = the_file(folder)
    folder.save(make_state(part="2026-02.parquet"))
    second = next(path for path in folder.path.glob("parts/*/*.part") if path != first)
    second.write_bytes(first.read_bytes())

    assert folder.damaged() == [second]


def test_another_key_is_refused(tmp_path, make_state):
    with StateFolder(tmp_path / "state", KEY) as folder:
        folder.save(make_state())

    with pytest.raises(ForeignState, match="PANDIAN_KEY") as refused:
        StateFolder(tmp_path / "state", OTHER)
    assert KEY.fingerprint in str(refused.value)
    assert KEY.secret.hex() not in str(refused.value)


def test_another_version_is_refused(tmp_path):
    StateFolder(tmp_path, KEY).__exit__(None, None, None)
    mark = json.loads((tmp_path / "format.json").read_text())
    (tmp_path / "format.json").write_text(json.dumps(mark | {"format": "pandian.state/9"}))

    with pytest.raises(ForeignState, match=r"pandian\.state/9"):
        StateFolder(tmp_path, KEY)


def test_a_folder_with_something_else_is_refused(tmp_path):
    (tmp_path / "letter.docx").touch()

    with pytest.raises(ForeignState, match="something else"):
        StateFolder(tmp_path, KEY)
    assert [path.name for path in tmp_path.iterdir()] == ["letter.docx"]


@pytest.mark.parametrize("left", [("lock",), ("lock", "format.tmp")])
def test_a_folder_of_one_killed_while_it_was_made_is_taken(tmp_path, make_state, left):
    for name in left:
        (tmp_path / name).touch()

    with StateFolder(tmp_path, KEY) as folder:
        folder.save(make_state())
        assert len(folder.infos()) == 1
    with pytest.raises(ForeignState, match="PANDIAN_KEY"):
        StateFolder(tmp_path, OTHER)


def test_two_that_make_a_folder_at_once_do_not_both_get_it(tmp_path):
    held = lock_folder(tmp_path)

    with pytest.raises(StateInUse, match="another scan"):
        StateFolder(tmp_path, KEY)
    held.close()


def test_a_folder_that_cannot_be_made_is_told(tmp_path):
    (tmp_path / "file").touch()

    with pytest.raises(StateError, match="cannot be kept there"):
        StateFolder(tmp_path / "file" / "state", KEY)


def test_a_missing_folder_is_not_made_by_those_who_only_look(tmp_path):
    with pytest.raises(StateError, match="no state folder"):
        StateFolder(tmp_path / "none", KEY, create=False)
    assert not (tmp_path / "none").exists()


def test_two_at_once_are_refused(folder):
    with pytest.raises(StateInUse, match="another scan"):
        StateFolder(folder.path, KEY)


def test_the_lock_ends_with_its_holder(tmp_path, make_state):
    for n in (1, 2):
        with StateFolder(tmp_path / "state", KEY) as folder:
            folder.save(make_state(n))


def test_what_a_killed_process_left_half_written_is_removed(tmp_path, make_state):
    with StateFolder(tmp_path / "state", KEY) as folder:
        folder.save(make_state())
        half = the_file(folder).with_suffix(".tmp")
        half.write_bytes(b"PANDIAN")
    with StateFolder(tmp_path / "state", KEY) as folder:
        assert not half.exists()
        assert len(folder.infos()) == 1


def test_a_scan_under_way_is_known_until_it_ends(folder):
    assert folder.unfinished() is None
    folder.begin("20260301T120000Z")
    assert folder.unfinished() == "20260301T120000Z"
    folder.end()
    assert folder.unfinished() is None


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_only_the_owner_may_read(folder, make_state):
    folder.save(make_state())
    folder.begin("s")

    modes = {path.is_dir(): set() for path in folder.path.rglob("*")}
    for path in [folder.path, *folder.path.rglob("*")]:
        modes[path.is_dir()].add(path.stat().st_mode & 0o777)

    assert modes == {True: {0o700}, False: {0o600}}


def test_nothing_of_a_person_and_no_key_is_readable(folder, make_state, make_people):
    folder.save(make_state(30))
    folder.begin("s")
    written = b"\n".join(path.read_bytes() for path in folder.path.rglob("*") if path.is_file())

    for person in make_people(30):
        for value in (person.name, person.id_card, person.mobile, person.id_card[6:14], person.mobile[3:]):
            assert value.encode() not in written
    assert KEY.secret not in written
    assert KEY.secret.hex().encode() not in written
