"""A message: the news of one slot for one channel, in words of either language and as JSON. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from scanner.config.channels import Kind
from scanner.notify.news import News, clean
from scanner.words.texts import text_of

FORMAT = "pandian.notification/1"
TEST = "test"
GRAVEST_FIRST: tuple[Kind, ...] = (
    "failed",
    "interrupted",
    "incomplete",
    "line_reached",
    "line_near",
    "new_pi_column",
    "route_changed",
    "grade_changed",
    "changed_pi_column",
    "line_left",
    "verdict_changed",
    "count_moved",
    "vanished_pi_column",
    "missed",
    "recovered",
    "first",
)
MOST_LINES = 40  # of news in a text; programs get all of them


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What is sent.

    Attributes:
        id: The same however often it is sent, so that receivers can tell.
        slot: In the time zone of the schedule, ISO 8601.
        outcome: Of the slot: ``done``, ``incomplete``, ``failed``; ``test`` for a trial.
    """

    id: str
    organization: str
    schedule: str
    slot: str
    outcome: str
    scan: str
    news: tuple[News, ...]

    def title(self, lang: str) -> str:
        """Return one line: the gravest news, and how many there are.

        It begins with the word that keyword rules of robots can ask for.
        """
        return _text(
            "title",
            lang,
            schedule=clean(self.schedule),
            head=_text(f"head.{self._gravest()}", lang),
            others=_text("others", lang, number=len(self.news)) if len(self.news) > 1 else "",
            organization=f" · {clean(self.organization)}" if self.organization else "",
        )

    def _gravest(self) -> str:
        if self.outcome == TEST:
            return TEST
        return min((one.kind for one in self.news), key=GRAVEST_FIRST.index)

    def lines(self, lang: str) -> list[str]:
        """Return the text below the title, in Chinese, English or both."""
        texts = {"zh": self._lines("zh"), "en": self._lines("en")}
        return [*texts["zh"], "", *texts["en"]] if lang == "both" else texts[lang]

    def _lines(self, lang: str) -> list[str]:
        told = [f"• {one.zh if lang == 'zh' else one.en}" for one in self.news[:MOST_LINES]]
        more = len(self.news) - MOST_LINES
        end = _text("end", lang, slot=self.slot, scan=self.scan or "–")
        return [*told, *([_text("more", lang, number=more)] if more > 0 else []), end]

    def text(self, lang: str, most_bytes: int) -> str:
        """Return title and lines, cut between lines to so many bytes of UTF-8."""
        return fitting([self.title(lang), *self.lines(lang)], most_bytes)

    def as_json(self) -> dict[str, Any]:
        return {"format": FORMAT, **asdict(self)}


def _text(key: str, lang: str, **values: object) -> str:
    return text_of("scanner.notify", key, "en" if lang == "en" else "zh", **values)


def fitting(lines: Sequence[str], most_bytes: int) -> str:
    """Return as many lines as fit; the first is cut if it must be.

    >>> fitting(["abc", "de", "f"], 7).splitlines()
    ['abc', '…']
    """
    whole = "\n".join(lines)
    if len(whole.encode()) <= most_bytes:
        return whole
    kept = list(lines)
    while len(kept) > 1 and len("\n".join([*kept, "…"]).encode()) > most_bytes:
        kept.pop()
    first = "\n".join([*kept, "…"]).encode()[:most_bytes]
    return first.decode(errors="ignore")


def message_of(content: Mapping[str, Any]) -> Message:
    """Return the message that ``as_json`` wrote down."""
    fields = {name: value for name, value in content.items() if name != "format"}
    return Message(**{**fields, "news": tuple(News(**one) for one in content["news"])})
