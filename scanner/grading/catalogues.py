"""Catalogues that a user supplies: data that an authority has notified or published as important or core.

Only a catalogue confirms a grade. YAML, CSV and XLSX are read; docs/grading.md shows each.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import Field

from scanner.grading.matching import Item, Model, Pattern
from scanner.grading.packfiles import PackError, checked, parse
from scanner.result import Reason
from scanner.user_files.sheets import Row, SheetError, read_sheets

_BASIS = {"notified": ("notified by", "已由{}告知"), "published": ("published by", "已由{}公开发布")}
_GRADES = {"important": "important", "core": "core", "重要": "important", "重要数据": "important"}
_GRADES |= {"核心": "core", "核心数据": "core"}
_BASES = {"notified": "notified", "published": "published", "告知": "notified", "通知": "notified"}
_BASES |= {"公开发布": "published", "公布": "published", "发布": "published"}
_HEADINGS = {
    "id": ("id", "编号", "序号"),
    "name": ("name", "名称", "数据名称", "条目"),
    "grade": ("grade", "级别", "数据级别"),
    "basis": ("basis", "依据", "认定方式"),
    "issuer": ("issuer", "发布机关", "主管部门", "认定部门"),
    "date": ("date", "日期", "认定日期", "发布日期"),
    "reference": ("reference", "文号", "文件"),
    "datasets": ("datasets", "dataset", "数据集", "库"),
    "tables": ("tables", "table", "表", "表名"),
    "columns": ("columns", "column", "列", "字段", "列名", "字段名"),
    "pi_types": ("pi_types", "pi_type", "个人信息类型"),
    "words": ("words", "关键词"),
}
_PATTERN = ("datasets", "tables", "columns", "pi_types", "words")
_ORIGIN = ("basis", "issuer", "date", "reference")


class Entry(Model):
    """One kind of data in a catalogue."""

    id: str
    name: str = ""
    grade: Literal["important", "core"] = "important"
    match: Pattern


class DataCatalogue(Model):
    """What an authority said, and when."""

    name: str = Field(min_length=1)
    basis: Literal["notified", "published"]
    issuer: str = Field(min_length=1)
    date: dt.date
    reference: str = ""
    entries: tuple[Entry, ...] = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class Confirmation:
    """What a catalogue says of one column."""

    grade: Literal["important", "core"]
    reason: Reason


def parse_catalogue(name: str, content: bytes) -> tuple[DataCatalogue, ...]:
    """Return the catalogue in a file's bytes; a table gives one for every issuer and date in it.

    Raises:
        PackError: It cannot be read, or an entry does not say which data it means, by whom and when.
    """
    if name.lower().endswith((".yaml", ".yml")):
        return (parse(name, content, DataCatalogue),)
    try:
        sheets = read_sheets(name, content)
    except SheetError as error:
        raise PackError(str(error)) from error
    found = [catalogue for sheet in sheets if sheet.rows for catalogue in _from_rows(name, sheet.rows)]
    if not found:
        raise PackError(f"{name}: has no rows. See docs/grading.md for the columns of a catalogue.")
    return tuple(found)


def _from_rows(name: str, rows: tuple[Row, ...]) -> Iterator[DataCatalogue]:
    places = _headings(name, rows[0])
    entries: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    origin: tuple[str, ...] = ("",) * len(_ORIGIN)
    for row in rows[1:]:
        told = {key: row.cells[i] for key, i in places.items() if i < len(row.cells)}
        # A sheet says once who published what follows.
        origin = tuple(told.get(key) or before for key, before in zip(_ORIGIN, origin, strict=True))
        entries.setdefault(origin, []).append(_entry(name, row, told))
    for (basis, issuer, date, reference), found in entries.items():
        data = {
            "name": name,
            "basis": _BASES.get(basis.lower(), basis),
            "issuer": issuer,
            "date": date,
            "reference": reference,
            "entries": found,
        }
        yield checked(name, data, DataCatalogue)


def _headings(name: str, row: Row) -> dict[str, int]:
    known = {word: key for key, words in _HEADINGS.items() for word in words}
    places = {known[cell.lower()]: i for i, cell in enumerate(row.cells) if cell.lower() in known}
    missing = sorted({"basis", "issuer", "date"} - places.keys())
    if missing or not places.keys() & {*_PATTERN}:
        wanted = missing[0] if missing else "tables, columns or words"
        raise PackError(
            f"{name}, row {row.number}: has no heading for {wanted}. See docs/grading.md for the columns."
        )
    return places


def _entry(name: str, row: Row, told: Mapping[str, str]) -> dict[str, Any]:
    grade = told.get("grade", "") or "important"
    if grade.lower() not in _GRADES:
        raise PackError(f"{name}, row {row.number}: the grade is neither important (重要) nor core (核心).")
    match = {key: _listed(told[key]) for key in _PATTERN if told.get(key)}
    if not match:
        raise PackError(f"{name}, row {row.number}: says nothing about tables, columns, types or words.")
    number = told.get("id") or f"row {row.number}"
    return {"id": number, "name": told.get("name", ""), "grade": _GRADES[grade.lower()], "match": match}


def _listed(cell: str) -> list[str]:
    for separator in "；;、，\n":
        cell = cell.replace(separator, ",")
    return [part.strip() for part in cell.split(",") if part.strip()]


def confirmations(item: Item, catalogues: Iterable[DataCatalogue], as_of: dt.date) -> list[Confirmation]:
    """Return what the catalogues that existed on ``as_of`` say of one column."""
    return [
        Confirmation(entry.grade, _reason(catalogue, entry, evidence))
        for catalogue in catalogues
        if catalogue.date <= as_of
        for entry in catalogue.entries
        if (evidence := entry.match.evidence(item))
    ]


def _reason(catalogue: DataCatalogue, entry: Entry, evidence: tuple[str, ...]) -> Reason:
    by_en, by_zh = _BASIS[catalogue.basis]
    where = f" {catalogue.reference}" if catalogue.reference else ""
    entry_name = f"{entry.id} {entry.name}".strip()
    grade_zh = {"important": "重要数据", "core": "核心数据"}[entry.grade]
    return Reason(
        en=(
            f"Entry {entry_name} of {catalogue.name}: {entry.grade} data {by_en} {catalogue.issuer}{where} "
            f"on {catalogue.date}; fits by {', '.join(evidence)}."
        ),
        zh=(
            f"{catalogue.name}条目{entry_name}：{by_zh.format(catalogue.issuer)}为{grade_zh}{where}"
            f"（{catalogue.date}）；匹配项：{'、'.join(evidence)}。"
        ),
        rule=entry.id,
        source=f"{catalogue.name}, {catalogue.issuer}, {catalogue.date}",
    )
