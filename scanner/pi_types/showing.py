"""Lists of the PI types that a catalogue knows: for people in a terminal, and as JSON."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from io import StringIO
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from classifiers import Catalogue, PIType, Standard, standards
from classifiers._recognizer import Recognizer
from classifiers.text.formats import FORMATS

# What each way to find a type is called.
_WAYS = {
    "header": ("表头", "header"),
    "check": ("校验", "check"),
    "values": ("取值", "values"),
    "range": ("取值范围", "range"),
    "shape": ("形状", "shape"),
    "text": ("文本", "text"),
    "presidio": ("Presidio", "Presidio"),
}
_HEADS = {
    "id": ("类型", "Type"),
    "name": ("名称", "Name"),
    "category": ("敏感类别", "Category"),
    "strength": ("识别强度", "Identifies"),
    "sensitive": ("敏感", "Sensitive"),
    "found": ("识别方式", "Found by"),
    "entity": ("Presidio 实体", "Presidio entity"),
    "group": ("分组", "Group"),
    "origin": ("来源", "Defined"),
    "zh": ("中文表头", "Chinese headers"),
    "en": ("英文表头", "English headers"),
    "pinyin": ("拼音表头", "Pinyin headers"),
    "alone": ("无表头时所需占比", "Share needed without a header"),
    "with_header": ("有表头时所需占比", "Share needed with a header"),
}
_COLUMNS = ("id", "name", "category", "strength", "sensitive", "found")
_WIDE = 110  # characters that hold all columns
_STRENGTHS = {
    "strong": ("证件级", "one person by law"),
    "account": ("账号级", "one person's account"),
    "contact": ("联系级", "a shared contact"),
    "none": ("不识别个人", "nobody"),
}
_CATEGORIES = {
    "biometric": "生物识别",
    "religion": "宗教信仰",
    "specific_identity": "特定身份",
    "health": "医疗健康",
    "financial": "金融账户",
    "location": "行踪轨迹",
    "other": "其他",
}
_GROUPS = {"pi": ("个人信息", "personal information"), "org": ("组织标识", "identifier of an organisation")}
_FORMAL = frozenset(found.type for found in FORMATS) | {"person_name", "address"}


def listed(catalogue: Catalogue, as_of: dt.date) -> list[dict[str, Any]]:
    """Return every type as plain values, in the order of the catalogue."""
    recognizers = {recognizer.type: recognizer for recognizer in catalogue.recognizers}
    return [_entry(pi_type, recognizers[name], catalogue, as_of) for name, pi_type in catalogue.types.items()]


def _entry(pi_type: PIType, recognizer: Recognizer, catalogue: Catalogue, as_of: dt.date) -> dict[str, Any]:
    return {
        "id": pi_type.id,
        "zh": pi_type.zh,
        "en": pi_type.en,
        "presidio_entity": pi_type.presidio_entity,
        "group": pi_type.group,
        "category": pi_type.category,
        "strength": pi_type.strength,
        "identifies": pi_type.identifies,
        "sensitive": pi_type.is_sensitive(as_of),
        "sensitive_under": {s.id: _under(s, pi_type) for s in standards()},
        "found_by": list(_ways(pi_type.id, recognizer, catalogue)),
        "headers": {"zh": list(recognizer.zh), "en": list(recognizer.en), "pinyin": list(recognizer.py)},
        "min_share": recognizer.alone,
        "min_share_with_header": recognizer.with_header,
        "origin": "custom" if pi_type.id in catalogue.custom else "built-in",
    }


def _under(standard: Standard, pi_type: PIType) -> dict[str, Any]:
    dates = {"from": _day(standard.valid_from), "to": _day(standard.valid_to)}
    return {"sensitive": standard.id in pi_type.sensitive_under, **dates}


def _day(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def _ways(name: str, recognizer: Recognizer, catalogue: Catalogue) -> Iterator[str]:
    if recognizer.zh or recognizer.en or recognizer.py:
        yield "header"
    if recognizer.shape:
        yield "shape"
    elif recognizer.match:
        yield "check" if recognizer.checked else "values"
    elif recognizer.fits:
        yield "range"
    custom = catalogue.custom.get(name)
    if custom.in_text if custom else name in _FORMAL:
        yield "text"
    if any(each.type == name for each in catalogue.presidio):
        yield "presidio"


def render_list(
    entries: Iterable[dict[str, Any]], as_of: dt.date, lang: str, width: int, *, color: bool
) -> str:
    """Return the list as a table; with ``lang`` ``both``, names in both languages and the rest in English.

    A narrow terminal is not told how types are found: words would break in their middle.
    """
    rows = list(entries)
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    columns = _COLUMNS if width >= _WIDE else _COLUMNS[:-1]
    for key in columns:
        table.add_column(_head(key, lang), overflow="fold", no_wrap=key in {"id", "strength", "sensitive"})
    for entry in rows:
        table.add_row(*map(Text, list(_row(entry, lang))[: len(columns)]))
    own = sum(entry["origin"] == "custom" for entry in rows)
    sensitive = sum(entry["sensitive"] for entry in rows)
    foot = {
        "zh": f"{len(rows)} 种类型，其中 {own} 种自定义；{as_of} 起适用的标准下 {sensitive} 种敏感。",
        "en": f"{len(rows)} types, {own} of your own; {sensitive} sensitive under the standard of {as_of}.",
    }
    return _shown([table, Text(foot["zh" if lang == "zh" else "en"])], width, color=color)


def _row(entry: dict[str, Any], lang: str) -> Iterator[str]:
    yield entry["id"]
    yield {"zh": entry["zh"], "en": entry["en"]}.get(lang, f"{entry['zh']} {entry['en']}")
    yield _category(entry, lang) if entry["group"] == "pi" else _pick(_GROUPS["org"], lang)
    strength = entry["strength"] if entry["identifies"] else ""
    yield _STRENGTHS[strength][0] if strength and lang == "zh" else strength
    yield ("是" if lang == "zh" else "yes") if entry["sensitive"] else ""
    yield ("、" if lang == "zh" else ", ").join(_pick(_WAYS[way], lang) for way in entry["found_by"])


def render_type(entry: dict[str, Any], lang: str, width: int, *, color: bool) -> str:
    """Return the details of one type."""
    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for head, value in _details(entry, lang):
        table.add_row(Text(head, style="dim"), Text(value))
    title = Text(f"{entry['id']}  {entry['zh']} / {entry['en']}", style="bold")
    return _shown([title, table], width, color=color)


def _details(entry: dict[str, Any], lang: str) -> Iterator[tuple[str, str]]:
    yield _head("entity", lang), entry["presidio_entity"]
    yield _head("group", lang), _pick(_GROUPS[entry["group"]], lang)
    yield _head("category", lang), _category(entry, lang) or "-"
    yield _head("strength", lang), _pick(_STRENGTHS[entry["strength"]], lang)
    for standard, under in entry["sensitive_under"].items():
        yes, no = ("敏感", "不敏感") if lang == "zh" else ("sensitive", "not sensitive")
        until = under["to"] or ("今" if lang == "zh" else "now")
        yield f"  {standard}", f"{yes if under['sensitive'] else no} ({under['from']} – {until})"
    yield _head("found", lang), ", ".join(_pick(_WAYS[way], lang) for way in entry["found_by"])
    if entry["min_share"] is not None:
        yield _head("alone", lang), f"{entry['min_share']:.0%}"
    yield _head("with_header", lang), f"{entry['min_share_with_header']:.0%}"
    for key in ("zh", "en", "pinyin"):
        words = [word for word in entry["headers"][key] if not word.startswith("?")]
        yield _head(key, lang), ", ".join(words) or "-"
    yield _head("origin", lang), entry["origin"]


def _category(entry: dict[str, Any], lang: str) -> str:
    category = entry["category"]
    return _CATEGORIES[category] if lang == "zh" and category else category.replace("_", " ")


def _head(key: str, lang: str) -> str:
    return _pick(_HEADS[key], lang)


def _pick(words: tuple[str, str], lang: str) -> str:
    return words[0] if lang == "zh" else words[1]


def _shown(parts: Iterable[RenderableType], width: int, *, color: bool) -> str:
    output = StringIO()
    console = Console(
        file=output, width=width, force_terminal=color, markup=False, emoji=False, highlight=False
    )
    for part in parts:
        console.print(part)
    return "\n".join(line.rstrip() for line in output.getvalue().rstrip("\n").split("\n"))
