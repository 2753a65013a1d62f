"""Names as they are read from a source, made harmless to look at.

A table may be called anything. A line break, an escape sequence or a right-to-left override in its
name must not break a line, colour a terminal or reverse the text around it.
"""

from __future__ import annotations

import unicodedata

# Controls, formats (bidirectional overrides, zero width), surrogates, private, unassigned, separators.
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def visible(text: str) -> str:
    r"""Return the text with every invisible character shown as its code point.

    >>> visible("a\nb\u202ec")
    'a⟨U+000A⟩b⟨U+202E⟩c'
    """
    if text.isprintable():
        return text
    return "".join(f"⟨U+{ord(c):04X}⟩" if unicodedata.category(c) in _INVISIBLE else c for c in text)


def shortened(text: str, length: int) -> str:
    """Return the visible text, its middle left out when it is longer than ``length`` characters.

    >>> shortened("abcdefgh", 5)
    'ab…gh'
    """
    shown = visible(text)
    if len(shown) <= length:
        return shown
    tail = (length - 1) // 2
    return f"{shown[: length - 1 - tail]}…{shown[len(shown) - tail :]}"
