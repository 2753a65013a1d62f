"""Errors of schedules. A message says what is wrong, where, and what to do."""


class ScheduleError(Exception):
    """Schedules cannot be run."""


class LeaseLost(ScheduleError):
    """Another process took over, since this one gave no sign for too long."""


class Stopped(BaseException):
    """A scan was asked to stop and did, at a safe point.

    Not an ``Exception``, so that nothing on the way takes it for a table that cannot be read.
    """
