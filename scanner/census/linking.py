"""Decide which identities are one person.

Two steps. First the links that hold whatever the names: documents and accounts. Then contacts (phone,
e-mail, device), which families share and which are given to somebody else later. In each step components
without a conflict are taken as they are; the others go through ``conflicts``.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from types import ModuleType
from typing import cast

import numpy as np

from scanner.census.conflicts import EMPTY, Evidence, conflicting, ordered_touching, unite
from scanner.census.graph import (
    Graph,
    Rows,
    components,
    hubs,
    label_identities,
)
from scanner.census.kinds import ACCOUNT, BY_ORDER, CONTACT, FOR_LIFE, PERSONAL_ACCOUNTS, PHONES, STRONG
from scanner.census.sorting import canonical, distinct, distinct_pairs, numbered, starts_of_runs
from scanner.identifiers import I64, U8, U64, Mask


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """Who is one person, identity by identity. -1 where every identifier was a hub.

    Attributes:
        graph: The graph without hubs.
        person: By all links; what ``estimate`` counts.
        certain: By documents and accounts only, contact-only identities among themselves, and under one name
            but for documents; a finer division of ``person``, what ``upper`` counts.
        contact_only: Identities that carry nothing but contacts.
        held: One bit per kind of identifier that every person holds, and every group of ``certain``.
        by_another_name: Groups of ``certain`` with an account under another name in ``person``.
        owned: How many values every person has, where each value is one person's, and they follow one another
            in the order of persons; else None.

    """

    graph: Graph
    person: I64
    certain: I64
    contact_only: Mask
    held: tuple[U64, U64]
    by_another_name: I64 = field(default_factory=lambda: EMPTY)
    owned: U8 | None = None

    def owners(self, loops: ModuleType | None = None) -> I64:
        """Return the person of every value, where values are ``owned``.

        Args:
            loops: ``scanner.compiled.touches`` or ``lone``; None to do without.

        """
        if self.owned is None:
            raise ValueError("Values are several persons'.")
        if loops is None:
            return np.repeat(np.arange(len(self.owned)), self.owned)
        size = len(self.graph.kinds)
        out = np.empty(size + loops.MOSTLY, np.int32)
        loops.owners(self.owned, out)
        return cast("I64", out[:size])

    @property
    def nameless(self) -> Mask:
        """Return identities that carry nothing but contacts, without a name."""
        return np.asarray(self.contact_only & (self.graph.names == 0))

    @property
    def by_name(self) -> Mask:
        """Return identities that are of somebody of a name whatever contacts say.

        They show the name, or carry a document or an account that comes with it.
        """
        if not self.graph.names.any():
            return np.zeros(self.graph.size, np.bool_)
        named = np.zeros(len(self.held[1]) + 1, np.bool_)  # the last one is nobody
        named[self.certain[self.graph.names != 0]] = True
        named[-1] = False
        return np.asarray(named[self.certain] & ~self.nameless)


def held_by(graph: Graph, groups: I64) -> U64:
    """Return, for every group of identities, one bit per kind of identifier that it holds."""
    bits = np.left_shift(np.uint64(1), graph.kinds.astype(np.uint64))
    out = np.zeros(int(groups.max(initial=-1)) + 2, np.uint64)  # the last one is for nobody, -1
    np.bitwise_or.at(out, groups[graph.identity], bits[graph.value])
    return out[:-1]


def link(graph: Graph, rows: Rows) -> Linked:
    """Return which identities are one person."""
    graph = graph.without(hubs(graph))
    usable = _carries(graph, np.ones(len(graph.kinds), np.bool_))
    firm = graph.of_strength(STRONG, ACCOUNT)
    contact_only = usable & ~_carries(graph, firm)
    weights = _weights(graph, rows)
    certain, firm_groups = _by_firm_links(graph, weights, firm)
    person = _by_contacts(graph, weights, rows, firm_groups)
    loose = _contact_only_groups(graph, contact_only)
    finer = np.where(contact_only, loose + int(certain.max(initial=0)) + 1, certain)
    persons, groups = _numbered(person, usable), _numbered(_pair(person, finer), usable)
    groups, others = _by_name(graph, groups, contact_only)
    return Linked(
        graph=graph,
        person=persons,
        certain=groups,
        contact_only=contact_only,
        held=(held_by(graph, persons), held_by(graph, groups)),
        by_another_name=distinct(groups[others & ~contact_only]),
    )


def _weights(graph: Graph, rows: Rows) -> I64:
    """Return how many rows show each identity."""
    known = rows.identity >= 0
    return np.bincount(rows.identity[known], rows.counts[known], minlength=graph.size).astype(np.int64)


def _carries(graph: Graph, values: Mask) -> Mask:
    out = np.zeros(graph.size, np.bool_)
    out[graph.identity[values[graph.value]]] = True
    return out


def _numbered(groups: I64, usable: Mask) -> I64:
    out = np.full(len(groups), -1, np.int64)
    out[usable] = canonical(groups[usable])
    return out


def _pair(left: I64, right: I64) -> I64:
    """Return one number per pair of groups."""
    return numbered(left * (int(right.max(initial=0)) + 1) + right)[1]


def _contact_only_groups(graph: Graph, contact_only: Mask) -> I64:
    part = graph.only(contact_only[graph.identity])
    everything = np.ones(len(graph.kinds), np.bool_)
    return label_identities(part, everything, components(part, everything))


def _by_name(graph: Graph, groups: I64, contact_only: Mask) -> tuple[I64, Mask]:
    """Divide groups by names that may be somebody else's; return them, and who is divided off.

    Those without a name stay with the first. Of accounts, names in one script are of different people; of
    contacts any are, as one in Latin letters may be somebody else's.
    """
    named = np.flatnonzero((graph.names != 0) & (groups >= 0))
    group, names = groups[named], graph.names[named]
    comparable = group * 2 + np.where(contact_only[named], 0, names & np.uint64(1)).astype(np.int64)
    documented = _carries(graph, graph.of_strength(STRONG))[named]
    others = np.zeros(len(groups), np.bool_)
    others[named[~_of_the_first(group, comparable, names, documented)]] = True
    if not others.any():
        return groups, others
    parts = np.zeros(len(groups), np.int64)
    parts[others] = numbered(graph.names[others])[1] + 1
    return _numbered(_pair(groups + 1, parts), groups >= 0), others


def _of_the_first(group: I64, comparable: I64, names: U64, documented: Mask) -> Mask:
    """Return which names of groups are the first of those comparable, or stand beside a document."""
    order = np.lexsort((names, ~documented, comparable))
    first = order[starts_of_runs(comparable[order])]
    leading = names[first][np.searchsorted(comparable[first], comparable)]
    _, name = numbered(names)
    under = group * (len(names) + 1) + name
    return np.asarray((names == leading) | np.isin(under, under[documented]))


def _by_firm_links(graph: Graph, weights: I64, firm: Mask) -> tuple[I64, I64]:
    """Unite by documents and accounts; two numbers for life of one kind stay two persons."""
    component = components(graph, firm)
    groups = label_identities(graph, firm, component)
    links = np.isin(graph.kinds, sorted(FOR_LIFE))[graph.value]
    documents = (graph.identity[links], graph.value[links])
    torn = conflicting(groups[documents[0]], documents[1], graph.kinds)
    chosen = _in(groups, torn)
    members = np.flatnonzero(chosen)
    if len(members) == 0:
        return groups, groups
    evidence = Evidence(
        weights=weights[members],
        ages=np.zeros(len(members), np.uint8),
        documents=_restricted(documents, members, chosen),
        kinds=graph.kinds,
        names=(np.zeros(0, np.int64), np.zeros(0, np.uint64)),
    )
    taken = firm[graph.value]
    touching = _restricted((graph.identity[taken], graph.value[taken]), members, chosen)
    certain, final = unite(evidence, list(ordered_touching(*touching, graph.kinds)))
    return _replaced(groups, members, certain), _replaced(groups, members, final)


def _by_contacts(graph: Graph, weights: I64, rows: Rows, firm_groups: I64) -> I64:
    """Unite the groups further by contacts, where nothing speaks against it."""
    component = components(graph, np.ones(len(graph.kinds), np.bool_))
    everything = np.ones(len(graph.kinds), np.bool_)
    wide = label_identities(graph, everything, component)
    accounts = _listed_accounts(graph, rows, firm_groups, wide)
    facts = replace(_facts(graph, weights, firm_groups), accounts=accounts)
    first = _first_members(firm_groups)
    wide_of_group = wide[first]
    torn = _torn(wide_of_group, facts)
    chosen = _in(wide_of_group, torn)
    members = np.flatnonzero(chosen)
    if len(members) == 0:
        return wide
    contact = graph.of_strength(CONTACT)[graph.value]
    links = (firm_groups[graph.identity[contact]], graph.value[contact])
    touching = _restricted(links, members, chosen)
    _, final = unite(_narrowed(facts, members, chosen), list(ordered_touching(*touching, graph.kinds)))
    group_person = wide_of_group.copy()
    group_person[members] = final + int(wide.max(initial=0)) + 1
    return group_person[firm_groups]


def _facts(graph: Graph, weights: I64, groups: I64) -> Evidence:
    """Return what is known of every group."""
    size = int(groups.max(initial=-1)) + 1
    strong = graph.of_strength(STRONG)[graph.value]
    named = np.flatnonzero(graph.names != 0)
    first, codes = numbered(graph.names[named])
    distinct = graph.names[named][first]
    holders, codes = distinct_pairs(groups[named], codes)
    ages = np.zeros(size, np.uint8)
    for age in (1, 2):
        ages[groups[graph.ages == age]] |= np.uint8(age)
    return Evidence(
        weights=np.bincount(groups, weights, minlength=size).astype(np.int64),
        ages=ages,
        documents=distinct_pairs(groups[graph.identity[strong]], graph.value[strong]),
        kinds=graph.kinds,
        names=(holders, distinct[codes]),
    )


def _listed_accounts(graph: Graph, rows: Rows, groups: I64, wide: I64) -> tuple[I64, I64, I64]:
    """Return the accounts of groups that a shared phone may unite: group, list (table and kind), account.

    ``wide`` are the components by all links: what a phone unites may hold what other contacts united before.
    """
    phone = np.isin(graph.kinds, sorted(PHONES))[graph.value]
    values, holders = distinct_pairs(graph.value[phone], groups[graph.identity[phone]])
    several = np.bincount(values, minlength=len(graph.kinds)) > 1
    sharing = np.zeros(_width(wide), np.bool_)
    sharing[wide[_first_members(groups)][holders[several[values]]]] = True
    account = np.isin(graph.kinds, sorted(PERSONAL_ACCOUNTS))[graph.value] & sharing[wide[graph.identity]]
    starts = np.searchsorted(graph.identity[account], np.arange(graph.size + 1))
    known = np.flatnonzero(rows.identity >= 0)
    known = known[(starts[1:] > starts[:-1])[rows.identity[known]]]
    tables, identities = distinct_pairs(rows.table[known].astype(np.int64), rows.identity[known])
    widths = starts[identities + 1] - starts[identities]
    value = graph.value[account][_ranges(starts[identities], widths)]
    lists = np.repeat(tables, widths) * len(BY_ORDER) + graph.kinds[value]
    return groups[np.repeat(identities, widths)], lists, value


def _ranges(starts: I64, widths: I64) -> I64:
    """Return ``start``, ``start + 1``, ... of every range, one after the other."""
    return np.arange(int(widths.sum())) - np.repeat(np.cumsum(widths) - widths - starts, widths)


def _apart(components: I64, lists: I64, accounts: I64) -> I64:
    """Return components with two different accounts in one list."""
    which, listing = distinct_pairs(components, lists)
    code = np.searchsorted(which * _width(listing) + listing, components * _width(listing) + lists)
    code, _ = distinct_pairs(code, accounts)
    return which[np.bincount(code, minlength=len(which)) > 1]


def _width(values: I64) -> int:
    return int(values.max(initial=0)) + 1


def _torn(component: I64, facts: Evidence) -> Mask:
    """Return components whose groups contradict one another."""
    size = int(component.max(initial=-1)) + 1
    out = np.zeros(size, np.bool_)
    documents = conflicting(component[facts.documents[0]], facts.documents[1], facts.kinds)
    first, codes = numbered(facts.names[1])
    scripts = (facts.names[1][first] & np.uint64(1)).astype(np.uint8)
    names = conflicting(component[facts.names[0]], codes, scripts)
    out[: len(documents)] |= documents
    out[: len(names)] |= names
    listed, lists, accounts = facts.accounts
    out[_apart(component[listed], lists, accounts)] = True
    ages = [np.bincount(component[facts.ages == age], minlength=size) > 0 for age in (1, 2)]
    several = np.bincount(component, minlength=size) > 1
    return (out | (ages[0] & ages[1])) & several


def _narrowed(facts: Evidence, members: I64, chosen: Mask) -> Evidence:
    return Evidence(
        weights=facts.weights[members],
        ages=facts.ages[members],
        documents=_restricted(facts.documents, members, chosen),
        kinds=facts.kinds,
        names=_restricted_names(facts.names, members, chosen),
        accounts=_restricted_accounts(facts.accounts, members, chosen),
    )


def _in(labels: I64, groups: Mask) -> Mask:
    padded = np.zeros(int(labels.max(initial=-1)) + 1, np.bool_)
    padded[: len(groups)] = groups
    return padded[labels]


def _restricted(pairs: tuple[I64, I64], members: I64, chosen: Mask) -> tuple[I64, I64]:
    """Return the pairs of some members, the members renumbered from 0."""
    kept = chosen[pairs[0]]
    return np.searchsorted(members, pairs[0][kept]).astype(np.int64), pairs[1][kept]


def _restricted_names(pairs: tuple[I64, U64], members: I64, chosen: Mask) -> tuple[I64, U64]:
    kept = chosen[pairs[0]]
    return np.searchsorted(members, pairs[0][kept]).astype(np.int64), pairs[1][kept]


def _restricted_accounts(triples: tuple[I64, I64, I64], members: I64, chosen: Mask) -> tuple[I64, I64, I64]:
    kept = chosen[triples[0]]
    return np.searchsorted(members, triples[0][kept]).astype(np.int64), triples[1][kept], triples[2][kept]


def _replaced(groups: I64, members: I64, found: I64) -> I64:
    out = groups.copy()
    out[members] = found + int(groups.max(initial=0)) + 1
    return canonical(out)


def _first_members(groups: I64) -> I64:
    first = np.empty(int(groups.max(initial=-1)) + 1, np.int64)
    first[groups[::-1]] = np.arange(len(groups) - 1, -1, -1)
    return first
