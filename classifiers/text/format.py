"""How values of one PI type look in running text: a pattern, a check, a score and labels.

A pattern proposes, a check decides, the words before it lift or drop it. Python's ``re`` knows no
word boundary between a digit and a Chinese character that would help, so every pattern says itself
what may stand beside it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

# Reported from here on; a weak format reaches it only with a label such as 微信 before it.
THRESHOLD = 0.5
LABELLED = 0.9
WEAK = 0.3

# Not in the middle of a longer number or code: 合同HT-13812345678, 13812345678.50, A13812345678.
LEFT = r"(?<![0-9A-Za-z])(?<![0-9A-Za-z][-_./#])"
RIGHT = r"(?![0-9A-Za-z])(?![-_./][0-9])"
DASH = r"[ -]?"
YMD = r"(?:18|19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])"
SPACED_YMD = r"(?:18|19|20)[0-9]{2} ?(?:0[1-9]|1[0-2]) ?(?:0[1-9]|[12][0-9]|3[01])"

# What may stand between a label and its number.
_FILLER = r"(?:号码|号|码|账号|名| ?no\.?|[是为叫:=\s(\"'\[【])*$"
# Numbers of things: what follows is neither phone nor card, whatever it looks like.
OF_THINGS = re.compile(
    r"(?:单号|单编号|订单|运单|快递|工单|合同|批次|批号|流水|序列号|交易号|凭证|发票|条码|条形码|货号|型号"
    r"|物料|编码|编号|时间戳|版本|金额|价格|no\.|(?<![a-z])(?:sku|task|job|order|trace|item|product|goods|msg|event"
    r"|request|session|batch|serial|log|thread|process|trade|version|sn)(?:[_-]?(?:id|no|code|num|sn|seq))?)"
    + _FILLER,
    re.IGNORECASE,
)


def label_of(words: str) -> re.Pattern[str]:
    """Return what matches one of the words right before a value."""
    return re.compile(rf"(?:{words}){_FILLER}", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """How values of one PI type look in text.

    Attributes:
        pattern: Matches the value alone.
        is_valid: Check digits, dates, segments.
        score: Without a label before it, in [0, 1]; below ``THRESHOLD`` the label is needed.
        label: Words right before the value that name it.
        certain: The check leaves so little room that a label of a thing does not matter.
    """

    type: str
    pattern: re.Pattern[str]
    is_valid: Callable[[str], bool]
    score: float
    label: re.Pattern[str]
    certain: bool = False
