"""Numbers of people whose header no list knows: one table names people by them, others repeat the header."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from classifiers import built_in
from classifiers.issued import ISSUED
from connectors import Batch, Column, Table
from scanner.assembly import IssuedNumbers, Key, ScannedTable
from scanner.identifiers import I64
from scanner.stages.named_keys import persons_in
from scanner.stages.number_samples import SPARSE, WOULD_MEET, common, mean_the_same, meet
from scanner.stages.person_words import person_named
from scanner.stages.second_persons import NAMES, header_words, slot_of
from scanner.stages.shared_keys import unite_keys
from scanner.stages.slots import OWN
from scanner.stages.things import number_stem
from scanner.stages.values import (
    DIFFERENT,
    FEWEST,
    MOST,
    Tags,
    cells_in,
    holds,
    meets_several,
    nearly_once,
    shows_repeats,
)

_FILES = re.compile(r"(?:^|_)(?:file|archive|dossier|profile|chart|[em]hr)$|档案$")  # of one person each
_SOME = 0.5  # share of the first cells
_DIGITS = r"^[0-9]{6,18}$"
_LETTERS = r"^[A-Za-z]+[-_]?"
_MOMENT = r"^(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])(?:[0-9]{4}|[0-9]{6}|[0-9]{9})?$"
_TOLD_BY = frozenset({"mobile", "email"}).union(
    name for name, pi_type in built_in().types.items() if pi_type.strength == "strong"
)


def issued_numbers(
    batch: Batch, table: Table, tags: Tags, known: Collection[str], keys: Collection[str] = ()
) -> dict[str, IssuedNumbers]:
    """Return columns of numbers that somebody issues.

    The rows are people, one a number, if they have names, or the table is called after people, and
    documents, phones or e-mail addresses of which nearly all come once, or names of which nearly all do, and
    birth dates; and if the header does not say that it numbers something else: ``hcp_code`` is of people
    where there is ``hcp_name``, and ``file_no`` of the people whose files they are. Columns with a tag are
    left out.

    Args:
        batch: A sample of the table.
        table: The table.
        tags: What its columns hold.
        known: Columns that are told already.
        keys: Those of them that are keys by their headers: they list nobody here.

    """
    told = {*known, *(column for column, held in tags.items() if held)}
    texts = {field.name for field in batch.schema if not pa.types.is_primitive(field.type)} - told
    columns = [column for column in table.columns if column.name in texts]
    cells = {column.name: cells_in(batch, column.name) for column in columns}
    found = [column for column in columns if _are_issued(cells[column.name])]
    names = _own(batch, tags, NAMES) if found else {}
    people = bool(names or persons_in(table)) and _are_people(batch, table, tags, list(names.values()))
    issued = {
        column.name: _sampled(
            cells[column.name],
            lists=people and nearly_once(cells[column.name]) and _may_number_people(column, names),
        )
        for column in found
        if not any(meets_several(cells[column.name], named, share=DIFFERENT) for named in names.values())
    }
    held = {column: cells_in(batch, column) for column in keys}
    return issued | {name: _sampled(each, lists=False) for name, each in held.items() if _are_issued(each)}


def _sampled(cells: pa.StringArray, *, lists: bool) -> IssuedNumbers:
    return IssuedNumbers(
        list=lists,
        sample=_hashed(cells),
        density=_density(cells),
        letters=_share(cells.drop_null(), _DIGITS) < MOST,
    )


def _are_people(batch: Batch, table: Table, tags: Tags, names: Sequence[pa.StringArray]) -> bool:
    told_by = list(_own(batch, tags, _TOLD_BY).values())
    if not told_by and _own(batch, tags, {"birth_date"}) and shows_repeats(batch, table):
        told_by = list(names)
    return bool(told_by) and all(map(nearly_once, told_by))


def _may_number_people(column: Column, names: Collection[str]) -> bool:
    """Return whether a header does not say what it numbers, or says files, or what a name is a name of."""
    stem = number_stem(column.name, column.comment)
    return (
        not stem
        or bool(person_named(stem))
        or _FILES.search(stem) is not None
        or any(_begins(name, stem) for name in names)
    )


def _begins(header: str, stem: str) -> bool:
    return "_".join(header_words(header)).startswith(stem)


def number_people(tables: Sequence[ScannedTable], decided: Collection[tuple[str, str, str]]) -> None:
    """Note keys: equal headers where one of the tables lists people by them.

    Not in tables whose samples would show numbers of the list if they had them: there they number the rows.
    In another source, or database, samples have to show that they have; so have those of keys by headers, to
    mean the same in several sources.

    Args:
        tables: All of all sources.
        decided: Dataset, table and column of what a reviewer decided about.

    """
    alike: defaultdict[str, list[ScannedTable]] = defaultdict(list)
    for scanned in sorted(tables, key=lambda each: each.id):
        for column in scanned.told.issued.keys() - scanned.told.keys.keys():
            if (scanned.dataset, scanned.table.name, column) not in decided:
                alike[column].append(scanned)
    for column, several in alike.items():
        known = _whose_numbers(several, column)
        for people in {each.id: each for _, each in known}.values():
            of_them = [scanned for scanned, listed in known if listed is people]
            if len(of_them) > 1:
                _note_key(of_them, people, column)
    unite_keys(tables)
    for scanned in tables:  # samples are not kept longer than they are needed
        scanned.told = replace(scanned.told, issued={})


def _whose_numbers(several: Sequence[ScannedTable], column: str) -> list[tuple[ScannedTable, ScannedTable]]:
    """Return tables, sorted, and the table that lists the people whose numbers they have."""
    first: dict[str, ScannedTable] = {}  # list of people, by where numbers mean the same
    for scanned in sorted(several, key=lambda each: each.table.name):
        if scanned.told.issued[column].list:
            first.setdefault(scanned.numbering, scanned)
    lists: list[ScannedTable] = []  # whose people no earlier one lists
    for own in sorted(first.values(), key=lambda each: each.id):
        if not any(_refers(own, each, column) for each in lists):
            lists.append(own)
    found = []
    for scanned in several:
        own = first.get(scanned.numbering, scanned)
        if own is scanned or _may_refer(scanned, own, column):
            listed = next((each for each in lists if each is own or _refers(own, each, column)), None)
            found += [(scanned, listed)] if listed else []
    return found


def _note_key(tables: Sequence[ScannedTable], people: ScannedTable, column: str) -> None:
    persons = f"{people.numbering}/{people.table.name}.{column}"
    for each in tables:
        here = each.source == people.source
        key = Key(people.table.name if here else people.id, OWN, persons, "" if here else people.source)
        each.told = replace(each.told, keys={**each.told.keys, column: key})


def _may_refer(scanned: ScannedTable, people: ScannedTable, column: str) -> bool:
    """Return whether numbers may be those of a list: some are, or samples are too small to show it.

    Of mere digits, more must be than by chance.
    """
    numbers, listed, rows = scanned.told.issued[column], people.told.issued[column], people.table.rows
    if not (numbers.letters and listed.letters):
        return meet(numbers, listed)
    most = len(numbers.sample) * len(listed.sample)
    return common(numbers, listed) > 0 or rows is None or most < WOULD_MEET * rows.value


def _refers(scanned: ScannedTable, people: ScannedTable, column: str) -> bool:
    """Return whether samples show that numbers are those of a list elsewhere."""
    numbers, listed = scanned.told.issued[column], people.told.issued[column]
    return scanned.numbering != people.numbering and mean_the_same(numbers, listed)


def _own(batch: Batch, tags: Tags, types: Collection[str]) -> dict[str, pa.StringArray]:
    own = (c for c, held in tags.items() if holds(held, types) and slot_of(c, "", types) == OWN)
    return {column: cells_in(batch, column) for column in own}


def _are_issued(cells: pa.StringArray) -> bool:
    cells = cells.drop_null()
    first = cells[:FEWEST]
    if len(first) < FEWEST or max(_share(first, ISSUED), _share(first, _DIGITS)) < _SOME:  # soon told of most
        return False
    return _share(cells, ISSUED) >= MOST or (
        _share(cells, _DIGITS) >= MOST > _share(cells, _MOMENT) and _density(cells) < SPARSE
    )


def _hashed(cells: pa.StringArray) -> I64:
    return np.unique(np.fromiter(map(hash, cells.drop_null().to_pylist()), np.int64))


def _share(cells: pa.StringArray, pattern: str) -> float:
    return float(np.asarray(pc.match_substring_regex(cells, pattern)).mean())


def _density(cells: pa.StringArray) -> float:
    """Return the density of ``IssuedNumbers``."""
    bare = pc.replace_substring_regex(cells, _LETTERS, "")
    digits = bare.filter(pc.match_substring_regex(bare, _DIGITS))
    numbers = np.unique(np.asarray(digits.cast(pa.int64())))
    return len(numbers) / (int(numbers[-1] - numbers[0]) + 1) if len(numbers) else 0.0
