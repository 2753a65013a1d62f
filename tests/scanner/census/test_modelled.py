from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pytest

from scanner.census import Census, Modelled, People
from scanner.census.modelled import TOO_MANY, UNLINKED, most_persons
from scanner.identifiers import Records

Numbers = np.ndarray[tuple[int], np.dtype[np.int64]]
PEOPLE = 6_000
SURNAMES, GIVEN = 60, 700  # of the names of the world; a quarter of its people has a namesake


def _digests(salt: int, numbers: Numbers) -> np.ndarray[tuple[int], np.dtype[np.uint64]]:
    mixed = (numbers.astype(np.uint64) + np.uint64(salt << 40)) * np.uint64(0x9E3779B97F4A7C15)
    return (mixed ^ (mixed >> np.uint64(29))) | np.uint64(2)


class World:
    """People with names and birth dates, and lists of some of them."""

    def __init__(self, seed: int) -> None:
        self.random = np.random.default_rng(seed)
        name = self.random.integers(SURNAMES, size=PEOPLE) * GIVEN + self.random.integers(GIVEN, size=PEOPLE)
        self.names = _digests(1, name) & ~np.uint64(1)
        self.births = _digests(2, name * 20_000 + self.random.integers(20_000, size=PEOPLE))
        self.lists: list[Records] = []
        self.truth: dict[str, set[int]] = {}

    def some(self, share: float) -> Numbers:
        return np.flatnonzero(self.random.random(PEOPLE) < share)

    def add(
        self,
        table: str,
        who: Numbers,
        *,
        names: bool,
        births: bool = False,
        nameless: float = 0.0,
        **ids: Numbers,
    ) -> None:
        """Add a list, of which a share of the names is missing; an identifier of -1 is missing."""
        nothing = np.zeros(len(who), np.uint64)
        named = np.where(self.random.random(len(who)) < nameless, nothing, self.names[who])
        self.truth[table] = set(who.tolist())
        self.lists.append(
            Records(
                table=table,
                slot="",
                ids=tuple(
                    (kind, np.where(numbers < 0, nothing, _digests(10 + len(kind), numbers)))
                    for kind, numbers in ids.items()
                ),
                names=named if names else nothing,
                born_as=self.births[who] if births else nothing,
                flags=np.zeros(len(who), np.uint32),
                present=np.ones(len(who), np.bool_),
                key="k",
            )
        )

    def people(self) -> People:
        census = Census()
        census.add(self.lists)
        return census.solve()

    def true(self, tables: Sequence[str]) -> int:
        return len(set.union(*(self.truth[table] for table in tables)))

    def missing(self, who: Numbers, share: float) -> Numbers:
        return np.where(self.random.random(len(who)) < share, -1, who)


def shop(seed: int) -> World:
    """Members, a loan desk and a paper list with names; a till of cards, an app of devices without."""
    world = World(seed)
    for table, share, births, kinds in (
        ("members", 0.6, False, {"user_account": 0.0, "bank_card": 0.4, "device_id": 0.5}),
        ("loans", 0.3, True, {"id_card": 0.0, "bank_card": 0.7}),
        ("paper", 0.2, True, {"id_card": 0.1}),
    ):
        who = world.some(share)
        ids = {kind: world.missing(who, gone) for kind, gone in kinds.items()}
        world.add(table, who, names=True, births=births, **ids)
    for table, share, kind in (("till", 0.5, "bank_card"), ("app", 0.4, "device_id")):
        who = world.some(share)
        world.add(table, who, names=False, **{kind: who})
    return world


SCOPES: Mapping[str, Sequence[str]] = {
    "everything": ("app", "loans", "members", "paper", "till"),
    "named": ("loans", "members", "paper"),
    "desk": ("loans", "till"),
    "online": ("app", "members"),
}


@pytest.mark.parametrize("tables", SCOPES.values(), ids=SCOPES)
@pytest.mark.parametrize("seed", range(5))
def test_the_model_is_within_its_error_and_ten_per_cent(seed: int, tables: Sequence[str]) -> None:
    world = shop(seed)
    people = world.people()
    modelled = people.model(tables)
    true = world.true(tables)

    assert modelled.persons is not None
    assert abs(modelled.persons - true) <= modelled.error
    assert abs(modelled.persons - true) <= 0.1 * true
    assert modelled.error < 0.25 * true


@pytest.mark.parametrize("seed", range(5))
def test_who_is_linked_to_somebody_without_a_name_is_met_all_the_same(seed: int) -> None:
    world = World(seed)
    riders, losers = world.some(0.7), world.some(0.5)
    world.add("riders", riders, names=True, nameless=0.4, user_account=riders, mobile=riders)
    world.add("lost", losers, names=True, mobile=world.missing(losers, 0.1))
    true = world.true(("riders", "lost"))
    modelled = world.people().model(("riders", "lost"))

    assert modelled.persons is not None
    assert abs(modelled.persons - true) <= min(0.1 * true, modelled.error)


def test_the_model_is_far_nearer_to_the_truth_than_the_linked_count() -> None:
    world = shop(7)
    people = world.people()
    true = world.true(SCOPES["everything"])
    modelled = people.model(SCOPES["everything"]).persons

    assert people.count().estimate > 1.5 * true
    assert modelled is not None
    assert abs(modelled - true) < 0.05 * true


def test_without_names_there_is_no_model_of_several_tables() -> None:
    world = World(1)
    for kind in ("bank_card", "device_id"):
        who = world.some(0.5)
        world.add(kind, who, names=False, **{kind: who})
    people = world.people()

    assert people.model(["bank_card", "device_id"]).persons is None
    assert "No model" in people.model(["bank_card", "device_id"]).why
    assert people.model(["bank_card"]).persons == len(world.truth["bank_card"])


def test_how_many_devices_somebody_has_is_not_known_from_devices_alone() -> None:
    world = World(1)
    who = world.some(0.5)
    twice = np.append(who, who[: len(who) // 4])
    world.add("app", twice, names=False, device_id=np.append(who, who[: len(who) // 4] + PEOPLE))

    assert world.people().model(["app"]) == Modelled(None, 0, UNLINKED)


def test_devices_that_nothing_links_widen_the_error() -> None:
    def modelled(share: float) -> Modelled:
        world = World(1)
        who = world.some(0.5)
        world.add("app", who, names=False, device_id=who)
        members = who[: int(share * len(who))]
        world.add("members", members, names=True, user_account=members, device_id=members)
        return world.people().model(["app"])

    known, half_known = modelled(1.0), modelled(0.6)
    assert known.persons == half_known.persons is not None
    assert half_known.error > 2 * known.error


def test_more_people_than_are_modelled_have_no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scanner.census.modelled.MOST_PERSONS", 1_000)

    assert shop(1).people().model(SCOPES["named"]) == Modelled(None, 0, TOO_MANY)


@pytest.mark.parametrize(
    ("limit", "persons"),
    [(None, 5_000_000), (64 << 30, 5_000_000), (1 << 30, 2_097_152), (1 << 29, 1_048_576)],
)
def test_a_limit_of_memory_allows_fewer(limit: int | None, persons: int) -> None:
    assert most_persons(limit) == persons


def test_rows_that_identify_nobody_have_no_model() -> None:
    world = World(1)
    world.add("masked", world.some(0.5), names=False)

    assert world.people().model(["masked"]).persons is None
    assert isinstance(world.people().model([]), Modelled)


def test_rows_without_an_identifier_are_new_people_where_each_has_one_row() -> None:
    world = World(2)
    who = world.some(0.5)
    world.add("children", who, names=True, births=True, id_card=world.missing(who, 0.4))
    modelled = world.people().model(["children"])

    assert modelled.persons is not None
    assert abs(modelled.persons - len(who)) < 0.02 * len(who)
