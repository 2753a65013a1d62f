"""Files of PI types that users define: read, checked, and tried on their own examples."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import Field

from classifiers.catalogue import DECIDES_ALONE, Catalogue, built_in, with_custom
from classifiers.custom import CustomType, check_names, is_check, problem_of_regex
from classifiers.kernels.check_digits import CHECK_DIGITS
from classifiers.presidio import PresidioType
from classifiers.taxonomy import PIType, standards
from scanner.census.kinds import CUSTOM
from scanner.pi_types.recognizers import PAGE, beside, recognizers
from scanner.user_files.documents import ConfigError, Model, checked, parse_document, read_text

Category = Literal[
    "", "biometric", "religion", "specific_identity", "health", "financial", "location", "other"
]
Words = tuple[str, ...]


class _Headers(Model):
    zh: Words = ()
    en: Words = ()
    pinyin: Words = ()


class _TypeEntry(Model):
    """One entry of ``types``; see docs/types.md."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]{0,63}$")
    zh: str = Field(min_length=1)
    en: str = Field(min_length=1)
    presidio_entity: str = Field(default="", pattern=r"^([A-Z][A-Z0-9_]*)?$")
    group: Literal["pi", "org"] = "pi"
    category: Category = ""
    sensitive: bool | tuple[str, ...] = False
    strength: Literal["strong", "account", "contact", "none"] = "none"
    headers: _Headers = _Headers()
    regex: str = ""
    check: str = ""
    dictionary: str = ""
    ignore_case: bool = False
    min_share: float | None = Field(default=DECIDES_ALONE, gt=0, le=1)
    min_share_with_header: float = Field(default=0.25, gt=0, le=1)
    in_text: bool = False
    examples: Words = ()
    counter_examples: Words = ()


def load_types(paths: Sequence[Path]) -> Catalogue:
    """Return the built-in catalogue with the types of these files.

    Raises:
        ConfigError: A file, an entry or an example does not hold; the message says which and why.
    """
    custom: dict[str, CustomType] = {}
    own: list[PresidioType] = []
    for path in paths:
        document = parse_document(read_text(path, "the types file"), str(path), "types:")
        _check_keys(document, path)
        for number, entry in enumerate(document.get("types") or (), 1):
            made = _custom_type(entry, number, path)
            _check_new(made.pi_type.id, custom, path)
            custom[made.pi_type.id] = made
        known = {**built_in().types, **{name: made.pi_type for name, made in custom.items()}}
        own += recognizers(document.get("presidio") or (), known, path)
    _check_found(custom, own)
    _check_room(custom)
    return with_custom(tuple(custom.values()), own)


def files_of(path: Path) -> tuple[Path, ...]:
    """Return what a types file consists of: itself, its dictionaries, and the recognizers beside it.

    Nothing is checked here: what is missing or broken ``load_types`` refuses.
    """
    try:
        document = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, yaml.YAMLError):
        return (path,)
    entries = [
        entry
        for key in ("types", "presidio")
        for entry in (document.get(key) if isinstance(document, dict) else None) or ()
        if isinstance(entry, dict)
    ]
    named = [str(entry["dictionary"]) for entry in entries if entry.get("dictionary")]
    modules = [str(entry["recognizer"]).partition(":")[0] for entry in entries if entry.get("recognizer")]
    own = [beside(module, path.parent) for module in modules]
    return (path, *(path.parent / name for name in named), *own)


def _check_keys(document: dict[str, Any], path: Path) -> None:
    unknown = sorted(str(key) for key in document if key not in ("types", "presidio"))
    if unknown:
        raise ConfigError(f"{path}: the key '{unknown[0]}' is not known. There are 'types' and 'presidio'.")
    for key, entries in document.items():
        if entries is not None and not isinstance(entries, list):
            raise ConfigError(f"{path}: '{key}' should be a list, each entry beginning with '- '.")


def _check_new(name: str, custom: dict[str, CustomType], path: Path) -> None:
    if name in built_in().types:
        raise ConfigError(f"{path}: '{name}' is a built-in PI type. Give your type another id.")
    if name in custom:
        raise ConfigError(f"{path}: the type '{name}' is defined twice. Give one of them another id.")


def _check_found(custom: dict[str, CustomType], own: Sequence[PresidioType]) -> None:
    """Refuse a type that nothing could ever find."""
    read = {each.type for each in own}
    for name, made in custom.items():
        if not (made.tests_values or made.zh or made.en or made.py or name in read):
            raise ConfigError(
                f"type '{name}': nothing says how to find it. Give it headers, regex, check, dictionary or "
                "a recognizer under 'presidio'."
            )


def _check_room(custom: dict[str, CustomType]) -> None:
    for strength, most in CUSTOM.items():
        held = [name for name, made in custom.items() if made.pi_type.strength == strength]
        if len(held) > most:
            raise ConfigError(
                f"type '{held[most]}': there can be {most} types of your own of strength '{strength}'. "
                "Set the strength of one to 'none'; it is then found, but counts nobody."
            )


def _custom_type(document: object, number: int, path: Path) -> CustomType:
    name = document.get("id") if isinstance(document, dict) else None
    where = f"{path}: type '{name}'" if isinstance(name, str) else f"{path}: types, entry {number}"
    entry = checked(_TypeEntry, document, where, PAGE)
    _check_tests(entry, where)
    made = CustomType(
        pi_type=_pi_type(entry, where),
        zh=entry.headers.zh,
        en=entry.headers.en,
        py=entry.headers.pinyin,
        regex=entry.regex,
        check=entry.check,
        words=_words(path.parent / entry.dictionary, where) if entry.dictionary else frozenset(),
        ignore_case=entry.ignore_case,
        min_share=entry.min_share,
        min_share_with_header=entry.min_share_with_header,
        in_text=entry.in_text,
    )
    _check_examples(made, entry, where)
    return made


def _check_tests(entry: _TypeEntry, where: str) -> None:
    problem = problem_of_regex(entry.regex) if entry.regex else ""
    if problem:
        raise ConfigError(f"{where}: regex: {problem}. The syntax is RE2, without look-around ({PAGE}).")
    if entry.check and not is_check(entry.check):
        there_are = ", ".join(check_names())
        raise ConfigError(f"{where}: there is no check '{entry.check}'. There are: {there_are}.")
    if entry.check in CHECK_DIGITS and not entry.regex:
        raise ConfigError(
            f"{where}: one number in ten passes the check '{entry.check}' by chance. Add a regex."
        )
    if entry.in_text and not entry.regex:
        raise ConfigError(f"{where}: in_text looks for the regex in running text. Add a regex.")


def _pi_type(entry: _TypeEntry, where: str) -> PIType:
    known = [standard.id for standard in standards()]
    listed = (known if entry.sensitive else ()) if isinstance(entry.sensitive, bool) else entry.sensitive
    unknown = [standard for standard in listed if standard not in known]
    if unknown:
        raise ConfigError(
            f"{where}: sensitive: '{unknown[0]}' is no standard that is known. There are: {', '.join(known)}."
        )
    return PIType(
        id=entry.id,
        zh=entry.zh,
        en=entry.en,
        presidio_entity=entry.presidio_entity or entry.id.upper(),
        group=entry.group,
        category=entry.category,
        sensitive_under=frozenset(listed),
        strength=entry.strength,
    )


def _words(path: Path, where: str) -> frozenset[str]:
    words = values_of(path, f"{where}: the dictionary")
    if not words:
        raise ConfigError(f"{where}: the dictionary {path} holds no value. Write one value a line.")
    return frozenset(words)


def values_of(path: Path, what: str) -> tuple[str, ...]:
    """Return the values of a file, one a line; blank lines and lines that begin with ``#`` are none.

    Raises:
        ConfigError: The file cannot be read.
    """
    lines = (line.strip() for line in read_text(path, what).splitlines())
    return tuple(line for line in lines if line and not line.startswith("#"))


def _check_examples(made: CustomType, entry: _TypeEntry, where: str) -> None:
    """Try the examples; a message tells them by number, since they may be real values."""
    if not made.tests_values:
        if entry.examples or entry.counter_examples:
            raise ConfigError(
                f"{where}: nothing tests values. Add a regex, check or dictionary, or take out the examples."
            )
        return
    for number, example in enumerate(entry.examples, 1):
        reason = made.refuses(example)
        if reason:
            raise ConfigError(f"{where}: example {number} is not recognised: {reason}. Correct either.")
    for number, example in enumerate(entry.counter_examples, 1):
        if not made.refuses(example):
            raise ConfigError(
                f"{where}: counter-example {number} is recognised. Narrow the type, or take it out."
            )
