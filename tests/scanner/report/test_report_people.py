"""People per dataset and category, and what datasets have in common."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scanner.report._people import MOST_DATASETS, MOST_OVERLAPS, matrix, overlaps
from scanner.result import LinkageResult, OverlapResult


@pytest.fixture
def overlapping(result):
    """Return a function that makes a result with these overlaps: scope, left, right, persons."""

    def make(*pairs):
        linkage = LinkageResult(
            joined=(),
            refused=(),
            hubs=(),
            open_points=(),
            overlaps=tuple(OverlapResult(scope=s, left=a, right=b, persons=n) for s, a, b, n in pairs),
        )
        return replace(result, organization=replace(result.organization, linkage=linkage))

    return make


def test_a_row_is_a_dataset_and_a_column_a_category_with_people(result):
    table = matrix(result)
    counts = {name: {category: one.upper for category, one in row.items()} for name, row in table.rows}

    assert table.categories == ("all", "sensitive")
    assert counts["crm"] == {"all": 1_421_880, "sensitive": 450_329}
    assert counts["lake/hospital"] == {"all": 71_219}
    assert table.hidden == 0


def test_of_many_datasets_those_with_most_people_are_kept_in_their_order(make_large):
    table = matrix(make_large(100 * (MOST_DATASETS + 2)))
    names = [name for name, _ in table.rows]

    assert len(names) == MOST_DATASETS
    assert names == sorted(names)
    assert table.hidden == 2


def test_the_share_is_of_the_row(overlapping):
    shared = overlaps(overlapping(("dataset", "crm", "lake/outbound", 55_110)), "dataset")

    assert list(shared.sizes) == ["crm", "lake/outbound"]
    assert shared.share("lake/outbound", "crm") == pytest.approx(55_110 / 110_220)
    assert shared.share("crm", "lake/outbound") == pytest.approx(55_110 / 1_262_904)
    assert shared.share("crm", "crm") == 0


def test_flows_are_compared_in_the_window_of_their_law(overlapping):
    shared = overlaps(overlapping(("flow", "eu-crm", "hr-de", 7)), "flow")

    assert shared.sizes == {"eu-crm": 104_119, "hr-de": 2_101}


def test_without_links_nothing_overlaps(result):
    assert overlaps(result, "dataset").sizes == {}


def test_of_many_that_overlap_the_largest_are_kept(overlapping):
    pairs = [("dataset", "crm", f"other{number}", 1) for number in range(MOST_OVERLAPS + 3)]
    shared = overlaps(overlapping(*pairs), "dataset")

    assert len(shared.sizes) == MOST_OVERLAPS
    assert next(iter(shared.sizes)) == "crm"
    assert shared.hidden == 4
