"""From evidence to tags: what each column holds, how surely, and why.

A column gets at most one plain type (the cell is the value) and any number of embedded types (inside text,
JSON, XML, key=value or delimited cells).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from classifiers import lexicon
from classifiers._model import Evidence, Tag
from classifiers.catalogue import Catalogue, built_in
from classifiers.evidence import STRONG, ColumnEvidence, TypeEvidence
from classifiers.pseudonyms import PSEUDONYMOUS
from classifiers.ranking import best, may_be_hashed

# Types whose value test finds words anywhere in a cell, so that a structured cell may pass it as a whole.
LOOSE = frozenset("address diagnosis_text medication criminal_record".split())
# Types that running text shows by a check digit or an unmistakable form.
_SURE_IN_TEXT = frozenset("id_card mobile email bank_card license_plate".split())
_UNSURE_IN_TEXT = frozenset({"person_name", "address"})
UNDECIDED = 0.5  # confidence of no observation
HALFWAY = 3  # distinct values after which half of the certainty is earned


def decide(evidence: ColumnEvidence, catalogue: Catalogue | None = None) -> tuple[Tag, ...]:
    """Return the tags of one column, most confident first; none when nothing can be claimed.

    ``catalogue`` is the one that the evidence was gathered with.
    """
    found = best(evidence)
    embedded = [*_leaf_tags(evidence, catalogue or built_in()), *_text_tags(evidence)]
    if found and found[0].recognizer.type in LOOSE:
        # An address or a diagnosis may name somebody in passing; checked values in it are worth a tag.
        embedded = [tag for tag in embedded if found[0].named < STRONG or tag.type in _SURE_IN_TEXT]
    plain = [_plain_tag(evidence, *found)] if found else []
    held = {tag.type for tag in plain}
    return tuple(
        sorted(plain + [t for t in embedded if t.type not in held], key=lambda t: (-t.confidence, t.type))
    )


def _plain_tag(evidence: ColumnEvidence, found: TypeEvidence, tier: str) -> Tag:
    form = _form(evidence, found)
    share = evidence.pseudonymous if form == "pseudonymous" else _share(found, tier)
    return Tag(
        type=found.recognizer.type,
        confidence=_confidence(found, tier, evidence.distinct),
        evidence=tuple(_reasons(evidence, found)),
        prevalence=round(share, 4) if found.checked else None,
        form=form,
        decimals=found.decimals,
    )


def _share(found: TypeEvidence, tier: str) -> float:
    """Return the share of cells that match, where matches decide; else of those that could be of the type."""
    return found.share if tier.startswith(("checked", "values")) else found.fit


def _form(evidence: ColumnEvidence, found: TypeEvidence) -> str:
    if evidence.masked > 0.5 and found.share < 0.5:
        return "masked"
    hashed = evidence.pseudonymous >= PSEUDONYMOUS and may_be_hashed(found)
    return "pseudonymous" if hashed else "plain"


def _confidence(found: TypeEvidence, tier: str, distinct: int) -> float:
    """Return the figure of the tier, in a small sample pulled towards what the header alone is worth.

    One value in all rows is one observation, except where values are a few choices by nature.
    """
    certain, header_only = confidences()[tier], confidences()["header_only"]
    if tier == "header_only":
        return certain
    seen = found.checked if found.recognizer.coded or not distinct else min(found.checked, distinct)
    return _pulled(certain, header_only if found.named >= STRONG else UNDECIDED, seen)


def _pulled(certain: float, without: float, seen: int) -> float:
    return round(without + (certain - without) * seen / (seen + HALFWAY), 4)


def _reasons(evidence: ColumnEvidence, found: TypeEvidence) -> Iterable[Evidence]:
    if found.named:
        yield Evidence(kind="header", detail=found.word)
    if found.matched:
        detail = "check digit or unmistakable form" if found.recognizer.checked else "form"
        yield Evidence(kind="values", matched=found.matched, checked=found.checked, detail=detail)
    elif found.fitting:
        kind = "shape" if found.recognizer.shape else "values"
        yield Evidence(kind=kind, matched=found.fitting, checked=found.checked, detail="could be")
    if _form(evidence, found) == "pseudonymous":
        hashed = round(evidence.pseudonymous * found.checked)
        yield Evidence(kind="shape", matched=hashed, checked=found.checked, detail="hashed or encrypted")
    if found.nobody:
        listed = "listed as about nobody (ignore_values)"
        yield Evidence(
            kind="list", matched=found.nobody, checked=found.checked, detail=listed, supports=False
        )
    if evidence.opposed:
        yield Evidence(kind="header", detail=evidence.opposed, supports=False)
    for other in evidence.types:
        if other.named >= STRONG and other is not found:
            yield Evidence(kind="header", detail=f"{other.word}: {other.recognizer.type}", supports=False)


def _leaf_tags(evidence: ColumnEvidence, known: Catalogue) -> Iterable[Tag]:
    tags: dict[str, Tag] = {}
    for leaf in evidence.leaves:
        found = best(leaf)
        if found is None or found[0].checked < 3 or known.types[found[0].recognizer.type].group == "org":
            continue
        tag = _embedded_tag(leaf, *found)
        if tag.type not in tags or tag.confidence > tags[tag.type].confidence:
            tags[tag.type] = tag
    return tags.values()


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
        decimals=plain.decimals,
    )


def _text_tags(evidence: ColumnEvidence) -> Iterable[Tag]:
    for type_, cells in sorted(evidence.in_text.items()):
        if evidence.opposed and type_ in _UNSURE_IN_TEXT:
            continue  # names in product names, places in shop names
        if cells >= _cells_needed(type_, evidence.texts):
            reason = Evidence(kind="text", matched=cells, checked=evidence.texts, detail="in running text")
            yield Tag(
                type=type_,
                confidence=_pulled(confidences()["embedded"], UNDECIDED, evidence.texts),
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
