"""How a delimited file is written: encoding, separator, header, by its first bytes."""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import pyarrow as pa

from connectors._arrays import unique
from connectors._files.headers import HeaderRule
from connectors._files.part import PartBroken
from connectors._files.text_bytes import SMALL, open_file, without_compression
from connectors._storage import Stored
from connectors._storage.paths import suffix_of

_HEAD = 2**20  # bytes looked at to tell encoding, separator and header
LONGEST_ROW = 512 * 2**20  # bytes

_SEPARATORS = (",", "\t", ";", "|", "\x01")  # the last one is Hive's
_BY_SUFFIX = {".csv": ",", ".tsv": "\t", ".tab": "\t", ".psv": "|"}
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_EVEN_ENOUGH = 0.8  # share of lines of one width, below which a .txt is no table
_ROWS_LOOKED_AT = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How a file is written."""

    encoding: str
    separator: str
    names: tuple[str, ...]
    has_header: bool
    row_bytes: float  # mean, of the first rows


def sniff(path: Stored, rule: HeaderRule) -> Layout:
    """Tell how a file is written from its first megabyte.

    Raises:
        PartBroken: In no known encoding, or no table (such as prose in a ``.txt``).
    """
    with open_file(path) as stream:
        head = stream.read(_HEAD)
        whole = len(head) < _HEAD
        encoding = _encoding(head, whole, stream)
    text = codecs.getincrementaldecoder(encoding)().decode(head).removeprefix("\ufeff")
    separator, rows = _separator(text, whole, suffix_of(without_compression(path.name)).lower())
    if not rows:
        return Layout(encoding=encoding, separator=separator, names=(), has_header=True, row_bytes=1.0)
    has_header = rule.holds(rows[0], rows[1:])
    width = max(_mode([len(row) for row in rows]), len(rows[0]))
    cells = [cell.strip() for cell in rows[0]] if has_header else []
    return Layout(
        encoding=encoding,
        separator=separator,
        names=unique([*cells, *[""] * (width - len(cells))]),
        has_header=has_header,
        row_bytes=max(1.0, len(head) / max(1, text.count("\n"))),
    )


def _encoding(head: bytes, whole: bool, rest: pa.NativeFile) -> str:
    """Tell the encoding; where the head is plain ASCII, the bytes after it decide."""
    for mark, encoding in _BOMS:
        if head.startswith(mark) and not head.startswith(codecs.BOM_UTF32_LE):
            return encoding
    if b"\0" in head and (guess := _utf16(head)):
        return guess
    chunk, offset = head, 0
    while chunk.isascii() and not whole and offset < SMALL:
        offset += len(chunk)
        chunk = rest.read(_HEAD)
        whole = len(chunk) < _HEAD
    breaks = []
    for encoding in ("utf-8", "gb18030"):
        position = _undecodable(chunk, encoding, final=whole)
        if position is None:
            return encoding
        breaks.append(position)
    raise PartBroken(f"neither UTF-8 nor GB18030 nor UTF-16, from byte {offset + max(breaks)} on")


def _utf16(head: bytes) -> str:
    """Tell UTF-16 without a mark by its zero bytes, which all stand on one side of the pairs."""
    even, odd = head[::2].count(0), head[1::2].count(0)
    if max(even, odd) < len(head) // 50 or max(even, odd) < 10 * min(even, odd):
        return ""
    return "utf-16-le" if odd > even else "utf-16-be"


def _undecodable(data: bytes, encoding: str, *, final: bool) -> int | None:
    try:
        codecs.getincrementaldecoder(encoding)().decode(data, final)
    except UnicodeDecodeError as error:
        return error.start
    return None


def _separator(text: str, whole: bool, suffix: str) -> tuple[str, list[list[str]]]:
    """Return the separator that cuts the first rows most evenly, and those rows."""
    if not text.strip():
        return ",", []
    scores = {}
    for separator in _SEPARATORS:
        rows = _first_rows(text, whole, separator)
        widths = [len(row) for row in rows]
        width = _mode(widths)
        even = widths.count(width) / len(widths) if width > 1 else 0.0
        fits_header = 1.5 if widths[0] == width else 1.0
        usual = 1.2 if _BY_SUFFIX.get(suffix) == separator else 1.0
        scores[separator] = (even * fits_header * usual * (1 + min(width, 20) / 100), even)
    best = max(_SEPARATORS, key=lambda separator: scores[separator][0])
    if suffix not in _BY_SUFFIX and scores[best][1] < _EVEN_ENOUGH:
        raise PartBroken("no table: no separator cuts its lines evenly")
    if not scores[best][1]:
        best = _BY_SUFFIX.get(suffix, ",")
    return best, _first_rows(text, whole, best)


def _first_rows(text: str, whole: bool, separator: str) -> list[list[str]]:
    rows = list(islice(csv_rows(text, separator), _ROWS_LOOKED_AT + 1))
    complete = whole and len(rows) <= _ROWS_LOOKED_AT
    return rows if complete or len(rows) == 1 else rows[:-1]


def csv_rows(text: str, separator: str, *, quoted: bool = True) -> Iterator[list[str]]:
    """Parse with the csv module, which puts up with anything; blank lines are left out."""
    csv.field_size_limit(LONGEST_ROW)
    lines = io.StringIO(text, newline="")
    quoting = csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE
    return filter(None, csv.reader(lines, delimiter=separator, quoting=quoting))  # type: ignore[arg-type]


def _mode(widths: Sequence[int]) -> int:
    return Counter(widths).most_common(1)[0][0]
