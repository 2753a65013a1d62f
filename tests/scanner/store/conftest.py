"""Scans to keep, and stores of every kind to keep them in."""

from __future__ import annotations

import datetime as dt
import os
from dataclasses import replace

import pandas as pd
import pytest

from scanner import scan
from scanner.store import open_store

NOON = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)


@pytest.fixture(scope="session")
def base(make_people):
    """Return the result of a small scan."""
    people = make_people(25)
    frame = pd.DataFrame({"id_card": [p.id_card for p in people], "mobile": [p.mobile for p in people]})
    return scan({"customer": frame}, as_of="2026-11-22").record


@pytest.fixture(scope="session")
def at():
    """Return a function that gives a result another moment, organization and id."""

    def make(result, moment, organization="", **more):
        started = moment if "T" in moment else f"{moment}T03:00:00Z"
        info = replace(
            result.scan,
            id=more.pop("id", f"{started.replace('-', '').replace(':', '')}-{organization or 'x'}"),
            started=started,
            finished=started,
        )
        named = replace(result.organization, name=organization)
        return replace(result, scan=info, organization=named, **more)

    return make


@pytest.fixture
def open_it():
    """Return a function that opens a store as this process would."""
    return lambda place: open_store(place, os.environ)


@pytest.fixture(params=["sqlite", "postgresql", "mariadb"])
def place(request, tmp_path):
    """Return where a store is: a SQLite file, a database of a real PostgreSQL or MariaDB server."""
    if request.param == "sqlite":
        return str(tmp_path / "team" / "history.sqlite")
    return request.getfixturevalue({"postgresql": "pg", "mariadb": "mariadb"}[request.param])


@pytest.fixture
def store(place, open_it):
    return open_it(place)


@pytest.fixture
def file_store(tmp_path, open_it):
    """Return a store in a SQLite file."""
    return open_it(tmp_path / "history.sqlite")
