"""The official table of a negative list, as CSV or XLSX, into a list that decides.

Layouts differ from zone to zone. Columns are found by headings or named by the user. Sector, scenario
and mechanism may also stand in rows of their own, or the mechanism in the name of the sheet. Nothing is
guessed: a row or a line that is not understood is an error that names its cell.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from classifiers import built_in
from scanner.grading.packfiles import checked
from scanner.negative_lists.headings import FIELDS, plain, read_headings
from scanner.negative_lists.pack import NegativeList
from scanner.negative_lists.persons import IMPORTANT, NONE, LineUnreadable, numbers, persons_lines
from scanner.user_files.sheets import Row, Sheet, SheetError, read_sheets

_HEADING_ROWS = 10  # a title and notes may stand above the headings
_SEPARATORS = re.compile(r"[、，,；;\n]+|\s/\s")
_NUMBERED = re.compile(r"^[（(]?[0-9]{1,3}[）).．、]\s*")
_CHAPTER = re.compile(r"^(?:第?[一二三四五六七八九十]+[、.．章篇部]+分?)\s*")
_SECTION = re.compile(r"^[（(][一二三四五六七八九十]+[）)]\s*")
_REMARK = re.compile(r"^(?:注|备注|说明|填表说明|note)s?\s*[:：1１]", re.IGNORECASE)
_ASSESSMENT = re.compile(r"安全评估|security assessment", re.IGNORECASE)
_CONTRACT = re.compile(r"标准合同|认证|standard contract|certification", re.IGNORECASE)
_PERSONAL = re.compile(r"个人信息|personal", re.IGNORECASE)
_SIGN = {"assessment": "security_assessment", "contract": "standard_contract_or_certification"}


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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    sector: str
    scenario: str
    items: tuple[str, ...]
    important: bool
    lines: tuple[dict[str, Any], ...]


@dataclass(slots=True, kw_only=True)
class _Context:
    """What the rows read so far say about those that follow; ``mechanism`` is a field of lines, or empty."""

    sector: str = ""
    scenario: str = ""
    mechanism: str = ""
    important: bool = False


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
            ``assessment``, ``contract``, ``threshold`` (its mechanism stands above), ``number``,
            ``description``; others are found by their usual names.

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
        if not equals or field.strip() not in FIELDS:
            raise ListProblem(f"--columns: '{part}' is not FIELD=HEADING. Fields: {', '.join(FIELDS)}.")
        found[field.strip()] = heading.strip()
    return found


def _read_sheet(name: str, sheet: Sheet, given: Mapping[str, str], *, many: bool) -> list[_Line]:
    where = f"{name}, sheet '{sheet.name}'" if sheet.name else name
    context, places, read, skip = _Context(), dict[str, int](), list[_Line](), 0
    _take_heading(context, sheet.name)
    for i, row in enumerate(sheet.rows):
        below = sheet.rows[i + 1].cells if i + 1 < len(sheet.rows) else ()
        found = read_headings(row.cells, below, given) if _may_be_headings(i, places, row) else None
        if skip:
            skip -= 1
        elif found:
            places, skip = found[0], found[1] - 1
            _check_headings(where, places, given, context)
        elif (banner := _banner(row)) is not None:
            _take_heading(context, banner)
        elif places:
            read += _read_row(where, row, places, context)
    if not places and given and not many:
        wanted = ", ".join(f"{field}={heading}" for field, heading in given.items())
        raise ListProblem(
            f"{where}: has no row with the headings {wanted} in its first {_HEADING_ROWS} rows."
        )
    return read


def _may_be_headings(number: int, places: Mapping[str, int], row: Row) -> bool:
    """Return whether a row may hold headings: near the top, or where a further part repeats them."""
    if not places:
        return number < _HEADING_ROWS
    cells = {plain(cell) for cell in row.cells}
    return bool(cells & {"数据项", "字段名称", "数据字段", "具体字段", "数据子类"}) and len(cells) > 2


def _check_headings(
    where: str, places: Mapping[str, int], given: Mapping[str, str], context: _Context
) -> None:
    missing = [field for field in given if field not in places]
    if missing:
        raise ListProblem(f"{where}: has no heading '{given[missing[0]]}' for {missing[0]}.")
    if not {"kind", "assessment", "contract", "threshold"} & places.keys() and not context.mechanism:
        raise ListProblem(
            f"{where}: no heading says which rows are important data or from how many persons on a mechanism "
            "is needed. Name it with --columns kind=..., assessment=... or contract=..."
        )


def _banner(row: Row) -> str | None:
    """Return the text of a row that says one thing: merged over the sheet, or alone in it."""
    texts = {cell for cell in row.cells if cell}
    if len(texts) != 1 or (len(row.cells) > 1 and 1 < sum(map(bool, row.cells)) < len(row.cells) - 1):
        return None
    return texts.pop()


def _take_heading(context: _Context, said: str) -> None:
    """Take from a row of its own, or the name of a sheet, what it says of the rows below."""
    if _REMARK.match(said):
        return
    if bool(_ASSESSMENT.search(said)) != bool(_CONTRACT.search(said)):
        context.mechanism = "assessment" if _ASSESSMENT.search(said) else "contract"
        context.important = bool(IMPORTANT.search(said)) and not _PERSONAL.search(said)
    elif _SECTION.match(said):
        context.scenario = _named(_SECTION.sub("", said))
    elif _CHAPTER.match(said):
        context.sector, context.scenario = _named(_CHAPTER.sub("", said)), ""


def _named(text: str) -> str:
    return re.sub(r"(?:业务)?(?:场景|领域|行业)[:：]?$", "", text.strip()) or text.strip()


def _read_row(where: str, row: Row, places: Mapping[str, int], context: _Context) -> Iterator[_Line]:
    told = {field: row.cells[i] if i < len(row.cells) else "" for field, i in places.items()}
    # A sheet writes the sector and the scenario once, above or beside all that follows.
    context.sector = told.get("sector") or context.sector
    context.scenario = told.get("scenario") or context.scenario
    if not told["item"]:
        if any(told.get(field, "") not in NONE for field in (*_SIGN, "threshold")):
            raise ListProblem(f"{where}, row {row.number}: has a line in persons but no data item.")
        return
    if not context.scenario:
        raise ListProblem(f"{where}, row {row.number}: has a data item but no scenario.")
    important = context.important or bool(IMPORTANT.search(told.get("kind", "")))
    lines = tuple(_lines(f"{where}, row {row.number}", told, context))
    if not important and not lines:
        raise ListProblem(
            f"{where}, row {row.number}: is neither important data nor has a line in persons. "
            "Fill the cell, or write 重要数据 in the column of the kind."
        )
    yield _Line(
        sector=context.sector,
        scenario=context.scenario,
        items=_items(told["item"]),
        important=important,
        lines=lines,
    )


def _lines(where: str, told: Mapping[str, str], context: _Context) -> Iterator[dict[str, Any]]:
    """Yield the lines of a row: of its own columns, or of the mechanism that stands above it."""
    cells = {field: told[field] for field in _SIGN if field in told}
    if not cells and context.mechanism:
        described = told.get("description", "")
        cells = {context.mechanism: told.get("threshold") or (described if numbers(described) else "")}
    elif told.get("threshold", "") not in NONE and not cells:
        raise ListProblem(
            f"{where}: has a line in persons, but no heading above it says for which mechanism. Add a row "
            "that says 安全评估 or 标准合同 above the headings, or name the column: --columns assessment=..."
        )
    for field, cell in cells.items():
        try:
            yield from persons_lines(cell, _SIGN[field])
        except LineUnreadable as error:
            raise ListProblem(f"{where}: the cell for {field} {error}") from error


def _items(cell: str) -> tuple[str, ...]:
    parts = (_NUMBERED.sub("", part.strip()) for part in _SEPARATORS.split(cell))
    return tuple(dict.fromkeys(part.strip("。.等 ") for part in parts if part.strip("。.等 ")))


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
