"""Numbers of people whose header no list knows: one table names people by them, others repeat the header."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from classifiers import built_in
from classifiers.issued import ISSUED
from connectors import Batch, Table
from scanner.assembly import IssuedNumbers, Key, ScannedTable
from scanner.stages.second_persons import NAMES, slot_of
from scanner.stages.slots import OWN
from scanner.stages.things import number_stem
from scanner.stages.values import DIFFERENT, FEWEST, Tags, cells_in, holds, meets_several

_MOST = 0.9  # share of cells
_WOULD_MEET = 20  # numbers that two samples would have in common: that they have none is no chance then
_TOLD_BY = frozenset({"mobile", "email"}).union(
    name for name, pi_type in built_in().types.items() if pi_type.strength == "strong"
)


def issued_numbers(
    batch: Batch, table: Table, tags: Tags, known: Collection[str]
) -> dict[str, IssuedNumbers]:
    """Return columns of numbers that somebody issues.

    The rows are people, one a number, if they have names, and documents, phones or e-mail addresses of which
    nearly all come once. Not columns with a tag, and not those whose header says what they number.

    Args:
        batch: A sample of the table.
        table: The table.
        tags: What its columns hold.
        known: Columns that are told already.

    """
    told = {*known, *(column for column, held in tags.items() if held)}
    texts = {field.name for field in batch.schema if not pa.types.is_primitive(field.type)} - told
    columns = [c.name for c in table.columns if c.name in texts and not number_stem(c.name, c.comment)]
    cells = {column: cells_in(batch, column) for column in columns}
    found = {column: numbers for column, numbers in cells.items() if _are_issued(numbers)}
    own = {kind: _own(batch, tags, kind) for kind in (NAMES, _TOLD_BY)} if found else {}
    return {
        column: IssuedNumbers(
            list=bool(own[NAMES] and own[_TOLD_BY]) and all(map(_nearly_once, [numbers, *own[_TOLD_BY]])),
            sample=frozenset(map(hash, numbers.drop_null().to_pylist())),
        )
        for column, numbers in found.items()
        if not any(meets_several(numbers, names, share=DIFFERENT) for names in own[NAMES])
    }


def number_people(tables: Sequence[ScannedTable], decided: Collection[tuple[str, str, str]]) -> None:
    """Note keys in the tables of one source: equal headers where one of the tables lists people by them.

    Not in tables whose samples would show numbers of the list if they had them: there they number the rows.

    Args:
        tables: All of them.
        decided: Dataset, table and column of what a reviewer decided about.

    """
    alike: defaultdict[tuple[str, str], list[ScannedTable]] = defaultdict(list)
    for scanned in tables:
        for column in scanned.told.issued:
            if (scanned.dataset, scanned.table.name, column) not in decided:
                alike[scanned.numbering, column].append(scanned)
    for (numbering, column), several in alike.items():
        lists = [each for each in several if each.told.issued[column].list]
        first = min(lists, key=lambda each: each.table.name, default=None)
        known = [each for each in several if first and _may_refer(each, first, column)]
        if first and len(known) > 1:
            key = Key(first.table.name, OWN, f"{numbering}/{first.table.name}.{column}")
            for each in known:
                each.told = replace(each.told, keys={**each.told.keys, column: key})


def _may_refer(scanned: ScannedTable, people: ScannedTable, column: str) -> bool:
    """Return whether numbers may be those of a list: some are, or samples are too small to show it."""
    here, there = scanned.told.issued[column].sample, people.told.issued[column].sample
    rows = people.table.rows
    return bool(here & there) or rows is None or len(here) * len(there) < _WOULD_MEET * rows.value


def _own(batch: Batch, tags: Tags, types: Collection[str]) -> list[pa.StringArray]:
    return [
        cells_in(batch, c) for c, held in tags.items() if holds(held, types) and slot_of(c, "", types) == OWN
    ]


def _are_issued(cells: pa.StringArray) -> bool:
    cells = cells.drop_null()
    if len(cells) < FEWEST:
        return False
    return bool(np.asarray(pc.match_substring_regex(cells, ISSUED)).mean() >= _MOST)


def _nearly_once(cells: pa.StringArray) -> bool:
    cells = cells.drop_null()
    return len(cells.unique()) >= _MOST * len(cells)
