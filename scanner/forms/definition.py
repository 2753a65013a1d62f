"""Forms as data: one file of ``definitions`` is one edition of one form."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Literal

from pydantic import Field, model_validator

from scanner.user_files.documents import Model
from scanner.user_files.yaml_text import read_yaml
from scanner.words.texts import Tongue


class UnknownForm(ValueError):
    """There is no form of that name; the message lists those there are."""


class Both(Model):
    """A text in both languages."""

    zh: str
    en: str

    def said(self, tongue: Tongue) -> str:
        """Return one language."""
        return self.zh if tongue == "zh" else self.en


class Question(Model):
    """A row of a form.

    Attributes:
        ask: What the form asks.
        fill: Answer that a scan gives (a key of ``answers.ANSWERS``); none: for a person to fill in.
        blank: What a person has to write, beside or instead of what the scan gives.
    """

    ask: Both
    fill: str = ""
    blank: Both | None = None


class Part(Model):
    """A part of a form, in this order: heading, hint, text, questions, table, blank.

    Attributes:
        each: ``scenario`` repeats the part for every outbound scenario.
        hint: What the official text says belongs here.
        fill: An answer as running text.
        table: A key of ``tables.TABLES``.
        blank: What a person has to write here.
    """

    heading: Both | None = None
    level: int = Field(default=1, ge=1, le=3)
    each: Literal["", "scenario"] = ""
    hint: Both | None = None
    fill: str = ""
    questions: tuple[Question, ...] = ()
    table: str = ""
    blank: Both | None = None


class Form(Model):
    """One edition of one form.

    Attributes:
        id: Also the name of its file.
        names: Other names that ``--form`` takes.
        source: The legal text behind it.
        seen: Where its structure was seen, and how well that is verified.
        in_force: Since when its text is in force.
        version: Day on which the definition was compiled.
        signer: Who has to check and sign it.
        rules: Rules whose verdict calls for it.
        also: Rules that call for it when they are met, and are silent else, such as that on changes.
        attach: Forms that are part of it, after its own parts.
        prose: Whether it is a report in chapters.
    """

    id: str
    names: tuple[str, ...] = ()
    title: Both
    subtitle: Both
    source: Both
    seen: Both
    confidence: Literal["high", "medium", "low"]
    in_force: dt.date
    version: dt.date
    signer: Both
    file_with: Both
    deadline: Both
    rules: tuple[str, ...] = Field(min_length=1)
    also: tuple[str, ...] = ()
    attach: tuple[str, ...] = ()
    prose: bool = False
    parts: tuple[Part, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _version_is_later(self) -> Form:
        if self.version < self.in_force:
            raise ValueError("a form cannot be compiled before its text is in force")
        return self


@cache
def load_forms() -> Mapping[str, Form]:
    """Return all forms by id, in the order of their files."""
    forms = [_load(name) for name in sorted(_names())]
    return MappingProxyType({form.id: form for form in forms})


def _names() -> Iterator[str]:
    folder = files("scanner.forms").joinpath("definitions")
    yield from (entry.name for entry in folder.iterdir() if entry.name.endswith(".yaml"))


def _load(name: str) -> Form:
    content = (files("scanner.forms") / "definitions" / name).read_bytes()
    form = Form.model_validate(read_yaml(content))
    if form.id != name.removesuffix(".yaml"):
        raise ValueError(f"{name}: its id is {form.id!r}; a form has the name of its file")
    return form


def find_form(name: str) -> Form:
    """Return the form of a name, which is its id, another name of it, or its Chinese title.

    Raises:
        UnknownForm: There is none.
    """
    wanted = name.strip().lower().replace("_", "-")
    known = {each: form for form in load_forms().values() for each in _all_names(form)}
    if wanted in known:
        return known[wanted]
    near = get_close_matches(wanted, known, 1)
    hint = f" Did you mean '{near[0]}'?" if near else ""
    raise UnknownForm(f"There is no form '{name}'.{hint} There are: {', '.join(load_forms())}.")


def _all_names(form: Form) -> tuple[str, ...]:
    return (form.id, form.title.zh, *(each.lower() for each in form.names))
