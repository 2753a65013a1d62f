"""The schema made or brought up to date, whoever else starts at the same moment.

A process asks for the revision first, and only one that is not the latest takes the lock: of SQLite's file,
or of the database server. Whoever waited for it looks again and finds the work done.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import sqlalchemy as sa

from scanner.store import migrations
from scanner.store.connecting import writing
from scanner.store.errors import StoreNewer, StoreUnusable
from scanner.store.schema import VERSION_TABLE

_LOCK_OF_POSTGRESQL = sa.func.pg_advisory_lock(0x70616E6469616E)  # "pandian" as a number
_LOCK_OF_MYSQL = sa.func.get_lock("pandian", 60)  # seconds to wait; 0 comes back when they are over


@cache
def revisions() -> tuple[str, ...]:
    """Return the revisions that this version knows, in order."""
    folder = Path(migrations.__file__).parent / "versions"
    return tuple(sorted(file.name[1:5] for file in folder.glob("r[0-9]*.py")))


def bring_up_to_date(engine: sa.Engine, where: str, *, to: str | None = None) -> None:
    """Make the schema, or upgrade it to the latest revision (or to that named).

    Raises:
        StoreNewer: A later version made it.
        StoreUnusable: Another process upgrades it and does not end.
    """
    goal = to or revisions()[-1]
    with engine.connect() as connection:
        if _known(_revision(connection), where) == goal:
            return
    with _alone(engine, where), writing(engine) as connection:
        found = _known(_revision(connection), where)
        if found is None or found < goal:
            _upgrade(connection, goal)


def _revision(connection: sa.Connection) -> str | None:
    if not sa.inspect(connection).has_table(VERSION_TABLE):
        return None
    table = sa.table(VERSION_TABLE, sa.column("version_num", sa.String))
    found: str | None = connection.execute(sa.select(table.c.version_num)).scalar()
    return found


def _known(revision: str | None, where: str) -> str | None:
    if revision is not None and revision not in revisions():
        raise StoreNewer(
            f"{where}: a later version of Pandian made this store (revision {revision}; this version knows "
            f"up to {revisions()[-1]}). Upgrade Pandian, or name another store."
        )
    return revision


@contextmanager
def _alone(engine: sa.Engine, where: str) -> Iterator[None]:
    """Keep other processes from upgrading until the transaction inside has ended.

    The server frees the lock with the connection. SQLite's is that of the transaction itself.
    """
    take = {"postgresql": _LOCK_OF_POSTGRESQL, "mysql": _LOCK_OF_MYSQL, "mariadb": _LOCK_OF_MYSQL}
    if engine.dialect.name not in take:
        yield
        return
    with engine.connect() as connection:
        if connection.execute(sa.select(take[engine.dialect.name])).scalar() == 0:
            raise StoreUnusable(f"{where}: another process upgrades the store. Try again when it is done.")
        yield


def _upgrade(connection: sa.Connection, goal: str) -> None:
    """Run the revisions up to ``goal`` in the transaction of the connection."""
    from alembic.config import Config  # noqa: PLC0415 -- half a second that only an upgrade pays
    from alembic.runtime.environment import EnvironmentContext  # noqa: PLC0415
    from alembic.script import ScriptDirectory  # noqa: PLC0415

    scripts = ScriptDirectory(str(Path(migrations.__file__).parent))
    with EnvironmentContext(Config(), scripts) as context:
        context.configure(
            connection=connection,
            version_table=VERSION_TABLE,
            fn=lambda found, _: scripts._upgrade_revs(goal, found),  # noqa: SLF001 -- as alembic's guide does
        )
        context.run_migrations()
