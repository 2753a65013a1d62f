"""Persons as digests."""

from __future__ import annotations

from dataclasses import dataclass

from scanner.digests import U64
from scanner.identifiers.arrays import U32, Mask

RELATION = "(relation)"  # no type has such an id


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """Persons of one slot, one per row. All arrays have one entry per row; 0 means unknown.

    Attributes:
        table: Id of the table, ``dataset/table``.
        ids: Kind and digests; a kind may occur twice (two phone columns). Never twice for a strong
            kind: such rows are handed on as two persons. The kind ``RELATION`` identifies nobody by itself:
            equal ones are the same relative of a person of one name, under one phone. Nor do ``THING``
            and ``OF_THING``: equal ones are the number of one thing, such as a visit.
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
