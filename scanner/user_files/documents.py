"""YAML files that people write: read, checked against a model, and complained about precisely."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from scanner.user_files.yaml_text import KeyTwice, read_yaml


class ConfigError(Exception):
    """A file of settings cannot be used; the message says what, where and what to do."""


class Model(BaseModel):
    """What a mapping of such a file must look like: frozen, and without unknown keys."""

    model_config = ConfigDict(extra="forbid", frozen=True)


M = TypeVar("M", bound=Model)

# What YAML calls a shape that pydantic names after Python.
_SHAPES = {
    "string_type": "text. Put it in quotes.",
    "tuple_type": "a list. Write [...], or a line that begins with '-' for each entry.",
    "dict_type": "keys with values. Write {key: value}, or a line for each key.",
    "model_type": "keys with values. Write {key: value}, or a line for each key.",
}


def read_text(path: Path, what: str) -> str:
    """Return the text of a file.

    Raises:
        ConfigError: It is missing or is not UTF-8.
    """
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise ConfigError(
            f"{path}: {what} cannot be read ({error.strerror}). Name an existing file."
        ) from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: is not UTF-8 text. Save it as UTF-8.") from error


def parse_document(
    text: str, where: str, example: str = "sources:", read: Callable[[str], Any] = read_yaml
) -> dict[str, Any]:
    """Return the mapping that a YAML text holds; an empty text is an empty mapping.

    Raises:
        ConfigError: The text is no YAML, has a key twice, or is no mapping.
    """
    try:
        document = read(text)
    except KeyTwice as error:
        raise ConfigError(
            f"{where}: {error.problem}{_line(error)}. Keep one, with everything in it."
        ) from None
    except yaml.YAMLError as error:
        raise ConfigError(
            f"{where}: is not valid YAML{_line(error)}. Check indentation, colons and quotes there."
        ) from None
    except ValueError:  # 2026-13-45 is read as a date
        raise ConfigError(f"{where}: has a date or a number that does not exist. Check its dates.") from None
    if document is None:
        return {}
    if not isinstance(document, dict):
        raise ConfigError(
            f"{where}: expected keys such as '{example}' at the top level, found something else."
        )
    return document


def _line(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    return f" (line {mark.line + 1})" if mark else ""


def checked(model: type[M], document: object, where: str, page: str) -> M:
    """Return the model of a mapping; ``page`` documents its keys.

    Raises:
        ConfigError: A key is missing, unknown or has a value that does not fit.
    """
    try:
        return model.model_validate(document)
    except ValidationError as error:
        raise ConfigError(f"{where}: {first_problem(error, page)}") from None


def first_problem(error: ValidationError, page: str) -> str:
    """Return the first problem as a sentence, without the value."""
    problem = error.errors(include_url=False, include_input=False)[0]
    place = ".".join(str(part) for part in problem["loc"])
    if problem["type"] == "extra_forbidden":
        return f"the key '{place}' is not known. See {page} for the keys there are."
    if problem["type"] == "missing":
        return f"the key '{place}' is missing. Add it."
    if problem["type"] in _SHAPES:
        return f"'{place}' should be {_SHAPES[problem['type']]}"
    named = f"'{place}': " if place else ""  # a rule about several keys names them itself
    return f"{named}{problem['msg'].removeprefix('Value error, ')}."
