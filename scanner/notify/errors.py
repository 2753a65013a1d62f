"""Why a message did not arrive. No text of a receiver or library is repeated: addresses hold tokens."""


class NotSent(Exception):
    """It did not arrive, and will not if it is sent again."""


class TryLater(NotSent):
    """It did not arrive; it may if it is sent again."""
