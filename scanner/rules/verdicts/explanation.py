"""The sentence under a verdict, in English and Chinese: numbers, line, and what follows."""

from __future__ import annotations

from dataclasses import dataclass

from scanner.rules.facts.readings import Reading
from scanner.rules.law.rule_parts import Comparison
from scanner.rules.law.rulepack import Pack, Rule
from scanner.rules.metrics.metric import UNITS
from scanner.rules.verdicts.outcome import Limb, Outcome

_INCLUDED = {
    "ge": ("the number itself included", "含本数"),
    "gt": ("the number itself excluded", "不含本数"),
    "le": ("the number itself included", "含本数"),
    "lt": ("the number itself excluded", "不含本数"),
}
_WOULD = {
    "met": ("would have been met", "本应适用"),
    "not_met": ("would not have been met", "本不适用"),
    "undetermined": ("would have been open", "本不能确定"),
    "not_applicable": ("would not have applied", "本不适用"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Language:
    """Sentence patterns of one language; ``index`` picks from the tables above."""

    index: int
    exact: str
    between: str
    at_least: str
    at_most: str
    unknown: str
    unknown_share: str
    against: str
    band: str
    wording: str
    yes: str
    no: str
    not_known: str
    reached: str
    not_reached: str
    within: str
    above: str
    inside: str
    outside: str
    straddles: str
    open: str
    any_limb: str
    all_limbs: str
    but_unknown: str
    not_applicable: str
    draft: str
    ages: str
    stop: str
    gap: str
    comma: str


_EN = _Language(
    index=0,
    exact="{0} {unit}",
    between="Between {0} and {2} {unit} (estimate {1})",
    at_least="At least {0} {unit}, no upper bound known,",
    at_most="At most {2} {unit}, no lower bound known,",
    unknown="The number of {unit} is not known,",
    unknown_share="The percentage is not known,",
    against="{count} against {threshold} ({wording}{included})",
    band="{count} against {threshold} to {last} ({wording}both included)",
    wording="{0}, ",
    yes="{label}: yes",
    no="{label}: no",
    not_known="{label}: not known",
    reached="the line is reached",
    not_reached="the line is not reached",
    within="within the line",
    above="beyond the line",
    inside="inside the band",
    outside="outside the band",
    straddles="the interval straddles the line",
    open="open until {needs} is known",
    any_limb="; or ",
    all_limbs="; and ",
    but_unknown="But it is not known whether this holds: {0}.",
    not_applicable="Does not apply, since this does not hold: {0}.",
    draft="Draft, never in force: {0}.",
    ages="Nothing shows the age of {n} persons, who may be children; all data of children under 14 are "
    "sensitive.",
    stop=".",
    gap=" ",
    comma=", ",
)
_ZH = _Language(
    index=1,
    exact="{0}{unit}",
    between="{0}至{2}{unit}（估计{1}{unit}）",
    at_least="至少{0}{unit}（上限未知）",
    at_most="至多{2}{unit}（下限未知）",
    unknown="数量（{unit}）未知",
    unknown_share="百分比未知",
    against="{count}，对照{threshold}（{wording}{included}）",
    band="{count}，对照{threshold}至{last}（{wording}均含本数）",
    wording="{0}，",
    yes="{label}：是",
    no="{label}：否",
    not_known="{label}：未知",
    reached="达到该数量",
    not_reached="未达到该数量",
    within="在该数量以内",
    above="超出该数量",
    inside="在该区间内",
    outside="不在该区间内",
    straddles="计数区间跨越该界线",
    open="须补充{needs}后确定",
    any_limb="；或者",
    all_limbs="；并且",
    but_unknown="但以下前提尚不清楚：{0}。",
    not_applicable="本条不适用，以下前提不成立：{0}。",
    draft="征求意见稿，从未生效：{0}。",
    ages="有{n}人年龄不明，可能是未成年人；不满十四周岁未成年人的全部信息均属敏感。",
    stop="。",
    gap="",
    comma="、",
)


def explain(pack: Pack, rule: Rule, outcome: Outcome) -> str:
    """Return why the verdict is what it is, in English."""
    return _sentences(_EN, pack, rule, outcome)


def explain_zh(pack: Pack, rule: Rule, outcome: Outcome) -> str:
    """Return why the verdict is what it is, in Chinese."""
    return _sentences(_ZH, pack, rule, outcome)


def _sentences(language: _Language, pack: Pack, rule: Rule, outcome: Outcome) -> str:
    sentences = [_measured(language, outcome) + language.stop, _conditions(language, outcome)]
    sentences += [language.ages.format(n=f"{one.unknown_age:,}") for one in outcome.open if one.unknown_age]
    if rule.inclusive_note:
        sentences.append(_pick(language, rule.inclusive_note))
    if rule.at_threshold and _touches(rule, outcome):
        sentences.append(_pick(language, rule.at_threshold))
    sentences += [_pick(language, note) for note in outcome.notes]
    for limb in (*outcome.limbs, *outcome.further):
        sentences += [_pick(language, remark) for remark in limb.reading.remarks]
    if pack.status == "draft":
        sentences.append(language.draft.format(_WOULD[outcome.verdict][language.index]))
    return language.gap.join(dict.fromkeys(sentence for sentence in sentences if sentence))


def _pick(language: _Language, words: object) -> str:
    return str(getattr(words, ("en", "zh")[language.index]))


def _measured(language: _Language, outcome: Outcome) -> str:
    several = len(outcome.limbs) + len(outcome.further) > 1
    alternatives = language.any_limb.join(_limb(language, limb, named=several) for limb in outcome.limbs)
    return language.all_limbs.join(
        [alternatives, *(_limb(language, limb, named=True) for limb in outcome.further)]
    )


def _limb(language: _Language, limb: Limb, *, named: bool) -> str:
    label = _pick(language, limb.metric)
    if limb.test.threshold is None:
        return _present(language, limb, label[:1].upper() + label[1:])
    colon = (": ", "：")[language.index]
    text = _line(language, limb) + colon + _conclusion(language, limb)
    return label[:1].upper() + label[1:] + colon + _lower_first(text) if named else text


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]


def _present(language: _Language, limb: Limb, label: str) -> str:
    reading = limb.reading
    if limb.metric.unit != "yes/no":
        return (
            label + (": ", "：")[language.index] + _lower_first(_count(language, reading, limb.metric.unit))
        )
    if reading.lower >= 1:
        return language.yes.format(label=label)
    pattern = language.no if reading.upper == 0 else language.not_known
    return pattern.format(label=label)


def _line(language: _Language, limb: Limb) -> str:
    test, count = limb.test, _count(language, limb.reading, limb.metric.unit)
    wording = language.wording.format(test.wording) if test.wording else ""
    if test.upper is not None:
        first = (test.threshold or 0) + (test.operator == "gt")
        return language.band.format(
            count=count, threshold=f"{first:,}", last=f"{test.upper - 1:,}", wording=wording
        )
    included = _INCLUDED[test.operator][language.index]
    return language.against.format(
        count=count, threshold=f"{test.threshold:,}", wording=wording, included=included
    )


def _count(language: _Language, reading: Reading, unit: str) -> str:
    one, many, zh = UNITS[unit]
    exactly_one = reading.lower == reading.upper == 1
    word = zh if language.index else (one if exactly_one else many)
    estimate = reading.estimate if reading.estimate is not None else reading.lower
    numbers = (f"{reading.lower:,}", f"{estimate:,}", f"{reading.upper or 0:,}")
    return _pattern(language, reading, unit).format(*numbers, unit=word)


def _pattern(language: _Language, reading: Reading, unit: str) -> str:
    if reading.upper is None and not reading.lower:
        return language.unknown_share if unit == "percent" else language.unknown
    if reading.upper is None:
        return language.at_least
    if reading.lower == reading.upper:
        return language.exact
    return language.between if reading.estimate is not None else language.at_most


def _conclusion(language: _Language, limb: Limb) -> str:
    if limb.passed is None:
        needs = language.comma.join(limb.reading.needs)
        return language.open.format(needs=needs) if needs else language.straddles
    if limb.test.upper is not None:
        return language.inside if limb.passed else language.outside
    if limb.test.operator in ("ge", "gt"):
        return language.reached if limb.passed else language.not_reached
    return language.within if limb.passed else language.above


def _conditions(language: _Language, outcome: Outcome) -> str:
    failed = [_pick(language, condition) for condition, state in outcome.conditions if state is False]
    if failed:
        return language.not_applicable.format(language.comma.join(failed))
    unknown = [_pick(language, condition) for condition, state in outcome.conditions if state is None]
    if unknown and outcome.passed is not False:
        return language.but_unknown.format(language.comma.join(unknown))
    return ""


def _touches(test: Comparison, outcome: Outcome) -> bool:
    """Return whether the count reaches the threshold exactly, or may."""
    reading, line = outcome.limbs[0].reading, test.threshold
    if line is None or reading.upper is None:
        return False
    return reading.lower <= line <= reading.upper
