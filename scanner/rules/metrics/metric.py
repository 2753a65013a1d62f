"""One thing that can be measured, and how to declare it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from scanner.rules.facts.readings import Reading, counted, known
from scanner.rules.facts.view import View

# One, many, and in Chinese.
UNITS = {
    "persons": ("person", "persons", "人"),
    "users": ("user", "users", "名用户"),
    "accounts": ("account", "accounts", "个账户"),
    "staff": ("member of staff", "members of staff", "名从业人员"),
    "records": ("record", "records", "条"),
    "years": ("year", "years", "年"),
    "months": ("month", "months", "个月"),
    "percent": ("%", "%", "%"),
}
_STOCK = ("COUNT-UNIT", "COUNT-DEDUP", "COUNT-DELETED", "COUNT-SUBJECT-LEVEL")
_FLOW = ("COUNT-UNIT", "COUNT-DEDUP", "COUNT-SUBJECT-LEVEL", "COUNT-WINDOW", "COUNT-SEPARATE")
_LINE = (*_FLOW, "COUNT-EXEMPT", "COUNT-CARRY")

_SENSITIVE = (
    "held.spi_subjects",
    "outbound.sensitive_subjects",
    "exported.sensitive_subjects",
    "flow.sensitive_subjects",
    "incident.spi_subjects",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """One thing that can be measured.

    Attributes:
        unit: ``persons``, ``users``, ``accounts``, ``staff``, ``records``, ``years``, ``months``, ``percent``
            or ``yes/no``.
        path: The key of the facts that settles it.
        counting: Counting rules that apply (``counting_rules.yaml``).
        also_counting: Another way to count that the law leaves open.
    """

    key: str
    en: str
    zh: str
    unit: str
    path: str
    counting: tuple[str, ...] = ()
    read: Callable[[View], Reading] = field(repr=False, compare=False)
    also_counting: Callable[[View], Reading] | None = field(default=None, repr=False, compare=False)


def declared(section: str, key: str, *parts: str) -> Callable[[View], Reading]:
    """Read one number; unknown, it is at least as large as any of its parts."""

    def read(view: View) -> Reading:
        facts = getattr(view.facts, section)
        value = getattr(facts, key, None)
        if value is not None:
            return counted(value, f"{section}.{key}")
        lowers = [part.lower for name in parts if (part := getattr(facts, name, None))]
        return Reading(lower=max(lowers, default=0), needs=(f"{section}.{key}",))

    return read


def _flag(section: str, key: str) -> Callable[[View], Reading]:
    return lambda view: known(getattr(getattr(view.facts, section), key, None), f"{section}.{key}")


def count(  # noqa: PLR0913, PLR0917 - the columns of a table
    key: str, en: str, zh: str, read: Callable[[View], Reading], unit: str = "persons", path: str = ""
) -> Metric:
    if unit != "persons":
        counting: tuple[str, ...] = ("COUNT-CRIMINAL",) if unit == "records" else ()
    elif key.startswith("outbound."):
        counting = _LINE
    elif key.startswith("incident."):
        counting = ("COUNT-UNIT", "COUNT-DEDUP")
    else:
        counting = _FLOW if key.startswith(("flow.", "exported.")) else _STOCK
    if key in _SENSITIVE:
        counting = (*counting, "COUNT-MINORS")
    return Metric(key=key, en=en, zh=zh, unit=unit, path=path or key, counting=counting, read=read)


def yes_no(key: str, en: str, zh: str, read: Callable[[View], Reading], path: str = "") -> Metric:
    return Metric(key=key, en=en, zh=zh, unit="yes/no", path=path or key, read=read)


def declared_flag(key: str, en: str, zh: str) -> Metric:
    return yes_no(key, en, zh, _flag(*key.split(".")))


def declared_count(key: str, en: str, zh: str, unit: str = "persons") -> Metric:
    return count(key, en, zh, declared(*key.split(".")), unit)
