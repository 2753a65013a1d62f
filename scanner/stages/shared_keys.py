"""Keys by headers (``user_id``) that mean the same in several sources, as samples of their numbers show.

A source numbers its users for itself, but sources that serve one application have the numbers of one of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from scanner.assembly import IssuedNumbers, ScannedTable
from scanner.stages.number_samples import mean_the_same

_Persons = tuple[str, str]  # source, and their id there
_Samples = dict[str, list[IssuedNumbers]]  # by header


def unite_keys(tables: Sequence[ScannedTable]) -> None:
    """Give keys that mean the same the persons of one source.

    Args:
        tables: All of all sources, with their keys and samples.

    """
    samples = _samples(tables)
    same: dict[_Persons, _Persons] = {}
    first: list[_Persons] = []
    for persons in sorted(samples):
        known = next((each for each in first if _are(samples[persons], samples[each])), None)
        if known is None:
            first.append(persons)
        else:
            same[persons] = known
    for scanned in tables:
        _take_persons(scanned, same)


def _samples(tables: Sequence[ScannedTable]) -> dict[_Persons, _Samples]:
    found: defaultdict[_Persons, _Samples] = defaultdict(lambda: defaultdict(list))
    for scanned in sorted(tables, key=lambda each: each.id):
        for column, key in scanned.told.keys.items():
            if column in scanned.told.issued:
                persons = key.source or scanned.source, key.persons
                found[persons][column].append(scanned.told.issued[column])
    return found


def _are(samples: _Samples, others: _Samples) -> bool:
    """Return whether any two samples under one header mean the same."""
    return any(
        mean_the_same(one, other)
        for header in samples.keys() & others.keys()
        for one in samples[header]
        for other in others[header]
    )


def _take_persons(scanned: ScannedTable, same: Mapping[_Persons, _Persons]) -> None:
    keys = dict(scanned.told.keys)
    for column, key in keys.items():
        found = same.get((key.source or scanned.source, key.persons))
        if found is not None:
            source, persons = found
            keys[column] = replace(key, persons=persons, source="" if source == scanned.source else source)
    scanned.told = replace(scanned.told, keys=keys)
