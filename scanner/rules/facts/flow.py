"""What one flow tells: its numbers, its exemption and mechanism, its assessment and its growth."""

from __future__ import annotations

from collections.abc import Callable

from scanner.rules.dates.months import full_months
from scanner.rules.facts.outbound import flow_count, mechanism_in_use
from scanner.rules.facts.readings import Reading, Text, exactly, known
from scanner.rules.facts.view import View

_NEGATIVE_LIST = Text(
    "The organization is registered in a free-trade zone: data outside the zone's filed negative list are "
    "exempt, data inside follow the list's own lines. The list is not loaded and decides nothing here.",
    "该组织注册于自由贸易试验区：负面清单外的数据免予适用，清单内数据适用清单所定标准。"
    "清单尚未载入，此处不据此作出判断。",
)


def flow_number(key: str) -> Callable[[View], Reading]:
    """Return a reader of a number of the one flow looked at; without a flow there is nobody."""
    return lambda view: flow_count(view, view.flow, key) if view.flow else exactly(0)


def flow_flag(key: str) -> Callable[[View], Reading]:
    """Return a reader of a yes-or-no fact of the one flow looked at."""

    def read(view: View) -> Reading:
        if view.flow is None:
            return known(False, "flows")
        return known(getattr(view.flow, key), f"flows[{view.flow.name}].{key}")

    return read


def assessment_age(view: View) -> Reading:
    """Read the full years since the result of the flow's assessment."""
    if view.flow is None:
        return exactly(0)
    if view.flow.assessment_result is None:
        return Reading(needs=(f"flows[{view.flow.name}].assessment_result",))
    return exactly(full_months(view.flow.assessment_result, view.as_of) // 12)


def growth(before: str, after: str, *, up: bool) -> Callable[[View], Reading]:
    """Return a reader of the growth of one number of a flow over another, in per cent of the first.

    Parts of a per cent are rounded up (``up``) or down: a limit of 20 % is exceeded by 20.1 %. Shrinking
    is 0.
    """

    def read(view: View) -> Reading:
        if view.flow is None:
            return exactly(0)
        old, new = getattr(view.flow, before), getattr(view.flow, after)
        missing = [key for key, value in ((before, old), (after, new)) if value is None]
        if missing:
            return Reading(needs=tuple(f"flows[{view.flow.name}].{key}" for key in missing))
        return Reading(
            lower=_percent(old.upper, new.lower, up=up) or 0,
            estimate=_percent(old.estimate, new.estimate, up=up),
            upper=_percent(old.lower, new.upper, up=up),
        )

    return read


def _percent(old: int, new: int, *, up: bool) -> int | None:
    more = max(0, new - old)
    if not old:
        return None if more else 0
    return -(-100 * more // old) if up else 100 * more // old


def recipient_outside_area(view: View) -> Reading:
    """Read whether a flow under the Greater Bay Area contract leaves the area."""
    if view.flow is None:
        return known(False, "flows")
    country = view.flow.recipient_country
    return known(
        country not in ("HK", "MO") if country else None, f"flows[{view.flow.name}].recipient_country"
    )


def exemption(name: str) -> Callable[[View], Reading]:
    """Return a reader of whether the flow claims this exemption."""

    def read(view: View) -> Reading:
        claimed = view.flow.exemption if view.flow else None
        path = f"flows[{view.flow.name}].exemption" if view.flow else "flows"
        if name == "ftz" and claimed is None and view.facts.organization.ftz:
            return known(None, path, _NEGATIVE_LIST)
        return known(claimed == name, path)

    return read


def flow_mechanism(name: str) -> Callable[[View], Reading]:
    """Return a reader of whether the one flow looked at uses the mechanism."""
    in_use = mechanism_in_use(name)

    def read(view: View) -> Reading:
        if view.flow is None:
            return known(False, "flows")
        return known(in_use(view), f"flows[{view.flow.name}].mechanism")

    return read
