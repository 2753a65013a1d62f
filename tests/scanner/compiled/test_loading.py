from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

from scanner.compiled import building
from scanner.compiled.building import MODULES, Build
from scanner.compiled.cache import cache_folder, forget_unused, is_ready, set_ready
from scanner.compiled.loading import OFF, WORTH_COMPILING, WORTH_LOADING, WORTH_WAITING, Acceleration

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


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a cache that another process filled."""
    made = tmp_path_factory.mktemp("cache")
    run("from scanner.compiled.building import build; build()", PANDIAN_CACHE=str(made))
    return made


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
    environment = {"PANDIAN_CACHE": str(tmp_path)}
    set_ready(folder(environment))
    acceleration = Acceleration(environment)
    acceleration.expect(WORTH_LOADING - 1)
    assert acceleration.kernels("cells") is None

    acceleration.expect(1)
    assert acceleration.kernels("cells") is not None


def folder(environment: Mapping[str, str]) -> Path:
    found = cache_folder(environment)
    assert found is not None
    return found


def test_a_large_scan_goes_on_while_kernels_are_compiled(tmp_path: Path) -> None:
    environment = {"PANDIAN_CACHE": str(tmp_path)}
    acceleration = Acceleration(environment)
    acceleration.expect(WORTH_COMPILING)
    first = acceleration.kernels("cells")
    waiting = Acceleration(environment, waits=True)
    waiting.expect(WORTH_COMPILING)

    assert first is None
    assert waiting.kernels("cells") is not None
    assert acceleration.kernels("cells") is not None
    assert is_ready(folder(environment))


@pytest.mark.parametrize(
    ("announced", "limited", "waits"),
    [
        ([WORTH_WAITING - 1, WORTH_WAITING - 1], False, False),
        ([1, WORTH_WAITING], False, True),
        ([WORTH_WAITING, 1], False, True),
        ([WORTH_COMPILING], True, True),
    ],
)
def test_a_table_of_very_many_rows_and_a_limit_wait_for_kernels(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, announced: list[int], limited: bool, waits: bool
) -> None:
    asked: list[bool] = []
    monkeypatch.setattr(Build, "is_done", lambda _, *, waits: asked.append(waits))
    acceleration = Acceleration({"PANDIAN_CACHE": str(tmp_path)}, waits=limited)
    for rows in announced:
        acceleration.expect(rows)
    acceleration.kernels("cells")

    assert asked == [waits]


def test_every_kernel_is_compiled_ahead(built: Path) -> None:
    code = """
import importlib
from scanner.compiled.building import MODULES
for name in MODULES:
    importlib.import_module(f"scanner.compiled.{name}")
from scanner.compiled._jit import KERNELS, declared
for kernel in KERNELS:
    for types in declared(kernel):
        kernel.compile(types)
print(len(KERNELS) > 0, [kernel.py_func.__name__ for kernel in KERNELS if kernel.stats.cache_misses])
"""

    assert run(code, PANDIAN_CACHE=str(built)) == "True []"


def test_counting_compiles_nothing_that_is_not_declared(built: Path) -> None:
    code = """
from benchmarks.census.cases import load_kernels
load_kernels()
from scanner.compiled._jit import KERNELS, declared
used = [kernel for kernel in KERNELS if kernel.signatures]
others = [kernel.py_func.__name__ for kernel in used if set(kernel.signatures) - set(declared(kernel))]
print(len(used) > 20, others)
"""

    assert run(code, PANDIAN_CACHE=str(built)) == "True []"


def test_modules_of_kernels_are_all_that_have_kernels() -> None:
    package = Path(building.__file__).parent
    public = [path for path in package.rglob("*.py") if not path.name.startswith("_")]
    having = [path for path in public if "\n@compiled\n" in path.read_text(encoding="utf-8")]

    assert {path.relative_to(package).parts[0].removesuffix(".py") for path in having} == set(MODULES)


def test_numpy_does_the_work_where_kernels_cannot_be_compiled(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "no python"))
    build = Build(tmp_path)

    assert not build.is_done(waits=True)
    assert not build.is_done(waits=False)
    assert caplog.messages == ["Kernels were not compiled (2); numpy does their work."]


def test_a_build_that_fails_is_told_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(building, "_BUILD", "raise SystemExit(3)")
    build = Build(tmp_path)

    assert not build.is_done(waits=True)
    assert not build.is_done(waits=True)
    assert caplog.messages == ["Kernels were not compiled (3); numpy does their work."]


def test_kernels_of_other_sources_are_not_used(tmp_path: Path) -> None:
    (tmp_path / "0123456789abcdef").mkdir(mode=0o700)
    set_ready(tmp_path / "0123456789abcdef")

    assert not is_ready(folder({"PANDIAN_CACHE": str(tmp_path)}))


@pytest.mark.parametrize(("days", "used", "kept"), [(91, False, False), (89, False, True), (91, True, True)])
def test_kernels_of_other_versions_go_when_nobody_uses_them(
    tmp_path: Path, days: int, used: bool, kept: bool
) -> None:
    ours = folder({"PANDIAN_CACHE": str(tmp_path)})
    other = ours if used else tmp_path / "0123456789abcdef"
    another = tmp_path / "of the user"
    for made in (other, another):
        made.mkdir(mode=0o700, exist_ok=True)
        set_ready(made)
        os.utime(made / "ready", (time.time() - days * 86400,) * 2)
    forget_unused(ours)

    assert other.exists() is kept
    assert another.exists()


def test_kernels_that_are_used_count_as_used_now(tmp_path: Path) -> None:
    environment = {"PANDIAN_CACHE": str(tmp_path)}
    ready = folder(environment) / "ready"
    ready.touch()
    os.utime(ready, (0, 0))
    acceleration = Acceleration(environment)
    acceleration.expect(WORTH_LOADING)
    acceleration.kernels("cells")

    assert time.time() - ready.stat().st_mtime < 3600


def test_whoever_compiles_is_told_no_secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = tmp_path / "told"
    monkeypatch.setenv("PANDIAN_KEY", "canary")
    monkeypatch.setenv("PGPASSWORD", "canary")
    monkeypatch.setattr(building, "_BUILD", f"import os; open({str(told)!r}, 'w').write(repr(os.environ))")

    assert Build(tmp_path / "kernels").is_done(waits=True)
    assert "PATH" in told.read_text(encoding="utf-8")
    assert "canary" not in told.read_text(encoding="utf-8")


def test_kernels_can_be_switched_off() -> None:
    acceleration = Acceleration({OFF: "1"}, waits=True)
    acceleration.expect(WORTH_COMPILING)

    assert acceleration.kernels("cells") is None


def test_compiled_kernels_are_kept_where_the_user_says(built: Path) -> None:
    assert is_ready(folder({"PANDIAN_CACHE": str(built)}))
    assert run(COUNT, PANDIAN_CACHE=str(built)).endswith("True")


def test_a_machine_without_a_writable_cache_counts_the_same(tmp_path: Path, built: Path) -> None:
    blocked, passing = tmp_path / "a file, no folder", tmp_path / "passing"
    blocked.write_bytes(b"")
    passing.mkdir()
    found = run(COUNT, PANDIAN_CACHE=str(blocked), TMPDIR=str(passing))

    assert found == run(COUNT, PANDIAN_CACHE=str(built))
    assert list(passing.iterdir()) == []


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_a_cache_that_others_may_write_is_not_used(tmp_path: Path) -> None:
    tmp_path.chmod(0o777)
    found = cache_folder({"PANDIAN_CACHE": str(tmp_path)})

    assert found is not None
    assert tmp_path not in found.parents
