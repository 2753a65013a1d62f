"""The facts as one rule sees them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from scanner.rules.facts.model import Facts, Flow
from scanner.rules.facts.readings import Reading, Text

PREVIOUS_YEAR = "since_1_jan_previous_year"
CURRENT_YEAR = "calendar_year_to_date"


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """The facts as one rule sees them.

    Attributes:
        window: Window of the rule; decides from which day outbound persons count.
        exempt: Names of the flows outside the numerators.
        flow: The one flow looked at, or None for all together.
        ciio: Replaces an unknown ``organization.ciio`` while both cases are tried.
        undeclared_is_none: Read important data of which nothing is said as not notified
            (NDSMR article 37); otherwise it is unknown.
        splitting: Why volumes look split; empty where they do not.
        supposed: From how many to how many persons are supposed on the sensitive line while cases are tried;
            None as the upper end: any number.
        united: Persons over all flows by line and window, kept since every rule asks for the same few.
    """

    facts: Facts
    as_of: date
    window: str = "none"
    exempt: frozenset[str] = frozenset()
    flow: Flow | None = None
    ciio: bool | None = None
    undeclared_is_none: bool = False
    splitting: tuple[Text, ...] = ()
    supposed: tuple[int, int | None] | None = None
    united: dict[tuple[str, str], Reading] = field(default_factory=dict, compare=False, repr=False)

    def flows(self) -> tuple[Flow, ...]:
        """Return the flow looked at, or all declared flows."""
        return (self.flow,) if self.flow else self.facts.flows or ()

    def counted_flows(self) -> tuple[Flow, ...]:
        """Return the flows inside the numerators."""
        return tuple(flow for flow in self.facts.flows or () if flow.name not in self.exempt)

    def window_start(self) -> date | None:
        """Return the first day that counts, or None where the rule names none."""
        if self.window == PREVIOUS_YEAR:
            return date(self.as_of.year - 1, 1, 1)
        return date(self.as_of.year, 1, 1) if self.window == CURRENT_YEAR else None
