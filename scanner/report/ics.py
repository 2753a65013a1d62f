"""The obligations calendar as a file that calendar programs read: iCalendar, RFC 5545."""

from __future__ import annotations

from scanner.report._icalendar import to_icalendar
from scanner.result import Result

NAME = "ics"
FILE_NAME = "obligations.ics"


def render(result: Result, *, lang: str = "both") -> str:
    """Return the dated obligations of the result as a calendar."""
    return to_icalendar(result.obligations, result.scan.as_of, result.organization.name, lang)
