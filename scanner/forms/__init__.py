"""Declaration forms: a result and declared facts in, an official form as DOCX or XLSX out.

A form is a file of ``definitions``. Numbers are those of the result, each with its source; what a scanner
cannot know stays a marked blank; every page says that it is a draft to be signed by a person.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from scanner.forms._texts import text
from scanner.forms.basis import Basis, keys_of, merged_facts
from scanner.forms.content import FilledForm
from scanner.forms.definition import Form, UnknownForm, find_form, load_forms
from scanner.forms.due import findings_for, standing
from scanner.forms.filling import fill
from scanner.forms.replies import answered, names_of
from scanner.result import Result
from scanner.words.texts import Tongue

__all__ = [
    "FORMATS",
    "FilledForm",
    "Form",
    "FormsMissing",
    "UnknownForm",
    "blanks_of",
    "fill_form",
    "find_form",
    "findings_for",
    "forms",
    "load_forms",
    "render",
    "standing",
]

FORMATS = ("docx", "xlsx")


class FormsMissing(Exception):
    """The extra that writes forms is not installed; the message says how to install it."""


def forms() -> tuple[str, ...]:
    """Return the ids of all forms."""
    return tuple(load_forms())


def fill_form(  # noqa: PLR0913 -- one parameter an option of the command line
    name: str,
    result: Result,
    *,
    lang: Tongue = "zh",
    facts: Sequence[Mapping[str, Any]] = (),
    declared_in: str = "",
    flows: Sequence[str] = (),
    replies: Mapping[str, str] | None = None,
    replied_in: str = "",
) -> FilledForm:
    """Return a form filled from a result.

    Args:
        name: Id of the form, another name of it, or its Chinese title.
        result: What a scan found out.
        lang: ``zh``, the language of the authorities, or ``en``.
        facts: Declared facts in the format of the facts file; where two say the same, the later one wins.
            Those that the scan was given are known already.
        declared_in: Names of their files, for the source of their numbers.
        flows: Outbound flows to declare; all that are not exempt if left out.
        replies: What a person answered to the blanks of this form, by the name of the blank.
        replied_in: Name of the file of these answers.

    Raises:
        UnknownForm: There is no such form.
        FactsError: The facts are not understood.
        ValueError: A flow does not exist, or there is no such language.
    """
    form = find_form(name)
    filled = fill(form, _basis(result, lang, facts, declared_in, flows))
    if not replies:
        return filled
    source = text("source.reply", lang, where=replied_in or "answers")
    return answered(filled, blanks_of(name, result, facts=facts, flows=flows), replies, source)


def blanks_of(
    name: str, result: Result, *, facts: Sequence[Mapping[str, Any]] = (), flows: Sequence[str] = ()
) -> tuple[str, ...]:
    """Return the names of the blanks of a form in their order, the same in every language."""
    return names_of(fill(find_form(name), _basis(result, "zh", facts, "", flows)))


def _basis(
    result: Result, lang: Tongue, facts: Sequence[Mapping[str, Any]], declared_in: str, flows: Sequence[str]
) -> Basis:
    if lang not in {"zh", "en"}:
        raise ValueError(f"lang={lang!r} is not known; use 'zh' or 'en'.")
    known = {flow.name for flow in result.flows}
    for flow in flows:
        if flow not in known:
            raise ValueError(f"The scan has no flow '{flow}'. It has: {', '.join(sorted(known)) or 'none'}.")
    given = (result.facts.given, *facts) if result.facts else facts
    return Basis(
        result=result,
        facts=merged_facts(*given),
        tongue=lang,
        declared_in=declared_in or "facts",
        beside=frozenset(key for each in facts for key in keys_of(each)),
        only=tuple(flows),
    )


def render(filled: FilledForm, form_format: str) -> bytes:
    """Return a filled form as a ``docx`` or ``xlsx`` file.

    Raises:
        FormsMissing: The extra ``forms`` is not installed.
        ValueError: There is no such format.
    """
    if form_format not in FORMATS:
        raise ValueError(f"There is no format {form_format!r} of forms. There are: {', '.join(FORMATS)}.")
    try:
        if form_format == "docx":
            from scanner.forms.rendering import docx_file  # noqa: PLC0415 -- an extra, and slow to import

            return docx_file.render(filled)
        from scanner.forms.rendering import xlsx_file  # noqa: PLC0415 -- an extra, and slow to import

        return xlsx_file.render(filled)
    except ImportError as error:
        raise FormsMissing(
            "Forms need python-docx and openpyxl, which the extra 'forms' brings. "
            "Run: pip install 'pandian[forms]'"
        ) from error
