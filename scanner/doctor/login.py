"""The grants without which a database lets nobody in."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

_REFUSED = re.compile(r"permission denied|may not use this database")


def grant_to_connect(url: str, reason: str) -> str:
    """Return the grant for want of which a login was refused; empty if that was for another reason.

    >>> grant_to_connect("mysql://scanner:secret@db/crm", "db: the role may not use this database.")
    "GRANT SELECT ON `crm`.* TO 'scanner'@'%';"
    >>> grant_to_connect("postgresql://scanner:secret@db/crm", "db: permission denied.")
    'GRANT CONNECT ON DATABASE "crm" TO "scanner";'
    """
    if not _REFUSED.search(reason):
        return ""
    parts = urlsplit(url)
    user, database = unquote(parts.username or ""), unquote(parts.path.strip("/"))
    kind = parts.scheme.partition("+")[0]
    if kind in {"mysql", "mariadb"} and user and database:
        return f"GRANT SELECT ON `{database.replace('`', '``')}`.* TO {_text(user)}@'%';"
    if kind == "postgresql" and user and database:
        return f"GRANT CONNECT ON DATABASE {_quoted(database)} TO {_quoted(user)};"
    return ""


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
