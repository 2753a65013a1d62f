"""What tests share: generated people, small sources, the command line run in process, and real servers."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, settings

from .command_line import _config_home, _own_home, pandian
from .mariadb_server import mariadb, mariadb_run, mariadb_server
from .pages import markup
from .people import make_people
from .postgresql_server import own_postgres, pg, pg_run, pg_server
from .written import write_csv, write_parquet, write_sqlite

pytest.register_assert_rewrite("conformance")

# How long an example takes says how busy the machine is, not whether the code is right.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
# What goes red by chance tells nothing about the change that is tested; developers look for new examples.
settings.register_profile("ci", settings.get_profile("untimed"), derandomize=True, database=None)
settings.load_profile("ci" if os.environ.get("CI") else "untimed")

__all__ = [
    "_config_home",
    "_own_home",
    "make_people",
    "mariadb",
    "mariadb_run",
    "mariadb_server",
    "markup",
    "own_postgres",
    "pandian",
    "pg",
    "pg_run",
    "pg_server",
    "write_csv",
    "write_parquet",
    "write_sqlite",
]
