"""Configuration: ``pandian.yaml`` checked in one place and turned into frozen values.

``${NAME}`` in any text is replaced by the environment variable of that name; the expanded text is never
printed, and ``digest`` is taken before expansion, so that it says nothing about secrets.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

_VARIABLE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")


class ConfigError(Exception):
    """The configuration cannot be used; the message says what, where and what to do."""


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class SourceConfig(_Model):
    """One source. Its name is the name of its dataset."""

    name: str = Field(min_length=1)
    url: str = Field(min_length=1, repr=False)
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    dictionary: str | None = None


class FlowTable(_Model):
    """A table that goes abroad; ``columns`` when only some of it does."""

    dataset: str
    table: str
    time_column: str | None = None
    columns: tuple[str, ...] | None = None

    @property
    def id(self) -> str:
        return f"{self.dataset}/{self.table}"


class FlowConfig(_Model):
    """A declared cross-border provision."""

    name: str = Field(min_length=1)
    recipient_country: str = ""
    recipient: str = ""
    purpose: str = ""
    scenario: str | None = None
    exemption: str | None = None
    mechanism: str | None = None
    important_data: bool | None = None
    tables: tuple[FlowTable, ...] = ()


class ScanConfig(_Model):
    """What ``pandian scan`` does when no flag says otherwise.

    Attributes:
        organization: ``name`` and the facts of the organization (docs/facts.md).
        held: Declared facts about what is held, such as ``users``; counted ones win.
        incident: Declared facts about an incident.
        review: File of review decisions, beside this file.
        key_file: File of the secret key of the digests; created with owner-only permission on first use.
    """

    organization: dict[str, Any] = Field(default_factory=dict)
    sources: tuple[SourceConfig, ...] = ()
    flows: tuple[FlowConfig, ...] = ()
    held: dict[str, Any] = Field(default_factory=dict)
    incident: dict[str, Any] = Field(default_factory=dict)
    review: str | None = None
    key_file: str | None = None
    as_of: dt.date | None = None
    digest: str = ""

    @field_validator("sources", "flows")
    @classmethod
    def _names_differ(cls, entries: tuple[Any, ...]) -> tuple[Any, ...]:
        names = [entry.name for entry in entries]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise ValueError(
                f"the name {twice[0]!r} is used twice; every source and every flow needs its own"
            )
        return entries

    @model_validator(mode="after")
    def _times_agree(self) -> ScanConfig:
        columns: dict[str, str | None] = {}
        for flow in self.flows:
            for table in flow.tables:
                if columns.setdefault(table.id, table.time_column) != table.time_column:
                    raise ValueError(f"flows name two time columns of table {table.id!r}; use one")
        return self

    @property
    def organization_name(self) -> str:
        return str(self.organization.get("name", ""))


def load_config(path: Path, environment: Mapping[str, str]) -> ScanConfig:
    """Read a configuration file.

    Raises:
        ConfigError: The file is missing, is no YAML, or has keys or values that are not understood.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise ConfigError(
            f"{path}: cannot be read ({error.strerror}). Name an existing file with --config."
        ) from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: is not UTF-8 text. Save it as UTF-8.") from error
    return parse_config(text, environment, where=str(path), folder=path.parent)


def parse_config(text: str, environment: Mapping[str, str], *, where: str, folder: Path) -> ScanConfig:
    """Return the configuration that ``text`` describes; relative files are beside it, in ``folder``."""
    document = _document(text, where)
    document["digest"] = hashlib.sha256(text.encode()).hexdigest()[:16]
    expanded = _expand(document, environment, where)
    for key in ("review", "key_file"):
        if isinstance(expanded.get(key), str):
            expanded[key] = str(folder / expanded[key])
    try:
        return ScanConfig.model_validate(expanded)
    except ValidationError as error:
        raise ConfigError(f"{where}: {_first_problem(error)}") from None


def _document(text: str, where: str) -> dict[str, Any]:
    try:
        document = yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f" (line {mark.line + 1})" if mark else ""
        raise ConfigError(
            f"{where}: is not valid YAML{line}. Check indentation, colons and quotes there."
        ) from None
    if document is None:
        return {}
    if not isinstance(document, dict):
        raise ConfigError(
            f"{where}: expected keys such as 'sources:' at the top level, found something else."
        )
    return document


def _expand(node: Any, environment: Mapping[str, str], where: str) -> Any:
    if isinstance(node, dict):
        return {key: _expand(value, environment, where) for key, value in node.items()}
    if isinstance(node, list):
        return [_expand(value, environment, where) for value in node]
    return _VARIABLE.sub(lambda m: _lookup(m[1], environment, where), node) if isinstance(node, str) else node


def _lookup(name: str, environment: Mapping[str, str], where: str) -> str:
    if name not in environment:
        raise ConfigError(f"{where}: uses ${{{name}}}, but there is no environment variable {name}. Set it.")
    return environment[name]


def _first_problem(error: ValidationError) -> str:
    problem = error.errors(include_url=False, include_input=False)[0]
    place = ".".join(str(part) for part in problem["loc"]) or "the top level"
    if problem["type"] == "extra_forbidden":
        return f"the key '{place}' is not known. See docs/configuration.md for the keys there are."
    if problem["type"] == "missing":
        return f"the key '{place}' is missing. Add it."
    return f"'{place}': {problem['msg'].removeprefix('Value error, ')}."


# ---------------------------------------------------------------------- review
class _Decision(_Model):
    dataset: str
    table: str
    column: str
    types: tuple[str, ...] = ()
    reason: str = ""
    by: str = ""
    at: Any = None


class _Review(_Model):
    decisions: tuple[_Decision, ...] = ()


Review = Mapping[tuple[str, str, str], tuple[str, ...]]


def load_review(path: Path, known_types: Mapping[str, object]) -> Review:
    """Return review decisions: (dataset, table, column) to the PI types it holds, none for no PI.

    Raises:
        ConfigError: The file is missing, broken, or names a PI type that does not exist.
    """
    try:
        document = _document(path.read_text(encoding="utf-8"), str(path))
        review = _Review.model_validate(document)
    except OSError as error:
        raise ConfigError(f"{path}: the review file cannot be read ({error.strerror}).") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: is not UTF-8 text. Save it as UTF-8.") from error
    except ValidationError as error:
        raise ConfigError(f"{path}: {_first_problem(error)}") from None
    unknown = sorted({t for d in review.decisions for t in d.types if t not in known_types})
    if unknown:
        raise ConfigError(f"{path}: there is no PI type {unknown[0]!r}. `pandian types` lists them.")
    return {(d.dataset, d.table, d.column): d.types for d in review.decisions}


def without_file(sources: tuple[SourceConfig, ...]) -> ScanConfig:
    """Return the configuration of a scan that has command-line sources only."""
    digest = hashlib.sha256(json.dumps([source.name for source in sources]).encode()).hexdigest()[:16]
    return ScanConfig(sources=sources, digest=digest)
