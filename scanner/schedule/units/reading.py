"""What units need of a configuration; secrets need not be set where they are printed."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection
from pathlib import Path

from scanner.config import load_config
from scanner.config.schedules import ScheduleConfig
from scanner.schedule.service import planned_of
from scanner.user_files.documents import read_text

_VARIABLE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")


def schedules_and_variables(path: Path, only: Collection[str]) -> tuple[list[ScheduleConfig], list[str]]:
    """Return the schedules of a file, or those of ``only``, and the environment variables that it names.

    Raises:
        ConfigError: The file cannot be used.
        ScheduleError: It has no such schedule.
    """
    variables = sorted(set(_VARIABLE.findall(read_text(path, "the configuration"))))
    settings = load_config(path, defaultdict(lambda: "unset", dict.fromkeys(variables, "unset")))
    return [planned.config for planned in planned_of(settings, only)], variables
