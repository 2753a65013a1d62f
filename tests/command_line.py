"""The command line as tests call it."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a command ended; ``files`` are those in its folder, by name."""

    code: int
    out: str
    err: str
    folder: Path
    files: Mapping[str, bytes]

    @property
    def scan(self):
        """Return scan.json."""
        return json.loads(self.files["scan.json"])

    @property
    def written(self):
        """Return everything the command wrote, to streams and files, as bytes."""
        return b"\n".join([self.out.encode(), self.err.encode(), *self.files.values()])


@pytest.fixture(scope="session")
def _config_home(tmp_path_factory):
    """A folder of configuration with a key: a new one in every run would make other digests and sketches."""
    home = tmp_path_factory.mktemp("config")
    (home / "pandian").mkdir(0o700)
    key = home / "pandian" / "pandian.key"
    key.write_text("c0de" * 8, encoding="ascii")
    key.chmod(0o600)
    return home


@pytest.fixture(scope="session", autouse=True)
def _own_home(tmp_path_factory, _config_home):
    """Keep tests out of the user's home (key files, history), and the user's language out of tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CONFIG_HOME", str(_config_home))
        patch.setenv("XDG_DATA_HOME", str(tmp_path_factory.getbasetemp() / "data"))
        patch.delenv("PANDIAN_KEY", raising=False)
        patch.delenv("LC_ALL", raising=False)
        patch.setenv("LANG", "C.UTF-8")
        patch.setenv("NO_COLOR", "1")
        yield


@pytest.fixture
def pandian(monkeypatch, capsys, tmp_path):
    """Return a function that runs the command line as a shell would."""

    def run(*arguments):
        from scanner import cli

        command = [str(argument) for argument in arguments]
        folder = tmp_path / "out"
        if command[0] == "scan" and "--output" not in command:
            command += ["--output", str(folder)]
        monkeypatch.setattr(sys, "argv", ["pandian", *command])
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            cli.main()
        captured = capsys.readouterr()
        code = ended.value.code
        files = {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        return Outcome(
            code if isinstance(code, int) else int(bool(code)), captured.out, captured.err, folder, files
        )

    return run
