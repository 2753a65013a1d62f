"""Cross-border flows: what leaves, why, and what a negative list says of it."""

from __future__ import annotations

from dataclasses import dataclass

from scanner.result.counts import Interval, SubjectCount
from scanner.result.grades import Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemInList:
    """A data item matched to a negative list: the entry it falls under, or why that is open."""

    item: str
    entry: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineInList:
    """A line in persons of an entry of a list; ``threshold`` and ``count`` are None where not known."""

    entry: str
    mechanism: str
    people: str
    operator: str
    threshold: int | None
    count: Interval | None
    verdict: str
    text: str
    confidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ListDecision:
    """What the negative list of the zone says of a flow.

    Attributes:
        mechanism: As in ``FlowResult``, or ``national_rules`` where the list does not cover the flow.
        listed, outside, undecided: The columns of the flow, each in one of them.
    """

    list_id: str
    edition: str
    scenario: str
    mechanism: str
    reasons: tuple[Reason, ...]
    listed: tuple[ItemInList, ...] = ()
    outside: tuple[ItemInList, ...] = ()
    undecided: tuple[ItemInList, ...] = ()
    lines: tuple[LineInList, ...] = ()

    @property
    def decides(self) -> bool:
        """Return whether the flow goes by the list, and is on no national line."""
        return self.mechanism not in {"national_rules", "undetermined"}


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowItem:
    """A data item that leaves.

    Attributes:
        types: Its types of personal information; none found: not personal.
        filled: Share of the cells sampled that hold something, in [0, 1].
        persons: Persons with something in it, in the window of the law.
        use: ``expected`` or ``unexpected`` in the declared scenario, ``unknown`` without a definition of it,
            ``not_personal``.
    """

    dataset: str
    table: str
    column: str
    types: tuple[str, ...]
    sensitive: bool
    filled: float | None
    persons: Interval | None
    use: str

    @property
    def id(self) -> str:
        return f"{self.dataset}/{self.table}.{self.column}"


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionResult:
    """Rows of a flow's table that are older than the flow declares to keep them.

    Attributes:
        past: In rows; bounds of an estimate where only a sample was read (``exact`` False).
        undated: Sampled rows without a readable time.
    """

    table: str
    days: int
    past: Interval
    exact: bool
    undated: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowResult:
    """A declared cross-border provision.

    Attributes:
        window: Reporting window of the law in force, such as ``year_to_date``.
        mechanism: ``security_assessment``, ``standard_contract_or_certification``, ``exempt`` or
            ``undetermined``: where the route for this flow leads.
        because: Rule ids the route rests on.
        tables: The tables that it declares, as dataset/table, read or not.
        items: The columns that leave, with their use in the declared scenario.
        necessity: What the declaration has to explain.
        negative_list: What the list of the free-trade zone says; None where none is declared.
    """

    name: str
    recipient_country: str
    purpose: str
    exemption: str | None
    window: str
    subjects: tuple[SubjectCount, ...]
    mechanism: str
    because: tuple[str, ...]
    scenario: str = ""
    tables: tuple[str, ...] = ()
    items: tuple[FlowItem, ...] = ()
    necessity: tuple[Reason, ...] = ()
    retention: tuple[RetentionResult, ...] = ()
    negative_list: ListDecision | None = None
