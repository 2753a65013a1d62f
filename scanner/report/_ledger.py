"""Tables and columns as the compact data that the page's script lists, searches and opens.

A page of 5,000 tables as markup is slow to open, so the list is drawn from this as it is scrolled. Texts
are kept once and named by their number. What the arrays hold is said where they are made, and read in
``templates/ledger.js``.
"""

from __future__ import annotations

import json
from collections.abc import Hashable, Iterable
from typing import Any

from scanner.report._texts import texts
from scanner.report._voice import Voice
from scanner.result import (
    ColumnResult,
    DatasetResult,
    EvidenceResult,
    Reason,
    Result,
    SubjectCount,
    TableResult,
    TagResult,
    selecting,
)
from scanner.words.visible import visible

# Characters that could end the script element, or a line of it.
_UNSAFE = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}


def ledger(result: Result, voice: Voice) -> str:
    """Return the JSON of the block that the script reads; harmless inside a script element."""
    content = _Ledger(voice).of(result)
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).translate(_UNSAFE)


class _Numbered:
    """Things that are kept once, in the order in which they came."""

    def __init__(self) -> None:
        self._numbers: dict[Hashable, int] = {}

    def number(self, thing: Hashable) -> int:
        return self._numbers.setdefault(thing, len(self._numbers))

    def all(self) -> list[Hashable]:
        return list(self._numbers)


class _Ledger:
    """Puts a result into arrays; ``texts`` are strings, ``phrases`` a string for each language."""

    def __init__(self, voice: Voice) -> None:
        self._voice = voice
        self._texts = _Numbered()
        self._phrases = _Numbered()
        self._types = _Numbered()

    def of(self, result: Result) -> dict[str, Any]:
        datasets = [self._dataset(dataset) for dataset in result.datasets]
        return {
            "tongues": len(self._voice.tongues),
            "words": {key: list(self._words(key)) for key in texts() if key.startswith("find.")},
            "datasets": datasets,
            "types": self._types.all(),
            "phrases": self._phrases.all(),
            "texts": self._texts.all(),
        }

    def _dataset(self, dataset: DatasetResult) -> list[Any]:
        """Name, place, tables."""
        tables = [self._table(table) for table in dataset.tables]
        return [self._text(dataset.name), self._text(dataset.location), tables]

    def _table(self, table: TableResult) -> list[Any]:
        """Name, comment, rows or None, whether exact, status or None, persons, notes, columns."""
        status = None if table.status == "scanned" else self._term("table", table.status)
        notes = [self._reason(table.note)] if table.note else []
        notes += [self._said("table.key", column=c.name, whose=c.key_of) for c in table.columns if c.key_of]
        notes += [
            self._said("table.thing", column=c.name, whose=c.thing_of) for c in table.columns if c.thing_of
        ]
        return [
            self._text(table.name),
            self._text(table.comment),
            table.rows.value,
            int(table.rows.exact),
            status,
            _persons(selecting.total(table.subjects)),
            notes,
            [self._phrase(one.zh, one.en) for one in table.indications],
            [self._column(column) for column in table.columns],
        ]

    def _column(self, column: ColumnResult) -> list[Any]:
        """Name, data type, comment; where something was found: tags, grade or None, levels, examples."""
        known: list[Any] = [self._text(column.name), self._text(column.type), self._text(column.comment)]
        if not column.tags:
            return known
        raised = column.grade.level != "general"
        grade = [self._term("grade", column.grade.level), self._reasons(column.grade.reasons)]
        examples = [self._text(one) for one in column.examples]
        levels = [[self._phrase(one.name_zh, one.name_en), one.level, one.highest] for one in column.levels]
        return [*known, [self._tag(tag) for tag in column.tags], grade if raised else None, levels, examples]

    def _tag(self, tag: TagResult) -> list[Any]:
        """Type, confidence in thousandths, flags (1 sensitive, 2 rejected), share filled, chips, evidence."""
        name = self._voice.choices_in(tag.name_zh, tag.name_en)
        flags = int(tag.sensitive) | int(tag.decision == "rejected") << 1
        share = None if tag.prevalence is None else round(1000 * tag.prevalence)
        return [
            self._types.number((tag.type, *map(visible, name))),
            int(1000 * tag.confidence),
            flags,
            share,
            list(self._chips(tag)),
            [self._evidence(one) for one in tag.evidence],
        ]

    def _chips(self, tag: TagResult) -> Iterable[int]:
        if tag.sensitive:
            yield self._term("category", tag.category) if tag.category else self._said("detail.sensitive")
        for one in tag.listed:
            if not one.in_force and one.sensitive != tag.sensitive:
                key = "detail.listed" if one.sensitive else "detail.unlisted"
                yield self._said(key, standard=one.standard)
        if tag.form != "plain":
            yield self._term("form", tag.form)
        if tag.decision != "auto":
            yield self._term("decision", tag.decision)

    def _evidence(self, one: EvidenceResult) -> list[int]:
        """Kind, detail, cells that match, cells checked, whether it supports the tag."""
        kind = self._term("evidence", one.kind)
        # A word of a header is a name, and says nothing else in another language.
        detail = self._phrase(one.detail, "") if one.kind == "header" else self._term("said", one.detail)
        return [kind, detail, one.matched, one.checked, int(one.supports)]

    def _reasons(self, reasons: Iterable[Reason]) -> list[int]:
        return [self._phrase(one.zh, one.en) for one in reasons]

    def _words(self, key: str) -> Iterable[str]:
        """Yield the text of the page with its places open, since the script fills them."""
        return (texts()[key][tongue] for tongue in self._voice.tongues)

    def _text(self, text: str) -> int:
        return self._texts.number(visible(text))

    def _phrase(self, zh: str, en: str) -> int:
        return self._phrases.number(tuple(map(visible, self._voice.choices_in(zh, en))))

    def _term(self, kind: str, value: str) -> int:
        return self._phrases.number(tuple(map(visible, self._voice.terms_in(kind, value))))

    def _reason(self, said: str) -> int:
        return self._phrases.number(tuple(map(visible, self._voice.reasons_in(said))))

    def _said(self, key: str, **values: object) -> int:
        return self._phrases.number(tuple(map(visible, self._voice.said_in(key, **values))))


def _persons(count: SubjectCount | None) -> list[int] | None:
    """Lower, estimate, upper, whether only the rows bound it, rows that name nobody."""
    if count is None:
        return None
    bound = int(count.method == "rows-bound")
    return [count.lower, count.estimate, count.bounds.upper, bound, count.anonymous_rows]
