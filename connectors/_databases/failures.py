"""What a driver's error means, in words of our own: the driver's may quote data or credentials."""

from __future__ import annotations

from connectors._model import Unread

_LOGIN = "login refused (user name or password)"
_LOST = "connection lost"
_DENIED = "permission denied"
_TIMEOUT = "statement timeout"
GONE = "no such table or column"
_NO_SERVER = "no server answers there"
_NO_DATABASE = "no such database"
_NOT_LET_IN = "the role may not use this database"
_LOCKED = "lock timeout"
_DEADLOCK = "deadlock"
_CLASH = "conflict with another transaction"
_FULL = "the server is out of resources"
_STARTING = "the server is starting up or shutting down"
_BUSY_FILE = "locked by another process; scan again when that is done, or scan a copy"

# What may work a little later, once a source has been open.
_TRANSIENT = frozenset({_LOST, _NO_SERVER, _LOCKED, _DEADLOCK, _CLASH, _FULL, _STARTING, _BUSY_FILE})

# What a role is told that may not see a view of the server, or not even that it is there.
REFUSED = frozenset({_DENIED, GONE, "it refers to what does not exist", _NO_DATABASE})

# Source: PostgreSQL documentation, appendix A. The longest prefix that fits is taken.
_BY_SQLSTATE = {
    "08": _LOST,
    "22": "a value that cannot be converted",
    "28": _LOGIN,
    "3D": _NO_DATABASE,
    "40001": _CLASH,
    "40P01": _DEADLOCK,
    "42501": _DENIED,
    "42703": GONE,
    "42P01": GONE,
    "53": _FULL,
    "55P03": _LOCKED,
    "57014": _TIMEOUT,
    "57P": _LOST,
    "57P03": _STARTING,
    "XX": "damaged data on the server",
}
# Source: MySQL and MariaDB error reference.
_BY_NUMBER = {
    1040: _FULL,
    1044: _NOT_LET_IN,
    1045: _LOGIN,
    1698: _LOGIN,
    1049: _NO_DATABASE,
    1053: _STARTING,
    1142: _DENIED,
    1143: _DENIED,
    1146: GONE,
    1205: _LOCKED,
    1213: _DEADLOCK,
    1317: _TIMEOUT,
    1927: _LOST,
    1356: "a view that refers to what does not exist",
    1969: _TIMEOUT,
    3024: _TIMEOUT,
    2002: _NO_SERVER,
    2003: _NO_SERVER,
    2005: _NO_SERVER,
    2006: _LOST,
    2013: _LOST,
}
_BY_SQLITE_NAME = {
    "SQLITE_BUSY": _BUSY_FILE,
    "SQLITE_CANTOPEN": "cannot be opened",
    "SQLITE_CORRUPT": "damaged database file",
    "SQLITE_IOERR": "the disk cannot be read",
    "SQLITE_LOCKED": _BUSY_FILE,
    "SQLITE_NOTADB": "not a SQLite database",
    "SQLITE_PERM": _DENIED,
    "SQLITE_TOOBIG": "a cell is too large",
}
# For drivers that give no code: the first phrase found decides. The words are only recognised,
# never passed on, since they may quote data.
_BY_WORDS = {
    "starting up": _STARTING,
    "shutting down": _STARTING,
    "too many": _FULL,
    "connection slots": _FULL,
    "permission denied": _DENIED,
    'role "': _LOGIN,
    "password": _LOGIN,
    "access denied": _LOGIN,
    "authentication": _LOGIN,
    "login failed": _LOGIN,
    "no such file": _NO_SERVER,
    "no such": "it refers to what does not exist",
    "does not exist": _NO_DATABASE,
    "refused": _NO_SERVER,
    "could not translate": _NO_SERVER,
    "resolve": _NO_SERVER,
    "timeout expired": _NO_SERVER,
    "timed out": _NO_SERVER,
    "closed": _LOST,
    "terminating": _LOST,
    "lost": _LOST,
}


def failure(error: BaseException) -> str:
    """Say in our own words what failed: a driver's words may quote data or credentials."""
    origin = getattr(error, "orig", None) or error
    state = str(getattr(origin, "sqlstate", None) or getattr(origin, "pgcode", None) or "")
    for length in (5, 3, 2):
        if state[:length] in _BY_SQLSTATE:
            return _BY_SQLSTATE[state[:length]]
    sqlite_name = getattr(origin, "sqlite_errorname", None)
    for name, meaning in _BY_SQLITE_NAME.items():
        if sqlite_name and sqlite_name.startswith(name):
            return meaning
    number = origin.args[0] if origin.args else None
    if isinstance(number, int) and number in _BY_NUMBER:
        return _BY_NUMBER[number]
    return _by_words(origin)


def _by_words(origin: BaseException) -> str:
    words = str(origin).lower()
    for phrase, meaning in _BY_WORDS.items():
        if phrase in words:
            return meaning
    return f"the driver reports {type(origin).__name__}"


def is_transient(reason: str, *, timeouts: bool = False) -> bool:
    """Return whether what ``failure`` said may work when it is tried again."""
    return reason in _TRANSIENT or (timeouts and reason == _TIMEOUT)


def is_full_or_starting(reason: str) -> bool:
    """Return whether a server is there and will let somebody in a little later."""
    return reason in {_FULL, _STARTING}


def unread(name: str, error: BaseException) -> Unread:
    """Return what to report about a relation that cannot be described."""
    return Unread(table=name, reason=failure(error))
