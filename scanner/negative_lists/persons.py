"""Lines in persons as the lists word them: 累计100万人以上个人信息（不含敏感）或者1万人以上敏感个人信息."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

NONE = frozenset({"", "/", "-", "—", "——", "无", "不适用", "none", "n/a"})
IMPORTANT = re.compile(r"重要数据|important", re.IGNORECASE)

_ALTERNATIVES = re.compile(r"[或；;\n]|，或|\bor\b")
_LISTED = re.compile(r"[、，,及和与]|\band\b")
_PERSONS = re.compile(
    r"(?P<number>[0-9][0-9,，]*(?:\.[0-9]+)?)\s*(?P<unit>亿|千万|百万|万|千|million|k)?\s*(?P<of>人|名|个|persons|people)?"
)
_UNITS = {"亿": 10**8, "千万": 10**7, "百万": 10**6, "万": 10**4, "千": 10**3, "million": 10**6, "k": 10**3}
_NUMERAL = re.compile(r"[一二两三四五六七八九十百千]+(?=\s*(?:亿|万|人|名))")
_DIGITS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_POWERS = {"十": 10, "百": 100, "千": 1000}
_DATE = re.compile(r"[0-9]{1,4}\s*[年月日]|[0-9]{1,2}\s*月\s*[0-9]{1,2}\s*日|1 January", re.IGNORECASE)
_NOT_SENSITIVE = re.compile(r"[（(]?(?:不含|非)敏感(?:个人信息)?[）)]?|non-?sensitive", re.IGNORECASE)
_SENSITIVE = re.compile(r"敏感|sensitive", re.IGNORECASE)
_EXCLUSIVE = re.compile(r"超过|大于|more than|above|>(?!=)", re.IGNORECASE)
_AT_LEAST = re.compile(r"以上|达到|≥|>=|at least|or more", re.IGNORECASE)
_BELOW = re.compile(r"不满|少于|以下|小于|less than|fewer than|below|<", re.IGNORECASE)


class LineUnreadable(ValueError):
    """A cell that should hold lines in persons and does not; the message says why."""


def persons_lines(cell: str, mechanism: str) -> Iterator[dict[str, Any]]:
    """Yield the lines of a cell, as ``PersonsLine`` takes them; none for a cell that says none.

    Raises:
        LineUnreadable: The cell says something else.
    """
    text = _digits(unicodedata.normalize("NFKC", cell).strip())
    if text.lower() in NONE or (IMPORTANT.search(text) and not any(letter.isdigit() for letter in text)):
        return
    parts = list(_parts(text))
    if not parts:
        raise LineUnreadable(
            f"names no number of persons: '{text[:60]}'. Write it as 50万人以上, or / for none."
        )
    for part in parts:
        yield _persons_line(part, mechanism)


def _parts(text: str) -> Iterator[str]:
    """Yield the parts of a text that are a line each; a band (10万人以上、不满100万人) is one."""
    for part in _ALTERNATIVES.split(text.replace("或者", "或")):
        pieces = [piece for piece in _LISTED.split(part) if numbers(piece)]
        lower_ends = all(_AT_LEAST.search(piece) or _EXCLUSIVE.search(piece) for piece in pieces)
        if len(pieces) > 1 and lower_ends and not _BELOW.search(part):
            yield from pieces
        elif numbers(part):
            yield part


def _persons_line(part: str, mechanism: str) -> dict[str, Any]:
    found = numbers(part)
    if len(set(found)) > 2:
        raise LineUnreadable(f"names more than two numbers: '{part[:60]}'. Write one line, or one band.")
    # 10万人以上、不满100万人: the line is where the band begins. 不满1万人: from the first person on.
    lowest = 1 if len(set(found)) == 1 and _BELOW.search(part) else min(found)
    of = "nonsensitive" if _NOT_SENSITIVE.search(part) else "sensitive" if _SENSITIVE.search(part) else "all"
    exclusive = _EXCLUSIVE.search(part) is not None and "不超过" not in part
    return {
        "mechanism": mechanism,
        "people": of,
        "operator": "gt" if exclusive else "ge",
        "number": lowest,
        "text": part.strip()[:200],
    }


def numbers(text: str) -> list[int]:
    """Return the numbers of persons in a text; years and days of a date are none.

    >>> numbers("自当年1月1日起累计10万人以上、不满100万人"), numbers("≥ 50,000"), numbers("1.5万人")
    ([100000, 1000000], [50000], [15000])
    """
    found = []
    for match in _PERSONS.finditer(_DATE.sub(" ", text)):
        number = float(re.sub(r"[,，]", "", match["number"])) * _UNITS.get(match["unit"] or "", 1)
        if match["unit"] or match["of"] or number >= 100:
            found.append(round(number))
    return found


def _digits(text: str) -> str:
    """Return the text with Chinese numerals before 万, 亿 or 人 in digits.

    >>> _digits("一百万人以上或十五万人"), _digits("自一月一日起")
    ('100万人以上或15万人', '自一月一日起')
    """
    return _NUMERAL.sub(lambda found: str(_value(found[0])), text)


def _value(numeral: str) -> int:
    total, digit = 0, 0
    for sign in numeral:
        if sign in _DIGITS:
            digit = _DIGITS[sign]
        else:
            total, digit = total + max(digit, 1) * _POWERS[sign], 0
    return total + digit
