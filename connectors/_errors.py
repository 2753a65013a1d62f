"""Errors of this package.

* ConnectorError
  + UnknownScheme        no connector reads this URL or path
  + NotASource           an object of a program that is no table and no database
  + DriverMissing        the connector exists, its driver is not installed
  + SourceUnreachable    the source did not open (missing file, wrong password, no server)
  + TableUnreadable      one table failed; the others may still be read
    + TransientFailure   it may work when it is tried again (lost connection, restart, deadlock)

A message says what failed and where, what was expected, and what to do. It never holds a
value of the scanned data or a credential.
"""


class ConnectorError(Exception):
    """Root of all errors of this package."""


class UnknownScheme(ConnectorError):
    """No connector reads this URL or path."""


class NotASource(ConnectorError, TypeError):
    """An object of a program that is no table and no database."""


class DriverMissing(ConnectorError):
    """The connector exists, its driver is not installed."""


class SourceUnreachable(ConnectorError):
    """The source did not open."""


class TableUnreadable(ConnectorError):
    """One table could not be read; the others may still be."""


class TransientFailure(TableUnreadable):
    """One table could not be read just now: a lost connection, a server that restarts, a lock.

    Attributes:
        reason: What is in the way, in a few words of ours.
    """

    def __init__(self, message: str, reason: str = "not to be read just now") -> None:
        super().__init__(message)
        self.reason = reason
