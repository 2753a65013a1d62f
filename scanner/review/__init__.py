"""Decisions of reviewers: what they say, the file they are kept in, and what awaits one."""

from scanner.review.decisions import (
    Decision,
    Key,
    Review,
    conflicts,
    load_review,
    parse_decisions,
    parse_review,
    reviewed,
    stale,
)

__all__ = [
    "Decision",
    "Key",
    "Review",
    "conflicts",
    "load_review",
    "parse_decisions",
    "parse_review",
    "reviewed",
    "stale",
]
