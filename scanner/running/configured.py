"""run_configured(): a scan as a configuration describes it, under the user's key and with the kept state.

The command line, schedules and notebooks all scan through here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from scanner.config import ScanConfig
from scanner.config.catalogue import load_catalogue
from scanner.digests.keys import load_key
from scanner.machine.spill import memory_of
from scanner.pipeline import Opener, run
from scanner.result import Result
from scanner.review import load_review
from scanner.running.reader import LazyReader
from scanner.running.surroundings import now
from scanner.sketches import SketchCensus
from scanner.stages.underway import Options, Progress
from scanner.state import open_state


def run_configured(  # noqa: PLR0913 -- what the faces hand in
    settings: ScanConfig,
    options: Options,
    environment: Mapping[str, str],
    *,
    progress: Progress,
    clock: Callable[[], dt.datetime] = now,
    open_source: Opener | None = None,
) -> tuple[Result, SketchCensus]:
    """Scan, and return the result with what was sketched (nothing, unless ``count`` is ``sketch``).

    Review, types, memory and threads are those of the settings, whatever ``options`` says.
    """
    catalogue = load_catalogue(settings)
    key = load_key(
        Path(settings.key_file) if settings.key_file else None,
        environment,
        lasting=bool(settings.state.folder),
    )
    asked = replace(
        options,
        review=load_review(Path(settings.review), catalogue.types) if settings.review else {},
        catalogue=catalogue,
        memory=memory_of(settings.memory, settings.spill),
        threads=settings.threads,
    )
    census = SketchCensus(as_of=options.as_of.isoformat())
    with open_state(settings.state.folder, key) as state:
        result = run(
            settings,
            asked,
            key,
            clock=clock,
            reader=LazyReader(catalogue.presidio),
            open_source=open_source,
            progress=progress,
            sketches=census,
            state=state,
        )
    return result, census
