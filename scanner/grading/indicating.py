"""What the indicators say of one column, or of the numbers of persons of a whole dataset.

A column is looked at by header, comment, table, PI type, precision of coordinates and rows. Nothing said
here is more than an indication, and each says what would confirm or refute it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from scanner.grading.indicators import Grade, Indicator, IndicatorPack, Setting
from scanner.grading.matching import Item, Words
from scanner.grading.words import found_word, pattern, spell
from scanner.result import UNBOUNDED, Interval, Reason

METRES_PER_DEGREE = 111_320  # of latitude, and of longitude at the equator


@dataclass(frozen=True, slots=True, kw_only=True)
class Indication:
    """What one indicator says of one column or dataset; ``certain`` False where a number is open."""

    grade: Grade
    reason: Reason
    factor: Words
    certain: bool = True


def indications(item: Item, packs: Iterable[IndicatorPack], setting: Setting) -> list[Indication]:
    """Return what the packs in force say of one column."""
    return [
        found
        for pack in packs
        if pack.applies(setting)
        for indicator in pack.indicators
        if indicator.match is not None and (found := _indication(item, indicator, pack, setting))
    ]


def _indication(item: Item, indicator: Indicator, pack: IndicatorPack, setting: Setting) -> Indication | None:
    if indicator.ciio and setting.ciio is False:
        return None
    evidence = indicator.match.evidence(item) if indicator.match else ()
    if not evidence:
        return None
    precise = _precise(item, indicator)
    many = _many(item, indicator)
    if precise is False or many is False:
        return None
    numbers = [*_precision_said(item, indicator), *_rows_said(item, indicator)]
    core = found_word(pattern(indicator.core_words), f"{item.spelled} | {spell(item.table.comment)}")
    en = f"{indicator.factor.en} ({pack.title.en}, {indicator.article}): " + "; ".join(
        [*evidence, *(words.en for words in numbers), *([f"coverage word {core}"] if core else [])]
    )
    zh = f"{indicator.factor.zh}（{pack.title.zh}，{indicator.article}）：" + "；".join(
        [
            *(_evidence_zh(one) for one in evidence),
            *(words.zh for words in numbers),
            *([f"范围词“{core}”"] if core else []),
        ]
    )
    return Indication(
        grade="core" if core else indicator.grade,
        reason=_reason(indicator, pack, f"{en}.", f"{zh}。"),
        factor=indicator.factor,
        certain=many is not None and precise is not None,
    )


def _reason(indicator: Indicator, pack: IndicatorPack, en: str, zh: str) -> Reason:
    return Reason(
        en=en,
        zh=zh,
        rule=indicator.id,
        source=f"{pack.title.en} {indicator.article}; {pack.title.zh} {indicator.article}",
        settle_en=indicator.settle.en,
        settle_zh=indicator.settle.zh,
        confidence=indicator.confidence,
    )


_EVIDENCE_ZH = {
    "dataset": "数据集",
    "table word": "表名或注释含",
    "table": "表",
    "column": "列",
    "type": "类型",
    "word": "列名或注释含",
}


def _evidence_zh(evidence: str) -> str:
    kind = next(kind for kind in _EVIDENCE_ZH if evidence.startswith(f"{kind} "))
    return f"{_EVIDENCE_ZH[kind]}“{evidence.removeprefix(f'{kind} ')}”"


def _precise(item: Item, indicator: Indicator) -> bool | None:
    """Return whether coordinates are fine enough; None when no value shows how fine they are."""
    if indicator.finer_than_m is None:
        return True
    return None if item.decimals is None else resolution(item.decimals) < indicator.finer_than_m


def resolution(decimals: int) -> float:
    """Return what one step of the last decimal of a degree means on the ground, in metres.

    >>> round(resolution(4), 1), round(resolution(6), 2)
    (11.1, 0.11)
    """
    return METRES_PER_DEGREE / float(10**decimals)


def _many(item: Item, indicator: Indicator) -> bool | None:
    if indicator.rows is None:
        return True
    rows = item.table.rows.value
    return None if rows is None else rows >= indicator.rows


def _precision_said(item: Item, indicator: Indicator) -> list[Words]:
    if indicator.finer_than_m is None:
        return []
    if item.decimals is None:
        return [Words(en="precision not known", zh="精度未知")]
    metres = f"{resolution(item.decimals):.2g}"
    return [
        Words(
            en=f"{item.decimals} decimals, about {metres} m, finer than {indicator.finer_than_m:g} m",
            zh=f"{item.decimals}位小数，约{metres}米，优于{indicator.finer_than_m:g}米",
        )
    ]


def _rows_said(item: Item, indicator: Indicator) -> list[Words]:
    if indicator.rows is None:
        return []
    rows = item.table.rows.value
    if rows is None:
        return [Words(en="number of rows not known", zh="行数未知")]
    return [Words(en=f"{rows:,} rows", zh=f"{rows:,}行")]


def reached_lines(
    persons: Mapping[str, Interval], packs: Iterable[IndicatorPack], setting: Setting
) -> list[Indication]:
    """Return the lines in persons that a dataset (or the organization) reaches, or may reach.

    ``persons`` are by kind: ``all``, ``sensitive``, ``nonsensitive``, ``financial_or_health``.
    """
    return [
        found
        for pack in packs
        if pack.applies(setting)
        for indicator in pack.indicators
        if indicator.line and (found := _line(persons, indicator, pack, setting))
    ]


def _line(
    persons: Mapping[str, Interval], indicator: Indicator, pack: IndicatorPack, setting: Setting
) -> Indication | None:
    line = indicator.line
    if line is None or line.persons not in persons or (indicator.ciio and setting.ciio is not True):
        return None
    least, count = line.least(setting.as_of), persons[line.persons]
    if least is None or count.upper < least[1]:
        return None
    reached = count.estimate >= least[1]
    said = _line_said(indicator, pack, count.estimate if reached else count.upper, least[0], reached=reached)
    return Indication(
        grade=indicator.grade,
        reason=_reason(indicator, pack, said.en, said.zh),
        factor=indicator.factor,
        certain=reached,
    )


def _line_said(indicator: Indicator, pack: IndicatorPack, persons: int, line: int, *, reached: bool) -> Words:
    en = f"{persons:,} persons reach" if reached else f"up to {bounded(persons)} persons may reach"
    zh = f"涉及{persons:,}人，达到" if reached else f"至多涉及{bounded(persons, 'zh')}人，可能达到"
    return Words(
        en=f"{indicator.factor.en}: {en} the line of {line:,} ({pack.title.en}, {indicator.article}).",
        zh=f"{indicator.factor.zh}：{zh}{line:,}人的门槛（{pack.title.zh}，{indicator.article}）。",
    )


def bounded(number: int, lang: str = "en") -> str:
    """Return a number of persons, in words where no upper bound holds."""
    if number >= UNBOUNDED:
        return "未知数量的" if lang == "zh" else "an unknown number of"
    return f"{number:,}"
