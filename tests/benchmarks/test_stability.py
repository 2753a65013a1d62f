"""What counts as the same tags."""

from __future__ import annotations

import pytest

from benchmarks.stability import compare


def scan(*tags):
    columns = [
        {"name": f"c{i}", "tags": [{"type": kind, "confidence": confidence}]}
        for i, (kind, confidence) in enumerate(tags)
    ]
    return {"datasets": [{"name": "d", "tables": [{"name": "t", "columns": columns}]}]}


@pytest.mark.parametrize(
    ("other", "changed"),
    [
        (scan(("mobile", 0.6), ("age", 0.5)), ()),
        (scan(("qq", 0.7), ("age", 0.5)), ((("d", "t", "c0"), "mobile"),)),
        (
            scan(("qq", 0.95), ("salary", 0.5)),
            ((("d", "t", "c0"), "mobile"), (("d", "t", "c0"), "qq")),
        ),
    ],
)
def test_only_sure_tags_that_come_or_go_have_changed(other, changed):
    first = scan(("mobile", 0.99), ("age", 0.6))
    kept = compare(first, first, other)
    assert (kept.sure, kept.changed, kept.identical) == (1, changed, True)


def test_another_confidence_is_not_the_same_bytes():
    first = scan(("mobile", 0.99))
    assert not compare(first, scan(("mobile", 0.98)), first).identical
