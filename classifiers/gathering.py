"""From batch to evidence: what every recognizer sees in every column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from functools import lru_cache
from typing import Protocol

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from classifiers import structures
from classifiers._recognizer import Matches, Recognizer
from classifiers.catalogue import Catalogue, built_in
from classifiers.cells import LONGEST, Cells
from classifiers.chance import by_chance
from classifiers.evidence import STRONG, WEAK, ColumnEvidence, TypeEvidence
from classifiers.headers import NOT_PERSONAL, HeaderHit, Vocabulary
from classifiers.headers.hashing import without_hashing
from classifiers.listings import without_listings
from classifiers.prescriptions import prescribed
from classifiers.pseudonyms import PSEUDONYMOUS, pseudonymous_share
from classifiers.ranking import best, may_be_hashed
from classifiers.tagging import LOOSE
from connectors import Batch, Table

TEXTS_READ = 2_000  # distinct cells of running text; a tenth where the cell is a value itself

# Types that a table of persons shows.
_PERSONAL = frozenset(
    "person_name mobile id_card email gender birth_date address ethnicity age education passport "
    "marital_status wechat_id qq user_account password bank_card employee_no student_no".split()
)
_HEALTH = frozenset("icd10_code diagnosis_text medication blood_type medical_record_no".split())
# Types whose header words mean them only in company (name, tel, vaccine): how many of which neighbours.
_COMPANY = {
    "person_name": (3, _PERSONAL),
    "landline": (3, _PERSONAL),
    "address": (3, _PERSONAL),
    "person_name_pinyin": (2, _PERSONAL),
    "medication": (2, _PERSONAL),
    "medical_record_no": (1, _HEALTH),
    "business_license": (1, frozenset({"uscc", "org_code", "tax_id"})),
    "transaction_amount": (1, frozenset({"bank_card", "bank_account"})),
}
# The same by word: an account beside a password, how its owner is reached, or from where, is a login name.
_LOGIN = frozenset("password mobile email wechat_id ip_address mac_address device_id user_agent".split())
_COMPANY_OF_WORDS = {"account": (1, _LOGIN)}


_NOTHING = np.zeros(0, dtype=bool)


class TextReader(Protocol):
    """Free-text recognition; see ``classifiers.text``. ``limits`` says what it cannot find, or is empty."""

    @property
    def limits(self) -> str: ...

    def summarise(self, texts: Sequence[str]) -> Mapping[str, int]:
        """Return the number of cells that hold each PI type."""
        ...


def gather(
    batch: Batch, table: Table, reader: TextReader | None, catalogue: Catalogue | None = None
) -> tuple[ColumnEvidence, ...]:
    """Return the evidence in every column of a sample, for the types of ``catalogue`` (default: built in)."""
    known = catalogue or built_in()
    words = known.vocabulary
    said = {column.name: _header_hits(column.name, column.comment, words) for column in table.columns}
    headers = prescribed(said, table)
    strong = {column: hits[0].type for column, hits in headers.items() if hits and hits[0].strength >= STRONG}
    found = tuple(
        _gather_column(
            name, _in_company(name, headers.get(name, []), strong), Cells(batch.column(i)), reader, known
        )
        for i, name in enumerate(batch.schema.names)
    )
    return without_listings(found, table.name, known)


def _gather_column(
    name: str, hits: list[HeaderHit], cells: Cells, reader: TextReader | None, known: Catalogue
) -> ColumnEvidence:
    if cells.members is not None and cells.members.n:
        return _gather_lists(name, hits, cells, reader, known)
    evidence = _plain_evidence(name, hits, cells, known)
    found = best(evidence)
    if found is not None and found[0].recognizer.type not in LOOSE:
        return evidence
    return _with_embedded(evidence, cells, reader, known)


def _gather_lists(
    name: str, hits: list[HeaderHit], cells: Cells, reader: TextReader | None, known: Catalogue
) -> ColumnEvidence:
    """Return what the members of lists are, as one leaf: a cell may be about several people."""
    members = cells.members or cells
    evidence = _plain_evidence(name, [], cells, known)
    leaf = _plain_evidence("[]", hits, members, known)
    if best(leaf):
        return replace(evidence, leaves=(leaf,))
    return _with_embedded(evidence, members, reader, known)


def _plain_evidence(name: str, hits: list[HeaderHit], cells: Cells, known: Catalogue) -> ColumnEvidence:
    plain = without_hashing(name)
    if plain and pseudonymous_share(cells.text) >= PSEUDONYMOUS:
        hits = [hit for hit in hits if hit.type != NOT_PERSONAL]
        says_much = any(hit.strength >= STRONG for hit in hits)
        hits = hits if says_much else known.vocabulary.read_header(plain)
    named = {hit.type: hit for hit in hits}
    opposed = named.pop(NOT_PERSONAL, None)
    types = tuple(_type_evidence(r, named.get(r.type), cells) for r in known.recognizers)
    return ColumnEvidence(
        column=name,
        types=types,
        opposed=opposed.word if opposed and opposed.strength >= STRONG else "",
        masked=float(cells.masked.mean()) if len(cells.text) else 0.0,
        distinct=cells.distinct if cells.n else 0,
        longest=int(cells.lengths.max(initial=0)),
        pseudonymous=pseudonymous_share(cells.text) if any(map(may_be_hashed, types)) else 0.0,
    )


def _type_evidence(recognizer: Recognizer, hit: HeaderHit | None, cells: Cells) -> TypeEvidence:
    if not hit and cells.probe and not _matches_any(recognizer, cells.probe):
        cells = cells.probe  # what no header names and no cell of an even draw shows is not in the column
    looks = cells.n > 0 and (recognizer.shape or not cells.opaque)
    matched = recognizer.match(cells) if recognizer.match and looks else _NOTHING
    if not (hit or recognizer.nobody or (len(matched) and matched.any())):  # as with most types of a column
        return _unseen(recognizer, len(matched) or cells.n)
    fitting = recognizer.fitting(hit.word) if hit and looks else None
    fits = fitting(cells) if fitting else _NOTHING
    nobody = recognizer.nobody(cells) if recognizer.nobody and looks else np.zeros(len(matched), np.bool_)
    chance = _put_down_to_chance(recognizer, cells, matched, nobody, named=bool(hit))
    matching, could_be = int(np.count_nonzero(matched)) - chance, int(np.count_nonzero(fits))
    return TypeEvidence(
        recognizer=recognizer,
        named=hit.strength if hit else 0.0,
        word=hit.word if hit else "",
        matched=matching,
        fitting=could_be,
        checked=max(len(matched), len(fits)) or cells.n,
        chance=chance,
        nobody=int(np.count_nonzero(nobody)),
        decimals=recognizer.decimals(cells) if recognizer.decimals and (matching or could_be) else None,
        strict=recognizer.strict or (fitting is not None and fitting is not recognizer.fits),
    )


@lru_cache(maxsize=1 << 14)
def _unseen(recognizer: Recognizer, checked: int) -> TypeEvidence:
    return TypeEvidence(recognizer=recognizer, named=0.0, word="", matched=0, fitting=0, checked=checked)


def _put_down_to_chance(
    recognizer: Recognizer, cells: Cells, matched: Matches, nobody: Matches, *, named: bool
) -> int:
    """Return how many of the matches are of forms that match only as often as chance makes them."""
    least = recognizer.with_header if named else recognizer.alone
    if recognizer.match is None or not recognizer.by_chance or least is None or not matched.any():
        return 0
    return int(np.count_nonzero(by_chance(recognizer.match, cells, matched, least, nobody)))


def _matches_any(recognizer: Recognizer, cells: Cells) -> bool:
    if recognizer.match is None or not cells.n or (cells.opaque and not recognizer.shape):
        return False
    return bool(recognizer.match(cells).any())


def _header_hits(name: str, comment: str, vocabulary: Vocabulary) -> list[HeaderHit]:
    header, described = vocabulary.read_header(name), vocabulary.read_comment(comment)
    if described and described[0].strength >= STRONG:
        header = [HeaderHit(h.type, h.strength * 0.4, h.word) for h in header if h.type != described[0].type]
    merged: dict[str, HeaderHit] = {}
    for hit in (*described, *header):
        if hit.type not in merged or hit.strength > merged[hit.type].strength:
            merged[hit.type] = hit
    return sorted(merged.values(), key=lambda hit: -hit.strength)


def _in_company(name: str, hits: list[HeaderHit], strong: Mapping[str, str]) -> list[HeaderHit]:
    """Strengthen vague words by the neighbours that give them their meaning."""
    others = {type_ for column, type_ in strong.items() if column != name}
    return [
        replace(hit, strength=max(hit.strength, STRONG)) if _has_company(hit, others) else hit for hit in hits
    ]


def _has_company(hit: HeaderHit, others: AbstractSet[str]) -> bool:
    by_type = _COMPANY.get(hit.type, (1, frozenset[str]()))
    wanted, company = _COMPANY_OF_WORDS.get(hit.word, by_type)
    return hit.strength >= WEAK and len(others & company) >= wanted


def _with_embedded(
    evidence: ColumnEvidence, cells: Cells, reader: TextReader | None, known: Catalogue
) -> ColumnEvidence:
    """Open structured cells; read running text."""
    leaves = structures.open_cells(cells.plain) if not cells.vectors else {}
    opened = tuple(_leaf(path, values, known) for path, values in leaves.items())
    if any(best(leaf) for leaf in opened):
        return replace(evidence, leaves=opened)
    if reader is None or not _is_running_text(cells):
        return evidence
    most = TEXTS_READ if best(evidence) is None else TEXTS_READ // 10
    texts = [text[:LONGEST] for text in cells.plain.unique()[:most].to_pylist() if text]
    found = {**known.found_in_text(texts), **reader.summarise(texts)}
    return replace(evidence, in_text=found, texts=len(texts))


def _leaf(path: str, values: pa.StringArray, known: Catalogue) -> ColumnEvidence:
    key = path.rpartition(".")[2]
    hits = [] if key.startswith("[") else _header_hits(key, "", known.vocabulary)
    return _plain_evidence(path, hits, Cells(values), known)


def _is_running_text(cells: Cells) -> bool:
    """Whether cells are sentences: numbers and codes in a column of their own are not read as text."""
    if cells.opaque or cells.lengths.max(initial=0) < 8 or np.percentile(cells.lengths, 95) < 8:
        return False
    worded = pc.match_substring_regex(cells.text, r"\p{Han}|[A-Za-z]{2,}[ ,:]+[A-Za-z]{2,}")
    return float(np.mean(worded.to_numpy(zero_copy_only=False))) >= 0.3
