"""The command line: arguments in, exit code out. Nothing is decided here.

Exit codes: 0 done; 1 done, and ``--fail-on`` was reached; 2 could not run; 3 ran, but something could not be
read; 130 stopped by Ctrl-C. 3 wins over 1, since a partial scan cannot vouch for the rest.
"""

from __future__ import annotations

import sys

from scanner.cli.exits import INTERRUPTED


def main() -> None:
    """Run the command that the arguments name, and exit."""
    try:
        from scanner.cli.program import run  # here, since Ctrl-C may come before the commands are loaded

        run()
    except KeyboardInterrupt:
        sys.stderr.write("Interrupted: it stopped before the end.\n")
        sys.exit(INTERRUPTED)
