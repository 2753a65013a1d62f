"""Formatting noise and masking.  All functions: (rng, str) -> str."""

from __future__ import annotations

from benchmarks.columns.values import digits, pick

_FW = str.maketrans(
    "0123456789XxABCDEFGHIJKLMNOPQRSTUVWYZ-",
    "０１２３４５６７８９ＸｘＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＹＺ－",
)

PLACEHOLDERS = {
    "digits": ["00000000000", "11111111111", "99999999999", "12345678901", "13800138000", "0"],
    "text": ["无", "N/A", "未知", "暂无", "null", "-", "NULL", "none", "——", "不详", "/"],
    "id": ["111111111111111111", "000000000000000000", "123456789012345678", "999999999999999999"],
}


def pad(r, s):
    return pick(r, ["  ", "\t", " ", ""]) + s + pick(r, ["\t", "  ", " ", "\r"])


def fullwidth(r, s):
    return s.translate(_FW)


def lower(r, s):
    return s.lower()


def plus86(r, s):
    return pick(r, ["+86", "+86 ", "86-", "0086", "(+86)"]) + s


def dash(r, s):
    if len(s) == 11 and s.isdigit():
        return f"{s[:3]}-{s[3:7]}-{s[7:]}"
    if len(s) == 18:
        return f"{s[:6]} {s[6:14]} {s[14:]}"
    return "-".join(s[i : i + 4] for i in range(0, len(s), 4))


def space4(r, s):
    if len(s) == 11 and s.isdigit():
        return f"{s[:3]} {s[3:7]} {s[7:]}"
    return " ".join(s[i : i + 4] for i in range(0, len(s), 4))


def quote(r, s):
    """Spreadsheet text marker."""
    return "'" + s


def zerowidth(r, s):
    k = len(s) // 2
    return s[:k] + "\u200b" + s[k:]


def nbsp(r, s):
    return "\u00a0" + s + "\u3000"


def label(r, s):
    return pick(r, ["号码：", "No.", "证：", "TEL:", "☎"]) + s


def bracket(r, s):
    return pick(r, ["[", "（", "<"]) + s + pick(r, ["]", "）", ">"])


def newline(r, s):
    return s + "\n"


def mask(r, s):
    if len(s) == 11:
        return s[:3] + "****" + s[7:]
    if len(s) in (15, 18):
        return s[:4] + "*" * (len(s) - 8) + s[-4:]
    if len(s) <= 4:
        return s[0] + "*" * (len(s) - 1)
    k = max(2, len(s) // 4)
    return s[:k] + "*" * (len(s) - 2 * k) + s[-k:]


def mask_x(r, s):
    """Another masking style: xxxx or # in the middle."""
    if len(s) == 11:
        return s[:3] + "xxxx" + s[7:]
    k = max(1, len(s) // 3)
    return s[:k] + "#" * (len(s) - 2 * k) + s[-k:]


MASKS = ("mask", "mask_x")
FUNCS = {
    f.__name__: f
    for f in (
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


def applicable(name: str, typ: str) -> bool:
    if name == "plus86":
        return typ == "mobile"
    if name in ("dash", "space4"):
        return typ in ("mobile", "id_card", "bank_card", "foreign_pr_card", "iccid")
    if name == "lower":
        return typ in (
            "id_card",
            "hmt_residence_permit",
            "hkmo_permit",
            "passport",
            "vin",
            "uscc",
            "license_plate",
        )
    if name in ("mask", "mask_x"):
        return typ in (
            "mobile",
            "id_card",
            "bank_card",
            "person_name",
            "passport",
            "email",
            "landline",
            "foreign_pr_card",
        )
    if name in ("label", "bracket"):
        return typ in ("mobile", "id_card", "bank_card", "landline", "qq", "email", "passport")
    return True


def placeholder(r, typ: str) -> str:
    if typ in ("mobile", "landline", "bank_card", "qq") and r.random() < 0.6:
        return pick(r, PLACEHOLDERS["digits"])
    if typ in ("id_card", "hmt_residence_permit") and r.random() < 0.6:
        return pick(r, PLACEHOLDERS["id"])
    return pick(r, PLACEHOLDERS["text"])


def junk(r, typ: str) -> str:
    """A non-matching value used for contamination."""
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
