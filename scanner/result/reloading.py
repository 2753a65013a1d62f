"""A Result made from its record again: what ``to_dict`` took apart, put together.

Keys that this version does not know are left out, and fields that an older version did not write keep their
defaults, so that a store serves several versions.
"""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Callable, Hashable, Mapping
from functools import cache
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from scanner.result import Result

Build = Callable[[Any], Any]
R = TypeVar("R")


def result_of(record: Mapping[str, Any]) -> Result:
    """Return the result of a record.

    Raises:
        ValueError: Something in it is missing or not what it should be.
    """
    return rebuilt(Result, record)


def rebuilt(kind: type[R], record: Mapping[str, Any]) -> R:
    """Return the dataclass that ``dataclasses.asdict`` (and JSON) made ``record`` of.

    >>> from scanner.result import Interval
    >>> rebuilt(Interval, {"lower": 1, "estimate": 2, "upper": 3, "since": "a later version"})
    Interval(lower=1, estimate=2, upper=3)

    Raises:
        ValueError: Something in it is missing or not what it should be.
    """
    try:
        made: R = _builder(cast("Hashable", kind))(record)
    except (TypeError, AttributeError, KeyError) as error:
        raise ValueError(f"no {kind.__name__}") from error
    return made


@cache
def _builder(hint: Any) -> Build:
    origin, inner = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return _optional(next(one for one in inner if one is not type(None)))
    if origin is tuple:
        return _sequence(inner[0])
    return _dataclass(hint) if dataclasses.is_dataclass(hint) else _as_it_is


def _as_it_is(value: Any) -> Any:
    return value


def _optional(hint: Any) -> Build:
    build = _builder(hint)
    return lambda value: None if value is None else build(value)


def _sequence(hint: Any) -> Build:
    build = _builder(hint)
    return lambda values: tuple([build(value) for value in values])


def _dataclass(kind: Any) -> Build:
    hints = get_type_hints(kind)
    builds = {field.name: _builder(hints[field.name]) for field in dataclasses.fields(kind)}

    def build(record: Mapping[str, Any]) -> Any:
        return kind(**{name: builds[name](value) for name, value in record.items() if name in builds})

    return build
