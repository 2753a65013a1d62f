"""How many people's data go abroad, and whether important data do.

Three readings of the law are fixed here:

* Flows are united by bounds: at least the largest flow (everybody in it may also be in the others), at most
  the sum; the estimate is the sum, since nothing tells that flows share people.
* The sensitive line and the non-sensitive line are kept apart (COUNT-SEPARATE). Whether a person on one may
  also be on the other is not settled, so all persons exported are bounded likewise, unless they were counted.
* A flow counted from a later day than the rule counts from gives only a lower bound; one counted from an
  earlier day gives only an upper bound.

Flows that are exempt stay outside (COUNT-EXEMPT); flows under a contract, a certificate or an assessment stay
inside (COUNT-CARRY).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from scanner.result import Interval
from scanner.rules.facts.model import Flow
from scanner.rules.facts.readings import Reading, Text, counted, either, known, truth, unite
from scanner.rules.facts.view import View

CONTRACTS = ("standard_contract", "certification")

_ONLY_CANDIDATES = Text(
    "The important data are candidates, neither notified nor published; such data need not be "
    "declared as important data (NDSMR art. 37, Order 16 art. 2).",
    "该数据仅为拟识别的重要数据，未被告知或者公开发布，不需要作为重要数据申报"
    "（《网络数据安全管理条例》第三十七条、《促进和规范数据跨境流动规定》第二条）。",
)


def flow_count(view: View, flow: Flow, key: str) -> Reading:
    """Read the persons of one flow on one line, as far as they are counted in the window of the rule."""
    where = f"flows[{flow.name}]"
    reading = _on_line(getattr(flow, key), where, key)
    start, begun = view.window_start(), flow.window_start
    # A start after the date itself says nothing about the window of the rule.
    if start is None or begun is None or begun == start or begun > view.as_of or reading.needs:
        return reading
    remark = Text(
        f"Flow {flow.name!r} is counted from {begun}, the rule counts from {start}.",
        f"数据流“{flow.name}”自{begun}起计数，本条自{start}起计数。",
    )
    lower, upper = (reading.lower, None) if begun > start else (0, reading.upper)
    return Reading(lower=lower, upper=upper, needs=(f"{where}.window_start",), remarks=(remark,))


def _on_line(number: Interval | None, where: str, key: str) -> Reading:
    return counted(number, f"{where}.{key}", without_children=key == "nonsensitive_subjects")


def outbound_line(key: str) -> Callable[[View], Reading]:
    """Return a reader of one line, ``nonsensitive_subjects`` or ``sensitive_subjects``, over all flows."""

    def read(view: View) -> Reading:
        if view.supposed is None:
            return _counted_line(view, key)
        return _supposed_line(view, key, *view.supposed)

    return read


def _counted_line(view: View, key: str) -> Reading:
    place = (key, view.window)
    if place not in view.united:
        view.united[place] = _line(view, key)
    return view.united[place]


def _supposed_line(view: View, key: str, fewest: int, most: int | None) -> Reading:
    """Read one line where so many persons are supposed on the sensitive one; the others are on this one."""
    found = _counted_line(view, key)
    if key == "sensitive_subjects":
        return replace(found, lower=fewest, upper=most)
    others = 0 if most is None else _everybody(view).lower - most
    return replace(found, lower=max(found.lower, others))


def _line(view: View, key: str) -> Reading:
    own = _own_line(view, key)
    if not view.facts.outbound.volume_split:
        return own
    # Split volumes are treated as one flow (Order 13 art. 4, Order 20 art. 5).
    parts = [
        _on_line(getattr(entity, key), f"entities[{entity.name}]", key) for entity in view.facts.entities
    ]
    return unite((own, *parts))


def _own_line(view: View, key: str) -> Reading:
    declared = getattr(view.facts.outbound, key)
    if declared is not None or view.facts.flows is None:
        return _on_line(declared, "outbound", key)
    return unite(flow_count(view, flow, key) for flow in view.counted_flows())


nonsensitive = outbound_line("nonsensitive_subjects")
sensitive = outbound_line("sensitive_subjects")


def outbound_total(view: View) -> Reading:
    """Read the persons exported, exempt flows left out: as counted, else as the two lines allow."""
    return _total(unite((nonsensitive(view), sensitive(view))), _everybody(view))


def _everybody(view: View) -> Reading:
    """Read the persons on either line, where they were counted as such."""
    if view.facts.outbound.volume_split:
        return Reading()
    return _counted_line(view, "pi_subjects")


def _total(lines: Reading, everybody: Reading) -> Reading:
    lower = max(lines.lower, everybody.lower)
    if everybody.upper is None:
        return replace(lines, lower=lower, unknown_age=0, of_age=None)
    return replace(everybody, lower=lower, remarks=lines.remarks)


def both_lines_remark(together: Reading) -> Text:
    """Return what to tell where the result turns on a question that Order 16 leaves open."""
    return Text(
        "Order 16 does not say whether a person on the sensitive line also counts on this one "
        f"(COUNT-SEPARATE); counted on both, this line may have up to {together.upper:,} persons, "
        "which changes the result.",
        "敏感个人信息出境的自然人是否同时计入本项，第16号令未作规定（COUNT-SEPARATE）；"
        f"如一并计入，本项至多{together.upper:,}人，结论将不同。",
    )


def exported_total(view: View) -> Reading:
    """Read the persons exported, exempt flows included."""
    return unite((outbound_total(view), *(_flow_total(view, flow) for flow in _exempt(view))))


def exported_sensitive(view: View) -> Reading:
    """Read the persons whose sensitive items are exported, exempt flows included."""
    exempt = (flow_count(view, flow, "sensitive_subjects") for flow in _exempt(view))
    return unite((sensitive(view), *exempt))


def _exempt(view: View) -> list[Flow]:
    return [flow for flow in view.facts.flows or () if flow.name in view.exempt]


def _flow_total(view: View, flow: Flow) -> Reading:
    lines = (flow_count(view, flow, key) for key in ("nonsensitive_subjects", "sensitive_subjects"))
    return _total(unite(lines), flow_count(view, flow, "pi_subjects"))


def _flow_important(view: View, flow: Flow) -> bool | None:
    if flow.important_data is not None:
        return flow.important_data
    held = view.facts.held.important_data
    if held is None:
        return False if view.undeclared_is_none else None
    return None if held == "notified" else False


def _important(view: View) -> bool | None:
    held = view.facts.held.important_data
    if view.facts.flows is None:
        if held is None:
            return False if view.undeclared_is_none else None
        return None if held == "notified" else False
    return either(*(_flow_important(view, flow) for flow in view.flows()))


def important_exported(view: View) -> Reading:
    """Read whether important data leave."""
    return known(_important(view), _important_path(view))


def notified_exported(view: View) -> Reading:
    """Read whether data notified or published as important leave."""
    exported = _important(view)
    if exported and view.facts.held.important_data == "candidate":
        return known(False, _important_path(view), _ONLY_CANDIDATES)
    return known(exported, _important_path(view))


def important_on_record(view: View) -> bool | None:
    """Read whether notified important data leave; silence is no notification (NDSMR art. 37)."""
    assumed = View(facts=view.facts, as_of=view.as_of, flow=view.flow, undeclared_is_none=True)
    return truth(notified_exported(assumed))


def _important_path(view: View) -> str:
    for flow in view.flows():
        if _flow_important(view, flow) is None:
            return f"flows[{flow.name}].important_data"
    return "held.important_data"


def pi_or_important(view: View) -> Reading:
    """Read whether PI or important data leave, exempt or not."""
    pi = exported_total(view)
    found = either(truth(pi), truth(important_exported(view)))
    return known(found, (*pi.needs, _important_path(view))[0])


def mechanism_in_use(*names: str) -> Callable[[View], bool | None]:
    """Return a reader of whether the flow, or any flow inside the numerators, uses one of the mechanisms."""

    def read(view: View) -> bool | None:
        if view.facts.flows is None:
            return None
        flows = (view.flow,) if view.flow else view.counted_flows()
        if any(flow.mechanism in names for flow in flows):
            return True
        return False if all("mechanism" in flow.model_fields_set for flow in flows) else None

    return read


def volume_split(view: View) -> Reading:
    """Read whether volumes are split; only a person can say so, the numbers only raise the question."""
    outbound = view.facts.outbound
    if outbound.volume_split is not None:
        return known(outbound.volume_split, "outbound.volume_split")
    if view.splitting:
        return known(None, "outbound.volume_split", *view.splitting)
    return known(False if view.facts.entities else None, "entities")
