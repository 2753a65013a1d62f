"""Edits of a review file that keep it fit for version control: sorted, one line a decision, comments kept.

Untouched entries stay as they are, character by character, with the comment lines above them. What cannot be
edited without losing something is refused, and left to its author.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import yaml

from scanner.review import Decision, Key, parse_decisions
from scanner.user_files.documents import ConfigError

_INDENT = "  "
_HEAD = "decisions:\n"


@dataclass(frozen=True, slots=True)
class _Entry:
    """One decision with its text: the comment lines above it, and its own lines."""

    decision: Decision
    above: str
    own: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Layout:
    """A review file taken apart; head, entries and tail make it up."""

    head: str
    entries: tuple[_Entry, ...]
    tail: str
    indent: str = _INDENT


def edited(text: str, where: str, changes: Mapping[Key, Decision | None]) -> str:
    """Return the text of a review file with decisions added, replaced, or (None) withdrawn.

    Raises:
        ConfigError: The file is broken, or written in a way in which an edit would lose something.
    """
    layout = _taken_apart(text, where)
    kept: list[_Entry] = []
    done: set[Key] = set()
    for entry in layout.entries:
        kept += _changed(entry, changes, done, layout.indent)
    kept += [
        _Entry(decision, "", _line(decision, layout.indent))
        for key, decision in changes.items()
        if decision is not None and key not in done
    ]
    ordered = sorted(kept, key=lambda entry: entry.decision.key)
    head = layout.head if ordered else layout.head.replace(_HEAD, "decisions: []\n")
    made = "".join((head, *(entry.above + entry.own for entry in ordered), layout.tail))
    if parse_decisions(made, where) != tuple(entry.decision for entry in ordered):
        raise _by_hand(where, "an edit would change other entries")
    return made


def _changed(
    entry: _Entry, changes: Mapping[Key, Decision | None], done: set[Key], indent: str
) -> Iterator[_Entry]:
    """Yield what becomes of an entry; of several about one column, the first is changed, the rest go."""
    key = entry.decision.key
    if key not in changes:
        yield entry
        return
    change = changes[key]
    if change is not None and key not in done:
        yield replace(entry, decision=change, own=_line(change, indent))
    done.add(key)


class _OneLine(yaml.SafeDumper):
    """Writes texts with line breaks in double quotes, where breaks are escaped."""


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = '"' if len(text.splitlines()) > 1 or text.splitlines() != [text] else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_OneLine.add_representer(str, _text)


def _line(decision: Decision, indent: str) -> str:
    """Return a decision on one line; what is empty is left out, except the types."""
    stated = decision.model_dump(exclude_defaults=True)
    fields = {name: stated[name] for name in Decision.model_fields if name in stated}
    content = {"dataset": "", "table": "", "column": "", "types": [], **fields}
    content["types"] = list(decision.types)
    layout: dict[str, Any] = {
        "default_flow_style": True,
        "allow_unicode": True,
        "sort_keys": False,
        "width": float("inf"),
    }
    flow = yaml.dump(content, Dumper=_OneLine, **layout)
    return f"{indent}- {flow.strip()}\n"


def _taken_apart(text: str, where: str) -> _Layout:
    decisions = parse_decisions(text, where)
    if text and not text.endswith("\n"):
        text += "\n"
    node = _decisions_node(text, where)
    if node is None:
        return _Layout(head=text + _HEAD, entries=(), tail="")
    if not isinstance(node, yaml.SequenceNode) or node.flow_style or not node.value:
        return _from_flow(text, node, decisions, where)
    return _from_block(text, node, decisions, where)


def _decisions_node(text: str, where: str) -> Any:
    """Return the YAML node of the list, None where there is none yet."""
    if any(isinstance(token, yaml.AnchorToken | yaml.AliasToken) for token in yaml.scan(text)):
        raise _by_hand(where, "it uses anchors (&, *)")
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    if root is None:
        return None
    (_, node), *_ = root.value
    return node


def _from_flow(text: str, node: Any, decisions: Sequence[Decision], where: str) -> _Layout:
    """Take ``decisions: [...]`` apart: its entries are written anew, a line each."""
    start = text.rindex("decisions", 0, node.start_mark.index)
    end = text.find("\n", max(node.end_mark.index - 1, start)) + 1 or len(text)
    if "#" in text[start:end]:
        raise _by_hand(where, "there are comments or '#' between [ and ]")
    entries = tuple(_Entry(d, "", _line(d, _INDENT)) for d in decisions)
    return _Layout(head=text[:start] + _HEAD, entries=entries, tail=text[end:])


def _from_block(text: str, node: Any, decisions: Sequence[Decision], where: str) -> _Layout:
    if any(_is_long(scalar) for scalar in _scalars(node)):
        raise _by_hand(where, "a text in it runs over several lines")
    lines = text.splitlines(keepends=True)
    rows = [item.start_mark.line for item in node.value]
    if any(not lines[row].lstrip().startswith("- ") for row in rows):
        raise _by_hand(where, "an entry does not begin on the line of its '-'")
    starts = [_first_above(lines, row) for row in rows]
    ends = [*starts[1:], _first_above(lines, len(lines))]
    indent = lines[rows[0]][: len(lines[rows[0]]) - len(lines[rows[0]].lstrip())]
    entries = tuple(
        _Entry(decision, "".join(lines[start:row]), "".join(lines[row:end]))
        for decision, start, row, end in zip(decisions, starts, rows, ends, strict=True)
    )
    return _Layout(
        head="".join(lines[: starts[0]]), entries=entries, tail="".join(lines[ends[-1] :]), indent=indent
    )


def _first_above(lines: Sequence[str], row: int) -> int:
    """Return the first of the comment and blank lines that stand directly above a line."""
    while row > 0 and (not lines[row - 1].strip() or lines[row - 1].lstrip().startswith("#")):
        row -= 1
    return row


def _scalars(node: Any) -> Iterator[Any]:
    if isinstance(node, yaml.ScalarNode):
        yield node
        return
    children: Iterable[Any] = node.value
    for child in children:
        for part in child if isinstance(child, tuple) else (child,):
            yield from _scalars(part)


def _is_long(scalar: Any) -> bool:
    return scalar.style in ("|", ">") or scalar.end_mark.line > scalar.start_mark.line


def _by_hand(where: str, reason: str) -> ConfigError:
    return ConfigError(
        f"{where}: cannot be edited without loss: {reason}. Edit it by hand, or tidy it first."
    )
