"""What the processor holds: persons by kind, important and core data."""

from __future__ import annotations

from dataclasses import replace

from scanner.rules.facts.readings import Reading, Text, counted, either, known, truth, unite
from scanner.rules.facts.view import View
from scanner.rules.metrics.metric import count, declared, declared_count, declared_flag, yes_no

_CANDIDATES_HELD = Text(
    "Candidates are to be identified and declared; the duty attaches once they are notified or published.",
    "拟识别的重要数据应当识别申报；被告知或者公开发布后，本条义务适用。",
)


def _held_important(view: View) -> Reading:
    state = view.facts.held.important_data
    if state == "candidate":
        return known(None, "held.important_data", _CANDIDATES_HELD)
    return known(None if state is None else state == "notified", "held.important_data")


def _held_notified(view: View) -> Reading:
    state = view.facts.held.important_data
    return known(None if state is None else state == "notified", "held.important_data")


# Users are no part here: one person may have several accounts.
_held_pi = declared(
    "held", "pi_subjects", "spi_subjects", "minors_under_18", "minors_under_14", "face_subjects"
)
_held_items = declared("held", "spi_subjects", "specific_spi_subjects", "minors_under_14")

_CHILDREN_TOO = Text(
    "All personal information of children under 14 is sensitive (PIPL art. 28): they are added to the "
    "declared number, which leaves them out.",
    "不满十四周岁未成年人的个人信息均属敏感个人信息（《个人信息保护法》第二十八条）："
    "所填数量未包含，已计入。",
)


def _held_spi(view: View) -> Reading:
    """Read the persons of whom sensitive PI is held; where fewer than the children, these are added."""
    found, children = _held_items(view), view.facts.held.minors_under_14
    if children is None or found.upper is None or children.lower <= found.upper:
        return found
    together = unite((found, counted(children, "held.minors_under_14")))
    return replace(together, remarks=(*found.remarks, _CHILDREN_TOO))


def _held_nonsensitive(view: View) -> Reading:
    """Read the persons of whom no sensitive item is held."""
    everybody, sensitive = _held_pi(view), _held_spi(view)
    lower, of_age = (
        _difference(everybody.lower, one.upper) or 0 for one in (sensitive, sensitive.if_of_age())
    )
    upper = _difference(everybody.upper, sensitive.lower)
    return Reading(
        lower=lower,
        estimate=_difference(everybody.estimate, sensitive.estimate),
        upper=upper,
        needs=everybody.needs + sensitive.needs,
        unknown_age=of_age - lower,
        of_age=(of_age, upper),
    )


def _difference(number: int | None, part: int | None) -> int | None:
    return None if number is None or part is None else max(0, number - part)


def _held_face(view: View) -> Reading:
    stored = declared("held", "face_subjects")(view)
    in_use = view.facts.organization.face_recognition_in_use
    return known(True if in_use else truth(stored), "held.face_subjects")


def _held_pi_or_important(view: View) -> Reading:
    return known(either(truth(_held_pi(view)), truth(_held_important(view))), "held.pi_subjects")


HELD = (
    count("held.pi_subjects", "persons whose PI is held", "处理个人信息的自然人数量", _held_pi),
    count(
        "held.spi_subjects", "persons whose sensitive PI is held", "处理敏感个人信息的自然人数量", _held_spi
    ),
    declared_count(
        "held.specific_spi_subjects",
        "persons with bank, insurance or registered accounts or medical data held",
        "处理银行账户、保险账户、注册账户、诊疗等特定敏感个人信息的自然人数量",
    ),
    count(
        "held.nonsensitive_subjects",
        "persons of whom only non-sensitive PI is held",
        "仅处理非敏感个人信息的自然人数量",
        _held_nonsensitive,
        path="held.spi_subjects",
    ),
    declared_count("held.users", "users whose PI is held", "掌握个人信息的用户数量", "users"),
    declared_count("held.minors_under_14", "minors under 14", "不满十四周岁的未成年人数量"),
    count(
        "held.minors_under_18",
        "minors under 18",
        "未成年人数量",
        declared("held", "minors_under_18", "minors_under_14"),
    ),
    declared_count("held.face_subjects", "persons with stored face information", "存储人脸信息的自然人数量"),
    yes_no(
        "held.face_information",
        "face information processed",
        "处理人脸信息",
        _held_face,
        "held.face_subjects",
    ),
    yes_no("held.important_data", "important data held", "处理重要数据", _held_important),
    yes_no(
        "held.important_data_notified",
        "data notified or published as important held",
        "处理被告知或者公开发布的重要数据",
        _held_notified,
        "held.important_data",
    ),
    yes_no(
        "held.pi_or_important_data",
        "PI or important data held",
        "持有个人信息或者重要数据",
        _held_pi_or_important,
        "held.pi_subjects",
    ),
    declared_flag("held.core_data", "core data held", "处理国家核心数据"),
)
