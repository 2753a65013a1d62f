"""A table of people who never lived: ID number, phone and e-mail in every row, some missing, some dirty.

Every person has one ID number and one e-mail address, and one phone or two. Which identifiers a row shows is
drawn anew for each row, so a person may fall into several parts that nothing connects. The true counts
are taken from what was drawn, not from the values: they are an answer key, independent of any counting code.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import cache
from multiprocessing import Pool
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

I64 = NDArray[np.int64]
U8 = NDArray[np.uint8]

FILES = 10
BLOCK = 500_000  # rows made at a time
ROW_GROUPS = (131_072, 500_000)  # by file in turn, as are the codecs
CODECS = ("zstd", "snappy")
PERSONS_PER_ROW = 0.44
SECOND_PHONE = 5  # every fifth person has one

_FIRST_DAY, _DAYS = np.datetime64("1940-01-01"), 25_000
_PROVINCES = [11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46]
_DIVISIONS = np.array(
    [p * 10_000 + c * 100 + d for p in _PROVINCES for c in range(1, 14) for d in range(1, 12)]
)
_SEGMENTS = np.array(
    [130, 131, 132, 133, 135, 136, 137, 138, 139, 150, 151, 158, 159, 176, 186, 187, 188, 199]
)
_DOMAINS = pa.array(["@qq.com", "@163.com", "@126.com", "@sina.com.cn", "@outlook.com", "@mail.example.cn"])
_WEIGHTS = np.array([7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2])
_CHECK = np.frombuffer(b"10X98765432", np.uint8)
# What a row shows of its person, one bit each.
_ID, _FIRST_PHONE, _OTHER_PHONE, _EMAIL = 1, 2, 4, 8
_CONTACTS = (_FIRST_PHONE, _OTHER_PHONE, _EMAIL)
_MOST = {_FIRST_PHONE: 4, _OTHER_PHONE: 4, _EMAIL: 2}  # persons who commonly share one (docs/counting.md)


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """The counts that a table must give.

    Attributes:
        ids: Distinct valid ID numbers.
        persons: Persons as far as shared identifiers connect their rows.
        listed: Further persons by the rule on lists of contacts (docs/counting.md).
        anonymous: Rows without any valid identifier.

    """

    rows: int
    ids: int
    persons: int
    listed: int
    anonymous: int


def table(folder: Path, rows: int) -> Truth:
    """Return the truth of the table of ``rows`` rows in the folder; make it if it is not there."""
    answer = folder / "truth.json"
    if not answer.exists():
        folder.mkdir(parents=True, exist_ok=True)
        answer.write_text(json.dumps(asdict(_make(folder, rows))), encoding="utf-8")
    return Truth(**json.loads(answer.read_text(encoding="utf-8")))


def _make(folder: Path, rows: int) -> Truth:
    persons = int(rows * PERSONS_PER_ROW)
    seen = np.zeros(persons, np.uint16)
    alone = np.zeros((len(_CONTACTS), persons), np.uint8)
    anonymous = 0
    jobs = [(folder, file, rows // FILES, persons) for file in range(FILES)]
    with Pool(2) as pool:
        for part, entries, nameless in pool.imap_unordered(_write, jobs):
            seen |= part
            alone += entries
            anonymous += nameless
    parts = _parts_by_combinations()
    has_id = np.array(
        [any(bits >> shown & 1 for shown in range(16) if shown & _ID) for bits in range(1 << 16)]
    )
    ids, linked = int(has_id[seen].sum()), int(parts[seen].sum())
    return Truth(
        rows=rows // FILES * FILES, ids=ids, persons=linked, listed=_listed(alone), anonymous=anonymous
    )


def _listed(alone: U8) -> int:
    """Return how many persons the rows that show one contact only add, if the table is a list of contacts.

    Args:
        alone: How often each contact (kinds x persons) comes by itself.

    """
    if (alone == 1).sum() < 0.95 * (alone > 0).sum():
        return 0
    most = np.array([[_MOST[kind]] for kind in _CONTACTS])
    repeated = (alone > 1) & (alone < 8)
    return int((np.minimum(alone, most) - 1)[repeated].sum())


def _write(job: tuple[Path, int, int, int]) -> tuple[NDArray[np.uint16], U8, int]:
    folder, file, rows, persons = job
    rng = np.random.default_rng(1000 + file)
    seen = np.zeros(persons, np.uint16)
    alone = np.zeros((len(_CONTACTS), persons), np.uint8)
    anonymous = 0
    path = folder / f"part-{file:02}.parquet"
    codec, group = CODECS[file % 2], ROW_GROUPS[file // 2 % 2]
    schema = pa.schema([(name, pa.string()) for name in ("id_card", "phone", "email")])
    with pq.ParquetWriter(path, schema, compression=codec) as writer:
        for start in range(0, rows, BLOCK):
            who = rng.integers(0, persons, min(BLOCK, rows - start))
            columns, shown = _rows(rng, who, persons)
            np.bitwise_or.at(seen, who, (1 << shown).astype(np.uint16))
            for row, contact in enumerate(_CONTACTS):
                np.add.at(alone[row], who[shown == contact], 1)
            anonymous += int((shown == 0).sum())
            writer.write_table(pa.table(columns, schema=schema), row_group_size=group)
    return seen, alone, anonymous


@cache
def _parts_by_combinations() -> NDArray[np.uint8]:
    """Return into how many connected parts a person falls, by the set of combinations its rows show."""
    return np.array([_parts([s for s in range(1, 16) if bits >> s & 1]) for bits in range(1 << 16)], np.uint8)


def _parts(shown: list[int]) -> int:
    groups: list[int] = []
    for identifiers in shown:
        apart = [group for group in groups if not group & identifiers]
        merged = identifiers
        for group in groups:
            merged |= group if group & identifiers else 0
        groups = [*apart, merged]
    return len(groups)


def _rows(rng: np.random.Generator, who: I64, persons: int) -> tuple[dict[str, pa.StringArray], I64]:
    ids, id_shown = _dirty_ids(rng, id_numbers(who))
    other = (_scrambled(who, 9) % SECOND_PHONE == 0) & (rng.random(len(who)) < 0.5)
    numbers, phone_shown = _dirty_phones(rng, phone_numbers(np.where(other, persons + who, who)))
    emails, email_shown = _some(rng, 0.4, _emails(who))
    shown = np.where(id_shown, _ID, 0) | np.where(email_shown, _EMAIL, 0)
    shown |= np.where(phone_shown, np.where(other, _OTHER_PHONE, _FIRST_PHONE), 0)
    return {"id_card": ids, "phone": numbers, "email": emails}, shown


def id_numbers(who: I64) -> U8:
    """Return the ID number of each person as characters (persons x 18); no two are alike."""
    spread = (who * 48_271 + 12_345) % (len(_DIVISIONS) * _DAYS * 1_000)
    division, rest = spread % len(_DIVISIONS), spread // len(_DIVISIONS)
    born = np.datetime_as_string(_FIRST_DAY + np.arange(_DAYS), unit="D")
    dates = np.array([day.replace("-", "") for day in born.tolist()]).astype(np.int64)
    out = np.empty((len(who), 18), np.uint8)
    _digits(_DIVISIONS[division], out[:, :6])
    _digits(dates[rest % _DAYS], out[:, 6:14])
    _digits(rest // _DAYS, out[:, 14:17])
    out[:, 17] = _CHECK[(out[:, :17] - np.int64(48)) @ _WEIGHTS % 11]
    return out


def phone_numbers(who: I64) -> U8:
    """Return a number for each of the phones (phones x 11); no two are alike."""
    spread = (who * 39_916_801 + 777) % (len(_SEGMENTS) * 10**8)
    out = np.empty((len(who), 11), np.uint8)
    _digits(_SEGMENTS[spread % len(_SEGMENTS)], out[:, :3])
    _digits(spread // len(_SEGMENTS), out[:, 3:])
    return out


def _emails(who: I64) -> pa.StringArray:
    letters = _scrambled(who, 5)
    head = np.empty((len(who), 4), np.uint8)
    for place in range(4):
        head[:, place] = (letters >> 5 * place) % 26 + ord("a")
    domain = _DOMAINS.take(pa.array((letters >> 40) % len(_DOMAINS)))
    return pc.binary_join_element_wise(_fixed(head), pa.array(who).cast(pa.string()), domain, "")


def _digits(values: I64, out: U8) -> None:
    for place in range(out.shape[1] - 1, -1, -1):
        values, digit = np.divmod(values, 10)
        out[:, place] = digit + 48


def _scrambled(values: I64, salt: int) -> I64:
    z = values.astype(np.uint64) + np.uint64(salt * 0x9E3779B97F4A7C15 & (2**64 - 1))
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return ((z ^ (z >> np.uint64(31))) >> np.uint64(1)).astype(np.int64)


def _fixed(characters: U8) -> pa.StringArray:
    rows, width = characters.shape
    offsets = np.arange(0, (rows + 1) * width, width, dtype=np.int32)
    return pa.StringArray.from_buffers(rows, pa.py_buffer(offsets), pa.py_buffer(characters.copy()))


def _dirty_ids(rng: np.random.Generator, ids: U8) -> tuple[pa.StringArray, NDArray[np.bool_]]:
    """Return a tenth missing and 2 % dirty: wrong check digit, blanks, hyphens, full width, 15 digits."""
    draw = rng.random(len(ids))
    wrong = draw < 0.004
    ids[wrong, 16] = (ids[wrong, 16] - 47) % 10 + 48
    column = _fixed(ids)
    old = (draw >= 0.015) & (draw < 0.018) & (ids[:, 6] == ord("1"))
    nobody = (draw >= 0.018) & (draw < 0.02)
    for rows, rewrite in (
        ((draw >= 0.004) & (draw < 0.008), lambda text: f" {text} "),
        ((draw >= 0.008) & (draw < 0.012), lambda text: f"{text[:6]}-{text[6:14]}-{text[14:].lower()}"),
        ((draw >= 0.012) & (draw < 0.015), _full_width),
        (old, lambda text: text[:6] + text[8:17]),
        (nobody, lambda _: "无"),
    ):
        column = _rewritten(column, rows, rewrite)
    return _some(rng, 0.1, column, ~(wrong | nobody))


def _dirty_phones(rng: np.random.Generator, phones: U8) -> tuple[pa.StringArray, NDArray[np.bool_]]:
    """Return 15 % missing and 3.6 % dirty: country code, blanks, full width, a hyphen only."""
    draw = rng.random(len(phones))
    column = _fixed(phones)
    nobody = (draw >= 0.033) & (draw < 0.036)
    for rows, rewrite in (
        (draw < 0.02, lambda text: f"+86{text}"),
        ((draw >= 0.02) & (draw < 0.03), lambda text: f"{text[:3]} {text[3:7]} {text[7:]}"),
        ((draw >= 0.03) & (draw < 0.033), _full_width),
        (nobody, lambda _: "-"),
    ):
        column = _rewritten(column, rows, rewrite)
    return _some(rng, 0.15, column, ~nobody)


def _full_width(text: str) -> str:
    return text.translate({code: code + 0xFEE0 for code in range(0x21, 0x7F)})


def _rewritten(
    column: pa.StringArray, rows: NDArray[np.bool_], rewrite: Callable[[str], str]
) -> pa.StringArray:
    mask = pa.array(rows)
    return pc.replace_with_mask(
        column, mask, pa.array([rewrite(t) for t in column.filter(mask).to_pylist()], pa.string())
    )


def _some(
    rng: np.random.Generator, missing: float, column: pa.StringArray, usable: NDArray[np.bool_] | None = None
) -> tuple[pa.StringArray, NDArray[np.bool_]]:
    """Return the column with some cells missing, and where a usable value is left."""
    kept = rng.random(len(column)) >= missing
    shown = pc.if_else(pa.array(kept), column, pa.scalar(None, pa.string()))
    return shown, kept if usable is None else kept & usable
