"""The secret key: made once, for the owner only, and never shown."""

from __future__ import annotations

import stat
import string

import pytest

from scanner.digests.keys import KeyUnusable, load_key
from scanner.machine.files import create_file

SECRET = "00112233445566778899aabbccddeeff"


def test_the_environment_wins_over_the_file(tmp_path):
    path = tmp_path / "pandian.key"

    key = load_key(path, {"PANDIAN_KEY": f" {SECRET}\n"})

    assert key.secret.hex() == SECRET
    assert not path.exists()


def test_a_key_file_is_made_for_the_owner_only(tmp_path):
    path = tmp_path / "deep" / "pandian.key"

    key = load_key(path, {})

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert path.read_text(encoding="ascii").strip() == key.secret.hex()
    assert load_key(path, {}) == key


def test_two_new_keys_differ(tmp_path):
    assert load_key(tmp_path / "a", {}) != load_key(tmp_path / "b", {})


@pytest.mark.parametrize("variable", ["XDG_CONFIG_HOME", "HOME"])
def test_without_a_configured_file_the_key_is_in_the_users_folder(tmp_path, variable):
    key = load_key(None, {variable: str(tmp_path)})

    (path,) = tmp_path.rglob("pandian.key")
    assert path.read_text(encoding="ascii").strip() == key.secret.hex()


def test_a_folder_that_cannot_be_written_leaves_a_key_for_this_scan(tmp_path):
    (tmp_path / "file").write_bytes(b"")

    first, second = (load_key(None, {"XDG_CONFIG_HOME": str(tmp_path / "file")}) for _ in range(2))

    assert first != second


def test_digests_that_are_kept_need_a_key_that_stays(tmp_path):
    (tmp_path / "file").write_text("", encoding="ascii")

    with pytest.raises(KeyUnusable, match="Set PANDIAN_KEY"):
        load_key(None, {"XDG_CONFIG_HOME": str(tmp_path / "file")}, lasting=True)


@pytest.mark.parametrize("links", [True, False])
def test_whoever_comes_second_to_make_the_key_takes_that_of_the_first(tmp_path, monkeypatch, links):
    """Else two first scans at once would have two keys, and one state that nobody can read again."""
    made = []

    def in_between(path, content, mode):
        with monkeypatch.context() as quiet:
            quiet.setattr("scanner.digests.keys.create_file", create_file)
            made.append(load_key(None, {"XDG_CONFIG_HOME": str(tmp_path)}))
        create_file(path, content, mode)

    if not links:
        monkeypatch.setattr("os.link", lambda *_: (_ for _ in ()).throw(OSError("no links here")))
    monkeypatch.setattr("scanner.digests.keys.create_file", in_between)

    second = load_key(None, {"XDG_CONFIG_HOME": str(tmp_path)})

    assert second == made[0]
    assert [file.name for file in (tmp_path / "pandian").iterdir()] == ["pandian.key"]


def test_a_configured_file_that_cannot_be_made_is_refused(tmp_path):
    (tmp_path / "file").write_bytes(b"")

    with pytest.raises(KeyUnusable, match="cannot be made"):
        load_key(tmp_path / "file" / "pandian.key", {})


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o644, 0o620])
def test_a_key_file_that_others_may_use_is_refused(tmp_path, mode):
    path = tmp_path / "pandian.key"
    path.write_text(SECRET, encoding="ascii")
    path.chmod(mode)

    with pytest.raises(KeyUnusable, match="chmod 600"):
        load_key(path, {})


@pytest.mark.parametrize("text", ["", "short", SECRET[:-2], SECRET + "00", "g" * 32, "密" * 8])
def test_what_is_no_key_is_refused_and_not_repeated(tmp_path, text):
    path = tmp_path / "pandian.key"
    path.write_text(text, encoding="utf-8")
    path.chmod(0o600)

    for environment in ({}, {"PANDIAN_KEY": text}):
        with pytest.raises(KeyUnusable) as refused:
            load_key(path, environment)
        assert not text or text not in str(refused.value)


def test_a_folder_is_no_key_file(tmp_path):
    tmp_path.chmod(0o700)

    with pytest.raises(KeyUnusable, match="cannot be read"):
        load_key(tmp_path, {})


def test_a_key_is_never_shown():
    key = load_key(None, {"PANDIAN_KEY": SECRET})

    assert SECRET not in repr(key)
    assert str(key.secret) not in repr(key)
    assert set(key.fingerprint) <= set(string.hexdigits)
    assert SECRET[:8] not in key.fingerprint


@pytest.fixture
def crm(write_csv, make_people, tmp_path):
    return write_csv(tmp_path / "crm.csv", ["mobile"], [[p.mobile] for p in make_people(20)])


def test_a_scan_never_prints_the_key(pandian, crm, monkeypatch):
    monkeypatch.setenv("PANDIAN_KEY", SECRET)

    outcome = pandian("scan", crm, "--format", "json,html,text")

    assert outcome.code == 0
    assert SECRET.encode() not in outcome.written
    assert bytes.fromhex(SECRET) not in outcome.written


def test_a_bad_key_ends_the_scan_before_it_starts(pandian, crm, monkeypatch):
    monkeypatch.setenv("PANDIAN_KEY", "0123456789")

    outcome = pandian("scan", crm)

    assert outcome.code == 2
    assert "PANDIAN_KEY" in outcome.err
    assert "32 hexadecimal digits" in outcome.err
    assert "0123456789" not in outcome.err


def test_the_key_file_of_the_configuration_is_beside_it(pandian, crm, tmp_path):
    config = tmp_path / "pandian.yaml"
    config.write_text("key_file: keys/pandian.key\n", encoding="utf-8")

    outcome = pandian("scan", crm, "--config", config)

    assert outcome.code == 0
    assert stat.S_IMODE((tmp_path / "keys" / "pandian.key").stat().st_mode) == 0o600


def test_another_key_gives_the_same_counts(pandian, crm, monkeypatch):
    found = []
    for secret in (SECRET, SECRET[::-1]):
        monkeypatch.setenv("PANDIAN_KEY", secret)
        found.append(pandian("scan", crm).scan["organization"])

    assert found[0] == found[1]
