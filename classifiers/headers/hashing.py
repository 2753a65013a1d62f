"""Words of headers which say that values are hashed or encrypted: ``phone_md5``, ``手机号密文``."""

from __future__ import annotations

import re

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_WORDS = re.compile(
    r"(?<![a-z])(?:md5|sha[-_]?(?:1|224|256|384|512)|sm[34]|hash(?:ed)?|hmac|digest|aes|des|rsa|enc|encoded?|"
    r"encrypt(?:ed|ion)?|cipher(?:ed|text)?|crypt(?:ed)?|salt(?:ed)?|secret)(?![a-z])|哈希值?|散列值?|摘要|密文|加密",
    re.IGNORECASE,
)


def without_hashing(header: str) -> str:
    """Return a header without such words; empty if it has none, or no other.

    >>> [without_hashing(header) for header in ("phoneMd5", "身份证号MD5", "phone", "hash")]
    ['phone', '身份证号', '', '']
    """
    apart = _CAMEL.sub("_", header)
    rest = _WORDS.sub("", apart)
    return re.sub(r"[_\-\s()（）]+", "_", rest).strip("_") if rest != apart else ""
