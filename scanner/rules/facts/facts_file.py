"""Reading facts: YAML or a mapping in, ``Facts`` out, or every problem with its key and what to do.

>>> load_facts("held: {pi_subjects: 1200000}").held.pi_subjects
Interval(lower=1200000, estimate=1200000, upper=1200000)
"""

from __future__ import annotations

import types
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Annotated, Any, Union, get_args, get_origin

import yaml
from pydantic import BaseModel, ValidationError

from scanner.result import Interval
from scanner.rules.facts.model import Facts
from scanner.rules.facts.vocabulary import did_you_mean, suggest
from scanner.user_files.yaml_text import read_yaml

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

_EXPECTED = {
    "bool_type": "expected true or false; leave the key out when it is unknown",
    "string_type": "expected text; put it in quotes",
    "missing": "the key is missing; add it",
    "model_type": "expected keys and values below this key, such as 'pi_subjects: 1200000'",
    "dict_type": "expected keys and values below this key",
    "tuple_type": "expected a list, such as [a, b]",
}

# The first number counts some of the people of the second.
_PARTS = (
    ("held.spi_subjects", "held.pi_subjects"),
    ("held.specific_spi_subjects", "held.spi_subjects"),
    ("held.minors_under_14", "held.minors_under_18"),
    ("held.minors_under_18", "held.pi_subjects"),
    ("held.face_subjects", "held.pi_subjects"),
    ("outbound.sensitive_subjects", "outbound.pi_subjects"),
    ("outbound.nonsensitive_subjects", "outbound.pi_subjects"),
    ("incident.spi_subjects", "incident.pi_subjects"),
    ("organization.daily_active_users", "organization.monthly_active_users"),
)


class FactsError(ValueError):
    """Facts that cannot be read; the message says where, what was expected and what to do."""


def load_facts(source: str | Mapping[str, Any], *, consistent: bool = True) -> Facts:
    """Return the facts in a YAML (or JSON) text or a mapping, or raise ``FactsError``.

    ``consistent`` refuses numbers that cannot both be true, such as more people with sensitive PI than
    people. A scan passes False: what it counted may contradict what somebody declared.
    """
    data = _parse(source) if isinstance(source, str) else source
    if not isinstance(data, Mapping):
        raise FactsError(
            "The facts are not a set of keys and values. "
            "Start with a line such as 'held: {pi_subjects: 1200000}'."
        )
    try:
        facts = Facts.model_validate(dict(data))
    except ValidationError as error:
        problems = [_explain(detail, data) for detail in _distinct(error.errors(include_url=False))]
        raise FactsError("\n".join(problems)) from None
    if consistent and (contradictions := list(_contradictions(facts))):
        raise FactsError("\n".join(contradictions))
    return facts


def _contradictions(facts: Facts) -> Iterator[str]:
    for part, whole in _PARTS:
        some, everybody = _count_at(facts, part), _count_at(facts, whole)
        if some and everybody and some.lower > everybody.upper:
            yield (
                f"{part} ({some.lower:,}) is above {whole} ({everybody.upper:,}), of which it is a part. "
                "Correct one."
            )
    everybody = facts.outbound.sensitive_subjects
    for flow in facts.flows or ():
        some = flow.sensitive_subjects
        if everybody and some and flow.exemption is None and some.lower > everybody.upper:
            yield (
                f"flows[{flow.name}].sensitive_subjects ({some.lower:,}) is above "
                f"outbound.sensitive_subjects ({everybody.upper:,}), which counts all flows that are not "
                "exempt. Correct one."
            )


def _count_at(facts: Facts, path: str) -> Interval | None:
    section, key = path.split(".")
    count: Interval | None = getattr(getattr(facts, section), key, None)
    return count


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
        return f"Unknown key {where!r}. {suggest(str(location[-1]), _allowed(location[:-1]))}"
    if detail["type"] == "value_error":
        text = str(detail["ctx"]["error"]).removesuffix(".")
        return f"{where}: {text}." if where else f"{text}."
    if detail["type"] == "literal_error":
        return f"{where}: {_choices(detail)}; leave the key out when it is unknown."
    return f"{where}: {_EXPECTED.get(detail['type'], detail['msg'])}."


def _choices(detail: ErrorDetails) -> str:
    expected, given = str(detail["ctx"]["expected"]), detail["input"]
    names = [name.strip("'") for name in expected.replace(" or ", ", ").split(", ")]
    hint = did_you_mean(given, names) if isinstance(given, str) else ""
    return f"{hint}Expected one of {expected}"


def _where(location: tuple[int | str, ...], data: Mapping[str, Any]) -> str:
    path = ""
    for part in location:
        if isinstance(part, int):
            path += f"[{_named(data, str(location[0]), part)}]"
        else:
            path += f".{part}" if path else part
    return path


def _named(data: Mapping[str, Any], section: str, index: int) -> str:
    try:
        return str(data[section][index]["name"])
    except (KeyError, IndexError, TypeError):
        return str(index)


def _allowed(location: tuple[int | str, ...]) -> tuple[str, ...]:
    model: type[BaseModel] = Facts
    for part in location:
        if isinstance(part, str) and part in model.model_fields:
            model = _model_in(model.model_fields[part].annotation) or model
    return tuple(model.model_fields)


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """Return the section model in an annotation such as ``tuple[Flow, ...] | None``."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    if get_origin(annotation) in (Union, types.UnionType, tuple, dict, Annotated):
        found = (_model_in(part) for part in get_args(annotation))
        return next((model for model in found if model), None)
    return None
