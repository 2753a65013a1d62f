"""A rule or a statement in words for a lawyer: what it says, then how people are counted, then sources."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Literal, Protocol

from scanner.rules.law.citation import cite
from scanner.rules.law.rule_parts import Comparison
from scanner.rules.law.rulebook import LoadedPack, load_packs
from scanner.rules.law.rulepack import Pack, Rule, Statement
from scanner.rules.metrics import METRICS
from scanner.rules.metrics.metric import UNITS
from scanner.rules.wording.bilingual import in_one_language
from scanner.user_files.yaml_text import read_yaml


class _InBoth(Protocol):
    """Words in both languages, such as a title or a note."""

    @property
    def en(self) -> str: ...
    @property
    def zh(self) -> str: ...


Tongue = Literal["en", "zh"]
Line = tuple[str, list[str]]

_OPERATORS = {
    "ge": ("at least {0}, the number itself included", "{0}以上，含本数"),
    "gt": ("more than {0}, the number itself excluded", "超过{0}，不含本数"),
    "le": ("at most {0}, the number itself included", "不超过{0}，含本数"),
    "lt": ("fewer than {0}, the number itself excluded", "不满{0}，不含本数"),
    "present": ("yes", "是"),
    "absent": ("no", "否"),
}
_WINDOWS = {
    "none": ("", ""),
    "current_stock": ("held now, deleted data left out", "当前持有，不含已经删除的个人信息"),
    "calendar_year_to_date": ("cumulative from 1 January of the year on", "自当年1月1日起累计"),
    "since_1_jan_previous_year": ("cumulative from 1 January of the year before on", "自上年1月1日起累计"),
    "cumulative": ("cumulative; the text names no first day", "累计，条文未载明起算日"),
    "per_event": ("each event by itself", "按每次事件"),
    "yearly": ("every year", "每年度"),
}
_ROUTES = {
    None: ("", ""),
    "security_assessment": ("CAC data export security assessment", "申报数据出境安全评估"),
    "standard_contract_or_certification": (
        "standard contract or certification",
        "个人信息出境标准合同或者个人信息保护认证",
    ),
    "exempt": ("exempt from assessment, contract and certification", "免予申报评估、订立标准合同、通过认证"),
}
_CONFIDENCE = {"high": ("high", "高"), "medium": ("medium", "中"), "low": ("low", "低")}
_PROVENANCE = {
    "seed": ("report given to the project", "项目所给报道"),
    "found": ("text or source retrieved", "检索所得"),
    "knowledge": (
        "from knowledge, NOT VERIFIED: answers only when asked and decides no route",
        "据知识，未经核实：仅应要求作答，不决定路径",
    ),
}
_LABELS = {
    "instrument": ("Instrument", "文件"),
    "article": ("Article", "条款"),
    "force": ("In force", "施行"),
    "quote": ("Wording", "原文"),
    "addressee": ("Addressee", "适用主体"),
    "test": ("Test", "标准"),
    "inclusion": ("The number itself", "本数"),
    "wording": ("Comparison word", "用语"),
    "window": ("Period", "计算期间"),
    "condition": ("Only if", "前提"),
    "check": ("For a person to check", "须由人核实"),
    "duty": ("Consequence", "后果"),
    "file_with": ("File with", "报送机关"),
    "deadline": ("Deadline", "期限"),
    "papers": ("Papers", "材料"),
    "sanction": ("Sanction", "罚则"),
    "route": ("Export route", "出境路径"),
    "note": ("Note", "说明"),
    "counting": ("How it is counted", "计数规则"),
    "related": ("Related", "相关条目"),
    "text": ("Text", "内容"),
    "reason": ("Why not tested", "不作判断的原因"),
    "source": ("Source", "来源"),
    "confidence": ("Confidence", "可信度"),
}


def show_entry(loaded: LoadedPack, entry: Rule | Statement, tongue: Tongue) -> str:
    """Return everything the packs say of a rule or a statement."""
    lines = [f"{entry.id}  {_said(entry.title, tongue)}", ""]
    for key, texts in entry_lines(loaded.pack, entry, tongue):
        label, colon = label_of(key, tongue), "：" if tongue == "zh" else ":"
        if len(texts) == 1:
            lines.append(f"{label}{colon}{'' if tongue == 'zh' else ' '}{texts[0]}")
        else:
            lines += [f"{label}{colon}", *(f"  - {text}" for text in texts)]
    return "\n".join(lines)


def label_of(key: str, tongue: Tongue) -> str:
    """Return what a line is called."""
    return _LABELS[key][tongue == "zh"]


def entry_lines(pack: Pack, entry: Rule | Statement, tongue: Tongue) -> Iterator[Line]:
    """Yield the lines of a rule or a statement by key; those without text are left out."""
    lines = [
        ("instrument", [_said(pack.instrument, tongue)]),
        ("article", [_article(pack, entry, tongue)]),
        ("force", [_force(pack, entry, tongue)]),
        *(_rule_lines(pack, entry, tongue) if isinstance(entry, Rule) else _statement_lines(entry, tongue)),
        *_source_lines(pack, entry, tongue),
    ]
    for key, texts in lines:
        if kept := [text for text in texts if text]:
            yield key, kept


def _said(words: _InBoth, tongue: Tongue) -> str:
    return words.zh if tongue == "zh" else words.en


def _one_of(words: tuple[str, str], tongue: Tongue) -> str:
    return words[tongue == "zh"]


def _article(pack: Pack, entry: Rule | Statement, tongue: Tongue) -> str:
    cited = cite(entry.article, chinese=tongue == "zh")
    remark = (" (number from knowledge)", "（条文序号据知识，未经核实）")
    return cited if pack.articles_verified else cited + _one_of(remark, tongue)


def _force(pack: Pack, entry: Rule | Statement, tongue: Tongue) -> str:
    if pack.status == "draft":
        words = ("never: draft of {0}", "从未：{0}征求意见稿")
        return _one_of(words, tongue).format(pack.version)
    start, end = entry.effective_from or pack.effective_from, entry.effective_to or pack.effective_to
    words = ("from {0} to {1}", "{0}至{1}") if end else ("since {0}", "自{0}起")
    return _one_of(words, tongue).format(start, end)


def _rule_lines(pack: Pack, rule: Rule, tongue: Tongue) -> Iterator[Line]:
    addressee, sanction = rule.addressee or pack.addressee, rule.sanction or pack.sanction
    yield "quote", [rule.quote]
    yield "addressee", [_said(addressee, tongue)] if addressee else []
    yield "test", [_whole_test(rule, tongue)]
    yield "inclusion", [_said(rule.inclusive_note, tongue)] if rule.inclusive_note else []
    yield "wording", [rule.wording]
    yield "window", [_one_of(_WINDOWS[rule.window], tongue)]
    yield "condition", [_said(one, tongue) for one in rule.conditions]
    yield "check", [_said(words, tongue) for words in rule.presupposes]
    yield "duty", [_said(rule.duty, tongue)]
    yield "file_with", [in_one_language(rule.file_with, chinese=tongue == "zh")]
    yield "deadline", [_said(one, tongue) for one in rule.deadlines]
    yield "papers", [_said(words, tongue) for words in rule.papers]
    yield "sanction", [_said(sanction, tongue)] if sanction else []
    yield "route", [_one_of(_ROUTES[rule.route], tongue)]
    at = (rule.at_threshold,) if rule.at_threshold else ()
    yield "note", [*(_said(note, tongue) for note in rule.notes), *(_said(words, tongue) for words in at)]
    # What later texts say of counting says nothing of a draft.
    counting = () if pack.status == "draft" else (*METRICS[rule.metric].counting, *rule.counting)
    yield "counting", [f"{_counting()[name][tongue]} [{name}]" for name in counting]
    yield "related", list(_related(rule, tongue))


def _whole_test(rule: Rule, tongue: Tongue) -> str:
    either = _one_of(("; or ", "；或者"), tongue).join(_test(test, tongue) for test in (rule, *rule.instead))
    whole = _one_of(("; and ", "；并且"), tongue).join([either, *(_test(test, tongue) for test in rule.also)])
    if rule.inclusive_from:
        number = _number(rule.threshold, tongue) + _unit(rule, tongue)
        later = ("; from {0} on at least {1}, the number itself included", "；自{0}起{1}以上，含本数")
        whole += _one_of(later, tongue).format(rule.inclusive_from, number)
    return whole


def _test(test: Comparison, tongue: Tongue) -> str:
    metric, unit = METRICS[test.metric], _unit(test, tongue)
    said = _one_of(_OPERATORS[test.operator], tongue).format(_number(test.threshold, tongue) + unit)
    if test.upper is not None:
        said += _one_of((", and fewer than {0}", "，且不满{0}"), tongue).format(
            _number(test.upper, tongue) + unit
        )
    return f"{metric.zh}：{said}" if tongue == "zh" else f"{metric.en}: {said}"


def _unit(test: Comparison, tongue: Tongue) -> str:
    """Return the unit after a number; English names persons in what is counted already."""
    metric = METRICS[test.metric]
    if test.threshold is None or (tongue == "en" and metric.unit == "persons"):
        return ""
    _, many, zh = UNITS[metric.unit]
    return zh if tongue == "zh" else f" {many}"


def _number(number: int | None, tongue: Tongue) -> str:
    """Return a number as the language writes it.

    >>> _number(1_000_000, "en"), _number(1_000_000, "zh"), _number(100_000_000, "zh"), _number(50, "zh")
    ('1,000,000', '100万', '1亿', '50')
    """
    if number is None:
        return ""
    if tongue == "zh":
        for unit, size in (("亿", 10**8), ("万", 10**4)):
            if number and number % size == 0:
                return f"{number // size}{unit}"
    return f"{number:,}"


def _related(rule: Rule, tongue: Tongue) -> Iterator[str]:
    known = {one.id: one for loaded in load_packs() for one in loaded.pack.rules}
    took_over, takes_over = ("took the place of", "取代"), ("replaced by", "后为")
    links = [
        *((took_over, one) for one in known.values() if one.replaced_by == rule.id),
        *((("restates", "重申"), one) for one in known.values() if one.restated_by == rule.id),
        *((takes_over, known[name]) for name in (rule.replaced_by,) if name),
        *((("restated by", "重申于"), known[name]) for name in (rule.restated_by,) if name),
        *((("drafted as", "草案为"), one) for one in known.values() if one.became == rule.id),
        *((("became", "定稿为"), known[name]) for name in (rule.became,) if name),
    ]
    brackets = _one_of(("{0} {1} ({2})", "{0}{1}（{2}）"), tongue)
    return (brackets.format(_one_of(words, tongue), one.id, _said(one.title, tongue)) for words, one in links)


@cache
def _counting() -> Mapping[str, Mapping[str, str]]:
    content: Mapping[str, Mapping[str, str]] = read_yaml(
        files("scanner.rules.law").joinpath("counting_rules.yaml").read_bytes()
    )
    return content


def _statement_lines(statement: Statement, tongue: Tongue) -> Iterator[Line]:
    yield "text", [_said(statement.text, tongue)]
    yield "reason", [_said(statement.reason, tongue)]


def _source_lines(pack: Pack, entry: Rule | Statement, tongue: Tongue) -> Iterator[Line]:
    named = entry.source or pack.default_source
    yield "source", [f"{one.ref} [{one.key}]" for one in pack.sources if one.key in named]
    marks = (_CONFIDENCE[entry.confidence], _PROVENANCE[entry.provenance])
    yield "confidence", [_one_of(("; ", "；"), tongue).join(_one_of(mark, tongue) for mark in marks)]
