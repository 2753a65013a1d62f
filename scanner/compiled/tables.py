"""What the kernels over cells look up, taken from the validators, so that a rule is written once."""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt

from classifiers.validators import cn_mobile, cn_resident_id
from classifiers.validators._placeholders import KNOWN, WORDS

Mask = npt.NDArray[np.bool_]

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_DIGITS = "0123456789"
_VECTOR = 8  # numbers that kernels compare at once
# First two and last characters of what ``_placeholders.EMAIL`` takes for a placeholder before the @ sign.
_NOBODY_LOCAL = {
    "no": "enyl",
    "do": "y",
    "nu": "l",
    "ni": "l",
    "na": "a",
    "n.": "a",
    "un": "nd",
    "em": "y",
    "te": "trgl" + _DIGITS,
    "de": "o",
    "sa": "e",
    "ex": "e",
    "an": "s",
    "ab": "cefg",
    "yo": "e",
    "us": "e",
    "xx": "x",
    "x@": "x",
    "00": "0",
    "0@": "0",
    "11": "1",
    "66": "6",
    "88": "8",
    "12": "567890",
    "10": "0",
}
# Of those that begin like many names, also the third character.
_NOBODY_THIRD = {"te": "s"}
# The first part of a domain that it takes for one; repeated characters are tested apart.
_NOBODY_DOMAIN = (
    *("no", "none", "null", "nil", "na", "test", "abc", "123", "email", "domain"),
    *("nomail", "noemail", "invalid", "localhost"),
)


@cache
def provinces() -> npt.NDArray[np.uint64]:
    """Return which numbers of two digits begin a resident ID number: two words, one bit for each number."""
    bits = sum(1 << int(code) for code in cn_resident_id.PROVINCES)
    return np.array([bits & (1 << 64) - 1, bits >> 64], np.uint64)


@cache
def segments() -> Mask:
    """Return which numbers of three digits begin a mobile number."""
    return np.array([cn_mobile.SEGMENTS.fullmatch(f"{n:03}") is not None for n in range(1000)])


@cache
def nobodys_mobiles() -> npt.NDArray[np.uint64]:
    """Return the first and the last eight characters of mobile numbers that stand for none."""
    known = [
        text for text in KNOWN["mobile"] | WORDS if len(text) == 11 and text.isascii() and text.isdigit()
    ]
    ends = np.frombuffer("".join(text[:8] + text[3:] for text in sorted(known)).encode(), "<u8")
    return ends.astype(np.uint64).reshape(-1, 2)


@cache
def email_bytes() -> npt.NDArray[np.uint8]:
    """Return what each byte may be: 1 of a local part, 2 of a domain, 4 an ASCII letter."""
    table = np.zeros(256, np.uint8)
    for characters, bits in (
        (_LETTERS + _LETTERS.upper(), 7),
        (_DIGITS, 3),
        ("-", 3),
        ("._+", 1),
    ):
        table[list(characters.encode())] |= bits
    return table


@cache
def email_heads() -> npt.NDArray[np.uint8]:
    """Return, for every pair of bytes, the row of ``email_tails`` it belongs to; 0 for none."""
    table = np.zeros(1 << 16, np.uint8)
    for row, head in enumerate(_NOBODY_LOCAL, start=1):
        table[ord(head[0]) << 8 | ord(head[1])] = row
    return table


@cache
def email_tails() -> Mask:
    """Return, for every row of heads, which last bytes a placeholder has."""
    table = np.zeros((len(_NOBODY_LOCAL) + 1, 256), np.bool_)
    for row, last in enumerate(_NOBODY_LOCAL.values(), start=1):
        table[row, list(last.encode())] = True
    return table


@cache
def email_thirds() -> Mask:
    """Return, for every row of heads, which third bytes a placeholder has."""
    table = np.ones((len(_NOBODY_LOCAL) + 1, 256), np.bool_)
    for row, head in enumerate(_NOBODY_LOCAL, start=1):
        if head in _NOBODY_THIRD:
            table[row] = False
            table[row, list(_NOBODY_THIRD[head].encode())] = True
    return table


@cache
def email_labels() -> npt.NDArray[np.uint64]:
    """Return signatures of domain parts: length, last, first and second byte; zeros fill the last vector."""
    signatures = [len(d) << 24 | ord(d[-1]) << 16 | ord(d[0]) << 8 | ord(d[1]) for d in _NOBODY_DOMAIN]
    return np.array(signatures + [0] * (-len(signatures) % _VECTOR), np.uint64)
