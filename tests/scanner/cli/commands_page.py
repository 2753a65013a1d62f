"""docs/commands.md: every command with its arguments and options, from what ``--help`` is made of.

`make commands` writes it.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from enum import EnumMeta
from pathlib import Path
from typing import Any

import typer

from scanner.cli.program import app
from scanner.cli.usage import kind_of

PAGE = Path(__file__).parents[3] / "docs" / "commands.md"
HEAD = """# Commands

Every command with its arguments and options, written by `make commands` from what `--help` prints.
Exit codes are in [configuration.md](configuration.md).
"""
_VALUES = {int: "N", float: "N", str: "TEXT", Path: "PATH"}


def expected() -> str:
    """Return the page as it should be."""
    return "\n".join([HEAD, *_sections(typer.main.get_command(app), "pandian")])


def commands() -> Iterator[tuple[str, Any]]:
    """Yield the commands that can be run, with their full names."""
    return _leaves(typer.main.get_command(app), "pandian")


def _leaves(command: Any, name: str) -> Iterator[tuple[str, Any]]:
    parts = getattr(command, "commands", {})
    if not parts or command.invoke_without_command:
        yield name, command
    for part in sorted(parts):
        yield from _leaves(parts[part], f"{name} {part}")


def _sections(command: Any, name: str) -> Iterator[str]:
    for full, leaf in _leaves(command, name):
        taken = [param for param in leaf.params if not param.hidden and param.name != "help"]
        arguments = [param for param in taken if param.param_type_name == "argument"]
        usage = " ".join([full, *map(_argument, arguments)])
        yield f"## `{usage}`\n\n{inspect.cleandoc(leaf.help)}\n"
        rows = [_row(param) for param in taken]
        if rows:
            yield "\n".join(["| | what | default |", "|---|---|---|", *rows, ""])


def _row(param: Any) -> str:
    cells = _shown(param), param.help or "", _default(param)
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def _shown(param: Any) -> str:
    if param.param_type_name == "argument":
        return f"`{_argument(param)}`"
    names = "/".join([*param.opts, *param.secondary_opts])
    again = "..." if param.multiple else ""
    return f"`{names}`{'' if kind_of(param) is bool else ' ' + _value(param) + again}"


def _argument(param: Any) -> str:
    """Return an argument in brackets if it may be left out, with dots if it may be repeated."""
    name = param.metavar or param.name.upper()
    return f"{name if param.required else f'[{name}]'}{'...' if param.nargs != 1 else ''}"


def _value(param: Any) -> str:
    kind = kind_of(param)
    if isinstance(kind, EnumMeta):
        return ", ".join(f"`{member.value}`" for member in kind)
    return param.metavar or _VALUES[kind]


def _default(param: Any) -> str:
    if param.required:
        return "needed"
    value = getattr(param.default, "value", param.default)
    return "" if value in {None, ""} or callable(value) or isinstance(value, bool) else f"`{value}`"


if __name__ == "__main__":
    PAGE.write_text(expected(), encoding="utf-8")
