"""Formatting noise and masks: from a generator and a value as text, the value as others write it."""

from __future__ import annotations

from collections.abc import Callable

from benchmarks.columns.values import digits, pick
from benchmarks.columns.values.drawing import Rng

_FW = str.maketrans(
    "0123456789XxABCDEFGHIJKLMNOPQRSTUVWYZ-",
    "０１２３４５６７８９ＸｘＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＹＺ－",
)

PLACEHOLDERS = {
    "digits": ["00000000000", "11111111111", "99999999999", "12345678901", "13800138000", "0"],
    "text": ["无", "N/A", "未知", "暂无", "null", "-", "NULL", "none", "——", "不详", "/"],
    "id": ["111111111111111111", "000000000000000000", "123456789012345678", "999999999999999999"],
}


def pad(r: Rng, s: str) -> str:
    return pick(r, ["  ", "\t", " ", ""]) + s + pick(r, ["\t", "  ", " ", "\r"])


def fullwidth(_: Rng, s: str) -> str:
    return s.translate(_FW)


def lower(_: Rng, s: str) -> str:
    return s.lower()


def plus86(r: Rng, s: str) -> str:
    return pick(r, ["+86", "+86 ", "86-", "0086", "(+86)"]) + s


def dash(_: Rng, s: str) -> str:
    if len(s) == 11 and s.isdigit():
        return f"{s[:3]}-{s[3:7]}-{s[7:]}"
    if len(s) == 18:
        return f"{s[:6]} {s[6:14]} {s[14:]}"
    return "-".join(s[i : i + 4] for i in range(0, len(s), 4))


def space4(_: Rng, s: str) -> str:
    if len(s) == 11 and s.isdigit():
        return f"{s[:3]} {s[3:7]} {s[7:]}"
    return " ".join(s[i : i + 4] for i in range(0, len(s), 4))


def quote(_: Rng, s: str) -> str:
    """Return the value with the mark of text in spreadsheets."""
    return "'" + s


def zerowidth(_: Rng, s: str) -> str:
    k = len(s) // 2
    return s[:k] + "\u200b" + s[k:]


def nbsp(_: Rng, s: str) -> str:
    return "\u00a0" + s + "\u3000"


def label(r: Rng, s: str) -> str:
    return pick(r, ["号码：", "No.", "证：", "TEL:", "☎"]) + s


def bracket(r: Rng, s: str) -> str:
    return pick(r, ["[", "（", "<"]) + s + pick(r, ["]", "）", ">"])


def newline(_: Rng, s: str) -> str:
    return s + "\n"


def mask(_: Rng, s: str) -> str:
    if len(s) == 11:
        return s[:3] + "****" + s[7:]
    if len(s) in (15, 18):
        return s[:4] + "*" * (len(s) - 8) + s[-4:]
    if len(s) <= 4:
        return s[0] + "*" * (len(s) - 1)
    k = max(2, len(s) // 4)
    return s[:k] + "*" * (len(s) - 2 * k) + s[-k:]


def mask_x(_: Rng, s: str) -> str:
    """Return the value masked in another style: xxxx or # in the middle."""
    if len(s) == 11:
        return s[:3] + "xxxx" + s[7:]
    k = max(1, len(s) // 3)
    return s[:k] + "#" * (len(s) - 2 * k) + s[-k:]


MASKS = ("mask", "mask_x")
FUNCS: dict[str, Callable[[Rng, str], str]] = {
    noise.__name__: noise
    for noise in (
        pad,
        fullwidth,
        lower,
        plus86,
        dash,
        space4,
        quote,
        zerowidth,
        nbsp,
        label,
        bracket,
        newline,
        mask,
        mask_x,
    )
}
_GROUPED = frozenset("mobile id_card bank_card foreign_pr_card iccid".split())
_MASKED = frozenset("mobile id_card bank_card person_name passport email landline foreign_pr_card".split())
_LABELLED = frozenset("mobile id_card bank_card landline qq email passport".split())
_LETTERED = frozenset("id_card hmt_residence_permit hkmo_permit passport vin uscc license_plate".split())
# The types that a noise occurs in; others occur in all.
_ONLY = {
    "plus86": frozenset({"mobile"}),
    "dash": _GROUPED,
    "space4": _GROUPED,
    "lower": _LETTERED,
    "mask": _MASKED,
    "mask_x": _MASKED,
    "label": _LABELLED,
    "bracket": _LABELLED,
}


def applicable(name: str, kind: str) -> bool:
    """Return whether a noise occurs in values of a type."""
    return name not in _ONLY or kind in _ONLY[name]


def placeholder(r: Rng, kind: str) -> str:
    if kind in ("mobile", "landline", "bank_card", "qq") and r.random() < 0.6:
        return pick(r, PLACEHOLDERS["digits"])
    if kind in ("id_card", "hmt_residence_permit") and r.random() < 0.6:
        return pick(r, PLACEHOLDERS["id"])
    return pick(r, PLACEHOLDERS["text"])


def junk(r: Rng) -> str:
    """Return a value that is none of any type."""
    return pick(
        r,
        [
            "已注销",
            "测试",
            "abc" + digits(r, 3),
            digits(r, int(r.integers(1, 6))),
            "待补充",
            "2023-01-0" + digits(r, 1),
            "错误数据",
            "同上",
            digits(r, 13),
            "X" + digits(r, 4),
        ],
    )
