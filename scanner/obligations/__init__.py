"""The obligations calendar: what is due when, with article, addressee and what it rests on."""

from scanner.obligations.duties import find_obligations, recorded_obligations

__all__ = ["find_obligations", "recorded_obligations"]
