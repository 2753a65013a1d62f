"""Counts of every scope, read off the linked people: tables, datasets, organization, flows."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from scanner.census import Counted, Groups, Modelled, People
from scanner.config import FlowConfig, FlowTable
from scanner.counting.deletion import twin
from scanner.counting.nesting import CATEGORIES, at_least, nested
from scanner.identifiers import CATEGORY_BITS, MINOR_UNDER_14, MINOR_UNDER_18
from scanner.identifiers.windows import CERTAIN, POSSIBLE
from scanner.result import Interval, SubjectCount
from scanner.sketches import SketchedPeople

WINDOWS = ("all_time", *CERTAIN)

_UNIDENTIFIED = "No usable identifier: the rows bound the persons from above. (没有可用标识，以行数为上限。)"
_AGELESS = (
    "Shown to be minors by resident ID or birth date; those of unknown age are in the upper bound only. "
    "(由身份证号或出生日期确认；年龄不明者只计入上限。)"
)
_SKETCHED = (
    "Estimated from sketches, which see links of one step only; the bounds hold with 95 %. "
    "(由概要估计，仅识别一步关联；上下限置信度 95%。)"
)
_CHILDREN = (
    "Children under 14 are sensitive as a whole; people of unknown age are in the upper bound only, unless "
    "'adults' in the configuration says that a table holds none. "
    "(不满十四周岁未成年人的全部信息均属敏感；年龄不明者只计入上限，除非配置中的adults说明该表均为成年人。)"
)
_UNDATED = "Rows without a readable time are in the upper bound only. (时间无法读取的行只计入上限。)"

# A child under 14 is sensitive as a whole (PIPL article 28).
_SENSITIVE = CATEGORY_BITS["sensitive"] | MINOR_UNDER_14
_FACE = CATEGORY_BITS["face"]
_MINORS: Mapping[str, int] = MappingProxyType(
    {"minor_under_14": MINOR_UNDER_14, "minor_under_18": MINOR_UNDER_18}
)
_OF_SCOPE = (  # ``every`` and ``some`` of what is asked of a table, dataset or organization
    (0, 0),
    (0, _SENSITIVE),
    *((CATEGORY_BITS[category], 0) for category in CATEGORIES),
    *((0, bit) for bit in _MINORS.values()),
)
_SENT: Mapping[str, int] = MappingProxyType(
    {"all": 0, "sensitive": _SENSITIVE, "minor_under_14": MINOR_UNDER_14}
)
_OF_FLOW = tuple(  # of what is asked of flows
    itertools.product((0, *CERTAIN.values(), *POSSIBLE.values()), _SENT.values())
)

_Asked = tuple[Collection[str], int, int]


def flow_table_id(flow: str, table: FlowTable) -> str:
    """Return the id of a flow's table in the census; a flow of some columns only has rows of its own."""
    return table.id if table.columns is None else f"flow:{flow}:{table.id}"


def gone_id(table: str) -> str:
    """Return the id of rows that a table has no more: they were sent abroad, but are held no longer."""
    return f"gone:{table}"


def _with_gone(tables: Collection[str]) -> set[str]:
    return {*tables, *map(gone_id, tables)}


@dataclass(frozen=True, slots=True)
class Counts:
    """Counts of any scope. Without people (``--count none``) there are none.

    Attributes:
        marked: Ids of tables whose deleted rows are counted apart: left out of what is held (``gross`` has
            them), part of what was sent (``net`` leaves them out).
    """

    people: People | SketchedPeople | None
    marked: frozenset[str] = frozenset()

    def scope(self, scope: str, name: str, tables: Collection[str]) -> tuple[SubjectCount, ...]:
        """Return all categories of a table, dataset or organization, for all time."""
        if self.people is None:
            return ()
        counts = nested(self._categories(self.people, scope, name, tables))
        marked = self.marked.intersection(tables)
        if not marked:
            return counts
        everything = {
            count.category: count
            for count in nested(self._categories(self.people, scope, name, {*tables, *map(twin, marked)}))
        }
        return tuple(
            replace(count, gross=at_least(everything[count.category], count).interval) for count in counts
        )

    def prepare(
        self,
        scopes: Iterable[Collection[str]],
        flows: Iterable[Sequence[FlowConfig]] = (),
        *,
        doubts: Collection[str] | None = None,
        overlaps: Iterable[Groups] = (),
    ) -> None:
        """Count at once what will be asked: tables of scopes, the organization last; flows taken together.

        ``doubts`` are the tables whose doubts will be asked, with the reasons of all joins.
        """
        if not isinstance(self.people, People):
            return
        of_scopes = [set(tables) for tables in scopes]
        self.people.prepare(
            [*self._of_scopes(of_scopes[:-1]), *self._of_flows(flows)],
            whole=[*self._of_scopes(of_scopes[-1:]), *((tables, _FACE, 0) for tables in of_scopes[-1:])],
            doubts=() if doubts is None else (doubts,),
            overlaps=overlaps,
            reasons=doubts is not None,
            model=True,
        )

    def _of_scopes(self, scopes: Sequence[set[str]]) -> Iterator[_Asked]:
        for tables in scopes:
            marked = self.marked & tables
            for held in (tables, *([tables | set(map(twin, marked))] if marked else [])):
                yield from ((held, every, some) for every, some in _OF_SCOPE)

    def _of_flows(self, flows: Iterable[Sequence[FlowConfig]]) -> Iterator[_Asked]:
        for together in flows:
            tables, deleted = self._sent_by(together)
            for sent in (tables | deleted, *([tables] if deleted else [])):
                yield from ((sent, every, some) for every, some in _OF_FLOW)

    def _sent_by(self, flows: Sequence[FlowConfig]) -> tuple[set[str], set[str]]:
        """Return the tables of flows, and those of their rows that were deleted since."""
        sent = [(flow_table_id(flow.name, table), table.id) for flow in flows for table in flow.tables]
        return (
            _with_gone({name for name, _ in sent}),
            _with_gone({twin(name) for name, table in sent if table in self.marked}),
        )

    def flow(self, name: str, flows: Sequence[FlowConfig]) -> tuple[SubjectCount, ...]:
        """Return the counts of flows taken together, by window and category."""
        if self.people is None:
            return ()
        tables, deleted = self._sent_by(flows)
        return tuple(
            count
            for window in WINDOWS
            for count in _sent(
                _Sent(self.people, name, tables | deleted), tables if deleted else None, window
            )
        )

    def faces(self, tables: Collection[str]) -> Interval | None:
        """Return the persons whose face data are held."""
        if self.people is None:
            return None
        n = _counted(self.people, tables, every=_FACE, whole=True)
        return Interval(n.lower, n.estimate, n.upper)

    def _categories(
        self, people: People | SketchedPeople, scope: str, name: str, tables: Collection[str]
    ) -> Iterator[SubjectCount]:
        whole = scope == "organization"
        everybody = _count(scope, name, "all", _counted(people, tables, whole=whole))
        if scope != "table" and isinstance(people, People):
            everybody = _modelled(everybody, people.model(tables))
        yield everybody
        yield _count(scope, name, "sensitive", _counted(people, tables, some=_SENSITIVE, whole=whole))
        for category in CATEGORIES:
            counted = _counted(people, tables, every=CATEGORY_BITS[category], whole=whole)
            if counted.rows:
                yield _count(scope, name, category, counted)
        for category, bit in _MINORS.items():
            yield _count(scope, name, category, _counted(people, tables, some=bit, whole=whole))


@dataclass(frozen=True, slots=True)
class _Sent:
    """The tables of a flow, or of several."""

    people: People | SketchedPeople
    name: str
    tables: set[str]

    def counts(self, window: str) -> tuple[SubjectCount, ...]:
        """Return the counts of all categories in a window."""
        undated = window != "all_time" and self._undated(window)
        return nested(self._count(category, window, undated=undated) for category in _SENT)

    def _undated(self, window: str) -> bool:
        """Return whether no row has a time at all: all of them may then lie in the window."""
        dated = self.people.count(self.tables, every=CERTAIN[window]).rows
        possible = self.people.count(self.tables, every=POSSIBLE[window]).rows
        return not dated and possible == self.people.count(self.tables).rows

    def _count(self, category: str, window: str, *, undated: bool) -> SubjectCount:
        some = _SENT[category]
        if window == "all_time":
            return _count("flow", self.name, category, self.people.count(self.tables, some=some))
        certain = self.people.count(self.tables, every=CERTAIN[window], some=some)
        possible = self.people.count(self.tables, every=POSSIBLE[window], some=some)
        # The cautious estimate: a flow without any times may be of this year.
        best = _count("flow", self.name, category, possible if undated else certain)
        more = possible.rows > certain.rows
        upper = max(possible.upper, best.estimate)
        return replace(
            best,
            window=window,
            lower=certain.lower,
            upper=upper,
            unknown_age=min(possible.ageless, upper - best.estimate),
            confidence=best.confidence if best.method == "sketch" else certain.confidence,
            note=_said(_UNDATED if more else _unidentified(certain), _of_category(category, possible)),
        )


def _sent(everything: _Sent, live: set[str] | None, window: str) -> Iterator[SubjectCount]:
    """Yield the counts of a window; where rows were deleted since, with those of the rows still ``live``."""
    counts = everything.counts(window)
    if live is None:
        yield from counts
        return
    for count, left in zip(counts, replace(everything, tables=live).counts(window), strict=True):
        yield replace(at_least(count, left), net=left.interval)


def _counted(  # of sketches, too, whose bounds know no further tables
    people: People | SketchedPeople, tables: Collection[str], *, every: int = 0, some: int = 0, whole: bool
) -> Counted:
    if isinstance(people, SketchedPeople):
        return people.count(tables, every=every, some=some)
    return people.count(tables, every=every, some=some, whole=whole)


def _count(scope: str, name: str, category: str, n: Counted) -> SubjectCount:
    upper = max(n.upper, n.estimate)
    return SubjectCount(
        scope=scope,
        name=name,
        category=category,
        window="all_time",
        lower=n.lower,
        estimate=n.estimate,
        upper=upper,
        unknown_age=min(n.ageless, upper - n.estimate),
        method=n.method if n.rows else "exact",
        anonymous_rows=n.anonymous_rows,
        note=_said(_unidentified(n), _of_category(category, n)),
        confidence=n.confidence,
    )


def _modelled(count: SubjectCount, model: Modelled) -> SubjectCount:
    if count.anonymous_rows == count.estimate == 0:
        return count
    if model.persons is None:
        return replace(count, modelled_note=model.why)
    persons = min(max(model.persons, count.lower), count.upper)
    return replace(count, modelled=persons, modelled_error=model.error)


def total(counts: Collection[SubjectCount]) -> int:
    """Return the estimate of everybody; 0 where nobody was counted."""
    return next((count.estimate for count in counts if count.category == "all"), 0)


def _unidentified(n: Counted) -> str:
    if n.method == "sketch":
        return _SKETCHED
    return _UNIDENTIFIED if n.rows and not n.estimate else ""


def _of_category(category: str, n: Counted) -> str:
    if category in _MINORS:
        return _AGELESS
    return _CHILDREN if category == "sensitive" and n.ageless else ""


def _said(*notes: str) -> str:
    return " ".join(note for note in notes if note)
