"""Declaration forms: a result and declared facts in, an official form as DOCX or XLSX out.

A form is a file of ``definitions``. Numbers are those of the result, each with its source; what a scanner
cannot know stays a marked blank; every page says that it is a draft to be signed by a person.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from scanner.forms._texts import Tongue
from scanner.forms.basis import Basis, keys_of, merged_facts
from scanner.forms.content import FilledForm
from scanner.forms.definition import Form, UnknownForm, find_form, load_forms
from scanner.forms.due import findings_for, standing
from scanner.forms.filling import fill
from scanner.result import Result

__all__ = [
    "FORMATS",
    "FilledForm",
    "Form",
    "FormsMissing",
    "UnknownForm",
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

    Raises:
        UnknownForm: There is no such form.
        FactsError: The facts are not understood.
        ValueError: A flow does not exist, or there is no such language.
    """
    if lang not in {"zh", "en"}:
        raise ValueError(f"lang={lang!r} is not known; use 'zh' or 'en'.")
    known = {flow.name for flow in result.flows}
    for flow in flows:
        if flow not in known:
            raise ValueError(f"The scan has no flow '{flow}'. It has: {', '.join(sorted(known)) or 'none'}.")
    given = (result.facts.given, *facts) if result.facts else facts
    basis = Basis(
        result=result,
        facts=merged_facts(*given),
        tongue=lang,
        declared_in=declared_in or "facts",
        beside=frozenset(key for each in facts for key in keys_of(each)),
        only=tuple(flows),
    )
    return fill(find_form(name), basis)


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
            from scanner.forms import docx_file  # noqa: PLC0415 -- an extra, and slow to import

            return docx_file.render(filled)
        from scanner.forms import xlsx_file  # noqa: PLC0415 -- an extra, and slow to import

        return xlsx_file.render(filled)
    except ImportError as error:
        raise FormsMissing(
            "Forms need python-docx and openpyxl, which the extra 'forms' brings. "
            "Run: pip install 'pandian[forms]'"
        ) from error
