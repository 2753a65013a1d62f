"""What differs from database to database. One file = one family; ``generic`` is for the rest."""

from connectors._sql import Dialect
from connectors.dialects import generic, mysql, postgresql, sqlite

_DIALECTS: dict[str, Dialect] = {
    "mariadb": mysql,
    "mysql": mysql,
    "postgresql": postgresql,
    "sqlite": sqlite,
}


def dialect_of(backend: str) -> Dialect:
    """Return what is particular to a backend, as SQLAlchemy names it."""
    return _DIALECTS.get(backend, generic)
