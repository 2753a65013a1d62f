"""How a cell becomes bare text, before any format looks at it.

The kernels apply the same map and the same patterns to whole columns, so every pattern here
must mean the same to ``re`` and to RE2: explicit character classes only, no look-around.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterable

_SPACES = (0xA0, 0x1680, *range(0x2000, 0x200B), 0x2028, 0x2029, 0x202F, 0x205F, 0x3000)
_ZERO_WIDTH = (0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0xFEFF)
_DASHES = (*range(0x2010, 0x2016), 0x2212)

# Code point to ASCII, or to nothing. Full-width forms only: NFKC would also turn ², ⑱ or ⅷ into
# digits and letters that nobody typed as such.
FOLD: dict[int, str] = {
    **{code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},
    **dict.fromkeys(_SPACES, " "),
    **dict.fromkeys(_ZERO_WIDTH, ""),
    **dict.fromkeys(_DASHES, "-"),
}

# Control characters pad fixed-width exports.
EDGE = "".join(map(chr, range(0x21))) + "\x7f"

# Spreadsheets mark text with a leading apostrophe, some exports with a backtick.
QUOTES = "['`‘’]"
QUOTE_MARK = rf"(?s)^{QUOTES}+(.*?){QUOTES}*$"

# A number that passed through a floating-point column.
POINT_ZERO = r"^([0-9]+)\.0+$"

HAN = "㐀-䶿一-鿿"

BRACKETS = r'(?s)^=?[\[(<{"【「『《〈“](.*)[\])>}"】」』》〉”]$'

TRAILING = r"[ ;,、。.]+$"

_LATIN_LABELS = (
    "no|nos|num|number|tel|telephone|phone|mobile|mob|cell|fax|id|idno|card|cardno|e-?mail|mail|mailto|qq|wechat"
    "|weixin|wx|weibo|vin|imei|imsi|iccid|sim|mac|ip|passport|plate|acct|account|uid|zip|postcode"
)
_HAN_LABELS = (
    "手机号码|手机号|手机|联系电话|联系方式|电话号码|电话|座机|传真|号码|公民身份号码|身份证号码|身份证号|身份证"
    "|证件号码|证件号|证号|银行卡号|银行卡|银行账号|卡号|账号|电子邮箱|邮箱|邮件|微信号|微信|护照号码|护照号|护照"
    "|车牌号码|车牌号|车牌|邮政编码|邮编|编号|税号|统一社会信用代码|组织机构代码"
)
# Follows a symbol that is to be shown as a picture.
_EMOJI_STYLE = "\ufe0f"
_OTHER_LABELS = rf"[{HAN}]{{1,10}} ?[:=] *|(?:{_HAN_LABELS})[ :=]*|[☎☏✆📞📱✉{_EMOJI_STYLE}]+ *"

LABEL = rf"^(?:(?i:{_LATIN_LABELS})(?i: ?no)?(?:[.:#=]+| ) *|{_OTHER_LABELS})"
# A local part may itself begin with ``tel.`` or ``no.``; only a colon or the capitalized ``No.`` is a label.
EMAIL_LABEL = rf"^(?:(?i:{_LATIN_LABELS}) ?[:=]+ *|No\. *|{_OTHER_LABELS})"

SEPARATORS = r"[\x00-\x20-]+"

_UPPER = str.maketrans(string.ascii_lowercase, string.ascii_uppercase)
_LOWER = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)


def fold(text: str) -> str:
    """Return the text trimmed, in half-width ASCII where it can be, without invisible characters.

    >>> fold("'１３８ \u200b")
    '138'
    >>> fold("138.0")
    '138'
    """
    text = text.translate(FOLD).strip(EDGE)
    text = re.sub(QUOTE_MARK, r"\1", text).strip(EDGE)
    return re.sub(POINT_ZERO, r"\1", text)


def bare(text: str, label: str = LABEL) -> str:
    """Return the folded text without a surrounding bracket, a leading label and closing punctuation.

    >>> bare("（号码：[138]）")
    '138'
    """
    text = fold(text)
    for pattern, replacement in ((BRACKETS, r"\1"), (label, ""), (BRACKETS, r"\1"), (TRAILING, "")):
        text = re.sub(pattern, replacement, text).strip(EDGE)
    return text


def squeeze(text: str, separators: str = SEPARATORS) -> str:
    """Return the bare text without separators."""
    return re.sub(separators, "", bare(text))


def rewritten(text: str, rewrites: Iterable[tuple[str, str]]) -> str:
    """Return the text after each pattern was replaced, in their order."""
    for pattern, replacement in rewrites:
        text = re.sub(pattern, replacement, text)
    return text


def upper(text: str) -> str:
    """Return the text with ASCII letters in upper case and all others as they are."""
    return text.translate(_UPPER)


def lower(text: str) -> str:
    """Return the text with ASCII letters in lower case and all others as they are."""
    return text.translate(_LOWER)
