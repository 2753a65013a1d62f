"""Errors of a state folder. A message names the folder or file, what is wrong, and what to do."""


class StateError(Exception):
    """The state cannot be used."""


class StateInUse(StateError):
    """Another process works on the folder."""


class ForeignState(StateError):
    """Made with another key, by another version, or no state at all."""


class DamagedState(StateError):
    """A file is cut off or was changed."""
