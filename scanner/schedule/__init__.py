"""``pandian schedule``: scans at the times of a configuration, one at a time, through kills and restarts.

See docs/schedules.md. ``slots`` says when, ``records`` what became of each, ``lease`` who may; ``scheduler``
brings them together.
"""
