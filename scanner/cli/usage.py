"""Arguments that cannot be used, said in one paragraph: which, what is expected, what to do.

Reads how Typer holds parameters, which it documents nowhere: pyproject.toml names the one version that fits.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from difflib import get_close_matches
from enum import Enum
from inspect import cleandoc
from pathlib import Path
from typing import Any, get_args

import typer

# The errors of a command line that cannot be understood, and the one that shows the help of a group.
WRONG_USAGE: type[Exception] = typer.BadParameter.__mro__[1]
_MISSING, _UNKNOWN, _HELP = "MissingParameter", "NoSuchOption", "NoArgsIsHelpError"
_NAMES = {int: "N", float: "N", Path: "PATH", bool: ""}
_NO_COMMAND = re.compile(r"No such command '(.+?)'")
_TOO_MANY = re.compile(r"Got unexpected extra arguments?(?:\(s\))? \((.+)\)")
_KINDS = {"int": "a whole number", "float": "a number"}


def complete_help(command: Any) -> None:
    """Name what each option of a command and those below it takes, and let no list cut what they are for."""
    command.short_help = cleandoc(command.help or "").partition("\n\n")[0]
    for param in command.params:
        if param.param_type_name == "argument":
            param.display_type_rich = _no_type  # its name says enough
            continue
        param.callback = _not_an_option(param.callback)
        if param.metavar is not None:
            continue
        param.metavar = "|".join(_choices(param)) or _NAMES.get(kind_of(param), "TEXT")
    below = dict(sorted(getattr(command, "commands", {}).items()))
    if below:
        command.commands = below
    for each in below.values():
        complete_help(each)


def _not_an_option(callback: Any) -> Callable[[Any, Any, Any], Any]:
    """Return what is done with the value of an option: refuse what is the next option, where it has none."""

    def checked(ctx: Any, param: Any, value: Any) -> Any:
        for each in value if isinstance(value, (list, tuple)) else (value,):
            if isinstance(each, (str, Path)) and str(each).startswith("--"):
                raise typer.BadParameter(f"it has no value: '{each}' follows it.", ctx, param)
        return callback(ctx, param, value) if callback else value

    return checked


def _no_type(ctx: object) -> str:
    del ctx
    return ""


def told(error: Any) -> str:
    """Return what is wrong with the arguments, or the help of a group that was called without a command."""
    return str(error.message) if type(error).__name__ == _HELP else f"Error: {_wrong(error)}"


def _wrong(error: Any) -> str:
    kind = type(error).__name__
    if kind == _UNKNOWN:
        return _unknown_option(error)
    if kind == _MISSING:
        return _missing(error)
    if getattr(error, "param", None) is not None:
        return _wrong_value(error)
    return _other(error)


def _unknown_option(error: Any) -> str:
    options = [name for param in error.ctx.command.params for name in (*param.opts, *param.secondary_opts)]
    near = _near(error.option_name, [name for name in options if name.startswith("-")])
    return (
        f"'{_called(error)}' has no option {error.option_name}.{near} '{_called(error)} --help' lists them."
    )


def _missing(error: Any) -> str:
    return f"'{_called(error)}' needs {_named(error.param)}: {_wanted(error.param)}"


def _wrong_value(error: Any) -> str:
    found = _first_failure(error.__cause__)
    given = found.get("input")
    shown = (
        f"{_named(error.param)} {given!r}" if isinstance(given, str | int | float) else _named(error.param)
    )
    if choices := _choices(error.param):
        return f"{shown} is not known. There are: {', '.join(choices)}."
    bounds = _bounds(error.param)
    number = _KINDS.get(getattr(kind_of(error.param), "__name__", ""))
    if number:
        return f"{shown} cannot be used. Write {number}{bounds}: {_wanted(error.param)}"
    return f"{shown} cannot be used: {error.message.rstrip('.')}. Wanted: {_wanted(error.param)}"


def _other(error: Any) -> str:
    """Say what the parser of the command line says, which names the argument, and where help is."""
    context = getattr(error, "ctx", None)
    if context is None:  # of an option without its value, or with one that it does not take
        return f"{error.message.rstrip('.')}. See '--help' of the command."
    if found := _NO_COMMAND.match(error.message):
        known = sorted(context.command.commands)
        near, there_are = _near(found[1], known), ", ".join(known)
        return f"{_called(error)!r} has no command {found[1]!r}.{near} There are: {there_are}."
    if found := _TOO_MANY.match(error.message):
        return f"{_called(error)!r} does not take {found[1]!r}. '{_called(error)} --help' says what it takes."
    return f"{error.message.rstrip('.')}. '{_called(error)} --help' says what it takes."


def _called(error: Any) -> str:
    return str(error.ctx.command_path)


def _named(param: Any) -> str:
    return (
        str(param.metavar or param.name.upper())
        if param.param_type_name == "argument"
        else str(param.opts[0])
    )


def _wanted(param: Any) -> str:
    choices = _choices(param)
    one_of = f" One of: {', '.join(choices)}." if choices else ""
    return f"{param.help or ''}{one_of}"


def _near(wrong: str, known: Sequence[str]) -> str:
    found = get_close_matches(wrong, known, n=1)
    return f" Did you mean {found[0]}?" if found else ""


def kind_of(param: Any) -> Any:
    """Return the type of what a parameter takes; of a list, that of its entries."""
    annotation = param.type_descriptor.annotation
    return (get_args(annotation) or (annotation,))[0]


def _choices(param: Any) -> tuple[str, ...]:
    kind = kind_of(param)
    return tuple(str(one.value) for one in kind) if isinstance(kind, type) and issubclass(kind, Enum) else ()


def _bounds(param: Any) -> str:
    return "".join(_each_bound(param.min, param.max))


def _each_bound(least: float | None, most: float | None) -> Iterator[str]:
    if least is not None and most is not None:
        yield f" from {least:,} to {most:,}"
    elif least is not None:
        yield f", {least:,} or more"
    elif most is not None:
        yield f", {most:,} or less"


def _first_failure(cause: Any) -> dict[str, Any]:
    errors = cause.errors() if hasattr(cause, "errors") else []
    return dict(errors[0]) if errors else {}
