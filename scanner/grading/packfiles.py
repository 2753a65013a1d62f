"""Data files of grading, lists and scenarios: YAML checked against a model, with precise complaints."""

from __future__ import annotations

from typing import Any, TypeVar

import yaml
from pydantic import ValidationError

from scanner.grading.matching import Model
from scanner.user_files.yaml_text import read_yaml

_M = TypeVar("_M", bound=Model)


class PackError(ValueError):
    """A grading pack or catalogue that cannot be used; the message names file, entry and key."""


def parse(name: str, content: bytes, kind: type[_M]) -> _M:
    """Return a data file as a value of ``kind``, or raise ``PackError`` naming file, entry and key."""
    try:
        data = read_yaml(content)
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        line = f" at line {mark.line + 1}" if mark else ""
        raise PackError(
            f"{name}: is not valid YAML{line}. Check indentation, colons and quotes there."
        ) from None
    return checked(name, data, kind)


def checked(name: str, data: Any, kind: type[_M]) -> _M:
    """Return plain data as a value of ``kind``, or raise ``PackError`` naming file, entry and key."""
    try:
        return kind.model_validate(data)
    except ValidationError as error:
        problem = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(_step(part) for part in problem["loc"]) or "the file"
        what = problem["msg"].removeprefix("Value error, ")
        raise PackError(f"{name}: {where}: {what}.") from None


def _step(part: int | str) -> str:
    return f"number {part + 1}" if isinstance(part, int) else part
