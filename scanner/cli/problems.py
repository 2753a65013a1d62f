"""What can be wrong with arguments."""

from __future__ import annotations


class UsageProblem(Exception):
    """Arguments that cannot be used; the message says which and what to do."""
