"""Tables of prescriptions: the name of a drug says there what somebody takes; in a list of drugs, nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping

from classifiers.headers import EXACT, HeaderHit
from classifiers.headers.english import tokens
from connectors import Column, Table

_ENGLISH = re.compile(
    r"\b(?:rx|presc\w*|dispens\w*|(?:drug|medication|medicine|med) (?:order|request|administration|statement|"
    r"record|history|use|usage|intake|sale|purchase)s?|chufang|cf|cfmx|cfxx|cfzb|yizhu|yz|yzmx|yzxx)\b"
)
_CHINESE = re.compile(r"处方|医嘱|[用发给配服取购售开]药|药品(?:订单|销售|购买)")
_DRUGS = frozenset(
    word.strip()
    for word in """
    drug, drug name, drug generic name, medicine, medicine name, med name, generic name, 药品,
    药品名称, 药品名, 药名, 药物, 药物名称, 通用名, 药品通用名, 药品通用名称, ypmc, ypm, yptym, tym
    """.split(",")
)


def prescribed(headers: Mapping[str, list[HeaderHit]], table: Table) -> dict[str, list[HeaderHit]]:
    """Return what headers say, names of drugs as medication if the table is one of prescriptions.

    Args:
        headers: By column, what header and comment say.
        table: The table.

    """
    drugs = {column.name: word for column in table.columns if (word := _word_for_drugs(column))}
    if not (drugs and _is_of_prescriptions(table)):
        return dict(headers)
    return {**headers, **{name: [HeaderHit("medication", EXACT, word)] for name, word in drugs.items()}}


def _is_of_prescriptions(table: Table) -> bool:
    said = _CHINESE.search(f"{table.name} {table.comment}")
    return bool(said or _ENGLISH.search(" ".join(tokens(table.name))))


def _word_for_drugs(column: Column) -> str:
    """Return the word by which header or comment say that a column holds names of drugs; empty without."""
    said = (column.name.strip(), " ".join(tokens(column.name)), column.comment.strip())
    return next((word for word in said if word in _DRUGS), "")
