"""People counted by sketches: against people who are known, and against the exact census."""

import numpy as np
import pytest

from benchmarks.sketches.worlds import World, retailer, rows_of, shuffled
from scanner.census import Census, ForeignKeyError
from scanner.identifiers import ADULT, BLANK, CATEGORY_BITS, MINOR_UNDER_14, MINOR_UNDER_18
from scanner.identifiers.windows import CERTAIN, POSSIBLE
from scanner.sketches import Precision, SketchCensus, SketchUnreadable
from scanner.sketches.hll import Hll
from scanner.sketches.persons import values
from scanner.sketches.sketch_file import from_bytes, to_bytes

SMALL = Precision(hll=11, theta=10)
HEALTH = CATEGORY_BITS["health"] | CATEGORY_BITS["sensitive"]
SENSITIVE = CATEGORY_BITS["sensitive"] | MINOR_UNDER_14
YEAR = "year_to_date"


def sketched(*records, precision=SMALL):
    census = SketchCensus(precision)
    census.add(records)
    return census


def exact(*records):
    census = Census()
    census.add(records)
    return census.solve()


def test_nothing_is_nobody():
    counted = sketched().solve().count()
    assert (counted.lower, counted.estimate, counted.upper) == (0, 0, 0)


def test_a_small_world_that_links_in_one_step_is_counted_like_the_exact_census():
    records, _ = World(500, 1).table("a/b", ["id_card", "user_account"], share=1, rows=2)
    people, truth = sketched(records).solve().count(), exact(records).count()
    assert people.method == "sketch"
    assert people.estimate == truth.estimate
    assert people.anonymous_rows == truth.anonymous_rows


def test_truth_lies_in_the_bounds_of_every_scope_of_generated_worlds():
    inside = []
    for seed in range(40):
        tables = retailer(2_500, seed)
        people = sketched(*(records for records, _ in tables.values())).solve()
        scopes = [[name] for name in tables] + [["crm/customer", "crm/order", "crm/receiver"], list(tables)]
        for scope in scopes:
            truth = len(set.union(*(tables[name][1] for name in scope)))
            counted = people.count(scope)
            assert counted.lower <= counted.estimate <= counted.upper
            assert counted.confidence == 0.95
            inside.append(counted.lower <= truth <= counted.upper)
    assert np.mean(inside) >= 0.95


def test_the_estimate_is_near_that_of_the_exact_census():
    ratios = []
    for seed in range(10):
        records = [records for records, _ in retailer(2_500, 100 + seed).values()]
        counted = sketched(*records, precision=Precision()).solve().count()
        ratios.append(counted.estimate / exact(*records).count().estimate)
    assert 0.9 <= np.median(ratios) <= 1.1


def test_a_hundred_partitions_of_several_machines_are_the_bytes_of_one_pass():
    tables = [records for records, _ in retailer(3_000, 7).values()]
    rng = np.random.default_rng(0)
    machines = [SketchCensus(SMALL) for _ in range(10)]
    for records in tables:
        parts = np.array_split(np.arange(len(records)), 100)
        for number in rng.permutation(100):
            machines[number % 10].add([rows_of(records, parts[number])])
    united = SketchCensus(SMALL)
    for machine in machines:
        united.merge(from_bytes(to_bytes(machine)))
    assert to_bytes(united) == to_bytes(sketched(*tables))


def test_the_order_of_rows_and_tables_never_matters():
    tables = [records for records, _ in retailer(2_000, 3).values()]
    rng = np.random.default_rng(1)
    again = sketched(*(shuffled(records, rng) for records in reversed(tables)))
    assert to_bytes(again) == to_bytes(sketched(*tables))


def test_swapped_columns_of_one_kind_do_not_make_a_person_vanish():
    records, people = World(300, 4).table("a/b", ["mobile", "mobile"], share=1, rows=5, null=0.0, anonymous=0)
    counted = sketched(records).solve().count()
    assert counted.lower <= len(people) <= counted.upper
    assert counted.estimate > 0


def test_a_nameless_contact_is_covered_by_a_row_with_a_name_or_an_account():
    world = World(400, 5, family=0)
    named, people = world.table("a/named", ["email"], share=1, rows=1, null=0.0, anonymous=0)
    nameless, _ = world.table("a/calls", ["email"], share=1, rows=3, null=0.0, named=False, anonymous=0)
    account, _ = world.table("a/user", ["user_account", "email"], share=1, rows=1, null=0.0, anonymous=0)
    for tables in ([named, nameless], [account, nameless], [named, account, nameless]):
        assert sketched(*tables).solve().count().estimate == len(people)


def test_people_of_different_names_are_different_people():
    world = World(300, 18, family=0, names=10_000)
    tables = [
        world.table("a/b", ["mobile"], share=1, rows=2, null=0, anonymous=0, named=named)[0]
        for named in (True, False)
    ]
    different = len(np.unique(tables[0].names))
    assert sketched(tables[0]).solve().count().lower == different
    assert sketched(tables[1]).solve().count().lower < different
    spelled = rows_of(tables[0], slice(None))
    spelled.names[:] |= np.uint64(1)  # perhaps Chinese names in Latin letters
    assert sketched(spelled).solve().count().lower < different


def test_namesakes_born_on_different_days_are_different_people():
    records, people = World(300, 18, family=0, names=30).table(
        "a/b", ["mobile"], share=1, rows=1, null=0, anonymous=0
    )
    names = len(np.unique(records.names))
    records.born_as[:] = np.where(np.arange(len(records)) < 200, np.arange(1, len(records) + 1), 0)
    undated = np.setdiff1d(records.names[200:], records.names[:200])
    counted = sketched(records).solve().count()
    assert names < 200 + len(undated) == counted.lower <= len(people)


def test_rows_that_nothing_identifies_bound_the_persons_from_above():
    records, _ = World(200, 6).table("a/masked", ["mobile"], share=1, rows=2, null=1.0)
    counted = sketched(records).solve().count()
    assert (counted.lower, counted.estimate, counted.upper) == (0, 0, len(records))
    assert counted.method == "rows-bound"
    assert counted.confidence is None


@pytest.mark.parametrize(("blank", "counted"), [(0.4, True), (0.7, False)])
def test_blank_rows_count_where_most_rows_are_about_somebody(blank, counted):
    records, _ = World(400, 8).table("a/b", ["email"], share=1, rows=1, null=0.0, anonymous=0)
    rng = np.random.default_rng(2)
    nothing = rng.random(len(records)) < blank
    for _, digests in records.ids:
        digests[nothing] = 0
    records.flags[nothing] |= np.uint32(BLANK)
    assert sketched(records).solve().count().anonymous_rows == (nothing.sum() if counted else 0)


def test_categories_and_windows_have_sketches_of_their_own():
    world = World(3_000, 9)
    window = CERTAIN[YEAR] | POSSIBLE[YEAR]
    parts = {
        "this year, health": world.table("f/t", ["id_card"], share=0.3, rows=2, flags=window | HEALTH),
        "this year": world.table("f/t", ["id_card"], share=0.3, rows=2, flags=window),
        "long ago": world.table("f/t", ["id_card"], share=0.3, rows=2, flags=0),
        "undated": world.table("f/t", ["id_card"], share=0.3, rows=2, flags=sum(POSSIBLE.values())),
    }
    people = sketched(*(records for records, _ in parts.values())).solve()
    questions = [
        (CERTAIN[YEAR], 0, ["this year", "this year, health"]),
        (POSSIBLE[YEAR], 0, ["this year", "this year, health", "undated"]),
        (CERTAIN[YEAR], SENSITIVE, ["this year, health"]),
        (CATEGORY_BITS["health"], 0, ["this year, health"]),
        (0, 0, list(parts)),
    ]
    for every, some, names in questions:
        counted = people.count(["f/t"], every=every, some=some)
        truth = exact(*(parts[name][0] for name in names)).count().estimate
        assert counted.lower <= truth <= counted.upper
        assert counted.estimate == pytest.approx(truth, rel=0.12)


def test_a_table_without_dates_is_undated_whenever_dates_turn_up():
    world = World(900, 10)
    undated = world.table("f/t", ["id_card"], share=0.5, rows=1, flags=sum(POSSIBLE.values()))[0]
    dated = world.table("f/t", ["id_card"], share=0.5, rows=1, flags=CERTAIN[YEAR] | POSSIBLE[YEAR])[0]
    one, other = sketched(undated), sketched(dated)
    both = sketched(undated, dated)
    assert to_bytes(both) == to_bytes(sketched(dated, undated))
    one.merge(other)
    assert to_bytes(one) == to_bytes(both)
    assert sketched(undated).solve().count(every=POSSIBLE[YEAR]) == sketched(undated).solve().count()


def test_minors_are_told_apart_by_birth_and_those_of_unknown_age_widen_the_bound():
    world = World(600, 11)
    minor = MINOR_UNDER_14 | MINOR_UNDER_18
    children, people = world.table("s/pupil", ["mobile"], share=0.5, rows=2, flags=minor, anonymous=0)
    children.born_as[:] = children.names * np.uint64(3)
    unknown, _ = world.table("s/visitor", ["mobile"], share=0.2, rows=1)
    counted = sketched(children, unknown).solve().count(some=MINOR_UNDER_14)
    told_apart = len(np.unique(children.born_as))
    assert counted.estimate == told_apart
    assert counted.lower <= told_apart <= len(people) <= counted.upper
    alone = sketched(children).solve().count(some=MINOR_UNDER_14)
    assert alone.upper < counted.upper


def test_a_child_that_another_table_shows_may_be_sensitive_here():
    world = World(500, 12, family=0)
    children, _ = world.table("s/pupil", ["user_account"], share=1, rows=1, flags=MINOR_UNDER_14, null=0)
    visits, people = world.table("s/visit", ["user_account"], share=0.4, rows=1, null=0, anonymous=0)
    counted = sketched(children, visits).solve().count(["s/visit"], some=SENSITIVE)
    assert counted.lower <= len(people) <= counted.upper


def test_who_is_of_age_in_another_table_is_no_minor_here_and_a_child_may_be():
    world = World(500, 17, family=0)
    adults, _ = world.table("a/staff", ["user_account"], share=1, rows=1, flags=ADULT, null=0, anonymous=0)
    visits, _ = world.table("a/visit", ["user_account"], share=0.4, rows=1, null=0, anonymous=0)
    assert sketched(adults, visits).solve().count(["a/visit"], some=MINOR_UNDER_18).upper == 0
    children = rows_of(adults, slice(None))
    children.flags[:] = MINOR_UNDER_18
    counted = sketched(children, visits).solve().count(["a/visit"], some=MINOR_UNDER_18)
    assert counted.upper == len(np.unique(dict(visits.ids)["user_account"]))


def test_questions_without_sketches_are_refused():
    with pytest.raises(ValueError, match="No sketches are kept"):
        sketched().solve().count(every=CATEGORY_BITS["health"] | CATEGORY_BITS["face"])


def test_overlap_of_datasets_by_kind():
    world = World(20_000, 13)
    left, in_left = world.table("crm/a", ["id_card"], share=0.6, rows=1, null=0, anonymous=0)
    right, in_right = world.table("app/b", ["id_card"], share=0.5, rows=1, null=0, anonymous=0)
    people = sketched(left, right, precision=Precision()).solve()
    overlap = people.overlap({"crm": ["crm/a"], "app": ["app/b"]})
    found = overlap["app", "crm", "id_card"]
    assert found.lower <= len(in_left & in_right) <= found.upper
    assert found.estimate == pytest.approx(len(in_left & in_right), rel=0.1)


def test_the_number_of_values_of_a_kind_is_that_of_one_sketch():
    records, _ = World(5_000, 14).table("a/b", ["email", "mobile"], share=1, rows=2)
    of = sketched(records).solve().sketched(["a/b"])
    digests = dict(records.ids)["mobile"]
    assert of.hlls["mobile"] == Hll.of(digests[digests != 0], SMALL.hll)
    assert values(of, "mobile").lower <= len(np.unique(digests[digests != 0])) <= values(of, "mobile").upper


def test_memory_does_not_grow_with_rows():
    records = [World(n, 15).table("a/b", ["email", "mobile"], share=1, rows=4)[0] for n in (20_000, 100_000)]
    sizes = [len(to_bytes(sketched(part))) for part in records]
    assert sizes[1] < 1.05 * sizes[0]


def test_sketches_of_another_key_day_or_format_are_refused():
    census = sketched(World(50, 1).table("a/b", ["email"], share=1, rows=1)[0])
    with pytest.raises(ForeignKeyError, match="under one key"):
        census.take("another", [])
    one, other = SketchCensus(as_of="2026-11-22"), SketchCensus(as_of="2026-11-23")
    with pytest.raises(ValueError, match="--as-of"):
        one.merge(other)
    for junk in (b"", b"PAR1 and no more", b"{}"):
        with pytest.raises(SketchUnreadable):
            from_bytes(junk)


def test_machines_of_different_precision_unite_at_the_smaller_one():
    records, people = World(9_000, 16).table("a/b", ["id_card"], share=1, rows=1, null=0, anonymous=0)
    fine, coarse = sketched(records, precision=Precision(hll=13, theta=12)), sketched(records)
    fine.merge(coarse)
    counted = fine.solve().count()
    assert counted.lower <= len(people) <= counted.upper
    assert fine.tables()["a/b"].cells["all"].hlls["id_card"].lg_k == SMALL.hll
