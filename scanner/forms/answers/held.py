"""Answers on what the organization holds: persons, types, data assets, important data."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from scanner.forms._texts import said, text
from scanner.forms.answers.figures import counted, number, tested
from scanner.forms.basis import Basis
from scanner.forms.content import Answer, Words, lines
from scanner.result import Finding, GradeResult, TagResult
from scanner.result.selecting import raised, tables, total, type_totals

# Categories that the law names for themselves, in the order of the counts.
SENSITIVE = (
    "biometric",
    "religion",
    "specific_identity",
    "health",
    "financial",
    "location",
    "other",
)


def _persons(category: str) -> Callable[[Basis], Answer]:
    def fill(basis: Basis) -> Answer:
        count = total(basis.result.organization.subjects, category)
        return ((counted(count, basis),),) if count else ()

    return fill


def _categories(basis: Basis) -> Answer:
    """Return the persons of each category of sensitive information that anybody was found in."""
    counts = {c: total(basis.result.organization.subjects, c) for c in SENSITIVE}
    found = tuple(
        (
            Words(text("named", basis.tongue, name=said("category", category, basis.tongue))),
            counted(count, basis),
        )
        for category, count in counts.items()
        if count and count.upper
    )
    return found or lines(text("held.unsearched", basis.tongue))


def finding_of(basis: Basis, *rules: str, scope: str = "") -> Finding | None:
    """Return the finding with a number of the first rule that has one."""
    found = {(f.rule_id, f.scope): f for f in basis.result.findings if f.count is not None}
    for rule in rules:
        for (rule_id, scoped), finding in found.items():
            if rule_id == rule and scope in ("", scoped):
                return finding
    return None


def _faces(basis: Basis) -> Answer:
    finding = finding_of(basis, "FACE-100K", "FACE-LEGACY")
    if finding:
        return ((tested(finding, basis),),)
    return _persons("biometric")(basis)


def _reached(*rules: str) -> Callable[[Basis], Answer]:
    def fill(basis: Basis) -> Answer:
        days = [basis.facts.events.reached.get(rule) for rule in rules]
        known = [day for day in days if day]
        return lines(text("dates.reached", basis.tongue, day=known[0].isoformat())) if known else ()

    return fill


def name_of_type(tag: TagResult, basis: Basis) -> str:
    """Return what a PI type is called."""
    return tag.name_zh if basis.tongue == "zh" else tag.name_en


def named_types(tags: Iterable[TagResult], basis: Basis) -> str:
    """Return the names of types, each once."""
    names = dict.fromkeys(name_of_type(tag, basis) for tag in tags)
    return text("list", basis.tongue).join(names)


def _types(*, sensitive: bool) -> Callable[[Basis], Answer]:
    def fill(basis: Basis) -> Answer:
        found = [each for each in type_totals(basis.result) if each.sensitive or not sensitive]
        names = [each.name_zh if basis.tongue == "zh" else each.name_en for each in found]
        return lines(text("list", basis.tongue).join(names) or text("held.unsearched", basis.tongue))

    return fill


def _assets(basis: Basis) -> Answer:
    found = list(tables(basis.result))
    columns = sum(len(table.pi_columns) for _, table in found)
    comma = Words(text("comma", basis.tongue))
    return (
        (
            number(len(basis.result.datasets), "datasets", basis),
            comma,
            number(len(found), "tables", basis),
            comma,
            Words(text("held.columns", basis.tongue)),
            number(columns, "columns", basis),
        ),
    )


def _locations(basis: Basis) -> Answer:
    where = dict.fromkeys(
        f"{dataset.name}{text('colon', basis.tongue)}{dataset.location or dataset.source}"
        for dataset in basis.result.datasets
    )
    return lines(*where)


def graded(grade: GradeResult, basis: Basis) -> str:
    """Return a grade in words; with its status above general data."""
    level = said("grade", grade.level, basis.tongue)
    if grade.level == "general":
        return level
    return level + text("colon", basis.tongue) + said("status", grade.status, basis.tongue)


def _grade(basis: Basis) -> Answer:
    grade = basis.result.organization.grade
    reasons = (reason.zh if basis.tongue == "zh" else reason.en for reason in grade.reasons)
    declared = basis.facts.held.important_data
    return lines(
        graded(grade, basis),
        *(said("important", each, basis.tongue) for each in [declared] if each),
        *reasons,
    )


def _important_items(basis: Basis) -> Answer:
    found = raised(basis.result)
    if not found:
        return lines(text("held.unsearched", basis.tongue))
    where = {f"{dataset.name}/{table.name}" for dataset, table, _ in found}
    return (
        (
            number(len(found), "columns", basis),
            Words(text("comma", basis.tongue)),
            number(len(where), "tables", basis),
        ),
    )


ANSWERS: Mapping[str, Callable[[Basis], Answer]] = {
    "all": _persons("all"),
    "sensitive": _persons("sensitive"),
    "minors14": _persons("minor_under_14"),
    "minors18": _persons("minor_under_18"),
    "biometric": _persons("biometric"),
    "location": _persons("location"),
    "faces": _faces,
    "categories": _categories,
    "types": _types(sensitive=False),
    "sensitive_types": _types(sensitive=True),
    "assets": _assets,
    "locations": _locations,
    "grade": _grade,
    "important_items": _important_items,
    "officer_line_reached": _reached("PIPO-30D", "PIPL-52-OFFICER", "AUD-OFFICER-1M"),
    "face_line_reached": _reached("FACE-100K"),
}
