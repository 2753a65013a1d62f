"""Answers that a person gave to the blanks of forms, kept in a file beside them.

The file is YAML: form, then blank, then answer. A blank is named by what the form asks in Chinese, in
whatever language the form is written, so that an answer holds for both languages and for later scans.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import yaml

from scanner.forms.content import (
    Answer,
    Blank,
    Block,
    Fields,
    FilledForm,
    Grid,
    Heading,
    Line,
    Paragraph,
    Piece,
    Reply,
    Words,
)
from scanner.user_files.documents import ConfigError, parse_document
from scanner.user_files.yaml_text import read_texts

Replies = Mapping[str, Mapping[str, str]]  # form, blank, answer; an empty answer is none

_HEAD = """\
# Answers to the blanks of declaration forms. Write them behind the colons; `pandian declare --answers` fills
# them in and keeps this file. They are your words, never checked against a scan. Comments are not kept.
# 表格中待填写内容的答复，写在冒号之后；由 `pandian declare --answers` 填入，均为填报人所填，未经扫描核对。
"""


def parse_replies(text: str, where: str) -> dict[str, dict[str, str]]:
    """Return the answers in a file.

    Raises:
        ConfigError: It is no YAML, or does not map forms to blanks to answers.
    """
    if not text.strip():
        return {}
    document = parse_document(text, where, "officer:", read_texts)
    for form, blanks in document.items():
        if not isinstance(blanks, Mapping) or any(isinstance(v, dict | list) for v in blanks.values()):
            raise ConfigError(f"{where}: '{form}' is no list of blanks. Write each as 'blank: answer'.")
    return {form: dict(blanks) for form, blanks in document.items()}


def with_blanks(replies: Replies, blanks: Mapping[str, tuple[str, ...]]) -> dict[str, dict[str, str]]:
    """Return the answers with every blank of these forms, those that nobody answered empty; none is lost."""
    known = {form: dict(found) for form, found in replies.items()}
    for form, names in blanks.items():
        mine = known.get(form, {})
        known[form] = {name: mine.get(name, "") for name in names} | mine
    return known


def written(replies: Replies) -> str:
    """Return the file of the answers."""
    plain: dict[str, Any] = {
        form: {blank: said or None for blank, said in found.items()} for form, found in replies.items()
    }
    body = yaml.safe_dump(plain, allow_unicode=True, sort_keys=False, width=1_000)
    return _HEAD + body.replace(": null\n", ":\n")


def names_of(chinese: FilledForm) -> tuple[str, ...]:
    """Return the names of the blanks of a form, filled in Chinese, in their order; signatures are none."""
    seen: Counter[str] = Counter()
    names = []
    for place in _places(chinese):
        seen[place] += 1
        names.append(place if seen[place] == 1 else f"{place} ({seen[place]})")
    return tuple(names)


def answered(
    filled: FilledForm, names: tuple[str, ...], replies: Mapping[str, str], source: str
) -> FilledForm:
    """Return the form with its blanks answered; ``names`` are those of its blanks in their order."""
    return _Filler(iter(names), replies, source).filled(filled)


def _places(filled: FilledForm) -> Iterator[str]:
    heading = filled.title
    for block in (filled.facts, *filled.blocks):
        if isinstance(block, Heading):
            heading = block.text
        for place, answer in _answers(block, heading):
            yield from (place for line in answer for piece in line if isinstance(piece, Blank))


def _answers(block: Block, heading: str) -> Iterator[tuple[str, Answer]]:
    """Yield the answers of a block, each with what is asked, in the order in which blanks are replaced."""
    if isinstance(block, Fields):
        about = _about(block)
        yield from ((f"{asked}{about}", answer) for asked, answer in block.rows)
    elif isinstance(block, Grid):
        for row in block.rows:
            of = _plain(row[1] if len(row) > 1 else row[0])
            yield from (
                (f"{block.name} / {of} / {head}", a) for head, a in zip(block.heads, row, strict=True)
            )
    elif isinstance(block, Paragraph):
        yield heading, block.lines


def _about(block: Fields) -> str:
    """Return what a block of questions is about, where its first row says so: the scenario."""
    first = _plain(block.rows[0][1]) if block.rows else ""
    return f" / {first}" if first and "场景" in block.rows[0][0] else ""


def _plain(answer: Answer) -> str:
    return "".join(piece.text for line in answer for piece in line if isinstance(piece, Words))[:60]


@dataclass(frozen=True)
class _Filler:
    """Replaces the blanks of a form in their order."""

    names: Iterator[str]
    replies: Mapping[str, str]
    source: str

    def filled(self, form: FilledForm) -> FilledForm:
        facts = self._fields(form.facts)
        return replace(form, facts=facts, blocks=tuple(self._block(block) for block in form.blocks))

    def _block(self, block: Block) -> Block:
        if isinstance(block, Fields):
            return self._fields(block)
        if isinstance(block, Grid):
            return replace(block, rows=tuple(tuple(map(self._answer, row)) for row in block.rows))
        return replace(block, lines=self._answer(block.lines)) if isinstance(block, Paragraph) else block

    def _fields(self, block: Fields) -> Fields:
        return Fields(tuple((asked, self._answer(answer)) for asked, answer in block.rows))

    def _answer(self, answer: Answer) -> Answer:
        return tuple(part for line in answer for part in _in_lines(tuple(map(self._piece, line))))

    def _piece(self, piece: Piece) -> Piece:
        if not isinstance(piece, Blank):
            return piece
        said = self.replies.get(next(self.names), "").strip()
        return Reply(said, self.source) if said else piece


def _in_lines(line: Line) -> Iterator[Line]:
    """Yield a line, and each further line of the replies in it by itself."""
    further = []
    kept: list[Piece] = []
    for piece in line:
        if isinstance(piece, Reply):
            first, *rest = piece.text.splitlines()
            kept.append(replace(piece, text=first))
            further += [(replace(piece, text=words),) for words in rest if words.strip()]
        else:
            kept.append(piece)
    yield tuple(kept)
    yield from further
