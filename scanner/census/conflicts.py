"""Resolve groups in which a link would make one person of two: unite step by step, never against evidence.

Sequential on purpose: each step looks at what the groups have become. It runs only on components with a
conflict, and its work is proportional to their links.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from scanner.census.kinds import FOR_LIFE, HUB_PERSONS, PHONES
from scanner.census.sorting import distinct_pairs, present
from scanner.identifiers import I64, U8, U64, Mask

Touching = tuple[int, list[int]]  # kind of a value, and the members that carry it
EMPTY: I64 = np.zeros(0, np.int64)
_CONTRADICTORY_AGES = frozenset({(1, 2), (2, 1)})  # a minor and an adult; 3 has both and says nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What is known of the members to be united, as sorted pairs of member and fact.

    Attributes:
        weights: Rows of every member.
        ages: Per member: 0 unknown, 1 minor, 2 adult, 3 contradictory.
        documents: Members and the documents they hold; ``kinds`` gives the kind of every value. Different
            numbers for life are two persons; other documents may have been renewed by one of that name.
        names: Members and the names (digests) they go by.
        accounts: Members, lists (numbers of a table and a kind) and the accounts they have in them.

    """

    weights: I64
    ages: U8
    documents: tuple[I64, I64]
    kinds: U8
    names: tuple[I64, U64]
    accounts: tuple[I64, I64, I64] = (EMPTY, EMPTY, EMPTY)


class _Groups:
    """Disjoint sets of members that remember what contradicts another set."""

    def __init__(self, evidence: Evidence) -> None:
        size = len(evidence.weights)
        self.parent = list(range(size))
        self.weight: list[int] = evidence.weights.tolist()
        self.age: list[int] = evidence.ages.tolist()
        self.documents: list[dict[int, int] | None] = [None] * size
        self.names: list[set[int] | None] = [None] * size
        self.accounts: list[dict[int, set[int]] | None] = [None] * size
        for member, value in zip(*(part.tolist() for part in evidence.documents), strict=True):
            held = self.documents[member] = self.documents[member] or {}
            held.setdefault(int(evidence.kinds[value]), value)
        for member, name in zip(*(part.tolist() for part in evidence.names), strict=True):
            known = self.names[member] = self.names[member] or set()
            known.add(name)
        for member, listing, account in zip(*(part.tolist() for part in evidence.accounts), strict=True):
            listed = self.accounts[member] = self.accounts[member] or {}
            listed.setdefault(listing, set()).add(account)

    def find(self, member: int) -> int:
        parent = self.parent
        while parent[member] != member:
            parent[member] = member = parent[parent[member]]
        return member

    def unite(self, a: int, b: int) -> int:
        """Unite two roots; the smaller number stays the root."""
        root, gone = (a, b) if a < b else (b, a)
        self.parent[gone] = root
        self.weight[root] += self.weight[gone]
        self.age[root] |= self.age[gone]
        self.documents[root] = {**(self.documents[gone] or {}), **(self.documents[root] or {})} or None
        self.names[root] = (self.names[root] or set()) | (self.names[gone] or set()) or None
        for listing, accounts in (self.accounts[gone] or {}).items():
            listed = self.accounts[root] = self.accounts[root] or {}
            listed[listing] = listed.get(listing, set()) | accounts
        return root

    def contradict(self, a: int, b: int, *, by_phone: bool) -> bool:
        """Return whether two roots cannot be one person; ``by_phone``: a phone is all that speaks for it."""
        differing = self._differing_documents(a, b)
        if not FOR_LIFE.isdisjoint(differing):
            return True
        if self.share_name(a, b):
            return False
        return (
            bool(differing)
            or (self.age[a], self.age[b]) in _CONTRADICTORY_AGES
            or _names_differ(self.names[a], self.names[b])
            or (by_phone and self._listed_apart(a, b))
        )

    def _listed_apart(self, a: int, b: int) -> bool:
        """Return whether one table gives both an account of one kind, and none in common."""
        mine, theirs = self.accounts[a], self.accounts[b]
        if not mine or not theirs:
            return False
        return any(listing in theirs and theirs[listing].isdisjoint(mine[listing]) for listing in mine)

    def _differing_documents(self, a: int, b: int) -> list[int]:
        mine, theirs = self.documents[a], self.documents[b]
        if not mine or not theirs:
            return []
        return [kind for kind, value in mine.items() if theirs.get(kind, value) != value]

    def share_name(self, a: int, b: int) -> bool:
        return not (self.names[a] or set()).isdisjoint(self.names[b] or set())

    def rank(self, root: int) -> tuple[bool, bool, bool, int, int]:
        """Sort roots: best known first, then most rows, then lowest number."""
        return (
            not self.documents[root],
            not self.names[root],
            not self.age[root],
            -self.weight[root],
            root,
        )

    def knows(self, root: int) -> bool:
        return bool(self.documents[root] or self.names[root] or self.age[root])


def _names_differ(mine: set[int] | None, theirs: set[int] | None) -> bool:
    """Return whether both have names in one script (bit 0) and none in common."""
    if not mine or not theirs or not mine.isdisjoint(theirs):
        return False
    return not {name & 1 for name in mine}.isdisjoint({name & 1 for name in theirs})


def unite(evidence: Evidence, touching: Sequence[Touching]) -> tuple[I64, I64]:
    """Unite members that share a value unless evidence speaks against it.

    Args:
        evidence: What is known of the members.
        touching: The members of each value, in the order in which values are to be tried.

    Returns:
        Group of every member by certain links, and after members that fit several groups were put with
        the one that has most rows.

    """
    groups = _Groups(evidence)
    unsettled = [value for value in touching if _join(groups, value, force=False)]
    certain = np.array([groups.find(member) for member in range(len(evidence.weights))], np.int64)
    for value in unsettled:
        _join(groups, value, force=True)
    return certain, np.array([groups.find(member) for member in range(len(evidence.weights))], np.int64)


def _join(groups: _Groups, touching: Touching, *, force: bool) -> bool:
    """Unite what one value touches, as far as it fits; return whether something fitted several groups.

    A value that has met ``HUB_PERSONS`` contradictory groups is a hub after all and links no more, which
    also bounds the work.
    """
    kind, members = touching
    by_phone = kind in PHONES
    roots = sorted({groups.find(member) for member in members}, key=groups.rank)
    persons: list[int] = []
    ambiguous = False
    for root in roots:
        fitting = [
            i for i, person in enumerate(persons) if not groups.contradict(person, root, by_phone=by_phone)
        ]
        if len(fitting) > 1:
            fitting = [i for i in fitting if groups.share_name(persons[i], root)] or fitting
        if not fitting:
            persons.append(root)
            if len(persons) == HUB_PERSONS:
                return False
        elif len(fitting) == 1 or force:
            best = min(fitting, key=lambda i: (-groups.weight[persons[i]], persons[i]))
            persons[best] = groups.unite(persons[best], root)
        else:
            ambiguous = True
    return ambiguous


def ordered_touching(members: I64, values: I64, kinds: U8) -> Iterator[Touching]:
    """Yield kind and members of every value that touches several: by kind, then fewest members."""
    values, members = distinct_pairs(values, members)
    distinct, starts, counts = np.unique(values, return_index=True, return_counts=True)
    order = np.lexsort((distinct, counts, kinds[distinct]))
    for i in order[counts[order] > 1].tolist():
        yield int(kinds[distinct[i]]), members[starts[i] : starts[i] + counts[i]].tolist()


def conflicting(components: I64, facts: I64, kinds: U8) -> Mask:
    """Return which components hold two different facts of one kind.

    Args:
        components: Component of every (component, fact) pair.
        facts: Number of the fact.
        kinds: Kind of every fact.

    """
    size = int(components.max()) + 1 if len(components) else 0
    out = np.zeros(size, np.bool_)
    components, facts = distinct_pairs(components, facts)
    for kind in present(kinds[facts]):
        out |= np.bincount(components[kinds[facts] == kind], minlength=size) > 1
    return out
