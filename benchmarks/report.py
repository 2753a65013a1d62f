"""How fast the HTML report is written, opens and answers, by the number of tables.

python -m benchmarks.report [--tables 10,500,5000] [--columns 20] [--rounds 3]

Each figure is the median of the rounds, in milliseconds, measured in the page: `open` ends when the list can
be used, `cpu` is what the page computed until then, which other work on the machine does not change; `paint`
is when the first thing is seen; `search` and `evidence` end when what was asked for is drawn.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from benchmarks.pictures import FLAGS
from scanner.demo import build
from scanner.notebook import scan
from scanner.report import html
from scanner.result import Result

_OPENED = """() => {
  const {domContentLoadedEventEnd} = performance.getEntriesByType("navigation")[0];
  const [paint] = performance.getEntriesByName("first-contentful-paint");
  return [domContentLoadedEventEnd, paint?.startTime ?? 0];
}"""
_SEARCHED = """() => new Promise((done) => {
  const before = performance.now(), field = document.getElementById("find-text");
  field.value = "mobile"; field.dispatchEvent(new Event("input"));
  requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - before)));
})"""
_EVIDENCE = """() => new Promise((done) => {
  const before = performance.now();
  document.querySelector("#find-rows tbody button").click();
  requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - before)));
})"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tables", default="10,500,5000")
    parser.add_argument("--columns", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    base = _scanned()
    print(
        f"{'tables':>7}{'columns':>9}{'PI':>8}{'MB':>7}{'write':>8}"
        f"{'open':>7}{'cpu':>6}{'paint':>7}{'search':>8}{'evidence':>10}"
    )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS.split())
        for tables in map(int, options.tables.split(",")):
            _print(browser, widened(base, tables, options.columns), options.rounds)
        browser.close()


def _scanned() -> Result:
    """Return a scan of a small demo warehouse."""
    with tempfile.TemporaryDirectory() as folder:
        build(Path(folder), persons=2_000, progress=lambda *_: None)
        return scan(config=Path(folder, "pandian.yaml")).record


def widened(result: Result, tables: int, columns: int) -> Result:
    """Return the result with so many tables, 100 in a dataset, each with columns of the scan in turn."""
    known = [column for dataset in result.datasets for table in dataset.tables for column in table.columns]
    models = [table for dataset in result.datasets for table in dataset.tables]

    def table(number: int) -> Any:
        held = [known[(number * columns + at) % len(known)] for at in range(columns)]
        named = tuple(replace(column, name=f"{column.name}_{number}_{at}") for at, column in enumerate(held))
        return replace(models[number % len(models)], name=f"table_{number:05}", columns=named)

    datasets = tuple(
        replace(
            result.datasets[0],
            name=f"warehouse/{start // 100:03}",
            tables=tuple(table(number) for number in range(start, min(start + 100, tables))),
        )
        for start in range(0, tables, 100)
    )
    return replace(result, datasets=datasets)


def _print(browser: Browser, result: Result, rounds: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, html.FILE_NAME)
        before = time.perf_counter()
        path.write_text(html.render(result), encoding="utf-8")
        write = time.perf_counter() - before
        times = [_round(browser, path) for _ in range(rounds)]
        size = path.stat().st_size / 1e6
    opened, cpu, paint, search, evidence = (statistics.median(row) for row in zip(*times, strict=True))
    every = [column for dataset in result.datasets for table in dataset.tables for column in table.columns]
    print(
        f"{sum(len(dataset.tables) for dataset in result.datasets):>7,}{len(every):>9,}"
        f"{sum(bool(column.tags) for column in every):>8,}{size:>7.1f}{1_000 * write:>8,.0f}"
        f"{opened:>7,.0f}{cpu:>6,.0f}{paint:>7,.0f}{search:>8,.0f}{evidence:>10,.0f}"
    )


def _round(browser: Browser, path: Path) -> tuple[float, float, float, float, float]:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    inside = page.context.new_cdp_session(page)
    inside.send("Performance.enable", {"timeDomain": "threadTicks"})
    page.goto(path.as_uri())
    metrics = {one["name"]: one["value"] for one in inside.send("Performance.getMetrics")["metrics"]}
    opened, paint = page.evaluate(_OPENED)
    search, evidence = page.evaluate(_SEARCHED), page.evaluate(_EVIDENCE)
    page.close()
    return opened, 1_000 * metrics["TaskDuration"], paint, search, evidence


if __name__ == "__main__":
    main()
