"""Compares the packs with the rule book they were made from, rule by rule.

Run: ``make law-book``. Reads ``../shared/law/rules.yaml`` (or the path given) and ``book_differences.yaml``,
which says why a difference is meant. Exit code 1 for a difference that nothing explains, 2 without the book.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from scanner.rules import load_packs
from scanner.rules.law.rulepack import Pack, Rule, Statement
from scanner.user_files.yaml_text import read_yaml

BOOK = Path(__file__).parents[3] / "shared" / "law" / "rules.yaml"
EXPLAINED = Path(__file__).parent / "book_differences.yaml"
_TESTED = ("operator", "threshold", "upper", "window")


def main() -> None:
    """Print one line per rule of the book."""
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else BOOK
    if not path.exists():
        print(f"The rule book is not there: {path}. Give its path: python -m benchmarks.law.book PATH")
        sys.exit(2)
    book, meant = yaml.safe_load(path.read_bytes())["rules"], read_yaml(EXPLAINED.read_bytes())
    entries = {entry.id: (loaded.pack, entry) for loaded in load_packs() for entry in loaded.pack.entries()}
    open_ones = 0
    for row in book:
        pack, entry = entries.get(row["id"], (None, None))
        if pack is None or entry is None:
            print(f"{row['id']:<26} missing")
            open_ones += 1
            continue
        found = list(differences(row, pack, entry, meant))
        open_ones += sum(not why for _, why in found)
        said = "; ".join(text + why for text, why in found) or "agrees"
        print(f"{row['id']:<26} {_place(pack, entry)}: {said}")
    print(f"{len(book)} rules of the book, {open_ones} differences unexplained")
    sys.exit(bool(open_ones))


def _place(pack: Pack, entry: Rule | Statement) -> str:
    return f"{pack.id} ({'rule' if isinstance(entry, Rule) else 'statement: ' + entry.reason.en})"


def differences(
    row: Mapping[str, Any], pack: Pack, entry: Rule | Statement, meant: Mapping[str, Any]
) -> Iterator[tuple[str, str]]:
    """Yield what a pack says otherwise than the book, with why, or with nothing where nothing says why."""
    said, ours = _of_book(row, meant), _of_pack(pack, entry)
    for key, here in ours.items():
        if here not in said[key]:
            why = meant["differences"].get(row["id"], {}).get(key, "")
            there = " or ".join(map(str, said[key]))
            yield f"{key}: {there} in the book, {here} here", why and f" ({why})"


def _of_book(row: Mapping[str, Any], meant: Mapping[str, Any]) -> dict[str, list[Any]]:
    article = row["article"]
    for remark in meant["remarks_in_articles"]:
        article = article.removesuffix(remark)
    number = row["threshold"] if not isinstance(row["threshold"], bool) else None
    return {
        "article": meant["articles"].get(article, [_plain(article)]),
        "operator": [row["operator"]],
        "threshold": [number],
        "upper": [row.get("upper_threshold")],
        "window": meant["windows"].get(row["window"], [row["window"]]),
        "first day": [row["effective_from"]],
        "last day": [row["effective_to"]],
        "confidence": [row["confidence"]],
        "provenance": [row["provenance"]],
    }


def _of_pack(pack: Pack, entry: Rule | Statement) -> dict[str, Any]:
    first, last = entry.effective_from or pack.effective_from, entry.effective_to or pack.effective_to
    common = {
        "article": entry.article if entry.article in ("guide", "list", "summary") else _plain(entry.article),
        "first day": first.isoformat() if first else None,
        "last day": last.isoformat() if last else None,
        "confidence": entry.confidence,
        "provenance": entry.provenance,
    }
    if isinstance(entry, Statement):
        return common
    return {**common, **{key: getattr(entry, key) for key in _TESTED}}


def _plain(article: str) -> str:
    """Return an article in one way of writing: ``4 last para`` and ``4, last paragraph`` are the same."""
    words = article.lower().replace("paragraph", "para").replace("+", " ").replace(",", " ").split()
    return " ".join(words)


if __name__ == "__main__":
    main()
