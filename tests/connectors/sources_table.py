"""docs/sources.md: what is proven of each kind of source, by the tests that prove it.

`make sources` runs the conformance tests, and writes what passed and the versions that it met.
"""

from __future__ import annotations

import importlib.util
import inspect
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from xml.etree import ElementTree as ET

from conformance import Conformance
from golden_sql import GOLDEN, LIGHT

from connectors.dialects.traits import TRAITS

HERE = Path(__file__).parent
PAGE = HERE.parents[1] / "docs" / "sources.md"
TEMPLATE = HERE / "sources.template.md"
_VERSION = re.compile(r"\b\d+(?:\.\d+)+[\w.]*")
_TITLES = {
    "bigquery": "BigQuery",
    "databricks": "Databricks",
    "dm": "Dameng",
    "hive": "Hive, Spark Thrift",
    "impala": "Impala",
    "mssql": "SQL Server",
    "odps": "MaxCompute",
    "opengauss": "openGauss, Greenplum 6, early KingbaseES",
    "oracle": "Oracle",
    "redshift": "Redshift",
    "snowflake": "Snowflake",
    "starrocks": "StarRocks",
    "trino": "Trino, Presto",
}

_TYPES = {"whole": "64-bit integers", "money": "decimals", "picture": "bytes"}


def kinds() -> dict[str, type[Conformance]]:
    """Return the classes of tests that prove a kind of source."""
    found = {}
    for path in sorted(HERE.glob("test_*.py")):
        if "Conformance" not in path.read_text(encoding="utf-8"):
            continue
        for made in vars(_module(path)).values():
            if inspect.isclass(made) and issubclass(made, Conformance) and made.KIND:
                found[made.KIND] = made
    return dict(sorted(found.items(), key=lambda entry: entry[0].lower()))


def _module(path: Path):
    spec = importlib.util.spec_from_file_location(f"sources_{path.stem}", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def capabilities() -> list[str]:
    """Return the names of capabilities, in the order of the tests."""
    tests = vars(Conformance).values()
    named = [test.capability for test in tests if hasattr(test, "capability")]
    return list(dict.fromkeys(named))


def tested(kind: type[Conformance]) -> set[str]:
    """Return the capabilities that a class has a test of."""
    tests = (getattr(kind, name) for name in dir(kind) if name.startswith("test_"))
    return {test.capability for test in tests if hasattr(test, "capability")}


def page(passed: Mapping[str, set[str]], versions: Mapping[str, str]) -> str:
    """Return the page; ``passed`` are capabilities, by kind."""
    template = TEMPLATE.read_text(encoding="utf-8")
    proven = "\n".join(_proven_rows(passed, versions))
    return template.replace("{proven}", proven).replace("{compiled}", "\n".join(_compiled_rows()))


def _proven_rows(passed: Mapping[str, set[str]], versions: Mapping[str, str]) -> Iterator[str]:
    named = capabilities()
    yield _row(["source", "proven on", *named])
    yield _row(["---"] * (2 + len(named)))
    for kind, made in kinds().items():
        yield _row([kind, versions.get(kind, "0.0"), *(_cell(made, name, passed[kind]) for name in named)])
    for backend, title in sorted(_TITLES.items(), key=lambda entry: entry[1].lower()):
        yield _row([f"{title} (`{backend}://`)", "not run", *["" for _ in named]])


def _cell(made: type[Conformance], name: str, passed: set[str]) -> str:
    if name not in passed:
        return "–"
    if name == "comments":
        return ", ".join(made.COMMENTS) or "has none"
    if name == "types":
        left_out = [_TYPES.get(kind, kind) for kind in Conformance.TYPES if kind not in made.TYPES]
        return f"all but {', '.join(left_out)}" if left_out else "yes"
    return "yes"


def _compiled_rows() -> Iterator[str]:
    yield _row(
        ["database", "install", "sample of a large table", "estimate of rows", "each session", "compiled by"]
    )
    yield _row(["---"] * 6)
    for backend, title in sorted(_TITLES.items(), key=lambda entry: entry[1].lower()):
        traits = TRAITS[backend]
        session = "; ".join(filter(None, (*traits.session, traits.transaction)))
        header = (GOLDEN / f"{backend}.sql").read_text(encoding="utf-8").partition(";")[0]
        again = "" if backend in LIGHT else ", apart (`make golden-sql`)"
        yield _row(
            [
                title,
                f"`pandian[{backend}]`",
                _code(traits.sample) or "ranges of the key, else the first rows",
                "catalogue" if traits.estimate else "none",
                _code(session) or "only SELECT is sent: grant no more",
                header.removeprefix("-- Compiled by ") + again,
            ]
        )


def _code(text: str) -> str:
    return f"`{text}`" if text else ""


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def masked(text: str) -> str:
    """Return the page without what it was proven on and versions, which differ from machine to machine."""
    cells = 2 + len(capabilities())
    lines = []
    for line in text.splitlines():
        row = line.split(" | ")
        if len(row) == cells and _VERSION.search(row[1]):
            row[1] = "N"
        lines.append(_VERSION.sub("N", " | ".join(row)))
    return "\n".join(lines)


def expected() -> str:
    """Return the page as it is if all tests pass."""
    return page({kind: tested(made) for kind, made in kinds().items()}, {})


def main() -> None:
    """Run the tests that prove something, and write the page."""
    files = [path for path in HERE.glob("test_*.py") if "Conformance" in path.read_text(encoding="utf-8")]
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "report.xml")
        command = [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-ojunit_family=xunit1",
            f"--junitxml={report}",
            *map(str, files),
        ]
        code = subprocess.run(command, check=False).returncode
        cases = list(ET.parse(report).iter("testcase"))
    passed, versions = {}, {}
    for kind, made in kinds().items():
        own = [case for case in cases if case.get("classname", "").rpartition(".")[2] == made.__name__]
        passed[kind] = tested(made) - {_capability(made, case) for case in own if not _succeeded(case)}
        said = [found.get("value") for case in own for found in case.iter("property")]
        versions.update({kind: said[0]} if said else {})
    PAGE.write_text(page(passed, versions), encoding="utf-8")
    sys.exit(code)


def _capability(made: type[Conformance], case: ET.Element) -> str | None:
    test = getattr(made, case.get("name", "").partition("[")[0])
    return getattr(test, "capability", None)


def _succeeded(case: ET.Element) -> bool:
    return not any(child.tag in {"failure", "error", "skipped"} for child in case)


if __name__ == "__main__":
    main()
