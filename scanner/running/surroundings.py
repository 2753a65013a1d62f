"""What the faces take from the surroundings, the time and the language of whoever asks, and what they set."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, MutableMapping
from typing import Literal


def now() -> dt.datetime:
    """Return the time in UTC."""
    return dt.datetime.now(tz=dt.UTC)


def today() -> dt.date:
    """Return the day in the time zone of this computer (``TZ``): at 7:00 in Beijing, UTC is a day behind."""
    return now().astimezone().date()


def language(environment: Mapping[str, str]) -> Literal["zh", "en"]:
    """Return the language of the locale: Chinese, or else English.

    >>> language({"LANG": "zh_CN.UTF-8"}), language({"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}), language({})
    ('zh', 'en', 'en')
    >>> language({"LANG": "zh_CN.UTF-8", "LC_ALL": ""})
    'zh'
    """
    return "zh" if (environment.get("LC_ALL") or environment.get("LANG", "")).startswith("zh") else "en"


def use_small_pages(environment: MutableMapping[str, str]) -> None:
    """Have numpy, imported later, ask for no huge pages of memory, unless the user set it otherwise.

    Where memory is scattered the system takes longer to clear a way for them than they save; see
    docs/performance.md.
    """
    environment.setdefault("NUMPY_MADVISE_HUGEPAGE", "0")
