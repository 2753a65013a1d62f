from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from scanner.compiled.cache import cache_folder, holds_kernels, version
from scanner.compiled.loading import OFF, WORTH_COMPILING, WORTH_LOADING, Acceleration

pytest.importorskip("numba")


def run(code: str, **environment: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, **environment},
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout.strip()


COUNT = """
import pyarrow as pa, sys
from classifiers.catalogue import built_in
from scanner.compiled.loading import always
from scanner.digests.columns import Digester
from scanner.digests import SubjectKey
digester = Digester(
    numbering="lake", key=SubjectKey(bytes(16)), catalogue=built_in(), acceleration=always()
)
(found,) = digester.column(pa.array(["13912345670", None]), "mobile")
print(found.digests.tolist(), "numba" in sys.modules)
"""


@pytest.mark.parametrize(
    "code", ["import scanner.cli.program", "import scanner.pipeline", "import scanner.identifiers"]
)
def test_no_import_of_ours_waits_for_the_compiler(code: str) -> None:
    assert run(f"{code}; import sys; print('numba' in sys.modules)") == "False"


def test_a_small_scan_does_without_kernels(tmp_path: Path) -> None:
    acceleration = Acceleration({"PANDIAN_CACHE": str(tmp_path)})
    acceleration.expect(WORTH_LOADING)

    assert acceleration.kernels("cells") is None


def test_kernels_of_an_earlier_scan_are_used_sooner(tmp_path: Path) -> None:
    kept = tmp_path / version() / "compiled_1"
    kept.mkdir(parents=True)
    (kept / "cells.nbi").write_bytes(b"")
    acceleration = Acceleration({"PANDIAN_CACHE": str(tmp_path)})
    acceleration.expect(WORTH_LOADING - 1)
    assert acceleration.kernels("cells") is None

    acceleration.expect(1)
    assert acceleration.kernels("cells") is not None


def test_kernels_of_other_sources_are_not_used(tmp_path: Path) -> None:
    kept = tmp_path / "0123456789abcdef" / "compiled_1"
    kept.mkdir(parents=True)
    (kept / "cells.nbi").write_bytes(b"")

    assert not holds_kernels({"PANDIAN_CACHE": str(tmp_path)})


def test_kernels_can_be_switched_off() -> None:
    acceleration = Acceleration({OFF: "1"})
    acceleration.expect(WORTH_COMPILING)

    assert acceleration.kernels("cells") is None


def test_compiled_kernels_are_kept_where_the_user_says(tmp_path: Path) -> None:
    first = run(COUNT, PANDIAN_CACHE=str(tmp_path))

    assert holds_kernels({"PANDIAN_CACHE": str(tmp_path)})
    assert run(COUNT, PANDIAN_CACHE=str(tmp_path)) == first
    assert first.endswith("True")


def test_a_machine_without_a_writable_cache_counts_the_same(tmp_path: Path) -> None:
    blocked = tmp_path / "a file, no folder"
    blocked.write_bytes(b"")

    assert run(COUNT, PANDIAN_CACHE=str(blocked)) == run(COUNT, PANDIAN_CACHE=str(tmp_path / "cache"))


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_a_cache_that_others_may_write_is_not_used(tmp_path: Path) -> None:
    tmp_path.chmod(0o777)

    assert cache_folder({"PANDIAN_CACHE": str(tmp_path)}) is None
