"""Names from hostile sources."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.words.visible import shortened, visible


@pytest.mark.parametrize(
    ("name", "expected", "why"),
    [
        ("客户表 a", "客户表 a", "an ordinary name stays as it is"),
        ("全\u3000角", "全\u3000角", "an ideographic space is no trick"),
        ("a\nb", "a⟨U+000A⟩b", "a line break would break a row"),
        ("\x1b[31m", "⟨U+001B⟩[31m", "an escape sequence would colour the terminal"),
        ("\u202egpj.exe", "⟨U+202E⟩gpj.exe", "an override would reverse the text"),
        ("a\u200bb", "a⟨U+200B⟩b", "a zero-width space would hide a difference"),
        ("\udcff", "⟨U+DCFF⟩", "a lone surrogate cannot be written"),
        ("a\u2028b", "a⟨U+2028⟩b", "a line separator is a line break too"),
    ],
)
def test_what_cannot_be_seen_is_named(name, expected, why):
    assert visible(name) == expected, why


@given(st.text(st.characters(codec=None)))
def test_nothing_invisible_is_left_and_nothing_changes_twice(name):
    shown = visible(name)

    assert {unicodedata.category(c) for c in shown}.isdisjoint({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
    assert visible(shown) == shown


@given(st.text(), st.integers(3, 50))
def test_a_shortened_name_keeps_both_ends(name, length):
    short = shortened(name, length)

    assert len(short) <= length
    assert short == visible(name) or short[0] == visible(name)[0]
