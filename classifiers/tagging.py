"""From batch to evidence to tags: what each column holds, and why.

``gather`` counts what every recognizer sees in every column; ``decide`` turns the counts into tags. A column
gets at most one plain type (the cell is the value) and any number of embedded types (inside text, JSON, XML,
key=value or delimited cells).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from functools import cache
from math import sqrt
from typing import Protocol

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from classifiers import lexicon, structures
from classifiers._model import Evidence, Tag
from classifiers._recognizer import Recognizer
from classifiers.catalogue import Catalogue, built_in
from classifiers.cells import LONGEST, Cells
from classifiers.headers import INSIDE, NOT_PERSONAL, HeaderHit, Vocabulary
from connectors import Batch, Table

Z_95 = 1.96
STRONG = 0.75  # a header at least this strong names a type by itself
WEAK = 0.35  # a header at least this strong counts when values agree
FEW = 20  # distinct values that do not refute a header that names a type
TEXTS_READ = 2_000  # distinct cells of running text; a tenth where the cell is a value itself

# Types that a table of persons shows.
_PERSONAL = frozenset(
    "person_name mobile id_card email gender birth_date address ethnicity age education passport "
    "marital_status wechat_id qq user_account password bank_card employee_no student_no".split()
)
_HEALTH = frozenset("icd10_code diagnosis_text medication blood_type medical_record_no".split())
# Types whose header words mean them only in company (name, tel, record_no): how many of which neighbours.
_COMPANY = {
    "person_name": (3, _PERSONAL),
    "landline": (3, _PERSONAL),
    "address": (3, _PERSONAL),
    "medical_record_no": (1, _HEALTH),
    "transaction_amount": (1, frozenset({"bank_card", "bank_account"})),
}
# Types whose value test finds words anywhere in a cell, so that a structured cell may pass it as a whole.
_LOOSE = frozenset("address diagnosis_text medication criminal_record".split())
# Types that running text shows by a check digit or an unmistakable form.
_SURE_IN_TEXT = frozenset("id_card mobile email bank_card license_plate".split())
_UNSURE_IN_TEXT = frozenset({"person_name", "address"})
# Kinds of decision; where several types are possible, the first wins.
_TIERS = (
    "checked_and_header",
    "values_and_header",
    "checked",
    "header_and_shape",
    "values",
    "header_only",
    "weak_header_and_shape",
    "header_over_few_values",
)
# Where two value tests both pass, the first listed is the narrower.
_NARROWER = ("hmt_residence_permit", "foreign_pr_card", "iccid", "imei", "imsi", "uscc", "id_card")


class TextReader(Protocol):
    """Free-text recognition; see ``classifiers.text``. ``limits`` says what it cannot find, or is empty."""

    @property
    def limits(self) -> str: ...

    def summarise(self, texts: Sequence[str]) -> Mapping[str, int]:
        """Return the number of cells that hold each PI type."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeEvidence:
    """What speaks for one type in one column.

    Attributes:
        named: Strength of the header and comment that name it, in [0, 1].
        matched, fitting: Cells that are values of it, and cells that could be.
        checked: Cells looked at.
    """

    recognizer: Recognizer
    named: float
    word: str
    matched: int
    fitting: int
    checked: int

    @property
    def share(self) -> float:
        """Share of cells that match, in [0, 1]."""
        return self.matched / self.checked if self.checked else 0.0

    @property
    def fit(self) -> float:
        """Share of cells that match or could match, in [0, 1]."""
        return max(self.matched, self.fitting) / self.checked if self.checked else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnEvidence:
    """Everything seen in one column.

    Attributes:
        opposed: Word of a header that says the column is not personal, or empty.
        masked: Share of cells that are masked.
        distinct, longest: Number of distinct values, and characters of the longest.
        leaves: Evidence in the leaves of structured cells.
        in_text: Cells whose running text holds each type.
        texts: Cells of running text that were read.
    """

    column: str
    types: tuple[TypeEvidence, ...]
    opposed: str
    masked: float
    distinct: int
    longest: int
    leaves: tuple[ColumnEvidence, ...] = ()
    in_text: Mapping[str, int] = field(default_factory=dict)
    texts: int = 0


# ---------------------------------------------------------------------- gather
def gather(
    batch: Batch, table: Table, reader: TextReader | None, catalogue: Catalogue | None = None
) -> tuple[ColumnEvidence, ...]:
    """Return the evidence in every column of a sample, for the types of ``catalogue`` (default: built in)."""
    known = catalogue or built_in()
    words = known.vocabulary
    headers = {column.name: _header_hits(column.name, column.comment, words) for column in table.columns}
    strong = {column: hits[0].type for column, hits in headers.items() if hits and hits[0].strength >= STRONG}
    return tuple(
        _gather_column(
            name, _in_company(name, headers.get(name, []), strong), Cells(batch.column(i)), reader, known
        )
        for i, name in enumerate(batch.schema.names)
    )


def _gather_column(
    name: str, hits: list[HeaderHit], cells: Cells, reader: TextReader | None, known: Catalogue
) -> ColumnEvidence:
    evidence = _plain_evidence(name, hits, cells, known)
    best = _best(evidence)
    if best is not None and best[0].recognizer.type not in _LOOSE:
        return evidence
    return _with_embedded(evidence, cells, reader, known)


def _plain_evidence(name: str, hits: list[HeaderHit], cells: Cells, known: Catalogue) -> ColumnEvidence:
    named = {hit.type: hit for hit in hits}
    opposed = named.pop(NOT_PERSONAL, None)
    return ColumnEvidence(
        column=name,
        types=tuple(_type_evidence(r, named.get(r.type), cells) for r in known.recognizers),
        opposed=opposed.word if opposed and opposed.strength >= STRONG else "",
        masked=float(cells.masked.mean()) if len(cells.text) else 0.0,
        distinct=cells.distinct if cells.n else 0,
        longest=int(cells.lengths.max(initial=0)),
    )


def _type_evidence(recognizer: Recognizer, hit: HeaderHit | None, cells: Cells) -> TypeEvidence:
    nothing = np.zeros(0, dtype=bool)
    looks = cells.n > 0 and (recognizer.shape or not cells.opaque)
    matched = recognizer.match(cells) if recognizer.match and looks else nothing
    fits = recognizer.fits(cells) if recognizer.fits and looks and hit else nothing
    return TypeEvidence(
        recognizer=recognizer,
        named=hit.strength if hit else 0.0,
        word=hit.word if hit else "",
        matched=int(matched.sum()),
        fitting=int(fits.sum()),
        checked=max(len(matched), len(fits)) or cells.n,
    )


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
    wanted, company = _COMPANY.get(hit.type, (1, frozenset[str]()))
    return hit.strength >= WEAK and len(others & company) >= wanted


def _with_embedded(
    evidence: ColumnEvidence, cells: Cells, reader: TextReader | None, known: Catalogue
) -> ColumnEvidence:
    """Open structured cells; read running text."""
    leaves = structures.open_cells(cells.plain) if not cells.vectors else {}
    opened = tuple(_leaf(path, values, known) for path, values in leaves.items())
    if any(_best(leaf) for leaf in opened):
        return replace(evidence, leaves=opened)
    if reader is None or not _is_running_text(cells):
        return evidence
    most = TEXTS_READ if _best(evidence) is None else TEXTS_READ // 10
    texts = [text[:LONGEST] for text in cells.plain.unique()[:most].to_pylist() if text]
    return replace(evidence, in_text=reader.summarise(texts), texts=len(texts))


def _leaf(path: str, values: pa.StringArray, known: Catalogue) -> ColumnEvidence:
    key = path.rpartition(".")[2]
    hits = [] if key.startswith("[") else _header_hits(key, "", known.vocabulary)
    return _plain_evidence(path, hits, Cells(values), known)


def _is_running_text(cells: Cells) -> bool:
    """Whether cells are sentences: numbers and codes in a column of their own are not read as text."""
    if cells.opaque or len(cells.text) == 0 or np.percentile(cells.lengths, 95) < 8:
        return False
    worded = pc.match_substring_regex(cells.text, r"\p{Han}|[A-Za-z]{2,}[ ,:]+[A-Za-z]{2,}")
    return float(np.mean(worded.to_numpy(zero_copy_only=False))) >= 0.3


# ---------------------------------------------------------------------- decide
def decide(evidence: ColumnEvidence, catalogue: Catalogue | None = None) -> tuple[Tag, ...]:
    """Return the tags of one column, most confident first; none when nothing can be claimed.

    ``catalogue`` is the one that the evidence was gathered with.
    """
    best = _best(evidence)
    embedded = [*_leaf_tags(evidence, catalogue or built_in()), *_text_tags(evidence)]
    if best and best[0].recognizer.type in _LOOSE:
        # An address or a diagnosis may name somebody in passing; checked values in it are worth a tag.
        embedded = [tag for tag in embedded if best[0].named < STRONG or tag.type in _SURE_IN_TEXT]
    plain = [_plain_tag(evidence, *best)] if best else []
    held = {tag.type for tag in plain}
    return tuple(
        sorted(plain + [t for t in embedded if t.type not in held], key=lambda t: (-t.confidence, t.type))
    )


def _best(evidence: ColumnEvidence) -> tuple[TypeEvidence, str] | None:
    ranked = [(t, tier) for t in evidence.types if (tier := _tier(t, evidence))]
    return max(ranked, key=lambda pair: _rank(*pair), default=None)


def _rank(found: TypeEvidence, tier: str) -> tuple[int, float, float, int]:
    if tier == "header_and_shape" and found.recognizer.match and found.share < 0.05 and found.checked > FEW:
        tier = "weak_header_and_shape"  # the header says so, the values only could be
    name = found.recognizer.type
    narrow = len(_NARROWER) - _NARROWER.index(name) if name in _NARROWER else 0
    return -_TIERS.index(tier), round(found.named + found.share, 2), found.share, narrow


def _tier(found: TypeEvidence, column: ColumnEvidence) -> str:
    """Return the kind of decision the evidence allows, a key of ``calibration.yaml``, or empty."""
    if not found.checked:
        return "header_only" if found.named >= STRONG else ""
    if _values_speak(found, column.opposed):
        kind = "checked" if found.recognizer.checked else "values"
        return f"{kind}_and_header" if found.named >= WEAK else kind
    if found.named >= STRONG:
        return _named_tier(found, column)
    return _hinted_tier(found, column) if found.named >= WEAK else ""


def _named_tier(found: TypeEvidence, column: ColumnEvidence) -> str:
    """Decide where a header names the type: few agreeing cells suffice, few values cannot refute it."""
    recognizer = found.recognizer
    if recognizer.match and found.share >= recognizer.with_header and found.matched > 1:
        return "checked_and_header" if recognizer.checked else "values_and_header"
    if found.fit >= recognizer.with_header:
        return "header_and_shape"
    # Hand-made rows of a test system (127.0.0.1, 12345678) say little; yes-or-no columns say that it is none.
    return "header_over_few_values" if column.distinct <= FEW and column.longest > 2 else ""


def _hinted_tier(found: TypeEvidence, column: ColumnEvidence) -> str:
    """Decide where a header hints at the type: most cells must agree."""
    recognizer = found.recognizer
    if recognizer.match and found.share >= max(2 * recognizer.with_header, 0.3) and found.matched > 1:
        return "checked_and_header" if recognizer.checked else "values_and_header"
    if recognizer.strict:
        return "weak_header_and_shape" if found.fit >= 0.8 else ""
    masked = column.masked > 0.5  # no value test passes, and none fails
    refuted = recognizer.match is not None and found.checked > FEW and not masked
    fits = found.fit >= max(0.6, recognizer.with_header) and not refuted
    return "weak_header_and_shape" if fits and (found.named >= INSIDE or masked) else ""


def _values_speak(found: TypeEvidence, opposed: str) -> bool:
    recognizer = found.recognizer
    if recognizer.match is None or recognizer.alone is None:
        return False
    needed = recognizer.alone if not opposed or recognizer.checked else max(recognizer.alone, 0.7)
    enough = found.matched >= min(5, max(2, found.checked))
    return enough and found.share >= needed and lower_bound(found.matched, found.checked) > 0.4 * needed


def lower_bound(matched: int, checked: int) -> float:
    """Return the lower 95 % Wilson bound of ``matched / checked``, in [0, 1].

    Source: E. B. Wilson, JASA 22(158), 1927, p. 209-212.

    >>> round(lower_bound(3, 3), 2), round(lower_bound(300, 300), 2)
    (0.44, 0.99)
    """
    if not checked:
        return 0.0
    share = matched / checked
    centre = share + Z_95**2 / (2 * checked)
    spread = Z_95 * sqrt(share * (1 - share) / checked + (Z_95 / (2 * checked)) ** 2)
    return max(0.0, (centre - spread) / (1 + Z_95**2 / checked))


def _plain_tag(evidence: ColumnEvidence, found: TypeEvidence, tier: str) -> Tag:
    masked = evidence.masked > 0.5 and found.share < 0.5
    return Tag(
        type=found.recognizer.type,
        confidence=_confidence(found, tier),
        evidence=tuple(_reasons(evidence, found)),
        prevalence=round(found.share if found.recognizer.match else found.fit, 4) if found.checked else None,
        form="masked" if masked else "plain",
    )


def _confidence(found: TypeEvidence, tier: str) -> float:
    """Small samples earn less: the table's figure, pulled towards one half as the sample shrinks."""
    certain = confidences()[tier]
    if tier == "header_only":
        return certain
    weight = found.checked / (found.checked + 3)
    return round(0.5 + (certain - 0.5) * weight, 4)


def _reasons(evidence: ColumnEvidence, found: TypeEvidence) -> Iterable[Evidence]:
    if found.named:
        yield Evidence(kind="header", detail=found.word)
    if found.matched:
        detail = "check digit or unmistakable form" if found.recognizer.checked else "form"
        yield Evidence(kind="values", matched=found.matched, checked=found.checked, detail=detail)
    elif found.fitting:
        kind = "shape" if found.recognizer.shape else "values"
        yield Evidence(kind=kind, matched=found.fitting, checked=found.checked, detail="could be")
    if evidence.opposed:
        yield Evidence(kind="header", detail=evidence.opposed, supports=False)
    for other in evidence.types:
        if other.named >= STRONG and other is not found:
            yield Evidence(kind="header", detail=f"{other.word}: {other.recognizer.type}", supports=False)


def _leaf_tags(evidence: ColumnEvidence, known: Catalogue) -> Iterable[Tag]:
    found: dict[str, Tag] = {}
    for leaf in evidence.leaves:
        best = _best(leaf)
        if best is None or best[0].checked < 3 or known.types[best[0].recognizer.type].group == "org":
            continue
        tag = _embedded_tag(leaf, *best)
        if tag.type not in found or tag.confidence > found[tag.type].confidence:
            found[tag.type] = tag
    return found.values()


def _embedded_tag(leaf: ColumnEvidence, found: TypeEvidence, tier: str) -> Tag:
    plain = _plain_tag(leaf, found, tier)
    where = Evidence(
        kind="structure",
        matched=found.matched or found.fitting,
        checked=found.checked,
        detail="field of a structured cell",
    )
    return Tag(
        type=plain.type,
        confidence=round(min(plain.confidence, confidences()["embedded"]), 4),
        evidence=(where, *plain.evidence),
        prevalence=plain.prevalence,
        form="embedded",
    )


def _text_tags(evidence: ColumnEvidence) -> Iterable[Tag]:
    for type_, cells in sorted(evidence.in_text.items()):
        if evidence.opposed and type_ in _UNSURE_IN_TEXT:
            continue  # names in product names, places in shop names
        if cells >= _cells_needed(type_, evidence.texts):
            reason = Evidence(kind="text", matched=cells, checked=evidence.texts, detail="in running text")
            yield Tag(
                type=type_,
                confidence=confidences()["embedded"],
                evidence=(reason,),
                prevalence=round(cells / evidence.texts, 4),
                form="embedded",
            )


def _cells_needed(type_: str, texts: int) -> float:
    """Names and places in running text are recognised less surely than checked numbers."""
    return max(3, 0.03 * texts) if type_ in _UNSURE_IN_TEXT else 2


@cache
def confidences() -> Mapping[str, float]:
    """Return how often tags of each kind were right on the development data, by tier."""
    tiers: dict[str, float] = lexicon.package_yaml("calibration.yaml")["tiers"]
    return tiers
