"""The organization, and how its people were linked."""

from __future__ import annotations

from dataclasses import dataclass

from scanner.result.counts import SubjectCount
from scanner.result.grades import GENERAL, GradeResult


@dataclass(frozen=True, slots=True, kw_only=True)
class KindCount:
    """A number by kind of identifier."""

    kind: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedJoins:
    """Persons more than one who share values of a kind that did not join them.

    Attributes:
        why: They have other ``documents``, other ``names``, other ``ages`` (a minor and one of age) or other
            ``accounts``.
    """

    kind: str
    why: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPoint:
    """What a reviewer could confirm to narrow the interval of the organization.

    Attributes:
        what: ``many_names``, ``anonymous_rows``, ``shared_contacts``, ``contact_links``, ``account_links``,
            ``several_values``, ``unnamed`` or ``unknown_ages``.
        subject: Table or kind of identifier.
        persons: By how many persons it narrows the interval at most: that of everybody; for ``unknown_ages``
            that of minors, and as far as nothing else makes them sensitive, that of ``sensitive``; for
            ``many_names`` by how many persons everybody may be more.
        en, zh: The question.
    """

    what: str
    subject: str
    persons: int
    en: str
    zh: str

    @property
    def of_ages(self) -> bool:
        """Return whether it narrows minors and sensitive people rather than everybody."""
        return self.what == "unknown_ages"


@dataclass(frozen=True, slots=True, kw_only=True)
class OverlapResult:
    """Persons that two datasets, or two flows in the window in force, have in common, by the links found."""

    scope: str
    left: str
    right: str
    persons: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkageResult:
    """How people were linked.

    Attributes:
        joined: Persons of whom rows that differ otherwise share a value of the kind.
        refused: Joins that evidence speaks against.
        hubs: Values that meet too many people to identify anybody.
        open_points: What would narrow the interval, the most effective first; unknown ages last.
        overlaps: Between datasets and between flows; pairs with nobody in common are left out.
    """

    joined: tuple[KindCount, ...]
    refused: tuple[RefusedJoins, ...]
    hubs: tuple[KindCount, ...]
    open_points: tuple[OpenPoint, ...]
    overlaps: tuple[OverlapResult, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganizationResult:
    """The personal-information processor: all datasets united, which may raise the grade of each.

    Attributes:
        outbound: Persons of all flows that are not exempt, united, where there are several.
        linkage: How people were linked; None where nothing was linked.
    """

    name: str
    subjects: tuple[SubjectCount, ...]
    grade: GradeResult = GENERAL
    outbound: tuple[SubjectCount, ...] = ()
    linkage: LinkageResult | None = None
