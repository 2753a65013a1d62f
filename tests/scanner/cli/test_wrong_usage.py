"""Arguments that cannot be used: one paragraph that names them and says what to do, and exit code 2."""

from __future__ import annotations

import re
from enum import EnumMeta

import pytest

from scanner.cli.usage import kind_of

from .commands_page import commands

CANNOT_RUN = 2
# How the libraries below say it, and how boxes look; none of it may be seen.
FOREIGN = re.compile(r"Value error|Input should|Traceback|Usage:|Invalid value|[│╭╰]")
COMMANDS = dict(commands())


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def needed(command):
    """Return arguments and options that a command cannot do without, as text that is no file."""
    for param in command.params:
        if param.required:
            yield from (["1"] if param.param_type_name == "argument" else [param.opts[0], "1"])


def options(choose):
    return [
        pytest.param(name, param, id=f"{name} {param.opts[0]}")
        for name, command in COMMANDS.items()
        for param in command.params
        if param.param_type_name == "option" and param.name != "help" and choose(param)
    ]


def refused(pandian, name, *arguments):
    command, *rest = [*name.split()[1:], *arguments]
    # Where reports go is said first: the fixture would add it where an option without its value takes it.
    outcome = pandian(command, *(["--output", "out"] if command == "scan" else []), *rest)

    assert outcome.code == CANNOT_RUN
    assert outcome.out == ""
    assert outcome.err.startswith("Error: ")
    assert outcome.err.count("\n") == 1
    assert not FOREIGN.search(outcome.err)
    return outcome.err


@pytest.mark.parametrize(("name", "param"), options(lambda param: isinstance(kind_of(param), EnumMeta)))
def test_a_value_that_is_none_of_the_choices_is_answered_with_the_choices(pandian, name, param):
    told = refused(pandian, name, *needed(COMMANDS[name]), param.opts[0], "no-such-choice")

    assert f"{param.opts[0]} 'no-such-choice' is not known" in told
    assert all(member.value in told for member in kind_of(param))


@pytest.mark.parametrize(("name", "param"), options(lambda param: kind_of(param) in {int, float}))
def test_what_is_no_number_is_answered_with_what_to_write(pandian, name, param):
    told = refused(pandian, name, *needed(COMMANDS[name]), param.opts[0], "many")

    assert f"{param.opts[0]} 'many' cannot be used. Write a " in told
    assert param.help in told


@pytest.mark.parametrize(("name", "param"), options(lambda param: param.min is not None))
def test_a_number_out_of_bounds_is_answered_with_the_bounds(pandian, name, param):
    told = refused(pandian, name, *needed(COMMANDS[name]), param.opts[0], str(param.min - 1))

    assert f"{param.min:,}" in told


@pytest.mark.parametrize(("name", "param"), options(lambda param: not param.is_flag))
def test_an_option_without_its_value_is_named(pandian, name, param):
    assert param.opts[0] in refused(pandian, name, *needed(COMMANDS[name]), param.opts[0])


@pytest.mark.parametrize("name", COMMANDS)
def test_an_unknown_option_is_named_with_the_one_that_was_meant(pandian, name):
    assert "has no option --no-such-option" in refused(pandian, name, "--no-such-option")

    known = [param.opts[0] for param in COMMANDS[name].params if param.name in {"config", "output", "lang"}]
    if known:
        assert f"Did you mean {known[0]}?" in refused(pandian, name, f"{known[0]}x")


@pytest.mark.parametrize("name", [name for name, command in COMMANDS.items() if list(needed(command))])
def test_what_is_missing_is_named_with_what_it_is(pandian, name):
    told = refused(pandian, name)

    missing = [param for param in COMMANDS[name].params if param.required]
    assert any(param.help in told for param in missing)
    assert f"'{name}' needs " in told


def test_a_command_that_there_is_not_is_answered_with_those_that_there_are(pandian):
    assert refused(pandian, "pandian scna").startswith(
        "Error: 'pandian' has no command 'scna'. Did you mean scan?"
    )
    assert "There are: forget, merge, show." in refused(pandian, "pandian census nothing")


def test_an_argument_too_many_is_named(pandian):
    assert "does not take 'b'" in refused(pandian, "pandian assess", "a", "b")


@pytest.mark.parametrize(
    "command",
    [
        "assess FILE",
        "census merge FILE --into out",
        "census show FILE",
        "declare FILE --form all",
        "doctor --config FILE",
        "export FILE --to csv",
        "explain FILE a.b",
        "negative-list load FILE --zone beijing --edition 2026 --output out",
        "obligations FILE",
        "review list --scan FILE",
        "review status --scan FILE",
        "scan --config FILE",
        "schedule --config FILE --once",
        "sketch show FILE",
        "types check FILE",
    ],
)
def test_a_file_that_is_not_there_is_named(pandian, command, tmp_path):
    missing = str(tmp_path / "no" / "such.yaml")

    assert "such.yaml" in refused(pandian, f"pandian {command}".replace("FILE", missing))


def test_a_group_without_a_command_shows_its_help(pandian):
    outcome = pandian("census")

    assert outcome.code == CANNOT_RUN
    assert "forget" in outcome.out + outcome.err
    assert "Error" not in outcome.err


def test_an_option_without_its_value_does_not_take_the_next_option(pandian, tmp_path):
    (tmp_path / "people.csv").write_text("id\n1\n", encoding="utf-8")

    said = refused(pandian, "pandian scan", "people.csv", "--state", "--memory", "1GiB")

    assert "--state cannot be used: it has no value: '--memory' follows it." in said
    assert not (tmp_path / "--memory").exists()
