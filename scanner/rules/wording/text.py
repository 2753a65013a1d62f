"""An assessment as text for a terminal, in English, Chinese or both."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from scanner.result import Finding
from scanner.rules.assessment import Assessment
from scanner.rules.law.citation import cite
from scanner.rules.wording.bilingual import in_one_language

Language = Literal["en", "zh", "both"]
_TO_CHECK = ": to be checked by a person"

_WORDS = {
    "title": ("Assessment as of {0}", "截至{0}的评估"),
    "route": ("Export route", "数据出境路径"),
    "grade": ("Grade", "数据分级"),
    "met": ("Met", "已触发"),
    "undetermined": ("Undetermined", "尚不能确定"),
    "near": ("Not met, but near", "未触发但接近"),
    "not_met": ("Not met", "未触发"),
    "not_applicable": ("Not applicable", "不适用"),
    "duty": ("Duty", "义务"),
    "file_with": ("File with", "报送机关"),
    "deadline": ("Deadline", "期限"),
    "sanction": ("Sanction", "罚则"),
    "outlook": ("Outlook", "预计"),
    "warning": ("Warning", "提示"),
    "check": ("To check", "待核实"),
    "settle": ("To settle", "如何定论"),
    "because": ("because of", "依据"),
    "packs": ("Rule packs", "规则包"),
    "none": ("none", "无"),
    "all": ("all flows that are not exempt", "全部非豁免数据流"),
    "security_assessment": ("security assessment", "数据出境安全评估"),
    "standard_contract_or_certification": (
        "standard contract or certification",
        "个人信息出境标准合同或者个人信息保护认证",
    ),
    "exempt": ("exempt", "免予适用"),
    "general": ("general data", "一般数据"),
    "important": ("important data", "重要数据"),
    "core": ("core data", "核心数据"),
    "indicated": ("indicated", "初步判断"),
    "confirmed": ("confirmed", "已确认"),
}


def render_text(assessment: Assessment, lang: Language = "en") -> str:
    """Return the assessment for reading in a terminal: what is met first."""
    lines = [_word("title", lang).format(assessment.as_of), ""]
    lines += _route_lines(assessment, lang)
    lines += _grade_lines(assessment, lang)
    for group in ("met", "undetermined", "near", "not_met", "not_applicable"):
        members = [finding for finding in assessment.findings if _group(finding) == group]
        lines += [f"{_word(group, lang)} ({len(members)})"]
        for finding in members:
            lines += _finding_lines(finding, group, lang)
        lines.append("")
    lines += [f"{_word('warning', lang)}: {_both(one.en, one.zh, lang)}" for one in assessment.warnings]
    packs = ", ".join(f"{pack.id} {pack.digest[:12]}" for pack in assessment.packs)
    lines.append(f"{_word('packs', lang)}: {packs or _word('none', lang)}")
    return "\n".join(lines) + "\n"


def _word(key: str, lang: Language) -> str:
    return _both(*_WORDS[key], lang)


def _both(en: str, zh: str, lang: Language) -> str:
    if lang == "both":
        return f"{en} / {zh}" if en != zh else en
    return zh if lang == "zh" else en


def _half(text: str, lang: Language) -> str:
    """Return a text that holds both languages in the language asked for."""
    return text if lang == "both" else in_one_language(text, chinese=lang == "zh")


def _labelled(key: str, text: str, lang: Language) -> str:
    return f"{_word(key, lang)}{'：' if lang == 'zh' else ': '}{text}"


def _route_lines(assessment: Assessment, lang: Language) -> list[str]:
    lines = [_word("route", lang)]
    for name, route in assessment.route.items():
        shown = _word("all", lang) if name == "all" else name
        because = f" ({_word('because', lang)} {', '.join(route.because)})" if route.because else ""
        lines.append(f"  {shown}: {_word(route.mechanism, lang)}{because}")
    return [*lines, ""]


def _grade_lines(assessment: Assessment, lang: Language) -> list[str]:
    grade = assessment.grade
    head = f"{_word('grade', lang)}: {_word(grade.level, lang)} ({_word(grade.status, lang)})"
    return [head, *(f"  {_half(sentence, lang)}" for sentence in grade.basis), ""]


def _group(finding: Finding) -> str:
    if finding.verdict == "not_met" and _is_near(finding):
        return "near"
    return finding.verdict


def _is_near(finding: Finding) -> bool:
    distance = finding.distance
    return distance is not None and distance.band == "near" and finding.operator in ("ge", "gt")


def _finding_lines(finding: Finding, group: str, lang: Language) -> Iterator[str]:
    scope = f" [{finding.scope}]" if finding.scope.startswith("flow:") else ""
    yield f"  {finding.rule_id}{scope}  {_both(finding.title, finding.title_zh, lang)}"
    if group in ("not_met", "not_applicable"):
        return
    en = f"{finding.instrument}, {cite(finding.article, chinese=False)}"
    zh = f"{finding.instrument_zh}{cite(finding.article, chinese=True)}"
    yield f"    {_both(en, zh, lang)}"
    yield from (f"    {why}" for why in _explanations(finding, lang))
    if finding.outlook:
        when = finding.outlook.expected or finding.outlook.latest
        said = _both(finding.outlook.en, finding.outlook.zh, lang)
        yield f"    {_labelled('outlook', f'{when} {said}'.strip(), lang)}"
    if group == "undetermined" and finding.settle:
        yield f"    {_labelled('settle', _both(finding.settle, finding.settle_zh, lang), lang)}"
    if group in ("met", "undetermined"):
        yield from _duty_lines(finding, lang)


def _explanations(finding: Finding, lang: Language) -> tuple[str, ...]:
    if lang == "both":
        return (finding.why, finding.why_zh)
    return (finding.why_zh,) if lang == "zh" else (finding.why,)


def _duty_lines(finding: Finding, lang: Language) -> Iterator[str]:
    lines = {
        "duty": _both(finding.duty, finding.duty_zh, lang),
        "file_with": _half(finding.file_with, lang),
        "deadline": _half(finding.deadline, lang) + (f" = {finding.due}" if finding.due else ""),
        "sanction": _both(finding.sanction, finding.sanction_zh, lang),
    }
    yield from (f"    {_labelled(key, text, lang)}" for key, text in lines.items() if text)
    for condition in finding.conditions:
        if condition.endswith(_TO_CHECK):
            yield f"    {_labelled('check', _half(condition.removesuffix(_TO_CHECK), lang), lang)}"
