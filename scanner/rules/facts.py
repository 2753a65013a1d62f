"""Facts: what the rules are tested on, declared by a person or derived from a scan.

What is left out is unknown, never zero. A number is a whole number or an interval
``{lower, estimate, upper}``. In a flow, an exemption has to be claimed: left out, there is none.

>>> load_facts("held: {pi_subjects: 1200000}").held.pi_subjects
Interval(lower=1200000, estimate=1200000, upper=1200000)
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any, Literal

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from scanner.result import Interval
from scanner.rules._yaml import read_yaml

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

Exemption = Literal["contract_necessity", "hr", "emergency", "transit", "trade", "legal_duty", "ftz"]
Mechanism = Literal["standard_contract", "certification", "assessment"]
ImportantData = Literal["none", "candidate", "notified"]

_NUMBER = "write a whole number such as 1200000, or {lower: .., estimate: .., upper: ..}"
_BOUNDS = ("lower", "estimate", "upper")
_EXPECTED = {
    "bool_type": "expected true or false; leave the key out when it is unknown",
    "string_type": "expected text; put it in quotes",
    "missing": "the key is missing; add it",
    "model_type": "expected keys and values below this key, such as 'pi_subjects: 1200000'",
    "tuple_type": "expected a list, such as [a, b]",
}


class FactsError(ValueError):
    """Facts that cannot be read; the message says where, what was expected and what to do."""


def _interval(value: Any) -> Any:
    if value is None or isinstance(value, Interval):
        return value
    if isinstance(value, Mapping):
        return _from_bounds(value)
    number = _whole(value, "the number")
    return Interval(number, number, number)


def _from_bounds(value: Mapping[str, Any]) -> Interval:
    for key in value:
        if key not in _BOUNDS:
            raise ValueError(f"unknown key {key!r} in an interval. {_suggest(str(key), _BOUNDS)}")
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
    return Interval(lower, estimate, upper)


def _whole(value: Any, name: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise ValueError(f"{name} is not a whole number; {_NUMBER}")  # noqa: TRY004 - pydantic collects ValueError
    if value < 0:
        raise ValueError(f"{name} is negative; {_NUMBER}")
    return value


def _day(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.date()
    if not isinstance(value, str):
        return value
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise ValueError("expected a date such as 2026-11-22") from None


def _country(value: Any) -> Any:
    if isinstance(value, bool):
        raise ValueError("YAML reads an unquoted NO as 'no'; write the country code in quotes: \"NO\"")  # noqa: TRY004
    return value


Count = Annotated[Interval | None, BeforeValidator(_interval)]
Day = Annotated[date | None, BeforeValidator(_day)]


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Organization(_Section):
    """The personal-information processor. ``ftz: null`` says: in no free-trade zone."""

    ciio: bool | None = None
    sectors: tuple[str, ...] | None = Field(default=None, strict=False)
    listing: Literal["none", "foreign", "hong_kong"] | None = None
    network_platform: bool | None = None
    registered_users: Count = None
    monthly_active_users: Count = None
    ftz: str | None = None
    face_recognition_in_use: bool | None = None


class Held(_Section):
    """What the processor holds now, deleted data left out; in persons."""

    pi_subjects: Count = None
    spi_subjects: Count = None
    users: Count = None
    minors_under_14: Count = None
    minors_under_18: Count = None
    face_subjects: Count = None
    important_data: ImportantData | None = None


class Flow(_Section):
    """One cross-border provision; its counts run from ``window_start`` to the date of the facts."""

    name: str = Field(min_length=1)
    recipient_country: Annotated[str | None, BeforeValidator(_country)] = None
    window_start: Day = None
    exemption: Exemption | None = None
    mechanism: Mechanism | None = None
    nonsensitive_subjects: Count = None
    sensitive_subjects: Count = None
    important_data: bool | None = None
    scenario: str | None = None


class Outbound(_Section):
    """Distinct persons over all flows that are not exempt, in the window of the rule."""

    nonsensitive_subjects: Count = None
    sensitive_subjects: Count = None


class Incident(_Section):
    """Persons affected by one incident."""

    pi_subjects: Count = None
    spi_subjects: Count = None


class Facts(_Section):
    """Everything the rules may ask; ``flows: []`` says that nothing goes abroad."""

    as_of: Day = None
    organization: Organization = Organization()
    held: Held = Held()
    flows: tuple[Flow, ...] | None = Field(default=None, strict=False)
    outbound: Outbound = Outbound()
    incident: Incident | None = None

    @model_validator(mode="before")
    @classmethod
    def _drop_empty_sections(cls, value: Any) -> Any:
        if isinstance(value, Mapping):
            return {key: section for key, section in value.items() if section is not None}
        return value

    @model_validator(mode="after")
    def _check_flow_names(self) -> Facts:
        names = [flow.name for flow in self.flows or ()]
        if "all" in names:
            raise ValueError("flows: a flow may not be named 'all', which stands for all flows; rename it")
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise ValueError(f"flows: the name {twice[0]!r} is used twice; give every flow its own name")
        return self


_SECTIONS: dict[str, type[BaseModel]] = {
    "organization": Organization,
    "held": Held,
    "flows": Flow,
    "outbound": Outbound,
    "incident": Incident,
}


def load_facts(source: str | Mapping[str, Any]) -> Facts:
    """Return the facts in a YAML (or JSON) text or a mapping, or raise ``FactsError``."""
    data = _parse(source) if isinstance(source, str) else source
    if not isinstance(data, Mapping):
        raise FactsError(
            "The facts are not a set of keys and values. "
            "Start with a line such as 'held: {pi_subjects: 1200000}'."
        )
    try:
        return Facts.model_validate(dict(data))
    except ValidationError as error:
        problems = [_explain(detail, data) for detail in _distinct(error.errors(include_url=False))]
        raise FactsError("\n".join(problems)) from None


def _parse(text: str) -> Any:
    try:
        return read_yaml(text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        where = f"line {mark.line + 1}, column {mark.column + 1}" if mark else "an unknown line"
        problem = (error.problem or "unreadable").splitlines()[0]
        raise FactsError(
            f"The facts are not valid YAML at {where}: {problem}. "
            "Check indentation, colons and brackets there."
        ) from None
    except (yaml.YAMLError, ValueError):
        raise FactsError(
            "The facts are not valid YAML text. Save the file as UTF-8 and check its dates."
        ) from None


def _distinct(details: Iterable[ErrorDetails]) -> Iterator[ErrorDetails]:
    seen = set()
    for detail in details:
        key = (detail["loc"], detail["msg"])
        if key not in seen:
            seen.add(key)
            yield detail


def _explain(detail: ErrorDetails, data: Mapping[str, Any]) -> str:
    location = detail["loc"]
    where = _where(location, data)
    if detail["type"] == "extra_forbidden":
        return f"Unknown key {where!r}. {_suggest(str(location[-1]), _allowed(location[:-1]))}"
    if detail["type"] == "value_error":
        text = str(detail["ctx"]["error"]).removesuffix(".")
        return f"{where}: {text}." if where else f"{text}."
    if detail["type"] == "literal_error":
        return f"{where}: expected one of {detail['ctx']['expected']}; leave the key out when it is unknown."
    return f"{where}: {_EXPECTED.get(detail['type'], detail['msg'])}."


def _where(location: tuple[int | str, ...], data: Mapping[str, Any]) -> str:
    path = ""
    for part in location:
        if isinstance(part, int):
            path += f"[{_flow_name(data, part)}]"
        else:
            path += f".{part}" if path else part
    return path


def _flow_name(data: Mapping[str, Any], index: int) -> str:
    try:
        return str(data["flows"][index]["name"])
    except (KeyError, IndexError, TypeError):
        return str(index)


def _allowed(location: tuple[int | str, ...]) -> tuple[str, ...]:
    model = _SECTIONS[str(location[0])] if location else Facts
    return tuple(model.model_fields)


def _suggest(key: str, allowed: tuple[str, ...]) -> str:
    nearest = difflib.get_close_matches(key.lower(), allowed, n=1, cutoff=0.5)
    hint = f"Did you mean {nearest[0]!r}? " if nearest else ""
    return f"{hint}Allowed here: {', '.join(allowed)}."
