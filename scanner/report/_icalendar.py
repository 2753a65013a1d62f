"""Obligations as an iCalendar file (RFC 5545) for the calendar of those who must act.

A dated obligation is an all-day event on its last day, or a minute for a deadline in hours. Where the law
opens a period, its first day is an event too. China has no daylight saving, so a minute is written in UTC.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta, timezone

from scanner.report._duties import cited, details, title
from scanner.report._texts import text
from scanner.result import Obligation
from scanner.words.texts import Tongue, tongues
from scanner.words.visible import visible

_CHINA = timezone(timedelta(hours=8))
_LINE = 75  # octets of a line, its end left out (RFC 5545, 3.1)
_REMIND_DAYS = 30


def to_icalendar(obligations: Sequence[Obligation], as_of: str, organization: str, lang: str) -> str:
    """Return the calendar of the obligations that have a day and are not done."""
    spoken = tongues(lang)
    name = " ".join(part for part in (organization, _each("obligation.calendar", spoken)) if part)
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Pandian//Obligations//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_escaped(name)}",
    ]
    for one in obligations:
        if one.due and one.status != "done":
            lines += _events(one, as_of, organization, spoken)
    folded = [part for line in [*lines, "END:VCALENDAR"] for part in _folded(line)]
    return "\r\n".join(folded) + "\r\n"


def _each(key: str, spoken: Sequence[Tongue], **values: object) -> str:
    return " / ".join(text(key, tongue, **values) for tongue in spoken)


def _events(one: Obligation, as_of: str, organization: str, spoken: Sequence[Tongue]) -> Iterator[str]:
    duty = " / ".join(title(one, tongue) for tongue in spoken)
    identity = f"{organization}/{one.rule_id}/{one.scope}/{one.when}"
    yield from _event(one, f"{identity}/due", _start(one.due), duty, as_of, spoken)
    if one.opens and one.opens >= as_of:
        opening = " / ".join(text("obligation.opening", tongue, duty=title(one, tongue)) for tongue in spoken)
        yield from _event(one, f"{identity}/opens", _start(one.opens), opening, as_of, spoken)


def _event(  # noqa: PLR0913, PLR0917 -- the parts of an event
    one: Obligation, identity: str, start: str, summary: str, as_of: str, spoken: Sequence[Tongue]
) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{hashlib.sha256(identity.encode('utf-8', 'replace')).hexdigest()[:32]}@pandian"
    yield f"DTSTAMP:{as_of.replace('-', '')}T000000Z"
    yield start
    if one.each_year:
        yield "RRULE:FREQ=YEARLY"
    yield f"SUMMARY:{_escaped(summary)}"
    yield f"DESCRIPTION:{_escaped(_description(one, spoken))}"
    yield f"CATEGORIES:{_escaped(one.rule_id)}"
    yield f"STATUS:{'TENTATIVE' if one.conditional else 'CONFIRMED'}"
    yield "TRANSP:TRANSPARENT"
    yield from ("BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{_escaped(summary)}")
    yield from (f"TRIGGER:-P{_REMIND_DAYS}D", "END:VALARM", "END:VEVENT")


def _start(day: str) -> str:
    if "T" not in day:
        return f"DTSTART;VALUE=DATE:{day.replace('-', '')}"
    moment = datetime.fromisoformat(day)
    placed = moment if moment.tzinfo else moment.replace(tzinfo=_CHINA)
    return f"DTSTART:{placed.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _description(one: Obligation, spoken: Sequence[Tongue]) -> str:
    parts = []
    for tongue in spoken:
        parts.append(cited(one, tongue))
        parts += [f"{text(key, tongue)}: {said}" for key, said in details(one, tongue)]
    return "\n".join(parts)


def _escaped(said: str) -> str:
    r"""Return a text value; only line breaks of ours survive, others are shown as code points.

    >>> _escaped("a,b;c")
    'a\\,b\\;c'
    """
    lines = [visible(line) for line in said.split("\n")]
    return "\\n".join(line.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,") for line in lines)


def _folded(line: str) -> Iterator[str]:
    """Yield a line in parts of 75 octets at most, none of which ends inside a character."""
    part, octets = "", 0
    for character in line:
        size = len(character.encode("utf-8", "replace"))
        if octets + size > _LINE:
            yield part
            part, octets = " ", 1
        part, octets = part + character, octets + size
    yield part
