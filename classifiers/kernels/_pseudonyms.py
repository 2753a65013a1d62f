"""Hashed and encrypted values, in bulk: what may stand in a column instead of the values its header names.

Source of the term: GB/T 37964-2019, pseudonymization (假名化).
"""

from __future__ import annotations

import hashlib
from typing import Any, cast

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from classifiers.kernels._cells import Mask, every, matching, only, truth
from classifiers.kernels._clean import clean

_HEX = r"^(?:[0-9A-Fa-f]{2}){8,}$"
_BASE64 = r"^[A-Za-z0-9+/_-]{22,}={0,2}$"
_HEX_LETTER = "[A-Fa-f]"
_MIXED = ("[a-z]", "[A-Z]", "[0-9]")  # what base64 of any length has, and words and numbers have not

# Hexadecimal digits of hashes: half an MD5, MD5, SHA-1, SHA-224, SHA-256 and SM3, SHA-384, SHA-512.
_HASHES = (16, 32, 40, 56, 64, 96, 128)
_BLOCK = 16  # bytes of a block of AES or SM4
_IN_ONE_BLOCK = frozenset("mobile landline imei imsi qq license_plate student_no employee_no".split())

# What is hashed where there is nobody.
_NOTHING = ("", " ", "0", "-", "null", "NULL", "None", "nan", "unknown", "无", "未知", "0" * 11, "0" * 15)
_HASHED = [
    hashlib.new(name, text.encode(), usedforsecurity=False).hexdigest()
    for name in ("md5", "sha1", "sha256")
    for text in _NOTHING
]
_NOTHING_HASHED = pa.array([*_HASHED, *(full[8:24] for full in _HASHED if len(full) == 32)])


def is_pseudonym(values: pa.Array[Any]) -> Mask:
    """Return which cells look like hashes or ciphertext, in hexadecimal or base64; False for null."""
    text = clean(values)
    return _is_hex(text) | _is_base64(text)


def pseudonyms(pi_type: str, values: pa.Array[Any]) -> pa.StringArray:
    """Return hashes and ciphertext by which equal values of a PI type can be told; null for other cells.

    A cell with room for a nonce beside the value is null: the same value may be another cell each time.
    """
    text = clean(values)
    in_hex = _is_hex(text)
    bare = pc.replace_substring_regex(text, "=+$", "")
    digits = np.asarray(pc.binary_length(bare).fill_null(0))
    room = _BLOCK if pi_type in _IN_ONE_BLOCK else 2 * _BLOCK
    lower = pc.utf8_lower(bare)
    hashed = in_hex & np.isin(digits, _HASHES) & ~truth(pc.is_in(lower, _NOTHING_HASHED))
    encrypted = matching(text, _BASE64) & ~in_hex & (digits * 3 // 4 <= room)
    either = pc.if_else(pa.array(in_hex), lower, bare)
    return only(cast("pa.StringArray", either), hashed | encrypted)


def _is_hex(text: pa.StringArray) -> Mask:
    return matching(text, _HEX) & matching(text, _HEX_LETTER)


def _is_base64(text: pa.StringArray) -> Mask:
    return every(*(matching(text, pattern) for pattern in (_BASE64, *_MIXED)))
