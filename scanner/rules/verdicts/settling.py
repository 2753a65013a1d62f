"""What would settle an open verdict, in words: what to state, to confirm, to find out or to count better."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from scanner.rules.facts.readings import Text
from scanner.rules.verdicts.outcome import Open

_AGES = (
    "the ages of {n} {persons}: a column of birth dates or ID numbers, or adults: true for tables of adults",
    "确认{n}人的年龄：纳入含出生日期或身份证号的列，或者对均为成年人的表设置 adults: true",
)
_NARROW = ("a narrower count: {said}", "缩小区间：{said}")

# English, then Chinese.
_HOW: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "state": ("state {said} ({keys})", "补充{said}（{keys}）"),
        "confirm": ("confirm or deny: {said} ({keys})", "确认是否{said}（{keys}）"),
        "narrow": _NARROW,
        "ages": _AGES,
        "both": (f"{_AGES[0]}; and {_NARROW[0]}", f"{_AGES[1]}；并{_NARROW[1]}"),
    }
)


def settling(opens: Sequence[Open]) -> Text:
    """Return what would settle a verdict; empty where nothing is open."""
    return Text(
        "; ".join(dict.fromkeys(_said(one, chinese=False) for one in opens)),
        "；".join(dict.fromkeys(_said(one, chinese=True) for one in opens)),
    )


def _said(one: Open, *, chinese: bool) -> str:
    return _HOW[one.how][chinese].format(
        said=one.said.zh if chinese else one.said.en,
        keys=("、" if chinese else ", ").join(one.keys),
        n=f"{one.unknown_age:,}",
        persons="person" if one.unknown_age == 1 else "persons",
    )
