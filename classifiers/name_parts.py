"""Headers of the parts of a name: 姓 and 名, ``last_name`` and ``first_name``."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from classifiers.headers.english import tokens

FAMILY, GIVEN, MIDDLE = "family", "given", "middle"

# Header words, as recognizers list them; ``nachn`` and ``vorna`` are SAP's.
FAMILY_ZH, GIVEN_ZH = ("姓", "姓氏"), ("?名",)
FAMILY_EN = ("last name", "surname", "sur name", "family name", "nachn", "?lname", "?l name")
GIVEN_EN = ("first name", "forename", "fore name", "given name", "vorna", "?fname", "?f name")
FAMILY_PY, GIVEN_PY = ("?xing",), ("?ming",)

FAMILY_WORD = r"last ?name|name last|sur ?name|family ?name|nachn|l ?name|xing(?! ming)"
GIVEN_WORD = r"first ?name|name first|fore ?name|given ?name|vorna|f ?name|(?<!xing )ming"
_ENGLISH = {
    part: re.compile(rf"(?:^| )(?:{words})(?= |$)")
    for part, words in (
        (FAMILY, FAMILY_WORD),
        (GIVEN, GIVEN_WORD),
        (MIDDLE, "middle ?name|name middle|midnm"),
    )
}
_CHINESE = {FAMILY: re.compile(r"姓氏?$"), GIVEN: re.compile(r"(?<!姓)(?<!姓氏)名字?$")}


@lru_cache(maxsize=1 << 12)
def part_of_name(header: str) -> tuple[str, str] | None:
    """Return which part of a name a header says, and the rest of the header: whose, or which name.

    None where it says no part.

    >>> part_of_name("billing_last_name"), part_of_name("患者名")
    (('family', 'billing'), ('given', '患者'))
    """
    plain = unicodedata.normalize("NFKC", header).strip()
    spelled = " ".join(tokens(plain))
    of, words = (_ENGLISH, spelled) if spelled else (_CHINESE, plain)
    for part, pattern in of.items():
        if pattern.search(words):
            return part, " ".join(pattern.sub("", words, count=1).split())
    return None
