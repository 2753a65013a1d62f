"""Names, packaging and the promises that hold for the whole repository."""

from __future__ import annotations

import pkgutil
import re
import subprocess
import sys
import tomllib
import zipfile
from importlib import import_module
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

import classifiers.recognizers
from classifiers.taxonomy import pi_types
from classifiers.text import load_text_engine

ROOT = Path(__file__).parents[1]
PACKAGES = ("scanner", "classifiers", "connectors")
# What the packages read at run time, by suffix.
DATA = {".yaml", ".txt", ".json", ".html", ".css", ".js"}


def subpackages():
    for name in PACKAGES:
        package = import_module(name)
        yield name
        for found in pkgutil.walk_packages(package.__path__, f"{name}."):
            if found.ispkg:
                yield found.name


def data_files():
    return sorted(
        str(path.relative_to(ROOT))
        for package in PACKAGES
        for path in (ROOT / package).rglob("*")
        if path.suffix in DATA and "__pycache__" not in path.parts
    )


@pytest.mark.parametrize("name", subpackages())
def test_no_package_exports_a_name_that_is_one_of_its_modules(name):
    package = import_module(name)
    modules = {module.name for module in pkgutil.iter_modules(package.__path__)}

    assert not modules & set(getattr(package, "__all__", ()))


@pytest.mark.parametrize("name", subpackages())
def test_what_a_package_exports_is_there_and_sorted_out(name):
    package = import_module(name)
    exported = getattr(package, "__all__", [])

    assert len(set(exported)) == len(exported)
    assert all(hasattr(package, entry) for entry in exported)


# Names as generic as ours are taken on package indexes; another owner would overwrite our files silently.
@pytest.mark.parametrize("name", PACKAGES)
def test_no_other_distribution_provides_our_names(name):
    assert set(packages_distributions().get(name, ["pandian"])) == {"pandian"}


def test_nothing_beside_notebooks_shadows_our_packages():
    shadows = [
        path for name in PACKAGES for path in (ROOT / "notebooks").rglob(f"{name}*") if path.stem == name
    ]

    assert not shadows


def test_tests_are_no_packages():
    assert not list((ROOT / "tests").rglob("__init__.py"))


def test_test_files_have_names_of_their_own():
    names = [path.name for path in (ROOT / "tests").rglob("test_*.py")]

    assert sorted(names) == sorted(set(names))


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """Return the names in the built wheel."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (path,) = folder.glob("*.whl")
    with zipfile.ZipFile(path) as archive:
        return archive.namelist()


def test_the_wheel_holds_exactly_our_packages(wheel):
    top = {name.split("/", maxsplit=1)[0] for name in wheel}

    assert {name for name in top if not name.endswith(".dist-info")} == set(PACKAGES)


def test_the_wheel_holds_every_file_that_is_read_at_run_time(wheel):
    assert data_files()
    assert set(data_files()) <= set(wheel)


def test_the_wheel_holds_every_module_and_no_test(wheel):
    modules = {str(path.relative_to(ROOT)) for package in PACKAGES for path in (ROOT / package).rglob("*.py")}

    assert modules == {name for name in wheel if name.endswith(".py")}
    assert not [name for name in wheel if "test" in name.rpartition("/")[2].split("_")]


def test_the_wheel_is_told_its_packages_by_name():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

    assert sorted(project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]) == sorted(PACKAGES)


def test_no_data_file_holds_two_sides_of_a_merge():
    marks = re.compile(r"^(?:<{7}|={7}|>{7})(?: |$)", re.MULTILINE)

    assert not [name for name in data_files() if marks.search((ROOT / name).read_text(encoding="utf-8"))]


@pytest.mark.parametrize("package", ["report", "pages"])
def test_templates_fetch_nothing_from_anywhere(package):
    templates = [path for path in (ROOT / "scanner" / package / "templates").iterdir() if path.is_file()]
    fetched = re.compile(
        r"https?://|@import|\bfetch\(|XMLHttpRequest|\burl\(\s*['\"]?(?!data:|#)|\bsrc\s*=|//cdn"
    )

    assert templates
    for path in templates:
        assert not fetched.findall(path.read_text(encoding="utf-8")), path.name


def test_every_type_has_a_recognizer_and_every_recognizer_a_type():
    recognizers = {module.name for module in pkgutil.iter_modules(classifiers.recognizers.__path__)}

    assert recognizers == set(pi_types())


def test_a_recognizer_is_called_like_its_file():
    for module in pkgutil.iter_modules(classifiers.recognizers.__path__):
        found = import_module(f"classifiers.recognizers.{module.name}").RECOGNIZER
        assert found.type == module.name


def test_every_type_that_text_can_hold_is_a_pi_type_with_its_presidio_entity():
    recognizers = load_text_engine().analyzer.analyzer_engine.registry.recognizers

    assert recognizers
    for recognizer in recognizers:
        assert recognizer.supported_entities == [pi_types()[recognizer.name].presidio_entity]


def test_the_packages_import_without_each_other_in_one_direction():
    code = "import connectors, sys; print([n for n in ('scanner', 'classifiers') if n in sys.modules])"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert found.stdout.strip() == "[]"
