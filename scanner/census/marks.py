"""What tables are like, as all parts together show: lists of contacts, or with people known by pseudonyms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np

from scanner.census.graph import Rows
from scanner.census.kinds import PSEUDONYMS
from scanner.census.linking import Linked
from scanner.census.listed import Listed, are_lists
from scanner.identifiers import I64, Mask


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """Marks of tables; one entry per table.

    Attributes:
        lists: Which are lists of contacts; see ``listed``.
        pseudonymous: In which somebody is whom nothing but pseudonyms shows.

    """

    lists: Mask
    pseudonymous: Mask

    @classmethod
    def of(cls, shown: I64) -> Self:
        """Return the marks, given the sum of what ``shown_marks`` returned for all parts."""
        return cls(lists=are_lists(shown[:2]), pseudonymous=shown[2] > 0)


def shown_marks(rows: Rows, linked: Linked, listed: Listed) -> I64:
    """Return what a part shows of every table: contacts, those that come once, rows of pseudonyms alone."""
    persons = known_by_pseudonyms(linked)
    tables = listed.contacts.shape[1]
    of_them = np.zeros(tables, np.int64)
    if persons.any():
        person = np.append(np.where(persons[linked.person], 1, 0), 0)[rows.identity]  # -1 is nobody
        of_them = np.bincount(rows.table, person, minlength=tables).astype(np.int64)
    return np.vstack([listed.contacts, of_them])


def known_by_pseudonyms(linked: Linked) -> Mask:
    """Return which persons have neither a name nor any identifier but pseudonyms."""
    held = linked.held[0]
    alone: Mask = np.asarray((held != 0) & ((held & ~PSEUDONYMS) == 0))
    if alone.any():
        alone[linked.person[linked.graph.names != 0]] = False
    return alone
