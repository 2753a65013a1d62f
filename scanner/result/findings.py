"""Verdicts of rules, and the duties that follow with their dates."""

from __future__ import annotations

from dataclasses import dataclass

from scanner.result.counts import Interval


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineResult:
    """When a duty falls due.

    Attributes:
        en, zh: As the law words it.
        number, unit: How long: ``hours``, ``calendar_days``, ``working_days``, ``months`` or ``years``.
        after, before: The event it is counted from (a key in ``scanner/rules/law/rule_parts.py``), or empty.
        each_year: Day of the year as ``MM-DD``, or empty.
        recurring: Due again and again, counted from the last time.
        due: Last day (or last minute, for hours) in ISO 8601; empty while the date of the event is not known.
        opens: First day of a period that the law opens, or empty.
        latest: Where the law leaves a choice of lengths, the last day under the longest; ``due`` is safe.
        certain: False where the holidays of a year that matters are not published yet.
    """

    en: str
    zh: str
    number: int | None = None
    unit: str = ""
    after: str = ""
    before: str = ""
    each_year: str = ""
    recurring: bool = False
    due: str = ""
    opens: str = ""
    latest: str = ""
    certain: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Distance:
    """How far a count is from the first number beyond the line, in persons (or the unit of the rule).

    Attributes:
        lower, upper: Still to go, counting from the upper and the lower end; negative beyond the line.
            ``lower`` is None while the count has no upper end.
        percent_lower, percent_upper: The same in per cent of the line.
        band: ``beyond``, ``open`` (the interval straddles the line), ``near`` (inside the band) or ``far``.
    """

    lower: int | None
    upper: int
    percent_lower: float | None
    percent_upper: float
    band: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """When a line was or will be reached, from a series of counts.

    Attributes:
        earliest, expected, latest: Days in ISO 8601; empty where the series gives none.
        en, zh: The model, its data and its doubt, in one or two sentences.
    """

    earliest: str
    expected: str
    latest: str
    en: str
    zh: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Verdict of one rule on one scope.

    Attributes:
        scope: ``organization``, ``outbound`` (all non-exempt flows united) or ``flow:NAME``.
        verdict: ``met``, ``not_met``, ``undetermined`` or ``not_applicable``.
        count: The number tested, in persons; None for a rule without a number.
        threshold: In persons; None for a rule without a number.
        operator: ``ge``, ``gt``, ``le``, ``lt``, ``present`` or ``absent``.
        duty: What follows when met (English); ``duty_zh`` the same in Chinese.
        deadline: The main deadline in both languages; ``deadlines`` all of them, with dates.
        kind: What met means: a ``duty`` follows, a ``requirement`` is complied with, an ``exemption``
            applies, or a ``status`` is reached.
        metric: Key of what is tested, such as ``held.pi_subjects``; empty in older records.
        unit: Of count and threshold.
        window: Over which the rule counts.
        upper_threshold: Where the threshold opens a band, its end; the number itself is outside.
        quote: The statutory wording in Chinese, where it was seen.
        addressee: Whom the rule addresses (English); ``addressee_zh`` in Chinese.
        sanction: What a breach may bring (English), where it is known; ``sanction_zh`` in Chinese.
        provenance: ``seed``, ``found`` (read in a text or a secondary source) or ``knowledge``.
        due: Day of the main deadline in ISO 8601, or empty.
        distance: How far the count is from the line; None for a rule without one.
        outlook: When the line is expected to be reached, where a series of counts was given.
        conditions: What the rule presupposes, each ``text: state``.
        needs: Facts that are missing and would settle the verdict, as keys of the facts file.
        settle: What would settle an open verdict, in words (English); ``settle_zh`` in Chinese.
        why: One sentence a person can check (English); ``why_zh`` the same in Chinese.
    """

    rule_id: str
    pack: str
    scope: str
    title: str
    title_zh: str
    instrument: str
    instrument_zh: str
    verdict: str
    count: Interval | None
    threshold: int | None
    operator: str
    article: str
    duty: str
    duty_zh: str
    file_with: str
    deadline: str
    conditions: tuple[str, ...]
    needs: tuple[str, ...]
    why: str
    why_zh: str
    confidence: str
    source: tuple[str, ...]
    kind: str = "duty"
    unit: str = "persons"
    window: str = "none"
    upper_threshold: int | None = None
    quote: str = ""
    addressee: str = ""
    addressee_zh: str = ""
    sanction: str = ""
    sanction_zh: str = ""
    provenance: str = "found"
    due: str = ""
    deadlines: tuple[DeadlineResult, ...] = ()
    distance: Distance | None = None
    outlook: Outlook | None = None
    metric: str = ""
    settle: str = ""
    settle_zh: str = ""

    @property
    def straddles(self) -> bool:
        """Return whether the line falls inside the counted interval: a narrower count would settle it."""
        if self.count is None or self.threshold is None:
            return False
        return self.count.lower <= self.threshold <= self.count.upper


@dataclass(frozen=True, slots=True, kw_only=True)
class Obligation:
    """What is due when, and why; both languages stand in one text where there is no ``_zh``.

    Attributes:
        rule_id, scope, instrument, article, duty, addressee, file_with: As in ``Finding``.
        basis: The verdict behind it: ``met``; ``undetermined``; ``not_met`` where time runs before a line is
            reached, or a requirement is not complied with.
        conditional: Whether it is open that the duty exists at all.
        status: ``overdue``; ``breached`` (a requirement); ``passed`` (nothing says whether it was done);
            ``open`` (the period to do it runs); ``coming``; ``before`` an act; ``waiting`` for the date of an
            event; ``standing`` (as long as it applies); ``done``.
        when: The deadline as the law words it.
        due, latest, opens: Days (or a minute) in ISO 8601, as in ``DeadlineResult``.
        event, event_day: What the deadline is counted from, and its day.
        each_year: Day of the year as ``MM-DD``, or empty.
        certain: False where the holidays of a year that matters are not published yet.
        needs: Facts that would settle the verdict or the date, as keys of the facts file.
        assumed: What was taken as given.
    """

    rule_id: str
    scope: str
    instrument: str
    instrument_zh: str
    article: str
    duty: str
    duty_zh: str
    addressee: str
    addressee_zh: str
    file_with: str
    confidence: str
    basis: str
    conditional: bool
    status: str
    when: str = ""
    due: str = ""
    latest: str = ""
    opens: str = ""
    event: str = ""
    event_day: str = ""
    each_year: str = ""
    recurring: bool = False
    certain: bool = True
    needs: tuple[str, ...] = ()
    assumed: tuple[str, ...] = ()
