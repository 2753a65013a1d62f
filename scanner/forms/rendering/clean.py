"""Names from a source, made fit to stand in a document."""

from __future__ import annotations

import re

from scanner.words.visible import visible

# What no XML 1.0 document can hold; ``visible`` shows most of them already.
_NO_XML = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LONG_WORD = re.compile(r"[!-~]{20,}")
_JOINTS = re.compile(r"[^/._\-]*[/._\-]+|[^/._\-]+")
_MIDDLE = "\u200b"  # zero-width space: where a long name may be broken
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "|", "%")


def clean(text: str) -> str:
    r"""Return a text that any XML holds, its invisible characters shown as code points.

    >>> clean("a\x00b\u202ec\ufffe")
    'a⟨U+0000⟩b⟨U+202E⟩c⟨U+FFFE⟩'
    """
    return _NO_XML.sub(lambda found: f"⟨U+{ord(found[0]):04X}⟩", visible(text))


def breakable(text: str) -> str:
    """Return a clean text whose long names may be broken at the end of a line, at joints if they have any.

    >>> breakable("warehouse/customer_contacts").split("\u200b")
    ['warehouse/', 'customer_', 'contacts']
    >>> len(breakable("x" * 40))
    42
    """
    return _LONG_WORD.sub(lambda found: _MIDDLE.join(_pieces(found[0])), clean(text))


def _pieces(word: str, length: int = 16) -> list[str]:
    parts = _JOINTS.findall(word)
    return [part[start : start + length] for part in parts for start in range(0, len(part), length)]


def no_formula(text: str) -> str:
    """Return a clean text that no spreadsheet takes for a formula: an apostrophe goes before one.

    >>> no_formula("=1+1"), no_formula("-x"), no_formula("plain")
    ("'=1+1", "'-x", 'plain')
    """
    cleaned = clean(text)
    return f"'{cleaned}" if cleaned.lstrip().startswith(_FORMULA) else cleaned
