"""What differs between two packs, rule by rule, in words.

Rules go together that have one id, or where one came of, replaces or restates the other.
"""

from __future__ import annotations

from collections.abc import Iterator

from scanner.rules.law.rulepack import Pack, Rule
from scanner.rules.wording.showing import Tongue, entry_lines, label_of

# Differ between any two packs, or follow from the test, and say nothing.
_LEFT_OUT = ("instrument", "source", "confidence", "related", "counting")


def pack_differences(old: Pack, new: Pack, tongue: Tongue = "en") -> Iterator[str]:
    """Yield what differs: rules only in one pack, and what two rules that go together say otherwise."""
    later = {rule.id: rule for rule in new.rules}
    pairs = [(rule, later.get(_successor(rule, later))) for rule in old.rules]
    met = {after.id for _, after in pairs if after}
    for before, after in pairs:
        if after is None:
            yield f"- {before.id}  {_title(before, tongue)}"
        else:
            yield from _rule_differences((old, before), (new, after), tongue)
    yield from (f"+ {rule.id}  {_title(rule, tongue)}" for rule in new.rules if rule.id not in met)


def _successor(rule: Rule, later: dict[str, Rule]) -> str:
    return next(
        (name for name in (rule.id, rule.became, rule.replaced_by, rule.restated_by) if name in later), ""
    )


def _title(rule: Rule, tongue: Tongue) -> str:
    return rule.title.zh if tongue == "zh" else rule.title.en


def _rule_differences(old: tuple[Pack, Rule], new: tuple[Pack, Rule], tongue: Tongue) -> Iterator[str]:
    before, after = dict(entry_lines(*old, tongue)), dict(entry_lines(*new, tongue))
    names = dict.fromkeys((old[1].id, new[1].id))
    yield f"~ {' -> '.join(names)}  {_title(new[1], tongue)}"
    for key in dict.fromkeys((*before, *after)):
        was, now = before.get(key, []), after.get(key, [])
        if key not in _LEFT_OUT and was != now:
            yield f"    {label_of(key, tongue)}: {'; '.join(was) or '-'}"
            yield f"      -> {'; '.join(now) or '-'}"
