"""Free memory is held for what is timed, and let go of as others take it."""

from __future__ import annotations

import subprocess
import sys
from io import StringIO

import numpy as np
import pytest

from benchmarks import kept_memory
from benchmarks.kept_memory import LEFT, PIECE, hold, let_go, take


def test_what_is_free_is_held_but_for_a_rest_and_let_go_of_as_others_take_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    machine, others, held = LEFT + 20 * PIECE + 5, 0, []
    monkeypatch.setattr(kept_memory, "fresh_room", lambda size: np.broadcast_to(np.uint8(0), size))
    monkeypatch.setattr(kept_memory, "free_memory", lambda: machine - others - len(held) * PIECE)

    take(held)
    assert len(held) == 20
    others = 7 * PIECE
    let_go(held)
    assert len(held) == 13
    others = machine
    let_go(held)
    assert not held


def test_it_ends_with_the_process_that_started_it(monkeypatch: pytest.MonkeyPatch, capsys) -> None:
    taken = []
    monkeypatch.setattr(kept_memory, "take", taken.append)
    monkeypatch.setattr(kept_memory.select, "select", lambda ready, *_: (ready, [], []))
    monkeypatch.setattr(sys, "stdin", StringIO("\n\n"))
    hold()
    assert len(taken) == 2
    assert capsys.readouterr().out == "\n\n"


def test_nothing_is_held_that_is_not_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_memory.subprocess, "Popen", None)
    with kept_memory.kept_memory(wanted=False) as settle:
        settle()


def test_a_process_that_holds_nothing_any_more_is_told() -> None:
    command = [sys.executable, "-c", ""]
    with subprocess.Popen(command, bufsize=0, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as ended:
        ended.wait()
        with pytest.raises(SystemExit, match="has ended"):
            kept_memory._settle(ended)


def test_a_system_that_does_not_tell_is_refused_in_words(monkeypatch: pytest.MonkeyPatch, tmp_path) -> None:
    monkeypatch.setattr(kept_memory, "_MEMINFO", tmp_path / "meminfo")
    with pytest.raises(SystemExit, match="only Linux"), kept_memory.kept_memory():
        pass
