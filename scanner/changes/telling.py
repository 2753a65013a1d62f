"""A comparison as a page: what a person has to know first comes first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from scanner.changes.model import Changes, ColumnChange, CountChange, LineChange
from scanner.changes.wording import Words, moved, people
from scanner.pages import Page, Row, Section
from scanner.words.reasons import reason_in
from scanner.words.texts import Tongue

MOST_ROWS = 60  # of a table; all are in the JSON
_EXPLAINED = ("exceeds", "within", "partial", "restarted")
_TONES = {"reached": "alarm", "left": "good", "opened": "caution", "settled": "good"}
_COLUMN_TONES = {"new": "alarm", "vanished": "good", "retyped": "caution", "sensitivity": "caution"}


def tell(changes: Changes, tongue: Tongue) -> Page:
    """Return the page in one language."""
    words = Words(tongue, {one.type: one for one in changes.types})
    sections = (
        *_lines(changes, words),
        *_people(changes, words),
        *_grades(changes, words),
        *_routes(changes, words),
        *_columns(changes, words),
        *_not_compared(changes, words),
        *_coverage(changes, words),
        *_settings(changes, words),
    )
    return Page(
        tongue=tongue,
        title=words("title"),
        lead=tuple(
            words(key, id=scan.id, started=scan.started, as_of=scan.as_of)
            for key, scan in (("lead.before", changes.before), ("lead.after", changes.after))
        ),
        banner=_banner(changes, words),
        sections=sections,
    )


def _banner(changes: Changes, words: Words) -> tuple[str, str]:
    reached = len(changes.reached)
    new = sum(column.kind == "new" for column in changes.columns)
    if reached or new:
        return "alarm", words("banner.alarm", lines=reached, columns=new)
    if changes.coverage_changed or changes.not_compared:
        return "caution", words("banner.caution")
    return ("good", words("banner.nothing")) if changes.nothing else ("good", words("banner.quiet"))


def _section(  # noqa: PLR0913 -- what a table is made of
    words: Words,
    key: str,
    rows: Iterable[Row],
    columns: Sequence[str],
    *,
    right: Iterable[int] = (),
    notes: Iterable[str] = (),
) -> Iterator[Section]:
    """Yield the table, cut to what a person reads; nothing if it has no rows."""
    found = list(rows)
    if not found:
        return
    left_out = len(found) - MOST_ROWS
    yield Section(
        key=key,
        title=words(f"section.{key}", n=len(found)),
        headings=tuple(words(f"column.{name}") for name in columns),
        rows=tuple(found[:MOST_ROWS]),
        numbers=frozenset(right),
        notes=(*notes, *([words("more", n=left_out)] if left_out > 0 else [])),
    )


def _lines(changes: Changes, words: Words) -> Iterator[Section]:
    for change in ("reached", "left", "opened", "settled"):
        found = [line for line in changes.lines if line.change == change]
        causes = dict.fromkeys(line.cause for line in found)
        yield from _section(
            words,
            change,
            [_line(line, words) for line in found],
            ("rule", "verdict", "tested", "cause"),
            notes=[words(f"cause.{cause}") for cause in causes],
        )


def _line(line: LineChange, words: Words) -> Row:
    return Row(
        (
            " · ".join(_rule(line, words)),
            f"{words.term('verdict', line.before)} → {words.term('verdict', line.after)}",
            _tested(line, words),
            words(f"because.{line.cause}"),
        ),
        _TONES[line.change] if line.matters else "",
    )


def _rule(line: LineChange, words: Words) -> Iterator[str]:
    instrument = words.choice(line.instrument_zh, line.instrument)
    source = words("line.source", instrument=instrument, article=words.cited(line.article))
    yield words("line.rule", title=words.choice(line.title_zh, line.title), source=source)
    yield words.scope(line.scope)
    yield line.rule_id
    if line.replaces:
        yield words("line.replaces", rules=", ".join(line.replaces))
    if line.replaced_by:
        yield words("line.replaced_by", rule=line.replaced_by)


def _tested(line: LineChange, words: Words) -> str:
    if line.threshold is None:
        return "–"
    before, after = people(line.count_before), people(line.count_after)
    numbers = after if before == after else f"{before} → {after}"
    return words(
        "line.tested", numbers=numbers, operator=words.term("operator", line.operator), line=line.threshold
    )


def _people(changes: Changes, words: Words) -> Iterator[Section]:
    shown = [count for count in changes.counts if count.scope != "table" or count.category == "all"]
    notes = [words(f"note.{word}") for word in dict.fromkeys(map(_certain, shown)) if word in _EXPLAINED]
    if len(shown) < len(changes.counts):
        notes.append(words("note.tables"))
    yield from _section(
        words,
        "people",
        [_count(count, words) for count in shown],
        ("of", "before", "after", "moved", "certain"),
        right=(1, 2, 3),
        notes=notes,
    )


def _count(count: CountChange, words: Words) -> Row:
    window = "" if count.window == "all_time" else f" · {words.term('window', count.window)}"
    of = f"{words.scope(count.scope, count.name)} · {words.term('category', count.category)}{window}"
    return Row(
        (
            of,
            people(count.before),
            people(count.after),
            moved(count.difference, count.percent),
            words(f"certain.{_certain(count)}"),
        ),
        "caution" if count.exceeds and not count.restarted else "",
    )


def _certain(count: CountChange) -> str:
    """Return what is known of a move."""
    if count.before is None or count.after is None:
        return "new" if count.before is None else "gone"
    if count.restarted:
        return "restarted"
    if count.exceeds:
        return "exceeds"
    return "partial" if count.open_before or count.open_after else "within"


def _grades(changes: Changes, words: Words) -> Iterator[Section]:
    rows = [
        Row(
            (
                words.scope(one.scope, one.name),
                _grade(one.before, one.before_status, words),
                _grade(one.after, one.after_status, words),
                words(f"because.{one.cause}"),
            ),
            "caution" if one.after != "general" else "",
        )
        for one in changes.grades
    ]
    causes = dict.fromkeys(one.cause for one in changes.grades)
    notes = [words(f"graded.{cause}") for cause in causes]
    yield from _section(words, "grades", rows, ("of", "before", "after", "cause"), notes=notes)


def _grade(level: str, status: str, words: Words) -> str:
    return f"{words.term('grade', level)} · {words.term('status', status)}"


def _routes(changes: Changes, words: Words) -> Iterator[Section]:
    rows = [
        Row((one.flow, words.term("mechanism", one.before), words.term("mechanism", one.after)))
        for one in changes.routes
    ]
    yield from _section(words, "routes", rows, ("flow", "before", "after"))


def _columns(changes: Changes, words: Words) -> Iterator[Section]:
    for kind in ("new", "vanished", "retyped", "sensitivity"):
        found = [column for column in changes.columns if column.kind == kind]
        rows = [_column(column, words) for column in found]
        yield from _section(words, f"columns.{kind}", rows, ("column", "types", "why"))


def _column(column: ColumnChange, words: Words) -> Row:
    types = words.typed(column.after or column.before)
    if column.before and column.after and column.before != column.after:
        types = f"{words.typed(column.before)} → {words.typed(column.after)}"
    marks = [words("mark.sensitive")] if column.sensitive else []
    marks += [words("mark.reviewed")] if column.reviewed else []
    why = " · ".join([words(f"why.{column.why}"), *marks])
    tone = _COLUMN_TONES.get(column.kind, "")
    return Row((f"{column.dataset}/{column.table}.{column.column}", types, why), tone)


def _not_compared(changes: Changes, words: Words) -> Iterator[Section]:
    rows = [_column(column, words) for column in changes.not_compared]
    yield from _section(
        words, "not_compared", rows, ("column", "types", "why"), notes=[words("note.not_compared")]
    )


def _coverage(changes: Changes, words: Words) -> Iterator[Section]:
    rows = [
        Row(
            (
                ".".join(part for part in (f"{one.source}/{one.table}".rstrip("/"), one.column) if part),
                reason_in(one.before, words.tongue) or words("was_read"),
                reason_in(one.after, words.tongue) or words("was_read"),
            ),
            "caution" if one in changes.coverage_changed else "",
        )
        for one in changes.coverage
    ]
    yield from _section(words, "coverage", rows, ("what", "before", "after"))


def _settings(changes: Changes, words: Words) -> Iterator[Section]:
    rows = [
        Row((words(f"setting.{one.what}", pack=one.pack), one.before or "–", one.after or "–"))
        for one in changes.settings
    ]
    yield from _section(words, "settings", rows, ("what", "before", "after"))
