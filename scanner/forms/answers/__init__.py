"""Answers by the names that form definitions use: what a scan and the declared facts can say."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from scanner.forms.answers import held, organization, outbound
from scanner.forms.basis import Basis, Scenario
from scanner.forms.content import Answer

Fill = Callable[[Basis, Scenario | None], Answer]


def _of_everything(fill: Callable[[Basis], Answer]) -> Fill:
    return lambda basis, _scenario: fill(basis)


def _of_a_scenario(fill: Callable[[Basis, Scenario], Answer]) -> Fill:
    return lambda basis, scenario: fill(basis, scenario) if scenario else ()


ANSWERS: Mapping[str, Fill] = MappingProxyType(
    {
        **{f"organization.{name}": _of_everything(f) for name, f in organization.ANSWERS.items()},
        **{f"held.{name}": _of_everything(f) for name, f in held.ANSWERS.items()},
        **{f"outbound.{name}": _of_everything(f) for name, f in outbound.ANSWERS.items()},
        **{f"scenario.{name}": _of_a_scenario(f) for name, f in outbound.OF_SCENARIOS.items()},
    }
)
