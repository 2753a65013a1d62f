"""Which column of an official table holds what: by its heading, or as the user names it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from itertools import chain

FIELDS = (
    *("sector", "scenario", "item", "kind", "assessment", "contract", "threshold"),
    *("number", "description"),
)
_HEADINGS: Mapping[str, tuple[str, ...]] = {
    "sector": ("行业领域", "所属行业", "行业", "领域", "sector"),
    "scenario": ("业务场景", "出境场景", "场景名称", "应用场景", "场景", "scenario"),
    "item": (
        *("数据项", "字段名称", "数据字段", "具体字段", "字段", "数据子类", "数据名称", "数据内容"),
        *("data item", "data items", "item", "field"),
    ),
    "kind": ("数据类别", "数据类型", "数据性质", "kind", "data type", "category"),
    "assessment": ("安全评估", "assessment"),
    "contract": ("标准合同", "认证", "contract", "certification"),
    "threshold": ("数量门槛", "门槛", "阈值", "数量标准", "数量要求", "人数", "规模", "threshold"),
    "number": ("序号", "编号", "no.", "no", "number"),
    "description": ("数据基本特征与描述", "数据特征", "描述", "说明", "备注", "description", "note"),
}
_LONGEST = 40  # characters of a heading; longer cells are text
_LINES = frozenset({"kind", "assessment", "contract", "threshold"})


def plain(text: str) -> str:
    """Return a heading without spaces, widths and case."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).lower()


def find_places(cells: Sequence[str], given: Mapping[str, str]) -> dict[str, int]:
    """Return the column of each field: the heading given, one of its usual names, or one that contains it."""
    headings = [plain(cell) for cell in cells]
    places: dict[str, int] = {}
    for field in FIELDS:
        free = [(i, one) for i, one in enumerate(headings) if one and i not in places.values()]
        found = _named(free, given[field]) if field in given else _usual(free, _HEADINGS[field])
        if found is not None:
            places[field] = found
    return places


def _named(free: Sequence[tuple[int, str]], heading: str) -> int | None:
    return next((i for i, one in free if one == plain(heading)), None)


def _usual(free: Sequence[tuple[int, str]], usual: Sequence[str]) -> int | None:
    names = [plain(name) for name in usual]
    exact = (i for name in names for i, one in free if one == name)
    within = (i for name in names for i, one in free if name in one and len(one) < _LONGEST)
    return next(chain(exact, within), None)


def read_headings(
    row: Sequence[str], below: Sequence[str], given: Mapping[str, str]
) -> tuple[dict[str, int], int] | None:
    """Return the places and the number of rows of the headings that begin in a row, or None.

    Headings may take two rows: 出境门槛 over 安全评估 and 标准合同. The lower row then speaks for the columns
    below, and what stands over them is left out.
    """
    alone = find_places(row, given)
    # Cells merged downwards repeat; in a CSV file they are empty below.
    lower = [b if b and plain(b) != plain(a) else "" for a, b in _side_by_side(row, below)]
    under = find_places(lower, given) if any(lower) else {}
    merged = [b or a for (a, _), b in zip(_side_by_side(row, below), lower, strict=True)]
    both = find_places(merged, given)
    if _LINES & under.keys() and not {"scenario", "item"} & under.keys() and _is_complete(both):
        return both, 2
    return (alone, 1) if _is_complete(alone) else None


def _is_complete(places: Mapping[str, int]) -> bool:
    return "item" in places and ("scenario" in places or len(_LINES & places.keys()) > 0)


def _side_by_side(above: Sequence[str], below: Sequence[str]) -> list[tuple[str, str]]:
    width = max(len(above), len(below))
    padded = ([*cells, *[""] * (width - len(cells))] for cells in (above, below))
    return list(zip(*padded, strict=True))
