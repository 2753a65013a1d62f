"""Revisions in order. A revision never changes once it is released: it does not import today's tables."""
