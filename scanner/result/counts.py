"""Numbers of natural persons, as intervals."""

from __future__ import annotations

from dataclasses import dataclass

# Upper end of an interval that has none: more people than live on earth. While something is not scanned, any
# number of people may be in it.
UNBOUNDED = 10_000_000_000

# How the note of a count begins that is of a part of its scope only: no upper bound holds.
PARTIAL = "Of what was read only; something in this scope was not. (仅含已读取的数据，本范围有数据未能读取。)"


def is_unbounded(number: int) -> bool:
    """Return whether an upper end is none; metrics that leave people out subtract from it."""
    return number >= UNBOUNDED // 2


@dataclass(frozen=True, slots=True)
class Interval:
    """An interval in persons (or another unit), with the best estimate inside."""

    lower: int
    estimate: int
    upper: int

    @property
    def span(self) -> str:
        """Return the interval as it is read.

        >>> Interval(5, 5, 5).span, Interval(5, 6, 1_000).span, Interval(5, 6, UNBOUNDED).span
        ('5', '5 – 1,000', '5 – ∞')
        """
        if self.lower == self.upper:
            return f"{self.lower:,}"
        return f"{self.lower:,} – {'∞' if self.open_ended else f'{self.upper:,}'}"

    @property
    def open_ended(self) -> bool:
        """Return whether it has no upper end."""
        return is_unbounded(self.upper)


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectCount:
    """Distinct natural persons in one scope.

    Attributes:
        scope: ``organization``, ``dataset``, ``table`` or ``flow``.
        category: ``all``, ``sensitive``, ``minor_under_14``, ``minor_under_18`` or a sensitive
            category (``biometric``, ``health``, ``financial``, ``location``, ``religion``,
            ``specific_identity``, ``other``).
        window: ``all_time``, ``year_to_date`` or ``since_1_jan_previous_year``.
        lower, estimate, upper: In persons; ``lower <= estimate <= upper``. Of what was read: ``bounds`` says
            what holds of the scope.
        modelled: A statistical estimate of the true number where one was made; never decides.
        modelled_error: Half width of its stated error, in persons.
        modelled_note: Why there is no such estimate, where one was tried.
        gross: The same with the rows marked as deleted, where the figures leave them out.
        net: The same without the rows marked as deleted, where the figures hold them (flows).
        method: ``exact``, ``sketch`` or ``rows-bound``.
        anonymous_rows: Rows (slot by slot) about somebody whom no usable identifier names.
        note: What the count leaves out or rests on, in one or two sentences.
        unknown_age: How many persons of ``upper`` are there only since nothing shows their age: they may be
            children, all whose data are sensitive.
        confidence: With which the bounds hold, where they rest on a sketch or on how often values were seen
            to be one person's; None where they rest on neither.
    """

    scope: str
    name: str
    category: str
    window: str
    lower: int
    estimate: int
    upper: int
    modelled: int | None = None
    modelled_error: int | None = None
    modelled_note: str = ""
    gross: Interval | None = None
    net: Interval | None = None
    method: str = "exact"
    anonymous_rows: int = 0
    note: str = ""
    unknown_age: int = 0
    confidence: float | None = None

    @property
    def partial(self) -> bool:
        """Return whether something in the scope was not read."""
        return self.note.startswith(PARTIAL)

    @property
    def interval(self) -> Interval:
        """Return the figures of what was read alone."""
        return Interval(self.lower, self.estimate, self.upper)

    @property
    def bounds(self) -> Interval:
        """Return what holds: no upper bound where something in the scope was not read."""
        return Interval(self.lower, self.estimate, UNBOUNDED if self.partial else self.upper)
