"""Check digits of the numbers that have them."""

from __future__ import annotations

from benchmarks.columns.values.vocabulary import USCC_CHARS

ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def id_check(s17: str) -> str:
    return "10X98765432"[sum(int(c) * w for c, w in zip(s17, ID_WEIGHTS, strict=True)) % 11]


def luhn_digit(s: str) -> str:
    t = 0
    for i, c in enumerate(reversed(s)):
        d = int(c)
        if i % 2 == 0:
            d *= 2
            if d > 9:
                d -= 9
        t += d
    return str((10 - t % 10) % 10)


def org_check(s8: str) -> str:
    w = (3, 7, 9, 10, 5, 8, 4, 2)
    v = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    c = 11 - sum(v.index(ch) * k for ch, k in zip(s8, w, strict=True)) % 11
    return "X" if c == 10 else "0" if c == 11 else str(c)


def uscc_check(s17: str) -> str:
    w = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
    c = (31 - sum(USCC_CHARS.index(ch) * k for ch, k in zip(s17, w, strict=True)) % 31) % 31
    return USCC_CHARS[c]


def bizlic_check(s14: str) -> str:
    p = 10
    for ch in s14:
        s = (int(ch) + p) % 10 or 10
        p = (s * 2) % 11
    return str((11 - p) % 10)


def vin_check(v17: str) -> str:
    tr = dict(zip("ABCDEFGHJKLMNPRSTUVWXYZ", map(int, "12345678123457923456789"), strict=True))
    w = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
    r = sum((int(c) if c.isdigit() else tr[c]) * k for c, k in zip(v17, w, strict=True)) % 11
    return "X" if r == 10 else str(r)
