"""What would settle an open verdict, in words: what to state, to confirm, to find out or to count better."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from scanner.rules.facts.readings import Text
from scanner.rules.verdicts.outcome import Open

# English, then Chinese.
_WORDS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "state": ("state {said} ({keys})", "补充{said}（{keys}）"),
        "confirm": ("confirm or deny: {said} ({keys})", "确认是否{said}（{keys}）"),
        "narrow": ("a narrower count: {said}", "缩小区间：{said}"),
        "ages": (
            "the ages of {n} {persons}: by birth dates or ID numbers, or adults: true for tables of adults",
            "确认{n}人的年龄：凭出生日期或身份证号，或者对均为成年人的表设置 adults: true",
        ),
    }
)
_PIECES: Mapping[str, tuple[str, ...]] = MappingProxyType({"both": ("ages", "narrow")})


def settling(opens: Sequence[Open]) -> Text:
    """Return what would settle a verdict; empty where nothing is open."""
    return Text("; ".join(_pieces(opens, chinese=False)), "；".join(_pieces(opens, chinese=True)))


def _pieces(opens: Sequence[Open], *, chinese: bool) -> Iterator[str]:
    """Yield what is to be done, each once."""
    said = (_said(one, how, chinese=chinese) for one in opens for how in _PIECES.get(one.how, (one.how,)))
    yield from dict.fromkeys(said)


def _said(one: Open, how: str, *, chinese: bool) -> str:
    return _WORDS[how][chinese].format(
        said=one.said.zh if chinese else one.said.en,
        keys=("、" if chinese else ", ").join(one.keys),
        n=f"{one.unknown_age:,}",
        persons="person" if one.unknown_age == 1 else "persons",
    )
