"""Count the persons of any scope: a choice of tables, and of rows by their flags."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

from scanner.census.doubts import Doubt, ranked
from scanner.census.measured import NOTHING, Measured
from scanner.census.members import together
from scanner.census.modelled import TOO_MANY, Modelled, Overlap, most_persons
from scanner.census.namesakes import Namesakes
from scanner.census.questions import (
    Doubted,
    Everybody,
    InCommon,
    InTables,
    Measure,
    Question,
    Scope,
    WhoIsNamed,
    WhyJoined,
    measures,
)
from scanner.census.reasons import Reasons, united
from scanner.census.tallies import Counted, Draft
from scanner.census.walks import Walks

__all__ = ["Counted", "Groups", "People"]

Groups = Mapping[str, tuple[Collection[str], int]]
Asked = tuple[Collection[str] | None, int, int]


class People:
    """Linked persons of an organization; links found anywhere hold in every scope.

    Args:
        tables: Ids of all tables.
        walks: The persons, ready to be asked.

    """

    def __init__(self, tables: tuple[str, ...], walks: Walks) -> None:
        self.tables = tables
        self._names = frozenset(tables)
        self._walks = walks
        self._counts: dict[Scope, Counted] = {}
        self._answers: dict[Question, list[Any]] = {}

    def prepare(  # noqa: PLR0913 - one switch each
        self,
        counts: Iterable[Asked],
        *,
        whole: Iterable[Asked] = (),
        doubts: Iterable[Collection[str]] = (),
        overlaps: Iterable[Groups] = (),
        reasons: bool = False,
        model: bool = False,
    ) -> None:
        """Answer at once what will be asked: every part is then read twice, not once per question.

        Args:
            counts: Tables, ``every`` and ``some`` of what ``count`` will be asked.
            whole: The same of what it will be asked of the ``whole`` organization.
            doubts: Tables that ``doubts`` will be asked about.
            overlaps: Groups that ``overlap`` will be asked about.
            reasons: Whether ``reasons`` will be asked.
            model: Whether ``model`` will be asked.

        """
        others: list[Question] = [Doubted(Scope(tables=frozenset(tables))) for tables in doubts]
        others += [InCommon.among(groups) for groups in overlaps]
        others += [WhyJoined()] * reasons
        scopes = [self._scope(*asked) for asked in counts]
        scopes += [self._scope(*asked, whole=True) for asked in whole]
        self._ask(
            [*others, *dict.fromkeys(scope for scope in scopes if scope not in self._counts)], model=model
        )

    def model(self, tables: Collection[str]) -> Modelled:
        """Return a statistical estimate of the true number of persons in the tables; see ``modelled``."""
        if self._overlap is None:
            return Modelled(None, 0, TOO_MANY)
        wanted = set(tables)
        return self._overlap.model([i for i, name in enumerate(self.tables) if name in wanted])

    @cached_property
    def _overlap(self) -> Overlap | None:
        """Return what tables say about one another; None for more people than are modelled."""
        return Overlap(together(self._answer(InTables()))) if self._modelled else None

    @cached_property
    def _namesakes(self) -> Namesakes:
        return Namesakes(self._answer(WhoIsNamed()))

    @property
    def _names_unknown(self) -> bool:
        return "_namesakes" not in vars(self) and WhoIsNamed() not in self._answers

    @cached_property
    def _modelled(self) -> bool:
        """Return whether there are not too many people for a model."""
        persons: int = sum(self._answer(Everybody()))
        return persons <= most_persons(self._walks.limit)

    def reasons(self) -> Reasons:
        """Return why persons were joined, and why not."""
        return united(self._answer(WhyJoined()))

    def overlap(self, groups: Groups) -> dict[tuple[str, str], int]:
        """Return how many persons any two groups of rows have in common, by the links found.

        Args:
            groups: Tables, and bits that rows must have, by name.

        """
        asked = InCommon.among(groups)
        parts = self._answer(asked)
        return {pair: sum(part[number] for part in parts) for number, pair in enumerate(asked.pairs)}

    def doubts(self, tables: Collection[str]) -> list[Doubt]:
        """Return what keeps the interval of a scope wide, the widest first."""
        return ranked(self._answer(Doubted(Scope(tables=frozenset(tables)))), self.tables)

    def count(
        self, tables: Collection[str] | None = None, *, every: int = 0, some: int = 0, whole: bool = False
    ) -> Counted:
        """Return the number of persons in a scope.

        Args:
            tables: Ids of tables; None for all. Unknown ids are tables nobody was found in.
            every: Only rows with all of these bits.
            some: Only rows with at least one of these bits. A minor bit holds for all rows of a person
                whom any row shows to be a minor. With a minor bit, minors are counted by name and birth date
                too, and persons of unknown age widen ``upper``.
            whole: Whether the tables are all that the organization has, so that a further one must not
                lower ``lower``. All tables there are always are.

        """
        scope = self._scope(tables, every, some, whole=whole)
        if scope not in self._counts:
            self._ask([scope])
        return self._counts[scope]

    def _scope(self, tables: Collection[str] | None, every: int, some: int, *, whole: bool = False) -> Scope:
        """Return a scope by the tables that people are in, None for all: equal ones are then counted once."""
        known = None if tables is None else frozenset(tables) & self._names
        if known is None or len(known) == len(self.tables):
            return Scope(tables=None, every=every, some=some, whole=True)
        return Scope(tables=known, every=every, some=some, whole=whole)

    def _answer(self, question: Question) -> list[Any]:
        """Return the answers of all parts to a question."""
        if question not in self._answers:
            self._ask([question])
        return self._answers.pop(question)

    def _ask(self, questions: Sequence[Question], *, model: bool = False) -> None:
        """Have questions answered, as many at once as there is room for."""
        left = [*[Everybody()] * model, *questions]
        if any(isinstance(question, Scope) for question in questions) and self._names_unknown:
            left.insert(0, WhoIsNamed())
        while left:
            answers = self._walks.ask(left)
            found = dict(zip(left[: len(answers)], answers, strict=True))
            left = left[len(answers) :]
            shares = {scope: found.pop(scope) for scope in list(found) if isinstance(scope, Scope)}
            self._answers |= found
            drafts = {
                scope: Draft.of(share, self._namesakes, of_minors=scope.of_minors)
                for scope, share in shares.items()
            }
            self._complete(drafts, model=model and self._modelled)
            model = False

    def _complete(self, drafts: Mapping[Scope, Draft], *, model: bool) -> None:
        """Count scopes to the end: measure values for those that call for it, as many at once as fit."""
        asked = measures(s for s, draft in drafts.items() if draft.measurable(whole=s.whole))
        left: list[Question] = [*dict.fromkeys(asked.values()), *[InTables()] * model]
        measured: dict[Question, Measured] = {}
        while left:
            answers = self._walks.ask(left)
            for question, answer in zip(left[: len(answers)], answers, strict=True):
                if isinstance(question, Measure):
                    measured[question] = Measured.total(answer)
                else:
                    self._answers[question] = answer
            left = left[len(answers) :]
        for scope, draft in drafts.items():
            values = measured[asked[scope]].in_tables(self._numbers(scope)) if scope in asked else NOTHING
            self._counts[scope] = draft.counted(values, whole=scope.whole)

    def _numbers(self, scope: Scope) -> list[int]:
        """Return the numbers of the tables of a scope."""
        tables = self._names if scope.tables is None else scope.tables
        return [number for number, table in enumerate(self.tables) if table in tables]
