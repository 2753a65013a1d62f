"""Cells that hold several values: JSON, XML, key=value and delimited text, opened into leaf columns."""

from __future__ import annotations

import ast
import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from xml.etree import ElementTree as ET

import pyarrow as pa

Leaf = tuple[str, str]  # path, value

CELLS_OPENED = 400  # more cells of a column say nothing new about its structure
_ENOUGH = 0.6  # share of cells that must open in the same way
_SEPARATORS = "|;,\t#^~$"
_PAIRS = re.compile(r"([A-Za-z_\u4e00-\u9fff][\w.-]{0,30})\s*[=:：]\s*([^&;|；，,\n]*)")
_UNSEEN = dict.fromkeys((0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF))
_LISTING = "|;；、,，/\n"
_SEVERAL = 0.1  # share of cells that hold several values, where cells are lists
_MEMBER = re.compile(r"[^\s|;；、,，/。！？!?]{2,40}$")  # no blank and no sentence within
_MAX_DEPTH, _MAX_XML, _MAX_LITERAL, _MAX_PARTS = 8, 20_000, 4_000, 20


def open_cells(texts: pa.StringArray) -> Mapping[str, pa.StringArray]:
    """Return the leaves of structured cells, path to values; empty when cells are no structures.

    The members of a list, however many, are one leaf.

    >>> sorted(open_cells(pa.array(['{"u": {"tel": "1"}}', '{"u": {"tel": "2"}}'])))
    ['u.tel']
    >>> sorted(open_cells(pa.array(["tel=1&age=2", "tel=3&age=4"])))
    ['age', 'tel']
    >>> sorted(open_cells(pa.array(["x|1", "y|2", "z|3"])))
    ['[0]', '[1]']
    >>> open_cells(pa.array(["ab;cd", "ef", "gh;ij;kl", "mn;op"]))["[]"].to_pylist()[:4]
    ['ab', 'cd', 'ef', 'gh']
    """
    cells = [text for text in texts[:CELLS_OPENED].to_pylist() if text]
    for reader in (_json, _xml, _pairs, _delimited(cells), _lists(cells)):
        leaves = [list(reader(cell)) for cell in cells]
        if cells and sum(map(bool, leaves)) >= _ENOUGH * len(cells):
            return _columns(leaves)
    return {}


def _columns(leaves: list[list[Leaf]]) -> dict[str, pa.StringArray]:
    values: dict[str, list[str]] = defaultdict(list)
    for cell in leaves:
        for path, value in cell:
            values[path].append(value)
    return {path: pa.array(found, pa.string()) for path, found in values.items()}


def _json(text: str) -> Iterator[Leaf]:
    text = text.translate(_UNSEEN).strip()  # JSON knows no blanks but those of ASCII
    if text[:1] not in ("{", "["):
        return
    document = _document(text)
    if isinstance(document, list) and len(document) <= _MAX_PARTS and not any(map(_is_node, document)):
        yield from ((f"[{i}]", str(value)) for i, value in enumerate(document) if value is not None)
    else:
        yield from _walk(document, "", 0)


def _document(text: str) -> object:
    """Return what JSON, or the literal of a Python program, says; None where it is neither."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        pass
    try:
        return ast.literal_eval(text) if len(text) <= _MAX_LITERAL and "'" in text else None
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
        return None


def _is_node(value: object) -> bool:
    return isinstance(value, (dict, list))


def _walk(node: object, path: str, depth: int) -> Iterator[Leaf]:
    if depth > _MAX_DEPTH:
        return
    if isinstance(node, dict):
        for key, value in node.items():
            yield from _walk(value, f"{path}.{key}" if path else str(key), depth + 1)
    elif isinstance(node, list):
        for value in node:
            yield from _walk(value, path, depth + 1)
    elif node is not None and not isinstance(node, bool):
        yield path or "[]", str(node)


def _xml(text: str) -> Iterator[Leaf]:
    # A document type could define entities that expand without bound.
    if not text.lstrip().startswith("<") or len(text) > _MAX_XML or "<!" in text:
        return
    try:
        root = ET.fromstring(text)  # noqa: S314 -- entities are ruled out above
    except ET.ParseError:
        return
    for element in root.iter():
        if element.text and element.text.strip():
            yield element.tag.rpartition("}")[2], element.text.strip()
        yield from element.attrib.items()


def _pairs(text: str) -> Iterator[Leaf]:
    found = _PAIRS.findall(text)
    if len(found) > 1 and sum(len(key) + len(value) for key, value in found) > 0.7 * len(text):
        yield from ((key, value.strip()) for key, value in found)


def _delimited(cells: list[str]) -> Callable[[str], Iterator[Leaf]]:
    separator, parts = _layout(cells)

    def read(text: str) -> Iterator[Leaf]:
        values = text.split(separator) if separator else []
        if len(values) == parts:
            yield from ((f"[{i}]", value.strip()) for i, value in enumerate(values) if value.strip())

    return read


def _layout(cells: list[str]) -> tuple[str, int]:
    for separator in _SEPARATORS:
        counts = Counter(cell.count(separator) + 1 for cell in cells)
        parts, times = max(counts.items(), key=lambda item: item[1], default=(1, 0))
        if 1 < parts <= _MAX_PARTS and times >= 0.9 * len(cells):
            return separator, parts
    return "", 0


def _lists(cells: list[str]) -> Callable[[str], Iterator[Leaf]]:
    """Return the reader of cells that hold some values of one kind: two telephones here, one there."""
    separator = next((s for s in _LISTING if _lists_by(s, cells)), "")

    def read(text: str) -> Iterator[Leaf]:
        yield from (("[]", part.strip()) for part in text.split(separator) if part.strip())

    return read if separator else lambda _: iter(())


def _lists_by(separator: str, cells: list[str]) -> bool:
    several = [cell.split(separator) for cell in cells if separator in cell]
    parts = [part.strip() for cell in several for part in cell if part.strip()]
    if len(several) < max(3, _SEVERAL * len(cells)):
        return False
    return sum(_MEMBER.match(part) is not None for part in parts) >= 0.9 * len(parts)
