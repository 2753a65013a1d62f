"""Columns of hashed or encrypted values, as a sample shows them."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from classifiers import kernels
from classifiers.catalogue import Catalogue, built_in

PSEUDONYMOUS = 0.9  # share of hashes or ciphertext from which on they stand for what the header names


def pseudonymous_share(text: pa.StringArray) -> float:
    """Return the share of cells that look like hashes or ciphertext, in [0, 1]."""
    return float(kernels.is_pseudonym(text).mean()) if len(text) else 0.0


def are_pseudonyms(pi_type: str, values: pa.Array[Any], catalogue: Catalogue | None = None) -> bool:
    """Return whether cells that are of an identifying type are its values hashed or encrypted."""
    known = catalogue or built_in()
    text = kernels.clean(values).drop_null()
    if pi_type not in known.identifying or pseudonymous_share(text) < PSEUDONYMOUS:
        return False
    return known.canonical(pi_type, text).null_count >= PSEUDONYMOUS * len(text)
