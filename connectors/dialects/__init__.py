"""What differs from database to database.

One module = one family; ``traits`` has further databases as data; ``generic`` is for the rest.
"""

from connectors._databases.relations import Dialect
from connectors.dialects import clickhouse, generic, mysql, relatives, sqlite
from connectors.dialects.described import Described
from connectors.dialects.traits import TRAITS

_DIALECTS: dict[str, Dialect] = {
    "clickhousedb": clickhouse,
    "mariadb": mysql,
    "mysql": mysql,
    "postgresql": relatives,
    "sqlite": sqlite,
    **{backend: Described(traits) for backend, traits in TRAITS.items()},
}


def dialect_of(backend: str) -> Dialect:
    """Return what is particular to a backend, as SQLAlchemy names it."""
    return _DIALECTS.get(backend, generic)
