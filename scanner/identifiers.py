"""Turn rows into keyed digests of what identifies people: the last place with a raw value.

Everything after this module (census, counts, stored state, reports) sees 64-bit digests only.
"""

from __future__ import annotations

import datetime as dt
import functools
import operator
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, TypeAlias, cast

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from classifiers.catalogue import Catalogue, built_in
from classifiers.kernels import clean, is_placeholder
from classifiers.lexicon import alternation
from scanner.age_clock import clock_bits
from scanner.compiled.loading import Acceleration
from scanner.digested import I32, Digested, Digester
from scanner.digests import U8, U64, SubjectKey, digest, rotate

__all__ = [
    "ADULT",
    "BLANK",
    "CATEGORY_BITS",
    "FIRST_WINDOW_BIT",
    "I32",
    "I64",
    "MINOR_UNDER_14",
    "MINOR_UNDER_18",
    "U8",
    "U32",
    "U64",
    "Mask",
    "Records",
    "SlotPlan",
    "SubjectKey",
    "TablePlan",
    "digest",
    "identify",
    "plan_table",
]

U32 = npt.NDArray[np.uint32]
I64 = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
_Cells: TypeAlias = "pa.Array[Any]"
_Text: TypeAlias = pa.StringArray
_Found: TypeAlias = tuple[str, Digested]  # column, and one kind that it holds

# Bits of a row. Bits 15 to 18 belong to the caller (reporting windows), passed in as ``row_flags``; bits 19
# to 31 are the age clock of minors.
CATEGORY_BITS: Mapping[str, int] = MappingProxyType(
    {
        name: 1 << position
        for position, name in enumerate(
            (
                "biometric",
                "religion",
                "specific_identity",
                "health",
                "financial",
                "location",
                "other",
                "sensitive",
                "face",
            )
        )
    }
)
MINOR_UNDER_14 = 1 << 9
MINOR_UNDER_18 = 1 << 10
ADULT = 1 << 11
BLANK = 1 << 12  # nothing is known of the row's own person; counts if most rows of the table say something
AHEAD = 1 << 13  # a date of the row lies ahead of the day of the count: on a later day it may count otherwise
FIRST_WINDOW_BIT = 15

# Persons of these slots are of age: a guardian who shares a phone with the child is not the child.
ADULT_SLOTS = frozenset(
    "guardian father mother spouse operator legal_representative doctor policyholder".split()
)
HAN_NAME = r"^(\p{Han}{2,4}|\p{Han}{1,10}(·\p{Han}{1,10}){1,3})$"
LATIN_NAME = r"^\p{Latin}[\p{Latin}\p{M} .,'’-]{1,60}$"
EMPTY_NAME = (
    r"^(无名氏?|未知|不详|匿名.*|没有|暂无|未填写?|先生|女士|同学|客户|用户|本人"
    r"|n/?a|none|null|unknown|anonymous)$"
)
TEST_NAME = r"^(测试.*|.*测试|test[ _-]?(er|user|account|name)?[ _-]?\d*|demo[ _-]?\d*)$"
# A Latin name without a Chinese surname among its words is not another spelling of a Chinese name.
_WITH_CHINESE_SURNAME = rf"(^|[ -])({alternation('romanised_surnames')})($|[ -])"
HORIZON_YEARS = 3  # dates further ahead (defaults such as 9999-12-31) never come true for stored counts
OLDEST = 18_500_101  # yyyymmdd; an earlier birth date is a typing error or a default


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotPlan:
    """The columns of one table that describe one person per row.

    Attributes:
        slot: ``""`` for the row's own person, else a secondary person such as ``guardian``.
        identifiers: Column and PI type of everything that identifies.
        categories: Column to categories (keys of ``CATEGORY_BITS``) that a cell with a value proves.
        others: Further tagged columns: a value in one of them says something about somebody.

    """

    slot: str
    identifiers: tuple[tuple[str, str], ...] = ()
    names: tuple[str, ...] = ()
    births: tuple[str, ...] = ()
    categories: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    others: tuple[str, ...] = ()

    def columns(self) -> tuple[str, ...]:
        """Return every column of the slot once, sorted."""
        identifying = {name for name, _ in self.identifiers}
        return tuple(sorted(identifying.union(self.names, self.births, self.categories, self.others)))


@dataclass(frozen=True, slots=True)
class TablePlan:
    """What to read of one table to count its persons.

    Attributes:
        rows_as: Id the rows are counted under, when it is not that of the table.

    """

    dataset: str
    table: str
    slots: tuple[SlotPlan, ...]
    rows_as: str = ""

    @property
    def id(self) -> str:
        return self.rows_as or f"{self.dataset}/{self.table}"

    def columns(self) -> tuple[str, ...]:
        """Return every column to read, sorted."""
        return tuple(sorted({column for slot in self.slots for column in slot.columns()}))


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """Persons of one slot, one per row. All arrays have one entry per row; 0 means unknown.

    Attributes:
        table: Id of the table, ``dataset/table``.
        ids: Kind and digests; a kind may occur twice (two phone columns). Never twice for a strong
            kind: such rows are handed on as two persons.
        names: Digest of the name; bit 0 is set for what may be a Chinese name in Latin letters.
        born_as: Digest of name and birth date together, where both are known. Never links; tells minors
            apart, who all show a birth date.
        flags: Category bits, minor bits, window bits, the clock of minors.
        present: Whether the row says something about somebody in this slot, or has the ``BLANK`` flag.
        key: Fingerprint of the key the digests were made with.

    """

    table: str
    slot: str
    ids: tuple[tuple[str, U64], ...]
    names: U64
    born_as: U64
    flags: U32
    present: Mask
    key: str

    def __len__(self) -> int:
        return len(self.present)


# ------------------------------------------------------------------------------------ plans


def plan_table(
    dataset: str,
    table: str,
    columns: Sequence[tuple[str, tuple[str, ...], tuple[str, ...]]],
    slots: Mapping[str, str],
    catalogue: Catalogue | None = None,
) -> TablePlan:
    """Plan the count of one table from its tagged columns.

    Args:
        dataset: Name of the dataset.
        table: Name of the table.
        columns: Name, PI types and categories (keys of ``CATEGORY_BITS``) of every tagged column.
        slots: Column to slot, from ``slots.assign_slots``.
        catalogue: Says which types identify; default: the built-in one.

    """
    identifying = (catalogue or built_in()).identifying
    names = sorted({slots.get(column, "") for column, _, _ in columns})
    parts = {name: [c for c in columns if slots.get(c[0], "") == name] for name in names}
    return TablePlan(
        dataset, table, tuple(_plan_slot(name, part, identifying) for name, part in parts.items())
    )


def _plan_slot(
    slot: str,
    columns: Sequence[tuple[str, tuple[str, ...], tuple[str, ...]]],
    identifying: frozenset[str],
) -> SlotPlan:
    identifiers = tuple((c, t) for c, of, _ in columns for t in of if t in identifying)
    used = {column for column, _ in identifiers}
    return SlotPlan(
        slot=slot,
        identifiers=identifiers,
        names=tuple(c for c, of, _ in columns if {"person_name", "person_name_pinyin"} & set(of)),
        births=tuple(c for c, of, _ in columns if "birth_date" in of),
        categories={c: categories for c, _, categories in columns if categories},
        others=tuple(c for c, _, _ in columns if c not in used),
    )


# ------------------------------------------------------------------------------------ rows


def identify(  # noqa: PLR0913 -- rows, plan, secret, and what the caller knows of day, windows and types
    batch: pa.RecordBatch,
    plan: TablePlan,
    key: SubjectKey,
    *,
    as_of: dt.date,
    row_flags: U32 | None = None,
    catalogue: Catalogue | None = None,
    acceleration: Acceleration | None = None,
) -> list[Records]:
    """Return the persons of a batch, slot by slot, as digests.

    Args:
        batch: Holds at least ``plan.columns()``.
        plan: Which columns describe whom.
        key: The secret of the digests.
        as_of: Day on which ages are taken.
        row_flags: ``AHEAD`` and bits 15 to 18 of every row: membership of reporting windows.
        catalogue: Knows the canonical values of every type; default: the built-in one.
        acceleration: Compiled kernels, for large tables; the result is the same without.

    """
    known = catalogue or built_in()
    window = np.zeros(batch.num_rows, np.uint32) if row_flags is None else row_flags.astype(np.uint32)
    parts = (_Slot(batch, plan, slot, key, known, acceleration or Acceleration()) for slot in plan.slots)
    return [records for part in parts for records in part.records(window, as_of)]


@dataclass(frozen=True, slots=True)
class _Slot:
    """One slot of one batch, on its way to digests."""

    batch: pa.RecordBatch
    plan: TablePlan
    slot: SlotPlan
    key: SubjectKey
    catalogue: Catalogue
    acceleration: Acceleration

    def records(self, window: U32, as_of: dt.date) -> Iterator[Records]:
        """Yield the persons of the slot, then those of a second strong value in the same rows."""
        found = self._found()
        names, test = _names(self.batch, self.slot.names, self.key)
        births = _births(self.batch, self.slot, found)
        flags = window | _category_flags(self.batch, self.slot, found)
        flags |= age_flags(births, as_of, adult=self.slot.slot in ADULT_SLOTS)
        flags |= clock_bits(births, (flags & MINOR_UNDER_18) != 0, as_of, self.key.secret)
        present = self._present(found, flags) & ~test
        born_as = _born_as(names, births, self.key)
        strong = frozenset(f.kind for _, f in found if self.catalogue.types[f.kind].strength == "strong")
        first, second = _digests(found, strong)
        yield self._records(first, names, born_as, flags, present)
        nobody = np.zeros_like(names)
        for kind, values in second:
            yield self._records([(kind, values)], nobody, nobody, flags, present & (values != 0))

    def _found(self) -> list[_Found]:
        digester = Digester(self.plan.dataset, self.key, self.catalogue, self.acceleration)
        return [
            (column, held)
            for column, pi_type in self.slot.identifiers
            for held in digester.column(self.batch.column(column), pi_type)
        ]

    def _present(self, found: Sequence[_Found], flags: U32) -> Mask:
        """Return which rows are about somebody; mark the blank ones of the row's own person."""
        present = _filled(self.batch, self.slot, found)
        if not self.slot.slot and (self.slot.identifiers or self.slot.names):
            flags[~present] |= np.uint32(BLANK)
            present = np.ones_like(present)
        return present

    def _records(
        self, ids: list[tuple[str, U64]], names: U64, born_as: U64, flags: U32, present: Mask
    ) -> Records:
        return Records(
            table=self.plan.id,
            slot=self.slot.slot,
            ids=tuple(
                (self.catalogue.kind(kind), np.where(present, values, np.uint64(0))) for kind, values in ids
            ),
            names=names,
            born_as=born_as,
            flags=flags,
            present=present,
            key=self.key.fingerprint,
        )


def _valid(values: _Cells) -> Mask:
    return np.asarray(values.is_valid())


def _matches(values: _Text, pattern: str) -> Mask:
    """Return which cells match, whatever the case of their letters; False for null."""
    found = pc.match_substring_regex(values, pattern, ignore_case=True)
    return np.asarray(found.fill_null(False))


def _where(mask: Mask, values: _Text) -> _Text:
    """Return the cells of the mask, null elsewhere."""
    return cast("_Text", pc.if_else(pa.array(mask), values, pa.scalar(None, pa.string())))


def _digests(
    found: Sequence[_Found], strong_kinds: frozenset[str]
) -> tuple[list[tuple[str, U64]], list[tuple[str, U64]]]:
    """Return the digests, and those of a second, different strong value in the same row."""
    first: list[tuple[str, U64]] = []
    second: list[tuple[str, U64]] = []
    strong: dict[str, U64] = {}
    for kind, digests in ((held.kind, held.digests) for _, held in found):
        if kind not in strong:
            first.append((kind, digests))
            if kind in strong_kinds:
                strong[kind] = digests
            continue
        earlier = strong[kind]
        another = (digests != 0) & (earlier != 0) & (digests != earlier)
        second.append((kind, np.where(another, digests, np.uint64(0))))
        np.copyto(earlier, digests, where=earlier == 0)
    return first, [(kind, digests) for kind, digests in second if digests.any()]


# ------------------------------------------------------------------------------------ names


def _names(batch: pa.RecordBatch, columns: Sequence[str], key: SubjectKey) -> tuple[U64, Mask]:
    """Return digests of names, and the rows whose name says that they are a test, about nobody.

    Bit 0 of a digest tells what may be a Chinese name in Latin letters, which contradicts none in characters.
    """
    out = np.zeros(batch.num_rows, np.uint64)
    test = np.zeros(batch.num_rows, np.bool_)
    for column in columns:
        encoded = clean(batch.column(column)).dictionary_encode()
        names = cast("_Text", encoded.dictionary)
        place = np.asarray(encoded.indices.fill_null(len(names)))
        digests = np.append(_name_digests(names, key), np.uint64(0))[place]
        test |= np.append(_matches(names, TEST_NAME), False)[place]
        better = (out == 0) | ((out & np.uint64(1)) > (digests & np.uint64(1)))
        np.copyto(out, digests, where=(digests != 0) & better)
    return out, test


def _name_digests(names: _Text, key: SubjectKey) -> U64:
    out = np.zeros(len(names), np.uint64)
    plausible = _plausible_name(names)
    latin = _latin_names(plausible)
    romanised = _matches(latin, _WITH_CHINESE_SURNAME).astype(np.uint64)
    for values, bit in ((_han_names(plausible), np.zeros_like(out)), (latin, romanised)):
        digests = digest("person_name", values, key)
        tagged = (digests & ~np.uint64(1)) | bit
        out[digests != 0] = np.maximum(tagged, np.uint64(2))[digests != 0]
    return out


def _plausible_name(values: _Text) -> _Text:
    return _where(~_matches(values, EMPTY_NAME), values)


def _han_names(values: _Text) -> _Text:
    dotted = pc.replace_substring_regex(values, r"[•・‧∙]", "·")
    compact = pc.replace_substring_regex(dotted, r"\s+", "")
    return _where(_matches(compact, HAN_NAME) & ~_matches(compact, "某"), compact)


def _latin_names(values: _Text) -> _Text:
    """Return Latin names in lower case with their words sorted: family name first or last is one name."""
    latin = _where(_matches(values, LATIN_NAME), values)
    if latin.null_count == len(latin):
        return latin
    words = pc.replace_substring_regex(pc.utf8_lower(latin), r"[ .,]+", " ")
    lists = pc.split_pattern(pc.utf8_trim_whitespace(words), " ")
    flat = pa.table({"row": pc.list_parent_indices(lists), "word": pc.list_flatten(lists)})
    ordered = flat.sort_by([("row", "ascending"), ("word", "ascending")])["word"].combine_chunks()
    counts = np.asarray(pc.list_value_length(lists).fill_null(0))
    offsets = pa.array(np.concatenate([[0], np.cumsum(counts)]), pa.int32())
    joined = pc.binary_join(pa.ListArray.from_arrays(offsets, ordered), " ")
    return _where(_valid(latin), cast("_Text", joined))


# ------------------------------------------------------------------------------------ flags


def _filled(batch: pa.RecordBatch, slot: SlotPlan, found: Sequence[_Found]) -> Mask:
    """Return rows with a value in some column of the slot; columns are read until every row has one."""
    filled = functools.reduce(
        operator.or_, (held.digests != 0 for _, held in found), np.zeros(batch.num_rows, np.bool_)
    )
    types = dict(slot.identifiers)
    for column in slot.columns():
        left = np.flatnonzero(~filled)
        if not len(left):
            break
        filled[left] = _says_something(batch.column(column).take(left), types.get(column, ""))
    return filled


def _says_something(array: _Cells, pi_type: str = "") -> Mask:
    """Return cells that are neither null nor empty nor a mere placeholder."""
    if not _is_text(array.type):
        return _valid(array)
    return _valid(clean(array)) & ~is_placeholder(pi_type, array)


def _is_text(kind: pa.DataType) -> bool:
    if isinstance(kind, pa.DictionaryType):
        return _is_text(kind.value_type)
    return pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind)


def _category_flags(batch: pa.RecordBatch, slot: SlotPlan, found: Sequence[_Found]) -> U32:
    flags = np.zeros(batch.num_rows, np.uint32)
    identifying = {column for column, _ in slot.identifiers}
    for column, categories in slot.categories.items():
        bits = functools.reduce(operator.or_, (CATEGORY_BITS[name] for name in categories), 0)
        if column in identifying:
            masks = [held.digests != 0 for name, held in found if name == column]
            holds = functools.reduce(operator.or_, masks)
        else:
            holds = _says_something(batch.column(column))
        flags[holds] |= np.uint32(bits)
    return flags


def _births(batch: pa.RecordBatch, slot: SlotPlan, found: Sequence[_Found]) -> I32:
    """Return birth dates as yyyymmdd, from a valid ID number before a birth column; 0 if unknown."""
    out = np.zeros(batch.num_rows, np.int32)
    columns = (_date_digits(batch.column(column)).cast(pa.int32()).fill_null(0) for column in slot.births)
    shown = (held.births for _, held in found if held.births is not None)
    for day in (*shown, *map(np.asarray, columns)):
        np.copyto(out, day, where=(out == 0) & (day >= OLDEST))
    return out


def _date_digits(array: _Cells) -> _Text:
    """Return dates as text of eight digits; null for anything else."""
    padded = pc.replace_substring_regex(
        clean(array), r"^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?([ T].*)?$", r"\1-0\2-0\3"
    )
    joined = pc.replace_substring_regex(padded, r"^(\d{4})-0?(\d{2})-0?(\d{2})$", r"\1\2\3")
    return _where(_matches(joined, "^[0-9]{8}$"), joined)


def age_flags(births: I32, as_of: dt.date, *, adult: bool) -> U32:
    """Return the age bits; who has the birthday on ``as_of`` has reached the age."""
    today = as_of.year * 10_000 + as_of.month * 100 + as_of.day
    known = (births > 0) & (births <= today)
    flags = np.where(known & (births + 140_000 > today), MINOR_UNDER_14, 0)
    flags |= np.where(known & (births + 180_000 > today), MINOR_UNDER_18, 0)
    of_age = np.where(births > 0, known & (births + 180_000 <= today), adult)
    flags |= np.where((births > today) & (births <= today + HORIZON_YEARS * 10_000), AHEAD, 0)
    return (flags | np.where(of_age, ADULT, 0)).astype(np.uint32)


def _born_as(names: U64, births: I32, key: SubjectKey) -> U64:
    if not names.any():
        return np.zeros_like(names)
    known = cast("_Text", pa.array(births, mask=births == 0).cast(pa.string()))
    days = digest("birth_date", known, key)
    return np.where((names != 0) & (days != 0), rotate(names, 1) ^ days, np.uint64(0))
