"""``pandian scan``."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from scanner.cli.exits import FailOn, exit_code
from scanner.cli.keeping import history_of, keep_scan, storing
from scanner.cli.options import (
    AsOf,
    CountMode,
    ForeignTables,
    Formats,
    Lang,
    Language,
    MaxLoad,
    MaxRows,
    Output,
    StorePlace,
    Views,
)
from scanner.cli.problems import UsageProblem
from scanner.cli.scanning import day_of, deliver, limited, prepare, run_scan, settings_of, wanted_formats


class Engine(StrEnum):
    """Where a scan runs."""

    LOCAL = "local"


Sources = Annotated[list[str] | None, typer.Argument(metavar="SOURCE", help="SQLAlchemy URL, path or glob.")]
ConfigFile = Annotated[Path | None, typer.Option("--config", help="Configuration file, pandian.yaml.")]
SampleRows = Annotated[int, typer.Option("--sample-rows", min=1, help="Rows of a table looked at for tags.")]
Seed = Annotated[int, typer.Option("--seed", help="Same seed, same sample.")]
TypeFiles = Annotated[
    list[Path] | None, typer.Option("--types", help="File of PI types of your own; see docs/types.md.")
]
ReviewFile = Annotated[
    Path | None, typer.Option("--review", help="Apply the decisions in this file; see docs/review.md.")
]
Count = Annotated[
    CountMode, typer.Option("--count", help="Count people, estimate them, or find columns only.")
]
SketchFile = Annotated[
    Path | None,
    typer.Option("--sketches", metavar="FILE", help="Keep the sketches; see docs/sketches.md."),
]
StateFolder = Annotated[
    Path | None,
    typer.Option("--state", help="Folder of digests for later scans, which read only what is new."),
]
Resume = Annotated[
    bool, typer.Option("--resume", help="Go on with the scan that was interrupted; needs --state.")
]
Examples = Annotated[
    int,
    typer.Option("--examples", min=0, max=5, help="Masked values to show of a column; none by default."),
]
OnEngine = Annotated[Engine, typer.Option("--engine", help="Where the scan runs.")]
MemoryLimit = Annotated[
    str | None, typer.Option("--memory", metavar="SIZE", help="Memory a scan may use: 1GiB, 512M.")
]
SpillFolder = Annotated[
    Path | None, typer.Option("--spill", metavar="DIR", help="Folder for what does not fit into memory.")
]
Threads = Annotated[
    int | None, typer.Option("--threads", min=1, help="Threads at work; all cores by default.")
]
NoStore = Annotated[bool, typer.Option("--no-store", help="Do not keep the scan in the history.")]
FailWhen = Annotated[FailOn | None, typer.Option("--fail-on", help="Exit 1 when this is found.")]


def command(  # noqa: PLR0913, PLR0917 -- one parameter an option
    sources: Sources = None,
    config: ConfigFile = None,
    output: Output = Path("pandian-out"),
    as_of: AsOf = None,
    sample_rows: SampleRows = 2_000,
    seed: Seed = 0,
    types: TypeFiles = None,
    review: ReviewFile = None,
    count: Count = CountMode.EXACT,
    sketches: SketchFile = None,
    state: StateFolder = None,
    resume: Resume = False,
    examples: Examples = 0,
    engine: OnEngine = Engine.LOCAL,
    memory: MemoryLimit = None,
    spill: SpillFolder = None,
    threads: Threads = None,
    store: StorePlace = None,
    no_store: NoStore = False,
    max_rows_per_second: MaxRows = None,
    max_load: MaxLoad = None,
    views: Views = None,
    foreign_tables: ForeignTables = None,
    fail_on: FailWhen = None,
    formats: Formats = "json,html",
    lang: Lang = Language.BOTH,
) -> None:
    """Scan SOURCEs (and those of --config) and write reports to --output."""
    del engine
    settings = settings_of(sources or [], config, types or [], state, review)
    settings = limited(settings, memory, spill, threads)
    settings = storing(settings, store, off=no_store)
    settings = settings.with_access(
        max_rows_per_second=max_rows_per_second,
        max_load=max_load,
        views=views,
        foreign_tables=foreign_tables,
    )
    wanted = wanted_formats(formats)
    _refuse_at_odds(
        stateless=resume and not settings.state.folder,
        unsketched=sketches is not None and count is not CountMode.SKETCH,
        kept_nowhere=bool(store) and no_store,
    )
    from scanner.stages.underway import Options

    options = Options(
        as_of=day_of(as_of, settings),
        sample_rows=sample_rows,
        seed=seed,
        count=count.value,
        resume=resume,
        examples=examples,
    )
    prepare(output)
    history_of(settings).try_out()
    result = run_scan(settings, options, sketches)
    try:
        deliver(result, output, wanted, lang)
    finally:  # a disk that is full now must not lose a scan of hours
        keep_scan(result, settings)
    raise typer.Exit(exit_code(result, fail_on))


def _refuse_at_odds(*, stateless: bool, unsketched: bool, kept_nowhere: bool) -> None:
    """Refuse options that ask for what others rule out."""
    if stateless:
        raise UsageProblem("--resume needs the state of the scan that was interrupted. Name it by --state.")
    if unsketched:
        raise UsageProblem("--sketches keeps what --count sketch fills. Add --count sketch.")
    if kept_nowhere:
        raise UsageProblem("--store names where to keep the scan, and --no-store says not to. Leave one out.")
