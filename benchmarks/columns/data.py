"""Make a data folder: generated tables, warehouses, the real tables, their truth and a manifest.

A configuration is a folder with ``config.json`` (tables), ``subject.json`` (warehouses) and the vocabulary
files that they name. ``dev`` and ``heldout`` come with the benchmark.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from benchmarks.columns import VERSION, tables, values, warehouses

HERE = Path(__file__).parent
RESOURCES, REAL = HERE / "resources", HERE / "real"
BUILT = HERE.parents[1] / "build" / "benchmark"
PARTS = ("coltype", "subject", "real")
SCORING = frozenset(("__main__", "persons", "predictions", "report", "scores", "truth"))  # make no data
STAMP = "stamp.json"


@dataclass(frozen=True, kw_only=True)
class Recipe:
    """What a data folder is made from. ``persons`` and ``seed`` replace those of the configuration."""

    config: str = "dev"
    parts: tuple[str, ...] = PARTS
    seed: int | None = None
    persons: int | None = None
    warehouse: str | None = None  # only this one
    chunk: int = 200_000

    @property
    def folder(self) -> Path:
        """Return the folder of the configuration."""
        known = RESOURCES / self.config
        folder = known if known.is_dir() else Path(self.config)
        if not (folder / "config.json").exists():
            names = ", ".join(sorted(path.name for path in RESOURCES.iterdir() if path.is_dir()))
            raise FileNotFoundError(
                f"{self.config}: no configuration. Name a folder with config.json, or one of {names}."
            )
        return folder

    @property
    def digest(self) -> str:
        """Return a digest of all that decides the bytes of the data."""
        made = hashlib.sha256(repr(replace(self, config="")).encode() + VERSION.encode())
        makers = (path for path in HERE.rglob("*.py") if path.stem not in SCORING)
        files = [*makers, *RESOURCES.glob("*.*"), *REAL.iterdir(), *self.folder.iterdir()]
        for path in sorted(path for path in files if path.is_file()):
            made.update(path.name.encode() + path.read_bytes())
        return made.hexdigest()


def built(recipe: Recipe) -> Path:
    """Return the data folder of a recipe below ``build/``, made anew when anything in it has changed."""
    scale = (
        ""
        if recipe == Recipe(config=recipe.config)
        else "-" + hashlib.sha256(repr(recipe).encode()).hexdigest()[:8]
    )
    folder = BUILT / (Path(recipe.config).name + scale)
    stamp = folder / STAMP
    if not stamp.exists() or json.loads(stamp.read_text(encoding="utf-8"))["digest"] != recipe.digest:
        shutil.rmtree(folder, ignore_errors=True)
        generate(recipe, folder)
        stamp.write_text(json.dumps({"version": VERSION, "digest": recipe.digest}) + "\n", encoding="utf-8")
    return folder


def generate(recipe: Recipe, out: Path) -> None:
    """Write the parts of a recipe to ``out``."""
    out.mkdir(parents=True, exist_ok=True)
    truth: list[dict[str, Any]] = []
    if "coltype" in recipe.parts:
        truth += _tables(recipe, out)
    if "subject" in recipe.parts:
        truth += _warehouses(recipe, out)
    if truth:
        tables.write_truth(truth, out / "truth_columns.csv")
    if "real" in recipe.parts:
        shutil.copytree(REAL, out / "real", dirs_exist_ok=True)
    _write_json(out / "manifest.json", manifest(out))


def layout(recipe: Recipe) -> list[dict[str, Any]]:
    """Return the descriptions of the warehouses, by which flows are declared."""
    return _read_json(recipe.folder / "subject.json")


def manifest(root: Path) -> dict[str, Any]:
    """Return for each dataset its format, its path below ``root`` and its tables."""
    found: dict[str, Any] = {}
    for path in sorted(root.rglob("*.sqlite")):
        name = path.relative_to(root).as_posix()
        found[name.removesuffix(".sqlite")] = {
            "format": "sqlite",
            "path": name,
            "tables": {table: table for table in _table_names(path)},
        }
    for dataset, table, name in _files(root):
        entry = found.setdefault(dataset, {"format": "files", "path": dataset, "tables": {}})
        entry["tables"][table] = name
    return dict(sorted(found.items()))


def _tables(recipe: Recipe, out: Path) -> list[dict[str, Any]]:
    config = _read_json(recipe.folder / "config.json").get("coltype")
    if config is None:
        raise SystemExit(f"{recipe.folder} has warehouses only: add --parts subject.")
    if recipe.seed is not None:
        config["seed"] = recipe.seed
    return tables.Builder(config, out / config["dataset_prefix"], recipe.folder).build()


def _warehouses(recipe: Recipe, out: Path) -> list[dict[str, Any]]:
    truth: list[dict[str, Any]] = []
    counts = []
    for config in layout(recipe):
        if recipe.warehouse not in (None, config["name"]):
            continue
        if recipe.seed is not None:
            config["seed"] = recipe.seed
        words = values.load_words(recipe.folder / config["words"])
        folder = out / "subject" / config["name"]
        counts.append(warehouses.build(config, folder, words, recipe.persons, recipe.chunk))
        truth += warehouses.column_truth(config)
    _write_json(out / "truth_subjects.json", counts)
    return truth


def _table_names(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("select name from sqlite_master where type = 'table' order by 1")
        return [name for (name,) in rows]


def _files(root: Path) -> Iterator[tuple[str, str, str]]:
    """Yield dataset, table and path below ``root`` of every file or hive-partitioned folder."""
    for path in sorted(root.rglob("*")):
        parts = path.relative_to(root).parts
        if path.suffix not in (".parquet", ".csv") or path.name.startswith("truth") or parts[0] == "real":
            continue
        hive = next((i for i, part in enumerate(parts) if "=" in part), None)
        if hive:
            yield "/".join(parts[: hive - 1]), parts[hive - 1], "/".join(parts[:hive])
        elif len(parts) > 1:
            yield "/".join(parts[:-1]), path.stem, "/".join(parts)


def _read_json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def _write_json(path: Path, value: Any) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
