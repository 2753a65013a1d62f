"""Objects whose keys are values, such as {"13800138000": {"age": 3}}: each key is a row of its own. Pure.

A key is a value by its form (`value_words`), or because each object has keys of its own that hardly another
has, as objects by personal name do. The row, at the place of the object, is what the key leads to with the
key as its field ``key``; what is no object is its field ``value``. All else is the row that it was.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from connectors._files.value_words import is_key

Path = tuple[str, ...]  # keys down to an object; ``[]`` stands for a list
Row = dict[str, Any]

EACH = "[]"
_DEEPEST = 8
_FEWEST = 20  # objects, and keys, that tell that keys do not come again
_ONCE = 0.8  # share of keys that come once


@dataclass(frozen=True, slots=True)
class Keyed:
    """Where objects are keyed by values.

    Attributes:
        by_form: Paths of objects some of whose keys are values by their form.
        wholly: Paths of objects all of whose keys are values.
    """

    by_form: frozenset[Path] = frozenset()
    wholly: frozenset[Path] = frozenset()

    @property
    def paths(self) -> frozenset[Path]:
        return self.by_form | self.wholly

    def __bool__(self) -> bool:
        return bool(self.paths)

    def __or__(self, other: Keyed) -> Keyed:
        return Keyed(self.by_form | other.by_form, self.wholly | other.wholly)


@dataclass(slots=True)
class _Met:
    """What was met at one path."""

    objects: int = 0
    keys: Counter[str] = field(default_factory=Counter)
    kinds: set[type] = field(default_factory=set)

    def take(self, node: Row) -> None:
        self.objects += 1
        self.keys.update(list(node))
        self.kinds.update(map(type, node.values()))

    def come_once(self) -> bool:
        """Return whether hardly a key comes again, none is in half of the objects, and all lead to alike."""
        if min(self.objects, len(self.keys)) < _FEWEST or len(self.kinds - {type(None)}) > 1:
            return False
        once = sum(times == 1 for times in self.keys.values())
        return once >= _ONCE * len(self.keys) and 2 * max(self.keys.values()) <= self.objects


def find_keyed(rows: Iterable[Row]) -> Keyed:
    """Return where the objects of rows are keyed by values."""
    met: dict[Path, _Met] = {}
    for row in rows:
        _meet(row, (), met)
    wholly = frozenset(path for path, found in met.items() if path and found.come_once())
    by_form = frozenset(path for path, found in met.items() if any(map(is_key, found.keys)))
    return Keyed(by_form, wholly)


def _meet(node: Any, path: Path, met: dict[Path, _Met]) -> None:
    if len(path) > _DEEPEST:
        return
    if isinstance(node, list):
        for each in node:
            _meet(each, (*path, EACH), met)
    elif isinstance(node, dict):
        met.setdefault(path, _Met()).take(node)
        for key, value in node.items():
            _meet(value, (*path, "" if is_key(key) else key), met)


def as_rows(row: Row, keyed: Keyed) -> list[Row]:
    """Return a row without keys that are values, if anything is left of it, and the rows of these keys.

    >>> to = {"id": 7, "to": {"13800138000": {"n": 1}}}
    >>> as_rows(to, find_keyed([to]))
    [{'id': 7}, {'to': {'key': '13800138000', 'n': 1}}]
    """
    rows: list[Row] = []
    left = _without_keys(row, (), keyed, rows)
    return [left, *rows] if left or not rows else rows


def entry(key: str, value: Any) -> Row:
    """Return what a key leads to, with the key."""
    fits = isinstance(value, dict) and "key" not in value
    return {"key": key, **value} if fits else {"key": key, "value": value}


def column_of(path: Path) -> str:
    """Return the name of the column of the keys at a path."""
    return ".".join((*_names(path), "key"))


def _names(path: Path) -> list[str]:
    """Return the names of the objects down a path; a list is part of the name before it."""
    names: list[str] = []
    for step in path:
        if step == EACH and names:
            names[-1] += EACH
        elif step:
            names.append(step)
    return names


def _placed(path: Path, record: Row) -> Row:
    for name in reversed(_names(path)):
        record = {name: record}
    return record


def _without_keys(node: Any, path: Path, keyed: Keyed, rows: list[Row]) -> Any:
    """Return what is left of a tree, and add the rows of its keys that are values; None for nothing left."""
    if isinstance(node, list):
        kept = [(each, _without_keys(each, (*path, EACH), keyed, rows)) for each in node]
        left = [inside for each, inside in kept if inside is not None or each is None]
        return left if left or not node else None
    if not isinstance(node, dict):
        return node
    fields: Row = {}
    for key, value in node.items():
        is_one = path in keyed.wholly or (path in keyed.by_form and is_key(key))
        inside = (*path, "" if is_one else key)
        left = _without_keys(value, inside, keyed, rows)
        if is_one:
            rows.append(_placed(path, entry(key, {} if value and left is None else left)))
        elif left is not None or value is None:
            fields[key] = left
    return fields if fields or not node or not path else None
