"""From a column of identifiers to digests, kind by kind.

Two ways with the same results: ``classifiers.kernels`` and numpy for any type and any cell, and compiled
kernels for the plain cells of the types that large tables are full of.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from types import ModuleType
from typing import Any, TypeAlias, cast

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from classifiers.catalogue import Catalogue
from classifiers.kernels import clean, placeholder, pseudonyms
from scanner.compiled import tables
from scanner.compiled.loading import Acceleration
from scanner.digests import U64, SubjectKey, digest, keyed_state
from scanner.digests.buffers import seen

I32 = npt.NDArray[np.int32]
I64 = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
_Cells: TypeAlias = "pa.Array[Any]"
_Text: TypeAlias = pa.StringArray

# Documents found in an ID-number column beside resident IDs, tried in this order.
DOCUMENTS = ("passport", "hkmo_permit", "tw_permit", "foreign_pr_card", "hmt_residence_permit")
# Numbers that every issuer starts at 1: short ones mean something within one database only.
ISSUER_KINDS = frozenset("user_account employee_no student_no medical_record_no".split())
ISSUER_DIGITS = 8  # characters; a longer all-digit number is taken as unique across datasets
_FIRST_NUMBERS = "^(?:[1-9][0-9]{0,2}|0[1-9][0-9]|0{1,2}[1-9])$"  # too short to be told by themselves

PERSON_KEY = "person_key"  # no PI type: a number by which the rows of a dataset refer to somebody
# Nor are these: the number of a thing, such as a visit, in the row that has it, and in rows that refer to it.
THING, OF_THING = "(thing)", "(of thing)"
# No PI types either: hashed or encrypted identifiers. Of a document or an account, which is one person's, and
# of a contact, which several may share.
PSEUDONYM, PSEUDONYMOUS_CONTACT = "pseudonym", "pseudonymous_contact"
_OF = "pseudonym:"
_NOBODY = r"^(?:-?0+|-1)(?:\.0+)?$"  # what a key is where there is nobody

_COMPILED = frozenset({"id_card", "mobile", "email"})


def pseudonym_of(pi_type: str) -> str:
    """Return what ``Digester.column`` takes for a type whose values are hashed or encrypted."""
    return f"{_OF}{pi_type}"


def is_pseudonym_of(pi_type: str) -> bool:
    """Return whether that is what a column holds."""
    return pi_type.startswith(_OF)


@dataclass(frozen=True, slots=True)
class Digested:
    """One kind of identifier in a column.

    Attributes:
        digests: One per cell; 0 where the cell holds no valid value of the kind.
        births: Birth dates as yyyymmdd that valid resident ID numbers tell; None for other kinds.

    """

    kind: str
    digests: U64
    births: I32 | None = None

    def at(self, rows: npt.NDArray[np.integer[Any]], size: int) -> Digested:
        """Return a column of ``size`` cells with these cells at ``rows``, nothing elsewhere."""
        return replace(
            self,
            digests=_placed(self.digests, rows, size),
            births=None if self.births is None else _placed(self.births, rows, size),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Digester:
    """How the identifiers of one table become digests.

    Attributes:
        numbering: Where short numbers of an issuer mean the same as in this table.
    """

    numbering: str
    key: SubjectKey
    catalogue: Catalogue
    acceleration: Acceleration

    def column(self, array: _Cells, pi_type: str, whose: str = "") -> list[Digested]:
        """Return the kinds that a column of this type holds, its own first.

        Keys and numbers of things need ``whose``; of numbers of an issuer, it tells some from others of their
        kind.
        """
        if pi_type == PERSON_KEY:
            return [Digested(pi_type, self._keys(array, f"{PERSON_KEY}@{whose}"))]
        if pi_type in (THING, OF_THING):
            return [Digested(pi_type, self._keys(array, f"{THING}@{whose}"))]
        if is_pseudonym_of(pi_type):
            return [self._pseudonyms(array, pi_type)]
        if isinstance(array, pa.DictionaryArray):
            return self._dictionary(array, pi_type, whose)
        cells = self._compiled(pi_type, array)
        if cells is None:
            return list(self._by_rule(array, pi_type, whose))
        return self._by_kernel(cells, cast("_Text", array), pi_type)

    def _keys(self, array: _Cells, kind: str) -> U64:
        text = clean(array)
        nobody = pc.match_substring_regex(text, _NOBODY).fill_null(False)
        told = _where(~np.asarray(nobody) & ~placeholder("", text), text)
        return self._hash(kind, told)

    def _pseudonyms(self, array: _Cells, pi_type: str) -> Digested:
        hashed = pi_type.removeprefix(_OF)
        contact = self.catalogue.types[hashed].strength == "contact"
        values = pseudonyms(hashed, array)
        return Digested(PSEUDONYMOUS_CONTACT if contact else PSEUDONYM, self._hash(pi_type, values))

    def _dictionary(self, array: pa.DictionaryArray[Any, Any], pi_type: str, whose: str) -> list[Digested]:
        """Look at every distinct value once, unless the dictionary is that of many batches."""
        if len(array.dictionary) > len(array):
            return self.column(array.dictionary_decode(), pi_type, whose)
        place = np.asarray(array.indices.fill_null(len(array.dictionary)))
        return [
            replace(
                found,
                digests=np.append(found.digests, np.uint64(0))[place],
                births=None if found.births is None else np.append(found.births, np.int32(0))[place],
            )
            for found in self.column(array.dictionary, pi_type, whose)
        ]

    def _compiled(self, pi_type: str, array: _Cells) -> ModuleType | None:
        if (
            pi_type not in _COMPILED
            or pi_type in self.catalogue.nobody
            or not isinstance(array, pa.StringArray)
        ):
            return None
        return self.acceleration.kernels("cells")

    def _by_rule(self, array: _Cells, pi_type: str, whose: str = "") -> Iterator[Digested]:
        for kind, values in _canonical(array, pi_type, self.catalogue):
            births = _birth_digits(values) if kind == "id_card" else None
            yield Digested(kind, self._digest(kind, values, whose), births)

    def _by_kernel(self, cells: ModuleType, array: _Text, pi_type: str) -> list[Digested]:
        found, asked = _run_kernel(cells, array, pi_type, self.key)
        rows = np.flatnonzero(asked)
        if not len(rows):
            return [found]
        own, *others = self._by_rule(array.take(rows), pi_type)
        found.digests[rows] |= own.digests
        if found.births is not None and own.births is not None:
            found.births[rows] |= own.births
        return [found, *(part.at(rows, len(array)) for part in others)]

    def _digest(self, kind: str, values: _Text, whose: str) -> U64:
        if kind not in ISSUER_KINDS:
            return self._hash(kind, values)
        kind = f"{kind}#{whose}" if whose else kind
        short = _valid(values) & (np.asarray(pc.binary_length(values).fill_null(0)) <= ISSUER_DIGITS)
        if not short.any():
            return self._hash(kind, values)
        short &= np.asarray(pc.match_substring_regex(values, "^[0-9]+$").fill_null(False))
        within = self._hash(f"{kind}@{self.numbering}", _where(short, values))
        return within | self._hash(kind, _where(~short, values))

    def _hash(self, kind: str, values: _Text) -> U64:
        loops = self.acceleration.kernels("cells")
        if loops is None or not isinstance(values, pa.StringArray):
            return digest(kind, values, self.key)
        state, prefix = keyed_state(kind, self.key)
        digests = np.zeros(len(values), np.uint64)
        loops.texts(*_buffers(values), np.concatenate(state), prefix, digests)
        return digests


def _run_kernel(cells: ModuleType, array: _Text, kind: str, key: SubjectKey) -> tuple[Digested, Mask]:
    """Return what the plain cells of a column hold, and which cells are not plain."""
    column, size = _buffers(array), len(array)
    state, prefix = keyed_state(kind, key)
    secret = np.concatenate(state)
    digests, asked = np.empty(size, np.uint64), np.empty(size, np.bool_)
    births = np.empty(size, np.int32) if kind == "id_card" else None
    if kind == "id_card":
        cells.resident_ids(*column, tables.provinces(), secret, prefix, digests, births, asked)
    elif kind == "mobile":
        cells.mobiles(*column, tables.segments(), tables.nobodys_mobiles(), secret, prefix, digests, asked)
    else:
        heads = tables.email_heads(), tables.email_thirds(), tables.email_tails()
        classes, labels = tables.email_bytes(), tables.email_labels()
        cells.emails(*column, classes, *heads, labels, secret, prefix, digests, asked)
    return Digested(kind, digests, births), asked


def _buffers(array: _Text) -> tuple[I32, npt.NDArray[np.uint8], npt.NDArray[np.uint8], int]:
    """Return offsets, data, validity bits (none if nothing is null) and the bit of the first cell."""
    validity, offsets, data = array.buffers()
    window = seen(offsets, np.int32) if offsets else np.zeros(1, np.int32)
    return (
        window[array.offset : array.offset + len(array) + 1],
        seen(data, np.uint8),
        seen(validity if array.null_count else None, np.uint8),
        array.offset,
    )


def _canonical(array: _Cells, pi_type: str, catalogue: Catalogue) -> Iterator[tuple[str, _Text]]:
    """Yield kinds with their canonical values; an ID-number column may hold other documents too."""
    own = catalogue.canonical(pi_type, array)
    if pi_type in ISSUER_KINDS and own.null_count > array.null_count:
        own = _with_first_numbers(own, clean(array), catalogue.nobody.get(pi_type))
    yield pi_type, own
    if pi_type != "id_card" or own.null_count == 0:
        return
    text = clean(array)
    left = np.flatnonzero(~_valid(own) & _valid(text))
    rest = text.take(pa.array(left, pa.int64()))
    for document in DOCUMENTS:
        values = catalogue.canonical(document, rest)
        if document != "hmt_residence_permit":
            values = _where(_begins_with_letter(values), values)
        found = _valid(values)
        if found.any():
            yield document, _scattered(values.filter(pa.array(found)), left[found], len(array))
            rest, left = rest.filter(pa.array(~found)), left[~found]


def _with_first_numbers(found: _Text, text: _Text, nobody: _Text | None) -> _Text:
    """Return what was found, and the numbers below 1,000 with which an issuer begins."""
    first = np.asarray(pc.match_substring_regex(text, _FIRST_NUMBERS).fill_null(False)) & ~_valid(found)
    if nobody is not None:
        first &= ~np.asarray(pc.is_in(text, nobody))
    return cast("_Text", pc.if_else(pa.array(first), text, found))


def _begins_with_letter(values: _Text) -> Mask:
    return np.asarray(pc.match_substring_regex(values, "^[A-Za-z]").fill_null(False))


def _birth_digits(numbers: _Text) -> I32:
    days = pc.utf8_slice_codeunits(numbers, 6, 14).cast(pa.int32()).fill_null(0)
    return np.asarray(days, np.int32)


def _placed(values: npt.NDArray[Any], rows: npt.NDArray[np.integer[Any]], size: int) -> npt.NDArray[Any]:
    out = np.zeros(size, values.dtype)
    out[rows] = values
    return out


def _scattered(values: _Text, rows: npt.NDArray[np.integer[Any]], size: int) -> _Text:
    """Return a column with the values at these rows, null elsewhere."""
    place = np.full(size, -1, np.int64)
    place[rows] = np.arange(len(rows))
    return values.take(pa.array(place, pa.int64(), mask=place < 0))


def _valid(values: _Cells) -> Mask:
    return np.asarray(values.is_valid())


def _where(mask: Mask, values: _Text) -> _Text:
    """Return the cells of the mask, null elsewhere."""
    return cast("_Text", pc.if_else(pa.array(mask), values, pa.scalar(None, pa.string())))
