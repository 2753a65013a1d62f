"""``pandian rules check`` over all packs, also those that name PI types."""

from scanner.cli.commands import rules
from scanner.grading import indicators


def test_an_unknown_pi_type_in_an_indicator_pack_is_reported(monkeypatch):
    def broken():
        raise ValueError("pack x: there is no PI type 'cat'")

    monkeypatch.setattr(indicators, "shipped_indicators", broken)

    assert list(rules._unreadable_packs()) == ["pack x: there is no PI type 'cat'"]


def test_nothing_is_wrong_with_what_is_shipped():
    assert list(rules._unreadable_packs()) == []
