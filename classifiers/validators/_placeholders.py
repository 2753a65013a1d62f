"""Values that stand for "nothing" or were made up: they identify nobody."""

from __future__ import annotations

import re
from itertools import pairwise

from classifiers.validators._text import lower

# Folded, in lower case.
WORDS = frozenset(
    (
        *(
            "无",
            "未知",
            "暂无",
            "不详",
            "没有",
            "待补充",
            "测试",
            "空",
            "无数据",
            "未填",
            "未填写",
            "未提供",
            "不知道",
        ),
        *("保密", "匿名", "同上", "其他", "默认", "缺失", "不明", "无此项", "未登记"),
        *(
            "none",
            "null",
            "nil",
            "n/a",
            "na",
            "nan",
            "#n/a",
            "\\n",
            "unknown",
            "undefined",
            "empty",
            "missing",
        ),
        *("not available", "not applicable", "no email", "no", "default", "tbd", "test", "tests", "testing"),
        *(
            "",
            "-",
            "--",
            "---",
            "/",
            "//",
            "\\",
            ".",
            "..",
            "...",
            "?",
            "??",
            "???",
            "0",
            "x",
            "xx",
            "xxx",
            "xxxx",
        ),
        *("anonymous", "admin", "administrator", "root", "guest", "system", "demo", "nobody", "username"),
        # An operator's top-up number and the sample of a thousand tutorials, in columns of every kind.
        "13800138000",
    )
)

KNOWN: dict[str, frozenset[str]] = {
    "mobile": frozenset({"13912345678", "13012345678", "18612345678", "18812345678"}),
    # Card schemes' public test numbers.
    "bank_card": frozenset(
        {
            *(
                "4111111111111111",
                "4012888888881881",
                "4242424242424242",
                "5555555555554444",
                "5105105105105100",
            ),
            *("378282246310005", "371449635398431", "3530111333300000", "3566002020360505"),
            *("30569309025904", "38520000023237", "6011111111111117", "6200000000000005"),
        }
    ),
    "qq": frozenset({"10000", "10001"}),
    "ip_address": frozenset({"127.0.0.1", "1.1.1.1", "1.2.3.4", "8.8.8.8", "114.114.114.114", "::", "::1"}),
    # 02:00:... is what Android and iOS hand to apps that may not know.
    "mac_address": frozenset({"00:00:00:00:00:00", "ff:ff:ff:ff:ff:ff", "02:00:00:00:00:00"}),
    # The Android id that a firmware fault gave to many phones.
    "device_id": frozenset({"00000000-0000-0000-0000-000000000000", "9774d56d682e549c", "f" * 16}),
    "org_code": frozenset({"000000000"}),
}

EMAIL = (
    r"^(?:no[._-]?e?-?mail|no-?reply|do-?not-?reply|none?|null|nil|na|n\.a|unknown|undefined|empty"
    r"|test(?:er|ing|user|mail)?[0-9]{0,3}|demo|sample|example|noname|nobody|anonymous|abc|abcd?ef?g?|x+|0+"
    r"|1{5,}|6{5,}|8{5,}|123456?7?8?9?0?|10000|your-?name|user-?name)@"
    r"|@(?:no|none|null|nil|na|test|abc|a+|b+|x+|1+|0+|123|email|domain|nomail|noemail|invalid|localhost)\.[a-z.]+$"
)
_EMAIL = re.compile(EMAIL)

# The part of a number that its holder does not share with everybody else; the first group, to
# the end but for ``CHECK_BYTES``.
_DEFAULT = re.compile(r"[A-Za-z]{0,3}([0-9]{6,})")
_WHOLE = re.compile(r"([0-9]{5,})")
_CHECKED = re.compile(r"([0-9A-Z]{6,})[0-9A-Z]")
_PAYLOAD = {
    "mobile": re.compile(r"[0-9]{3}([0-9]{8})"),
    "landline": re.compile(r"(?:[0-9]{3,4}-)?([0-9]{5,})"),
    "bank_card": re.compile(r"[0-9]{6}([0-9]{6,12})[0-9]"),
    "imei": re.compile(r"[0-9]{2}([0-9]{12})[0-9]"),
    "iccid": re.compile(r"[0-9]{6}([0-9]{12,13})[0-9]"),
    "imsi": re.compile(r"[0-9]{5}([0-9]{10})"),
    "license_plate": re.compile(r".{2}(00000|12345)"),
    "military_id": re.compile(r".{1,2}字第([0-9]{6,})号"),
    "qq": _WHOLE,
    "weibo_id": _WHOLE,
    "user_account": _WHOLE,
    "wechat_id": _WHOLE,
    "uscc": _CHECKED,
    "org_code": _CHECKED,
    "business_license": _CHECKED,
}

# Bytes after the payload.
CHECK_BYTES = {
    "bank_card": 1,
    "imei": 1,
    "iccid": 1,
    "uscc": 1,
    "org_code": 1,
    "business_license": 1,
    "military_id": len("号".encode()),
}

# Steps from one character to the next in a run: repeated, rising, falling (9 and 0 are neighbours).
RUNS = (frozenset({0}), frozenset({1, -9}), frozenset({-1, 9}))


def is_placeholder(pi_type: str, text: str) -> bool:
    """Return whether a canonical (or just folded) value of this type identifies nobody.

    >>> is_placeholder("mobile", "13800138000"), is_placeholder("mobile", "13800138001")
    (True, False)
    >>> is_placeholder("id_card", "123456789012345678"), is_placeholder("email", "暂无")
    (True, True)
    """
    lowered = lower(text)
    if lowered in WORDS or lowered in KNOWN.get(pi_type, ()):
        return True
    if pi_type == "email":
        return _EMAIL.search(lowered) is not None
    return is_run(pi_type, text)


def is_run(pi_type: str, text: str) -> bool:
    """Return whether the number repeats one character or counts up or down, as made-up ones do."""
    patterns = (_PAYLOAD[pi_type], _WHOLE) if pi_type in _PAYLOAD else (_DEFAULT,)
    return any(_constant_step(match[1]) for p in patterns if (match := p.fullmatch(text)))


def _constant_step(text: str) -> bool:
    steps = {ord(b) - ord(a) for a, b in pairwise(text)}
    return any(steps <= run for run in RUNS)
