"""What speaks like PostgreSQL: the present PostgreSQL, and databases that began as one before version 12.

Greenplum 6, openGauss and early KingbaseES have no partition trees and none of the hashes that ``postgresql``
draws samples by. They are described by SQLAlchemy's Inspector, and sampled by blocks. Not run here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import sqlalchemy as sa

from connectors._databases import grouping as equal_rows
from connectors._databases.grouping import Grouping, grouping_of
from connectors._databases.relations import Clause, Dialect, Relation, Rows
from connectors._model import Batch, Unread
from connectors.dialects import postgresql
from connectors.dialects.described import Described
from connectors.dialects.traits import TRAITS

_FIRST = (12,)  # version that ``postgresql`` is written for
_BEFORE = Described(TRAITS["opengauss"])


def _of(connection: sa.Connection) -> Dialect:
    version = getattr(connection.dialect, "server_version_info", None)
    return _BEFORE if version and version < _FIRST else postgresql


open_engine = postgresql.open_engine  # settings that a server does not know are passed over


def schemas(connection: sa.Connection) -> Sequence[str | None]:
    return _of(connection).schemas(connection)


def relation_names(connection: sa.Connection, schema: str | None) -> Sequence[str]:
    return _of(connection).relation_names(connection, schema)


def relations(
    connection: sa.Connection, schema: str | None, names: Sequence[str]
) -> Iterator[Relation | Unread]:
    return _of(connection).relations(connection, schema, names)


def sample(connection: sa.Connection, relation: Relation, rows: int, seed: int) -> Rows:
    return _of(connection).sample(connection, relation, rows, seed)


def grouping(connection: sa.Connection, relation: Relation, names: Sequence[str]) -> Grouping | None:
    return grouping_of(connection, relation, names) if _of(connection) is postgresql else None


def grouped_alone(connection: sa.Connection, relation: Relation) -> list[str]:
    return equal_rows.grouped_alone(connection, relation) if _of(connection) is postgresql else []


def stream(
    connection: sa.Connection, relation: Relation, names: Sequence[str], where: Clause | None
) -> Iterator[Batch]:
    return _of(connection).stream(connection, relation, names, where)
