"""How single facts are written: numbers of persons or intervals of them, days, moments, and known names."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import BeforeValidator, SerializeAsAny

from scanner.result import Interval
from scanner.rules.facts.readings import OfAnyAge
from scanner.rules.facts.vocabulary import known_country, known_sector, known_zone, suggest

_NUMBER = "write a whole number such as 1200000, or {lower: .., estimate: .., upper: ..}"
_BOUNDS = ("lower", "estimate", "upper", "unknown_age")


def read_interval(value: Any) -> Any:
    """Return the interval that a number or a mapping of bounds says, in persons; None stays unknown."""
    if value is None or isinstance(value, Interval):
        return value
    if isinstance(value, Mapping):
        return _from_bounds(value)
    number = _whole(value, "the number")
    return Interval(number, number, number)


def _from_bounds(value: Mapping[str, Any]) -> Interval:
    for key in value:
        if key not in _BOUNDS:
            raise ValueError(f"unknown key {key!r} in an interval. {suggest(str(key), _BOUNDS)}")
    if not {"lower", "upper"} <= value.keys():
        raise ValueError(f"an interval needs both lower and upper; {_NUMBER}")
    lower, upper = _whole(value["lower"], "lower"), _whole(value["upper"], "upper")
    estimate = _whole(value.get("estimate", (lower + upper) // 2), "estimate")
    if lower > upper:
        raise ValueError(f"lower ({lower:,}) is above upper ({upper:,}); correct or swap them")
    if not lower <= estimate <= upper:
        raise ValueError(
            f"estimate ({estimate:,}) is outside lower ({lower:,}) to upper ({upper:,}); correct it"
        )
    if "unknown_age" not in value:
        return Interval(lower, estimate, upper)
    unknown_age = _whole(value["unknown_age"], "unknown_age")
    if unknown_age > upper - lower:
        raise ValueError(
            f"unknown_age ({unknown_age:,}) is more than lower ({lower:,}) and upper ({upper:,}) differ by"
        )
    return OfAnyAge(lower, estimate, upper, unknown_age)


def _whole(value: Any, name: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise ValueError(f"{name} is not a whole number; {_NUMBER}")  # noqa: TRY004 - pydantic collects ValueError
    if value < 0:
        raise ValueError(f"{name} is negative; {_NUMBER}")
    return value


def read_day(value: Any) -> Any:
    """Return the day that a text or a moment says; what is neither is left to be refused by its type."""
    if isinstance(value, datetime):
        return value.date()
    if not isinstance(value, str):
        return value
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise ValueError("expected a date such as 2026-11-22") from None


def _moment(value: Any) -> Any:
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value)
        except ValueError:
            raise ValueError("expected a time such as 2026-11-22 14:30") from None
    if isinstance(value, date) and not isinstance(value, datetime):
        raise ValueError("a deadline in hours needs the time too; write 2026-11-22 14:30")  # noqa: TRY004 - pydantic collects ValueError
    return value


Count = Annotated[SerializeAsAny[Interval] | None, BeforeValidator(read_interval)]
Day = Annotated[date | None, BeforeValidator(read_day)]
Moment = Annotated[datetime | None, BeforeValidator(_moment)]
Sector = Annotated[str, BeforeValidator(known_sector)]
Zone = Annotated[str | None, BeforeValidator(known_zone)]
Country = Annotated[str | None, BeforeValidator(known_country)]
