"""Numbers as somebody issues them to people: letters and digits, 9 characters or more (``U00012345``).

Mere digits may be keys of a database, or times; UUIDs are of anything.
"""

from __future__ import annotations

from typing import Final

ISSUED: Final = r"^(?:[A-Za-z][-_]?[0-9]{8,18}|[A-Za-z]{2}[-_]?[0-9]{7,18}|[A-Za-z]{3,6}[-_]?[0-9]{6,18})$"
