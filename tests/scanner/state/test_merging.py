"""States of several machines unite to one, whatever the order."""

from __future__ import annotations

import datetime as dt
from itertools import permutations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scanner.identifiers import SubjectKey
from scanner.state import ForeignState, StateFolder
from scanner.state.merging import Merged, merge_state
from scanner.state.totals import count_held

KEY = SubjectKey(bytes(range(16)))


def filled(path, states):
    with StateFolder(path, KEY) as folder:
        for state in states:
            folder.save(state)
    return path


def united(into, *paths):
    """Merge folders into a new one and return what it holds."""
    with StateFolder(into, KEY) as folder:
        others = []
        for path in paths:
            with StateFolder(path, KEY, create=False) as other:
                others.append(merge_state(folder, other))
        return [(info, folder.load(info.place).census) for info in folder.infos()]


KEPT = st.lists(
    st.tuples(st.sampled_from("abc"), st.integers(1, 4), st.integers(0, 2), st.sampled_from("xy")), max_size=4
)


@settings(
    deadline=None,
    max_examples=25,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(machines=st.tuples(KEPT, KEPT, KEPT))
def test_merging_is_commutative_and_associative(tmp_path_factory, make_state, machines):
    root = tmp_path_factory.mktemp("machines")
    paths = [
        filled(
            root / f"m{i}",
            [
                make_state(n, part=part, as_of=dt.date(2026, 3, 1 + day), scan=scan)
                for part, n, day, scan in kept
            ],
        )
        for i, kept in enumerate(machines)
    ]
    results = [united(root / f"all{i}", *order) for i, order in enumerate(permutations(paths))]
    united(root / "right", paths[1], paths[2])
    results.append(united(root / "nested", paths[0], root / "right"))
    results.append(united(root / "again", paths[0], root / "nested", paths[0]))

    assert all(result == results[0] for result in results)


def test_the_newest_count_of_a_part_stays(tmp_path, make_state):
    first = filled(tmp_path / "a", [make_state(3), make_state(4, part="p2")])
    second = filled(tmp_path / "b", [make_state(5, as_of=dt.date(2026, 3, 9)), make_state(6, part="p3")])

    with StateFolder(first, KEY) as folder, StateFolder(second, KEY) as other:
        assert merge_state(folder, other) == Merged(added=1, replaced=1, older=0)
        assert merge_state(folder, other) == Merged(added=0, replaced=0, older=2)
        assert [info.rows for info in folder.infos()] == [5, 4, 6]


def test_people_of_two_machines_count_once(tmp_path, make_state):
    into = filled(tmp_path / "a", [make_state(30)])
    other = filled(tmp_path / "b", [make_state(30, 20, part="p2")])
    united(into, other)

    with StateFolder(into, KEY) as folder:
        counts = count_held(folder, folder.infos(), dt.date(2026, 6, 1), KEY)
    assert [(c.scope, c.name, c.estimate) for c in counts if c.category == "all"] == [
        ("organization", "", 50),
        ("dataset", "crm", 50),
        ("table", "crm/customer", 50),
    ]


def test_states_of_different_keys_do_not_unite(tmp_path, make_state):
    filled(tmp_path / "a", [make_state(3)])

    with pytest.raises(ForeignState, match="PANDIAN_KEY"):
        StateFolder(tmp_path / "a", SubjectKey(bytes(16)), create=False)
