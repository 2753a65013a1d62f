"""The official table of a negative list, as CSV or XLSX, into a list that decides.

The tables differ from zone to zone, so columns are found by their headings, or named by the user. Nothing is
guessed: a row or a line that is not understood is an error that names its cell.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from classifiers import built_in
from scanner.grading.indicators import checked
from scanner.negative_lists.pack import NegativeList
from scanner.sheets import Row, Sheet, SheetError, read_sheets

_FIELDS = ("sector", "scenario", "item", "kind", "assessment", "contract", "number", "description")
_HEADINGS: Mapping[str, tuple[str, ...]] = {
    "sector": ("行业领域", "行业", "领域", "sector"),
    "scenario": ("业务场景", "出境场景", "场景名称", "场景", "scenario"),
    "item": (
        "数据项",
        "字段名称",
        "数据字段",
        "具体字段",
        "字段",
        "数据子类",
        "data item",
        "data items",
        "item",
        "field",
    ),
    "kind": ("数据类别", "数据类型", "数据性质", "kind", "data type", "category"),
    "assessment": ("安全评估", "assessment"),
    "contract": ("标准合同", "认证", "contract", "certification"),
    "number": ("序号", "编号", "no.", "no", "number"),
    "description": ("数据基本特征与描述", "数据特征", "描述", "说明", "备注", "description", "note"),
}
_HEADING_ROWS = 10  # a title and notes may stand above the headings
_NONE = frozenset({"", "/", "-", "—", "——", "无", "不适用", "none", "n/a"})
_IMPORTANT = re.compile(r"重要数据|important", re.IGNORECASE)
_PERSONAL = re.compile(r"个人信息|personal|\bPI\b", re.IGNORECASE)
_SEPARATORS = re.compile(r"[、，,；;\n]+|\s/\s")
_NUMBERED = re.compile(r"^[（(]?[0-9]{1,3}[）).．、]\s*")
_LINES = re.compile(r"[或；;\n]|，或|\bor\b")
_PERSONS = re.compile(
    r"(?P<number>[0-9][0-9,，]*(?:\.[0-9]+)?)\s*(?P<unit>亿|千万|百万|万|千|million|k)?\s*(?P<of>人|名|个|persons|people)?"
)
_UNITS = {"亿": 10**8, "千万": 10**7, "百万": 10**6, "万": 10**4, "千": 10**3, "million": 10**6, "k": 10**3}
_YEAR_START = re.compile(r"[0-9]{1,4}\s*[年月日]|[0-9]{1,2}\s*月\s*[0-9]{1,2}\s*日|1 January", re.IGNORECASE)
_NOT_SENSITIVE = re.compile(r"[（(]?(?:不含|非)敏感(?:个人信息)?[）)]?|non-?sensitive", re.IGNORECASE)
_SENSITIVE = re.compile(r"敏感|sensitive", re.IGNORECASE)
_EXCLUSIVE = re.compile(r"超过|大于|more than|above|>(?!=)", re.IGNORECASE)
_BELOW = re.compile(r"不满|少于|以下|小于|less than|fewer than|below|<", re.IGNORECASE)


class ListProblem(ValueError):
    """A table that does not become a list; the message names sheet, row and heading, and says what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """What the table does not say about itself."""

    zone: str
    edition: str
    title: str
    effective_from: dt.date
    source: str
    compiled: dt.date


@dataclass(frozen=True, slots=True)
class _Line:
    row: Row
    sector: str
    scenario: str
    items: tuple[str, ...]
    important: bool
    lines: tuple[dict[str, Any], ...]
    number: str


def load_list(
    name: str,
    content: bytes,
    edition: Edition,
    *,
    sheet: str | None = None,
    columns: Mapping[str, str] | None = None,
) -> NegativeList:
    """Return the list that a table holds.

    Args:
        name: File name, for messages.
        content: The file.
        edition: Zone, edition and date.
        sheet: The one sheet to read; left out: every sheet with the headings.
        columns: Heading in the table for each of ``sector``, ``scenario``, ``item``, ``kind``,
            ``assessment``, ``contract``, ``number``, ``description``; others are found by their usual names.

    Raises:
        ListProblem: The file is no table of a list.
    """
    try:
        sheets = read_sheets(name, content)
    except SheetError as error:
        raise ListProblem(str(error)) from error
    chosen = [one for one in sheets if sheet is None or one.name == sheet]
    if not chosen:
        known = ", ".join(one.name for one in sheets)
        raise ListProblem(f"{name}: there is no sheet '{sheet}'. There are: {known}.")
    read = [line for one in chosen for line in _read_sheet(name, one, columns or {}, many=len(chosen) > 1)]
    if not read:
        raise ListProblem(
            f"{name}: no sheet has a row of headings with a scenario and a data item within its first "
            f"{_HEADING_ROWS} rows. Name them with --columns scenario=...,item=..."
        )
    return checked(name, _document(edition, read), NegativeList)


def parse_columns(text: str) -> dict[str, str]:
    """Return the mapping in ``scenario=业务场景,item=字段``.

    Raises:
        ListProblem: A part is no pair, or names no field of a list.
    """
    found = {}
    for part in filter(None, (part.strip() for part in text.split(","))):
        field, equals, heading = part.partition("=")
        if not equals or field.strip() not in _FIELDS:
            raise ListProblem(f"--columns: '{part}' is not FIELD=HEADING. Fields: {', '.join(_FIELDS)}.")
        found[field.strip()] = heading.strip()
    return found


# ---------------------------------------------------------------------- headings
def _read_sheet(name: str, sheet: Sheet, given: Mapping[str, str], *, many: bool) -> list[_Line]:
    where = f"{name}, sheet '{sheet.name}'" if sheet.name else name
    for i, row in enumerate(sheet.rows[:_HEADING_ROWS]):
        places = _places(row, given)
        if {"scenario", "item"} <= places.keys():
            _check_given(where, places, given)
            _check_lines(where, places)
            return list(_read_rows(where, sheet.rows[i + 1 :], places))
    if given and not many:
        wanted = ", ".join(f"{field}={heading}" for field, heading in given.items())
        raise ListProblem(
            f"{where}: has no row with the headings {wanted} in its first {_HEADING_ROWS} rows."
        )
    return []


def _places(row: Row, given: Mapping[str, str]) -> dict[str, int]:
    """Return the column of each field: the heading given, one of its usual names, or one that contains it."""
    headings = [_plain(cell) for cell in row.cells]
    places: dict[str, int] = {}
    for field in _FIELDS:
        names = [_plain(given[field])] if field in given else [_plain(one) for one in _HEADINGS[field]]
        free = [(i, one) for i, one in enumerate(headings) if one and i not in places.values()]
        exact = [i for name in names for i, one in free if one == name]
        within = [
            i for name in names for i, one in free if name in one and field not in given and len(one) < 40
        ]
        if exact or within:
            places[field] = (exact or within)[0]
    return places


def _plain(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).lower()


def _check_given(where: str, places: Mapping[str, int], given: Mapping[str, str]) -> None:
    missing = [field for field in given if field not in places]
    if missing:
        raise ListProblem(f"{where}: has no heading '{given[missing[0]]}' for {missing[0]}.")


def _check_lines(where: str, places: Mapping[str, int]) -> None:
    if not {"kind", "assessment", "contract"} & places.keys():
        raise ListProblem(
            f"{where}: no heading says which rows are important data or from how many persons on a mechanism "
            "is needed. Name it with --columns kind=..., assessment=... or contract=..."
        )


# ---------------------------------------------------------------------- rows
def _read_rows(where: str, rows: Sequence[Row], places: Mapping[str, int]) -> Iterator[_Line]:
    sector = scenario = ""
    for row in rows:
        told = {field: row.cells[i] if i < len(row.cells) else "" for field, i in places.items()}
        # A sheet writes the sector and the scenario once, above or beside all that follows.
        sector, scenario = told.get("sector") or sector, told["scenario"] or scenario
        if not told["item"]:
            _check_blank(where, row, told)
            continue
        if not scenario:
            raise ListProblem(f"{where}, row {row.number}: has a data item but no scenario.")
        yield _line(where, row, sector, scenario, told)


def _check_blank(where: str, row: Row, told: Mapping[str, str]) -> None:
    if told.get("assessment", "") not in _NONE or told.get("contract", "") not in _NONE:
        raise ListProblem(f"{where}, row {row.number}: has a line in persons but no data item.")


def _line(where: str, row: Row, sector: str, scenario: str, told: Mapping[str, str]) -> _Line:
    important = bool(_IMPORTANT.search(told.get("kind", "")))
    lines = [
        line
        for field, mechanism in (
            ("assessment", "security_assessment"),
            ("contract", "standard_contract_or_certification"),
        )
        for line in _persons_lines(f"{where}, row {row.number}", field, told.get(field, ""), mechanism)
    ]
    if not important and not lines:
        raise ListProblem(
            f"{where}, row {row.number}: is neither important data nor has a line in persons. "
            "Fill the cell, or write 重要数据 in the column of the kind."
        )
    return _Line(row, sector, scenario, _items(told["item"]), important, tuple(lines), told.get("number", ""))


def _items(cell: str) -> tuple[str, ...]:
    parts = (_NUMBERED.sub("", part.strip()) for part in _SEPARATORS.split(cell))
    return tuple(dict.fromkeys(part.strip("。.等 ") for part in parts if part.strip("。.等 ")))


def _persons_lines(where: str, field: str, cell: str, mechanism: str) -> Iterator[dict[str, Any]]:
    """Yield the lines in a cell such as 累计100万人以上个人信息（不含敏感）或者1万人以上敏感个人信息."""
    text = unicodedata.normalize("NFKC", cell).strip()
    if text.lower() in _NONE:
        return
    if _IMPORTANT.search(text) and not any(letter.isdigit() for letter in text):
        return
    parts = [part for part in _LINES.split(text.replace("或者", "或")) if _numbers(part)]
    if not parts:
        raise ListProblem(
            f"{where}: the cell for {field} names no number of persons: '{text[:60]}'. "
            "Write it as 50万人以上, or / for none."
        )
    for part in parts:
        yield _persons_line(where, field, part, mechanism)


def _persons_line(where: str, field: str, part: str, mechanism: str) -> dict[str, Any]:
    numbers = _numbers(part)
    # 10万人以上、不满100万人: the line is where the band begins.
    lowest = min(numbers)
    if len(numbers) == 1 and _BELOW.search(part):
        lowest = 1  # 不满1万人: from the first person on
    if len(numbers) > 2:
        raise ListProblem(f"{where}: the cell for {field} names more than two numbers: '{part[:60]}'.")
    of = "nonsensitive" if _NOT_SENSITIVE.search(part) else "sensitive" if _SENSITIVE.search(part) else "all"
    exclusive = _EXCLUSIVE.search(part) is not None and "不超过" not in part
    return {
        "mechanism": mechanism,
        "people": of,
        "operator": "gt" if exclusive else "ge",
        "number": lowest,
        "text": part.strip()[:200],
    }


def _numbers(text: str) -> list[int]:
    """Return the numbers of persons in a text; years and days of a date are none.

    >>> _numbers("自当年1月1日起累计10万人以上、不满100万人"), _numbers("≥ 50,000"), _numbers("1.5万人")
    ([100000, 1000000], [50000], [15000])
    """
    rest = _YEAR_START.sub(" ", text)
    found = []
    for match in _PERSONS.finditer(rest):
        number = float(re.sub(r"[,，]", "", match["number"])) * _UNITS.get(match["unit"] or "", 1)
        if match["unit"] or match["of"] or number >= 100:
            found.append(round(number))
    return found


# ---------------------------------------------------------------------- the list
def _document(edition: Edition, read: Sequence[_Line]) -> dict[str, Any]:
    scenarios: dict[tuple[str, str], list[_Line]] = {}
    for line in read:
        scenarios.setdefault((line.sector, line.scenario), []).append(line)
    names = [scenario for _, scenario in scenarios]
    return {
        "id": f"{edition.zone}-{edition.edition}",
        "zone": edition.zone,
        "edition": edition.edition,
        "title": {"en": edition.title, "zh": edition.title},
        "effective_from": edition.effective_from,
        "compiled": edition.compiled,
        "confidence": "high",
        "complete": True,
        "sources": [edition.source],
        "scenarios": [
            {
                "id": scenario if names.count(scenario) == 1 else f"{sector} {scenario}",
                "sector": sector,
                "name": {"en": scenario, "zh": scenario},
                "entries": list(_entries(scenario, lines)),
            }
            for (sector, scenario), lines in scenarios.items()
        ],
    }


def _entries(scenario: str, lines: Iterable[_Line]) -> Iterator[dict[str, Any]]:
    """Yield an entry for the rows that share kind and lines."""
    together: dict[str, list[_Line]] = {}
    for line in lines:
        together.setdefault(f"{line.important}{line.lines}", []).append(line)
    for number, rows in enumerate(together.values(), start=1):
        kind = "important" if rows[0].important else "personal"
        label = "重要数据" if rows[0].important else "个人信息"
        items = dict.fromkeys(item for row in rows for item in row.items)
        yield {
            "id": f"{scenario}-{number}",
            "kind": kind,
            "name": {"en": f"{scenario}: {kind} data {number}", "zh": f"{scenario}：{label}{number}"},
            "items": [_item(item) for item in items],
            "lines": list(rows[0].lines),
        }


def _item(name: str) -> dict[str, Any]:
    """Return an item with the PI types that its name means."""
    vocabulary, types = built_in().vocabulary, built_in().types
    bare = re.sub(r"[（(].*?[）)]", "", name).strip() or name
    hits = [hit for hit in vocabulary.read_header(bare) if hit.type in types and hit.strength >= 0.75]
    return {"name": name, "pi_types": [hit.type for hit in hits], "words": [bare]}
