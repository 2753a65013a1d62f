"""Sketches: how fast they fill, how often their bounds hold, how they count people."""
