"""Why a column was tagged or not, in words; from the record of a scan, so without any value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from scanner.scan_record import RecordedColumn
from scanner.words.texts import Tongue, term

# Chinese and English, in this order.
_TEXTS: Mapping[str, tuple[str, str]] = {
    "comment": ("注释：{0}", "comment: {0}"),
    "cells": ("检查了 {0} 个非空单元格。", "{0} non-empty cells were looked at."),
    "no_cells": (
        "没有可检查的非空单元格，只能看列名。",
        "There was no non-empty cell to look at, only the header.",
    ),
    "nothing": ("未发现个人信息。", "No personal information was found."),
    "against": (
        "列名中的“{0}”表明该列不是个人信息。",
        "The word '{0}' of the header says that the column is not personal.",
    ),
    "key": (
        "视为“{0}”的键：其值在数据库内区分不同的人。pandian review reject 可排除",
        (
            "taken for a key of '{0}': its values tell people apart within the database. "
            "pandian review reject takes it out"
        ),
    ),
    "thing": (
        ("视为“{0}”的编号：各行计入“{0}”相应行所指的人。pandian review reject 可排除"),
        (
            "taken for a number of '{0}': rows are counted as those of the persons there. "
            "pandian review reject takes it out"
        ),
    ),
    "considered": ("考虑过但未采用：", "Considered, and not tagged:"),
    "no_candidate": (
        "没有任何类型得到支持：列名和取值都不像。",
        "Nothing spoke for any type, neither header nor values.",
    ),
    "tag": ("{0}：置信度 {1}，{2}", "{0}: confidence {1}, {2}"),
    "share": ("，约 {0} 的单元格含有", ", in {0} of cells"),
    "for": ("支持", "for"),
    "but": ("反对", "against"),
    "auto": ("自动判定", "automatic"),
    "confirmed": ("已确认", "confirmed"),
    "rejected": ("已否决", "rejected"),
    "plain": ("", ""),
    "embedded": ("，在文本或结构中", ", inside text or a structure"),
    "masked": ("，已脱敏", ", masked"),
    "pseudonymous": ("，已散列或加密", ", hashed or encrypted"),
    "of": ("{0}/{1} 个单元格", "{0} of {1} cells"),
    "header": ("列名", "header"),
    "comment_kind": ("注释", "comment"),
    "values": ("取值", "values"),
    "dictionary": ("字典", "dictionary"),
    "shape": ("形状", "shape"),
    "neighbours": ("相邻列", "neighbours"),
    "text": ("文本", "text"),
    "structure": ("结构", "structure"),
    "list": ("名单", "list"),
    "review": ("复核", "review"),
    "word": ("列名词“{0}”（强度 {1}）", "header word '{0}' (strength {1})"),
    "match": ("{0}/{1} 相符", "{0} of {1} match"),
    "fit": ("{0}/{1} 可能是", "{0} of {1} could be"),
    "needed": ("需 {0}", "{0} needed"),
    "outranked": ("另一类型证据更强", "another type has better evidence"),
    "values_do_not_fit": ("列名指向它，但取值不符", "the header names it, but the values do not fit"),
    "hint_not_confirmed": (
        "列名仅有暗示，取值未能证实",
        "the header only hints at it, and the values do not confirm it",
    ),
    "header_says_otherwise": ("列名另有所指", "the header says something else"),
    "too_few_values": ("相符的取值太少", "too few values match"),
    "needs_header": ("仅凭取值不能判定，需列名佐证", "such values mean it under a fitting header only"),
    "listed_once": (
        "每个取值仅出现一次，表中亦无个人：是字典表",
        "each value stands once, in a table without people: a dictionary of such values",
    ),
    "by_chance": (
        "相符的取值不多于同形数字偶然相符的比例",
        "no more values match than numbers of the same form do by chance",
    ),
    "about_nobody": ("取值均在您的忽略名单上", "the values are on your list of values about nobody"),
    "type": ("{0} {1}", "{0} {2}"),
}


def explain(column: RecordedColumn, tongue: Tongue) -> str:
    """Return why a column holds what the record says it holds, as lines of text."""
    return "\n".join(_lines(column, _Words(tongue)))


class _Words:
    """The texts in one language."""

    def __init__(self, tongue: Tongue) -> None:
        self.tongue = tongue
        self.index = ("zh", "en").index(tongue)

    def __call__(self, key: str, *values: object) -> str:
        return _TEXTS[key][self.index].format(*values) if key in _TEXTS else key

    def detail(self, said: str) -> str:
        return term("said", said, self.tongue)

    def percent(self, share: float) -> str:
        return f"{share:.0%}" if share >= 0.01 or not share else f"{share:.2%}"


def _lines(recorded: RecordedColumn, words: _Words) -> Iterator[str]:
    column = recorded.content
    yield f"{recorded.id}  {column['type']}".rstrip()
    if column["comment"]:
        yield f"  {words('comment', column['comment'])}"
    seen = f"{column['cells']:,}"
    yield f"  {words('cells', seen) if column['cells'] else words('no_cells')}"
    if column["against"]:
        yield f"  {words('against', column['against'])}"
    if column.get("key_of"):
        yield f"  {words('key', column['key_of'])}"
    if column.get("thing_of"):
        yield f"  {words('thing', column['thing_of'])}"
    if not recorded.held:
        yield f"  {words('nothing')}"
    for tag in column["tags"]:
        yield from _tag(tag, words)
    if column["considered"]:
        yield f"  {words('considered')}"
        yield from (f"    {_candidate(each, words)}" for each in column["considered"])
    elif not column["tags"]:
        yield f"  {words('no_candidate')}"


def _tag(tag: Mapping[str, Any], words: _Words) -> Iterator[str]:
    held = words("share", words.percent(tag["prevalence"])) if tag["prevalence"] is not None else ""
    how = words("tag", _type(tag, words), f"{tag['confidence']:.2f}", words(tag["decision"]))
    yield f"  {how}{words(tag['form'])}{held}"
    yield from (f"    {_evidence(each, words)}" for each in tag["evidence"])


def _evidence(evidence: Mapping[str, Any], words: _Words) -> str:
    side = words("for" if evidence["supports"] else "but")
    kind = words("comment_kind" if evidence["kind"] == "comment" else evidence["kind"])
    counts = (
        [words("of", f"{evidence['matched']:,}", f"{evidence['checked']:,}")] if evidence["checked"] else []
    )
    said = [words.detail(evidence["detail"])] if evidence["detail"] else []
    return f"{side:8}{kind}: {', '.join(counts + said)}"


def _candidate(candidate: Mapping[str, Any], words: _Words) -> str:
    return f"{_type(candidate, words)}: {'; '.join(_signs(candidate, words))} -> {words(candidate['why'])}"


def _signs(candidate: Mapping[str, Any], words: _Words) -> Iterator[str]:
    if candidate["word"]:
        yield words("word", candidate["word"], f"{candidate['named']:.2f}")
    if candidate["checked"]:
        counts = (f"{candidate['fitting']:,}", f"{candidate['checked']:,}")
        yield words("match" if candidate["matched"] == candidate["fitting"] else "fit", *counts)
    if candidate["needed"] is not None and candidate["why"] != "outranked":
        yield words("needed", words.percent(candidate["needed"]))


def _type(found: Mapping[str, Any], words: _Words) -> str:
    return words("type", found["type"], found["name_zh"], found["name_en"])
