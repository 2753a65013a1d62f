"""PI types that users define: what they look like, as data, and the recognizer that follows from it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from types import MappingProxyType
from typing import Any, cast

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from classifiers import kernels
from classifiers._recognizer import Matches, Recognizer
from classifiers.cells import Cells
from classifiers.kernels.check_digits import CHECK_DIGITS, check_digit_fits
from classifiers.taxonomy import PIType

# Validators that have another name than the PI type they are for.
_VALIDATOR_OF = MappingProxyType(
    {"cn_mobile": "mobile", "cn_landline": "landline", "cn_resident_id": "id_card"}
)
# Beside a value in running text stands no further letter or digit.
_APART = r"(?:^|[^0-9A-Za-z])(?:{})(?:$|[^0-9A-Za-z])"


def is_check(name: str) -> bool:
    """Return whether there is a check of this name: a check digit, or the format of a built-in type."""
    return name in CHECK_DIGITS or kernels.has_kernel(_VALIDATOR_OF.get(name, name))


def check_names() -> tuple[str, ...]:
    """Return the checks that a type may name, sorted."""
    return tuple(sorted({*CHECK_DIGITS, *_VALIDATOR_OF, *kernels.KERNELS}))


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomType:
    """A type that a user defines. What is given must hold together: regex, check and dictionary.

    Attributes:
        zh, en, py: Header words, as in ``Recognizer``.
        regex: RE2 pattern of a whole cell, or empty. A group named ``value`` is what is checked and counted.
        check: Name of a check (``check_names``), or empty.
        words: The values of the type, or none if they cannot be listed.
        ignore_case: Whether ``a`` and ``A`` are the same, in the pattern, the words and the counted value.
        min_share: Least share of matching cells that decides without a header; None: a header must name it.
        min_share_with_header: Least share of matching cells that goes with a header that names it.
        in_text: Whether the pattern is looked for in running text too.

    """

    pi_type: PIType
    zh: tuple[str, ...] = ()
    en: tuple[str, ...] = ()
    py: tuple[str, ...] = ()
    regex: str = ""
    check: str = ""
    words: frozenset[str] = frozenset()
    ignore_case: bool = False
    min_share: float | None = None
    min_share_with_header: float = 0.25
    in_text: bool = False

    @property
    def tests_values(self) -> bool:
        """Whether values show the type."""
        return bool(self.regex or self.check or self.words)

    def recognizer(self) -> Recognizer:
        """Return what the catalogue needs to find the type."""
        return Recognizer(
            type=self.pi_type.id,
            zh=self.zh,
            en=self.en,
            py=self.py,
            match=self._match if self.tests_values else None,
            fits=None if self.tests_values else _any_text,
            alone=self.min_share if self.tests_values else None,
            with_header=self.min_share_with_header,
            checked=bool(self.check),
            strict=bool(self.words),
            by_chance=self.check in CHECK_DIGITS,
        )

    def _match(self, cells: Cells) -> Matches:
        return np.asarray(self.canonical(cells.text).is_valid())

    def canonical(self, values: pa.Array[Any]) -> pa.StringArray:
        """Return the value of each cell as it is counted; null where a cell is none, or names nobody."""
        if isinstance(values, pa.DictionaryArray):
            return self.canonical(values.dictionary).take(values.indices)
        text = kernels.clean(values)
        found = self._checked(self._extracted(text))
        found = _only(found, ~kernels.is_masked(text) & ~kernels.is_placeholder("", found))
        return pc.utf8_upper(found) if self.ignore_case else found

    def refuses(self, value: str) -> str:
        """Return why one value is not of the type, or nothing."""
        text = kernels.clean(pa.array([value]))
        found = self._extracted(text)
        steps = {
            "the regex does not match all of it": found,
            "it is not in the dictionary": self._listed(found) if self.words else found,
            f"it fails the check '{self.check}'": self._checked(found),
            "it looks masked, or like a placeholder": self.canonical(text),
        }
        return next((reason for reason, left in steps.items() if left.null_count), "")

    def occurs(self, texts: pa.StringArray) -> int:
        """Return in how many texts the pattern stands, with a value that passes the check."""
        pattern = _APART.format(_with_value(self.regex))
        return int(np.asarray(self._checked(_captured(texts, self._flags + pattern)).is_valid()).sum())

    @property
    def _flags(self) -> str:
        return "(?i)" if self.ignore_case else ""

    def _extracted(self, text: pa.StringArray) -> pa.StringArray:
        if not self.regex:
            return text
        return _captured(text, f"{self._flags}^(?:{_with_value(self.regex)})$")

    def _checked(self, values: pa.StringArray) -> pa.StringArray:
        """Return the values that pass the check and stand in the dictionary, null elsewhere."""
        steps = [step for step, given in ((self._listed, self.words), (self._valid, self.check)) if given]
        return reduce(lambda found, step: step(found), steps, values)

    def _listed(self, values: pa.StringArray) -> pa.StringArray:
        words = {word.upper() if self.ignore_case else word for word in self.words}
        compared = pc.utf8_upper(values) if self.ignore_case else values
        return _only(values, np.asarray(pc.is_in(compared, pa.array(sorted(words)))))

    def _valid(self, values: pa.StringArray) -> pa.StringArray:
        if self.check in CHECK_DIGITS:
            compact = pc.replace_substring_regex(values, r"[\s-]+", "")
            return _only(compact, check_digit_fits(self.check, pc.ascii_upper(compact)))
        return kernels.canonical(_VALIDATOR_OF.get(self.check, self.check), values)


def problem_of_regex(pattern: str) -> str:
    """Return what is wrong with an RE2 pattern, or nothing; cells never matter."""
    try:
        _captured(pa.array([""]), _with_value(pattern))
        empty_fits = _captured(pa.array([""]), f"^(?:{_with_value(pattern)})$").null_count == 0
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
        return _plain(str(error))
    return "matches an empty cell; every column would fit" if empty_fits else ""


def _plain(message: str) -> str:
    if "unnamed groups" in message or "named groups" in message:
        return "has groups without a name; write (?:...) for them, and (?P<value>...) for the part to count"
    return message.removeprefix("Invalid regular expression: ")


def _with_value(pattern: str) -> str:
    """Return the pattern with a group named ``value``: the whole of it, where it has none."""
    return pattern if "(?P<value>" in pattern else f"(?P<value>{pattern})"


def _captured(text: pa.StringArray, pattern: str) -> pa.StringArray:
    found: Any = pc.extract_regex(text, pattern)
    return cast("pa.StringArray", pc.if_else(found.is_valid(), pc.struct_field(found, "value"), _NULL))


_NULL = pa.scalar(None, pa.string())


def _only(values: pa.StringArray, keep: Matches) -> pa.StringArray:
    return cast("pa.StringArray", pc.if_else(pa.array(keep), values, _NULL))


def _any_text(cells: Cells) -> Matches:
    return np.ones(len(cells.text), np.bool_)
