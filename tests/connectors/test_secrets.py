"""Passwords from a key store: found, put into the URL, and never shown."""

import traceback

import keyring
import pytest
import sqlalchemy as sa
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked

from connectors import SourceUnreachable, connect
from connectors._secrets import with_password

SECRET = "canary:P@ss/w0rd 七"


class InMemory(KeyringBackend):
    priority = 1

    def __init__(self, held):
        super().__init__()
        self.held = held

    def get_password(self, service, username):
        if service == "locked":
            raise KeyringLocked(SECRET)
        return self.held.get((service, username))

    def set_password(self, service, username, password):
        self.held[service, username] = password

    def delete_password(self, service, username):
        del self.held[service, username]


@pytest.fixture(autouse=True)
def key_store():
    before = keyring.get_keyring()
    keyring.set_keyring(InMemory({("pandian/crm", "scanner"): SECRET}))
    yield
    keyring.set_keyring(before)


@pytest.mark.parametrize(
    ("url", "user"),
    [
        ("postgresql://db/crm", "scanner"),
        ("postgresql+psycopg://other@db:5433/crm?sslmode=require", "other"),
        ("mysql+pymysql://a%40b@db/crm", "a@b"),
    ],
)
def test_the_password_goes_into_the_url(url, user):
    made = sa.make_url(with_password(url, "keyring:pandian/crm/scanner"))

    assert (made.username, made.password) == (user, SECRET)
    before = sa.make_url(url)
    assert (made.drivername, made.host, made.port, made.database, made.query) == (
        before.drivername, before.host, before.port, before.database, before.query
    )  # fmt: skip


@pytest.mark.parametrize(
    ("url", "reference", "words"),
    [
        ("postgresql://db/crm", "keyring:pandian/crm/nobody", "keyring set 'pandian/crm' 'nobody'"),
        ("postgresql://db/crm", "vault:crm", "keyring:SERVICE/USER"),
        ("postgresql://db/crm", "keyring:locked/me", "KeyringLocked"),
        ("postgresql://me:old-secret@db/crm", "keyring:pandian/crm/scanner", "no password"),
        ("/data/crm.csv", "keyring:pandian/crm/scanner", "scheme"),
    ],
)
def test_what_is_not_there_is_said_without_a_secret(url, reference, words):
    with pytest.raises(SourceUnreachable) as refused:
        connect(url, password_from=reference)

    assert words in str(refused.value)
    shown = "".join(traceback.format_exception(refused.value))
    assert not any(secret in shown for secret in (SECRET, "old-secret"))


def test_a_server_is_opened_with_it(pg, pg_run):
    keyring.set_password("pandian/pg", "kept", SECRET)
    quoted = SECRET.replace("'", "''")
    pg_run(
        "DO $$ BEGIN CREATE ROLE locked LOGIN; EXCEPTION WHEN duplicate_object THEN END $$",
        f"ALTER ROLE locked PASSWORD '{quoted}'",
    )
    url = sa.make_url(pg).set(username="locked", password=None).render_as_string()

    with connect(url, password_from="keyring:pandian/pg/kept") as source:
        assert list(source.tables()) == []
        assert SECRET not in repr((source, vars(source)))
        assert SECRET not in source.location


def test_a_store_is_opened_with_it(store, monkeypatch):
    from .conftest import KEY

    store.put("t.csv", b"id\n1\n")
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    keyring.set_password("pandian/lake", KEY, SECRET)

    with connect(store.url("t.csv"), password_from=f"keyring:pandian/lake/{KEY}") as source:
        (table,) = source.tables()
        assert source.sample(table, rows=1, seed=0).to_pylist() == [{"id": "1"}]
        assert SECRET not in repr((source, vars(source)))
