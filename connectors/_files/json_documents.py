"""JSON files that hold one object around their records, as services answer and programs export."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from connectors._files.json_keyed import entry
from connectors._files.value_words import is_key

_FEWEST = 3  # objects side by side that are records and not parts of one
_DEEPEST = 4  # levels above the records


def records(document: Mapping[str, Any]) -> list[dict[str, Any]] | None:
    """Return the rows of a document: the records of its longest list or map of objects; None without one.

    What stands around them is a row of its own, before them. The key of a record in a map is its ``key``.

    >>> records({"code": 0, "data": {"list": [{"a": 1}, {"a": 2}]}})
    [{'code': 0}, {'data': {'list': {'a': 1}}}, {'data': {'list': {'a': 2}}}]
    >>> records({"u1": {"a": 1}, "u2": {"a": 2}, "u3": {"a": 3}})[0]
    {'key': 'u1', 'a': 1}
    >>> records({"a": 1, "b": {"c": 2}})
    """
    path, held = max(_collections(document, ()), key=lambda found: len(found[1]), default=((), []))
    if not held:
        return None
    around = _without(document, path)
    inside = [_under(path, each) for each in held]
    return [around, *inside] if around else inside


def _collections(
    node: Mapping[str, Any], path: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], list[dict[str, Any]]]]:
    """Yield the lists of objects and the maps of like objects, with the keys that lead to them."""
    if any(map(is_key, node)):
        return  # which are rows of their own, wherever they are
    if len(node) >= _FEWEST and _are_alike(list(node.values())):
        yield path, [entry(key, value) for key, value in node.items()]
        return
    for key, value in node.items() if len(path) < _DEEPEST else ():
        inner = (*path, key)
        if isinstance(value, list) and value and all(isinstance(each, dict) for each in value):
            yield inner, value
        elif isinstance(value, dict):
            yield from _collections(value, inner)


def _are_alike(values: list[Any]) -> bool:
    """Return whether all are objects that share a key."""
    return all(isinstance(value, dict) for value in values) and bool(set.intersection(*map(set, values)))


def _without(node: Mapping[str, Any], path: tuple[str, ...]) -> dict[str, Any]:
    if not path:
        return {}
    key, *rest = path
    left = {name: value for name, value in node.items() if name != key}
    inner = _without(node[key], tuple(rest)) if rest else {}
    return {**left, key: inner} if inner else left


def _under(path: tuple[str, ...], record: dict[str, Any]) -> dict[str, Any]:
    for key in reversed(path):
        record = {key: record}
    return record
