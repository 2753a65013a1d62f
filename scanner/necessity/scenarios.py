"""Scenario definitions: which PI types a declared purpose normally needs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from pydantic import Field, model_validator

from classifiers import pi_types
from scanner.grading.matching import Model
from scanner.grading.packfiles import parse
from scanner.grading.words import spell


class ScenarioNeeds(Model):
    """What one scenario needs.

    Attributes:
        names: Other names of it, in any language; also looked for in a flow's purpose.
        expected: PI types that are normally needed.
    """

    id: str
    names: tuple[str, ...] = ()
    expected: tuple[str, ...]

    @model_validator(mode="after")
    def _known(self) -> ScenarioNeeds:
        unknown = sorted(set(self.expected) - set(pi_types()))
        if unknown:
            raise ValueError(
                f"scenario {self.id!r}: there is no PI type {unknown[0]!r}; `pandian types` lists them"
            )
        return self

    def is_called(self, name: str) -> bool:
        """Return whether a declared scenario means this one."""
        return spell(name) in {spell(one) for one in (self.id, *self.names)}

    def is_meant_by(self, purpose: str) -> bool:
        """Return whether a purpose, a sentence, names this scenario."""
        return any(spell(name) in spell(purpose) for name in self.names)


class Scenarios(Model):
    """A file of scenarios."""

    compiled: dt.date | None = None
    sources: tuple[str, ...] = ()
    scenarios: tuple[ScenarioNeeds, ...] = Field(min_length=1)


def parse_scenarios(name: str, content: bytes) -> tuple[ScenarioNeeds, ...]:
    """Return the scenarios in a file's bytes.

    Raises:
        PackError: It is no YAML or no file of scenarios.
    """
    return parse(name, content, Scenarios).scenarios


@cache
def shipped_scenarios() -> tuple[ScenarioNeeds, ...]:
    """Return the scenarios that ship with Pandian."""
    entry = files("scanner.necessity").joinpath("scenarios.yaml")
    return parse_scenarios(entry.name, entry.read_bytes())


def find_scenario(declared: str, purpose: str, supplied: Iterable[ScenarioNeeds]) -> ScenarioNeeds | None:
    """Return the scenario that is declared, or else the one its purpose names; the user's own come first."""
    known = (*supplied, *shipped_scenarios())
    if declared:
        return next((one for one in known if one.is_called(declared)), None)
    return next((one for one in known if purpose and one.is_meant_by(purpose)), None)
