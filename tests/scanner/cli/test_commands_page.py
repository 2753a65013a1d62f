"""The documentation of the command line: complete, and of options that there are."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from .commands_page import PAGE, commands, expected

ROOT = Path(__file__).parents[3]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
OPTIONS = {
    name: {option for param in command.params for option in (*param.opts, *param.secondary_opts)} | {"--help"}
    for name, command in commands()
}
_CALL = re.compile(r"\bpandian (?!-)[a-z][^`#|\n]*")


def test_the_page_of_commands_is_what_help_prints():
    assert PAGE.read_text(encoding="utf-8") == expected(), "docs/commands.md is stale. Run: make commands"


@pytest.mark.parametrize("name", OPTIONS)
def test_every_argument_and_option_says_what_it_is(name):
    command = dict(commands())[name]

    assert command.help
    assert [param.name for param in command.params if not param.help and not param.hidden] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_calls_in_the_documentation_use_options_that_there_are(page):
    calls = [call for call in _CALL.findall(page.read_text(encoding="utf-8")) if " --" in call]
    unknown = {
        (call, option)
        for call in calls
        for option in re.findall(r"(?<= )--[a-z-]+", call)
        if option not in known(call)
    }

    assert unknown == set()


def known(call):
    """Return the options of the command that a call names, by its longest beginning."""
    words = call.split()
    names = (" ".join(words[:length]) for length in range(len(words), 1, -1))
    return next((OPTIONS[name] for name in names if name in OPTIONS), set())
