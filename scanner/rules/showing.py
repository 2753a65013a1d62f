"""A rule in words for a lawyer, and what differs between two packs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Literal

from scanner.rules._yaml import read_yaml
from scanner.rules.metrics import METRICS
from scanner.rules.rulepack import Comparison, LoadedPack, Pack, Rule, Statement, Words, load_packs

Tongue = Literal["en", "zh"]

_OPERATORS = {
    "ge": ("at least {0}, the number itself included", "{0}以上，含本数"),
    "gt": ("more than {0}, the number itself excluded", "超过{0}，不含本数"),
    "le": ("at most {0}, the number itself included", "不超过{0}，含本数"),
    "lt": ("fewer than {0}, the number itself excluded", "不满{0}，不含本数"),
    "present": ("holds", "属于"),
    "absent": ("does not hold", "不属于"),
}
_LABELS = {
    "instrument": ("Instrument", "文件"),
    "article": ("Article", "条款"),
    "force": ("In force", "施行"),
    "quote": ("Wording", "原文"),
    "addressee": ("Addressee", "适用主体"),
    "test": ("Test", "标准"),
    "or": ("or", "或者"),
    "and": ("and", "并且"),
    "inclusion": ("Number", "本数"),
    "wording": ("Comparison word", "用语"),
    "window": ("Window", "计算期间"),
    "counting": ("Counting", "计数"),
    "condition": ("Condition", "前提"),
    "check": ("To check", "待核实"),
    "note": ("Note", "说明"),
    "duty": ("Consequence", "后果"),
    "file_with": ("File with", "报送机关"),
    "deadline": ("Deadline", "期限"),
    "papers": ("Papers", "材料"),
    "sanction": ("Sanction", "罚则"),
    "route": ("Export route", "出境路径"),
    "before": ("Predecessor", "前身"),
    "after": ("Successor", "后继"),
    "restated": ("Restated by", "重申于"),
    "source": ("Source", "来源"),
    "confidence": ("Confidence", "可信度"),
    "text": ("Text", "内容"),
    "reason": ("Why not tested", "不作判断的原因"),
}


def show_entry(loaded: LoadedPack, entry: Rule | Statement, tongue: Tongue) -> str:
    """Return everything the packs say of a rule or a statement, one line each."""
    pack = loaded.pack
    lines = [f"{entry.id}  {_said(entry.title, tongue)}", ""]
    pairs = [
        ("instrument", _said(pack.instrument, tongue)),
        ("article", entry.article),
        ("force", _force(pack, entry, tongue)),
        *(_rule_lines(pack, entry, tongue) if isinstance(entry, Rule) else _statement_lines(entry, tongue)),
        *_source_lines(pack, entry),
    ]
    lines += [f"{_LABELS[key][tongue == 'zh']}: {text}" for key, text in pairs if text]
    return "\n".join(lines)


def pack_differences(old: Pack, new: Pack) -> Iterator[str]:
    """Yield what differs between two packs: rules gone, rules come, and keys changed in rules of both."""
    before, after = ({rule.id: rule for rule in pack.rules} for pack in (old, new))
    yield from (f"- {name}" for name in before if name not in after)
    yield from (f"+ {name}" for name in after if name not in before)
    for name in before.keys() & after.keys():
        for key in Rule.model_fields:
            was, now = getattr(before[name], key), getattr(after[name], key)
            if was != now:
                yield f"~ {name}.{key}: {was!r} -> {now!r}"


def _said(words: Words, tongue: Tongue) -> str:
    return words.zh if tongue == "zh" else words.en


def _force(pack: Pack, entry: Rule | Statement, tongue: Tongue) -> str:
    if pack.status == "draft":
        return (
            f"征求意见稿（{pack.version}），从未生效" if tongue == "zh" else f"draft of {pack.version}, never"
        )
    start, end = entry.effective_from or pack.effective_from, entry.effective_to or pack.effective_to
    return f"{start} – {end or ('现行' if tongue == 'zh' else 'today')}"


def _rule_lines(pack: Pack, rule: Rule, tongue: Tongue) -> Iterator[tuple[str, str]]:
    metric = METRICS[rule.metric]
    yield "quote", rule.quote
    if addressee := rule.addressee or pack.addressee:
        yield "addressee", _said(addressee, tongue)
    yield "test", _test(rule, tongue)
    yield from (("or", _test(test, tongue)) for test in rule.instead)
    yield from (("and", _test(test, tongue)) for test in rule.also)
    yield "wording", rule.wording
    yield "inclusion", _said(rule.inclusive_note, tongue) if rule.inclusive_note else ""
    yield "window", rule.window.replace("_", " ") if rule.window != "none" else ""
    yield from (
        ("counting", f"{name}: {_counting()[name][tongue]}") for name in (*metric.counting, *rule.counting)
    )
    yield from (("condition", one.zh if tongue == "zh" else one.en) for one in rule.conditions)
    yield from (("check", _said(words, tongue)) for words in rule.presupposes)
    yield from (("note", note.zh if tongue == "zh" else note.en) for note in rule.notes)
    yield "duty", _said(rule.duty, tongue)
    yield "file_with", rule.file_with
    yield from (("deadline", one.zh if tongue == "zh" else one.en) for one in rule.deadlines)
    yield from (("papers", _said(words, tongue)) for words in rule.papers)
    if sanction := rule.sanction or pack.sanction:
        yield "sanction", _said(sanction, tongue)
    yield "route", (rule.route or "").replace("_", " ")
    yield "before", ", ".join(_predecessors(rule.id))
    yield "after", rule.replaced_by or ""
    yield "restated", rule.restated_by or ""


@cache
def _counting() -> Mapping[str, Mapping[str, str]]:
    content: Mapping[str, Mapping[str, str]] = read_yaml(
        files("scanner.rules").joinpath("counting_rules.yaml").read_bytes()
    )
    return content


def _test(test: Comparison, tongue: Tongue) -> str:
    metric, number = METRICS[test.metric], "" if test.threshold is None else f"{test.threshold:,}"
    said = _OPERATORS[test.operator][tongue == "zh"].format(number)
    if test.upper is not None:
        said += f"，且不满{test.upper:,}" if tongue == "zh" else f", and fewer than {test.upper:,}"
    return f"{metric.zh}：{said}" if tongue == "zh" else f"{metric.en}: {said}"


def _predecessors(rule_id: str) -> list[str]:
    return [rule.id for loaded in load_packs() for rule in loaded.pack.rules if rule.replaced_by == rule_id]


def _statement_lines(statement: Statement, tongue: Tongue) -> Iterator[tuple[str, str]]:
    yield "text", _said(statement.text, tongue)
    yield "reason", _said(statement.reason, tongue)


def _source_lines(pack: Pack, entry: Rule | Statement) -> Iterator[tuple[str, str]]:
    named = entry.source or pack.default_source
    yield from (("source", f"{one.key}: {one.ref}") for one in pack.sources if one.key in named)
    yield "confidence", f"{entry.confidence} ({entry.provenance})"
