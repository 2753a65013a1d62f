"""What no field is called by: words that are values, met as keys of objects or above columns. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable

# Numbers of seven digits or more, perhaps with separators or one to three letters before them: phone and ID
# numbers, accounts, dates, addresses of machines. E-mail addresses. Long hexadecimal numbers. Numbers alone.
_SEPARATORS = str.maketrans("", "", " -/.:()+")
_NUMBER = re.compile(r"[A-Za-z]{0,3}[0-9]{7,}[0-9xX]?")
_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.\w+")
_HEXADECIMAL = re.compile(r"(?=.*[0-9])[0-9A-Fa-f]{16,}")


def is_value(word: str) -> bool:
    """Return whether a word is a value and no name of a field.

    >>> [word for word in ("13800138000", "2024-01-01", "a@b.cn", "E12345678") if not is_value(word)]
    []
    >>> [word for word in ("q3", "2024", "phone", "200", "line_1", "v1.2.3") if is_value(word)]
    []
    """
    bare = word.strip().translate(_SEPARATORS)
    return any(shape.fullmatch(bare) for shape in (_NUMBER, _HEXADECIMAL)) or bool(
        _MAIL.fullmatch(word.strip())
    )


def is_key(word: str) -> bool:
    """Return whether a key of an object is a value: any number is, since no field is called by one.

    >>> is_key("1001"), is_key("phone")
    (True, False)
    """
    return word.strip().isdecimal() or is_value(word)


_FORMS = {
    "id_card": re.compile(r"[1-9][0-9]{16}[0-9xX]"),
    "mobile": re.compile(r"(?:86)?1[3-9][0-9]{9}"),
    "email": _MAIL,
}


def form_of(words: Iterable[str]) -> str:
    """Return what all words look like in the words of a comment; empty if that is nothing in particular.

    >>> form_of(["13800138000", "139 0013 9000"]), form_of(["13800138000", "1001"])
    ('mobile', '')
    """
    found = {next((name for name, form in _FORMS.items() if _has_form(form, word)), "") for word in words}
    return found.pop() if len(found) == 1 else ""


def _has_form(form: re.Pattern[str], word: str) -> bool:
    return bool(form.fullmatch(word.strip() if form is _MAIL else word.strip().translate(_SEPARATORS)))
