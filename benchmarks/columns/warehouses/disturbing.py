"""What goes wrong with identifiers: mistakes in typing, masks, placeholders, other formats, nulls."""

from __future__ import annotations

from itertools import accumulate

import numpy as np

from benchmarks.columns.warehouses.cells import Identifying, Place
from benchmarks.columns.warehouses.links import bit_of
from benchmarks.columns.warehouses.mixing import Array, chosen, mix

PLACEHOLDERS = {
    "mobile": ["00000000000", "13800138000", "11111111111", "无"],
    "id": ["000000000000000000", "111111111111111111", "无"],
    "email": ["无", "noemail@none.com", "N/A"],
}
OTHER_PLACEHOLDERS = ["", "无", "0"]


def disturb(place: Place, found: Identifying, style: str) -> None:
    """Spoil shares of the cells, in place, as the settings of the column say; no cell twice."""
    column, drawn = place.column, place.unit(0)
    shares = (column.get(name, 0) for name in ("typo", "mask", "placeholder", "format"))
    typo, mask, placeholder, written = accumulate(shares)
    _mistype(column["kind"], found, drawn < typo)
    masked = (drawn >= typo) & (drawn < mask)
    _replace(found.cells, masked, [mask_of(cell) for cell in found.cells[masked]])
    replaced = (drawn >= mask) & (drawn < placeholder)
    options = np.array(PLACEHOLDERS.get(column["kind"], OTHER_PLACEHOLDERS), object)
    found.cells[replaced] = chosen(options, mix(place.keys[replaced], place.salt + 2))
    found.bits[masked | replaced] = 0
    other = (drawn >= placeholder) & (drawn < written) & (found.bits > 0)
    _replace(found.cells, other, [reformatted(column["kind"], cell, style) for cell in found.cells[other]])


def mask_of(text: str) -> str:
    """Return an identifier with stars in its middle."""
    if "@" in text:
        return text[:2] + "***" + text[text.index("@") :]
    return text[:3] + "*" * max(1, len(text) - 7) + text[-4:] if len(text) > 7 else text[0] + "***"


def reformatted(kind: str, text: str, style: str) -> str:
    """Return an identifier as others write it; two styles, ``a`` and any other."""
    if kind == "mobile":
        return _other_mobile(text, style)
    if kind == "id":
        if style == "a":
            return text.lower() + "\t"
        return f"{text[:6]} {text[6:14]} {text[14:]}" if len(text) == 18 else text
    return text.upper() if kind == "email" and style == "a" else text + " "


def _other_mobile(text: str, style: str) -> str:
    parts = text[:3], text[3:7], text[7:]
    ways = ["+86" + text, "-".join(parts), " " + text, " ".join(parts), "'" + text, "86-" + text]
    last = int(text[-1])
    return ways[last % 3] if style == "a" else ways[2 + (last + 2) % 4]


def _mistype(kind: str, found: Identifying, where: Array) -> None:
    """Change a digit, only where the result is another number, or one that is recognizably none."""
    if kind == "mobile":
        where = where & (found.bits == bit_of("phone0"))
        _replace(found.cells, where, [f"{s[:4]}{(int(s[4]) + 3) % 10}{s[5:]}" for s in found.cells[where]])
        found.bits[where] = bit_of("phone_typo")
    if kind == "id":
        long = np.char.str_len(found.cells.astype(str)) == 18  # of which the check digit shows it
        where = where & (found.bits == bit_of("id")) & long
        _replace(found.cells, where, [_with_wrong_check(s) for s in found.cells[where]])
        found.bits[where] = 0


def _with_wrong_check(text: str) -> str:
    return f"{text[:-2]}{(int(text[-2]) + 1) % 10}{text[-1]}" if text[-2].isdigit() else text


def _replace(cells: Array, where: Array, others: list[str]) -> None:
    if others:
        cells[where] = np.array(others, object)
