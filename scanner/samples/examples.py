"""Masked examples of what a column holds, only for those who ask: enough to see the shape of a value.

Of a value at most a quarter is shown, at most its first three characters, and of sensitive personal
information nothing; letters and digits behind become asterisks. Nobody can be told from that.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import numpy as np

from classifiers import Catalogue, Tag
from classifiers.cells import Cells
from connectors import Batch

MOST = 5  # examples of a column
LONGEST = 40  # characters of an example
SHOWN = 3  # characters of a value that stay, at most


def masked_examples(
    batch: Batch, tags: Mapping[str, tuple[Tag, ...]], catalogue: Catalogue, *, as_of: dt.date, most: int
) -> dict[str, tuple[str, ...]]:
    """Return at most ``most`` masked values of each column that holds personal information."""
    examples = {}
    for column, found in tags.items():
        held = [catalogue.types[tag.type] for tag in found if tag.decision != "rejected"]
        if held:
            shown = 0 if any(pi_type.is_sensitive(as_of) for pi_type in held) else SHOWN
            examples[column] = _of_column(Cells(batch.column(column)), shown, most)
    return examples


def _of_column(cells: Cells, shown: int, most: int) -> tuple[str, ...]:
    """Return masked values from all over the column, each once."""
    values = cells.text.unique()
    places = np.linspace(0, len(values) - 1, min(most, MOST, len(values))).astype(np.int64)
    masked = (mask(str(value), shown) for value in values.take(places).to_pylist())
    return tuple(dict.fromkeys(masked))


def mask(value: str, shown: int = SHOWN) -> str:
    """Return a value of which at most a quarter, and at most ``shown`` characters, can be read.

    >>> mask("13977192861"), mask("彧翀"), mask("someone@example.cn"), mask("佛教", 0)
    ('13*********', '**', 'som****@*******.**', '**')
    """
    kept = min(shown, len(value) // 4)
    hidden = "".join("*" if character.isalnum() else character for character in value[kept:LONGEST])
    return f"{value[:kept]}{hidden}{'…' if len(value) > LONGEST else ''}"
