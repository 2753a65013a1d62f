"""What the adapters of the peers decide, without any peer."""

from __future__ import annotations

import pytest

from benchmarks.peers.adapters import by_text, cell_finds, decide
from benchmarks.peers.cells import texts


def phone(text):
    at = text.find("138")
    return [("mobile", at, at + 11)] if at >= 0 else []


@pytest.mark.parametrize(
    ("cells", "types"),
    [
        (["13800138000"] * 3 + ["x"] * 7, ["mobile"]),
        (["13800138000"] * 2 + ["x"] * 8, []),
        (["请回电 13800138000 谢谢，今天之内，务必"] * 3 + ["无"] * 50, ["mobile"]),
        (["请回电 13800138000 谢谢，今天之内，务必"] * 2 + ["无"] * 50, []),
        ([], []),
    ],
)
def test_columns_are_decided_by_share_and_texts_by_number(cells, types):
    column = {"dataset": "d", "table": "t", "column": "c", "comment": "", "cells": cells}
    assert [row["types"] for row in by_text([column], phone, context=False)] == [types]


def test_the_header_gives_context_and_is_no_find():
    def finder(text):
        return [("gender", 0, len(text))] if text.startswith("性别") else []

    assert cell_finds(finder, "性别：", "男") == [("gender", 0, 1)]
    assert cell_finds(lambda _: [("gender", 0, 2)], "性别：", "男") == []


def test_the_widest_find_of_a_cell_counts():
    assert decide([[("mobile", 0, 11), ("id_card", 0, 18)]], [18]) == ["id_card"]


def test_cells_are_distinct_texts():
    assert texts([None, " ", "a", "a", b"\x00\x01", [0.5, 1.0], 7], 4) == ["a", "AAE=", "[0.5, 1.0]", "7"]
