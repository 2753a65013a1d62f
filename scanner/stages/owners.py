"""Tables of one database that list people, by the words for these people."""

from __future__ import annotations

from collections.abc import Collection

from scanner.stages.person_words import first_word, same, word_count


class Owners:
    """Names of the tables of one database that list people."""

    def __init__(self) -> None:
        self._named: dict[str, set[str]] = {}
        self._alike: dict[str, set[str]] = {}
        self._by_first: dict[str, dict[str, list[str]]] = {}

    def add(self, person: str, name: str) -> None:
        self._named.setdefault(person, set()).add(name)
        self._alike.setdefault(same(person), set()).add(name)
        self._by_first.clear()

    def names(self, person: str) -> bool:
        """Return whether a table has that very word."""
        return person in self._named

    def of(self, person: str, table: str) -> str | None:
        """Return the table to which a column in another refers; nothing in doubt, None where there is none.

        Of several, it is the one whose name begins alike, else the one with the fewest words: ``system_log``
        refers to ``system_users`` rather than to ``member_user``.
        """
        if person not in self._by_first:
            names = self._named.get(person) or self._alike.get(same(person), set())
            self._by_first[person] = _by_first_word(names)
        owners = self._by_first[person]
        named = owners.get(first_word(table)) or owners[""]
        if not named:
            return None
        return named[0] if len(named) == 1 or word_count(named[0]) < word_count(named[1]) else ""


def _by_first_word(names: Collection[str]) -> dict[str, list[str]]:
    """Return names by their first word, and all of them; the shortest first."""
    ordered = sorted(names, key=word_count)
    found: dict[str, list[str]] = {"": ordered}
    for name in ordered:
        found.setdefault(first_word(name), []).append(name)
    return found
