"""What happens to a few people, row by row, and how many they are."""

from __future__ import annotations

import pytest

from scanner.identifiers import ADULT, MINOR_UNDER_18
from tests.scanner.census.people_by_rows import MINOR, Row, counts, linked

# what happens, rows by table, persons (lower, estimate, upper)
STORIES: list[tuple[str, dict[str, list[Row]], tuple[int, int, int]]] = [
    ("nothing is nobody", {}, (0, 0, 0)),
    ("one number twice is one person", {"a": [{"id_card": 1}], "b": [{"id_card": 1}]}, (1, 1, 1)),
    (
        "a chain over three tables is one person",
        {
            "a": [{"id_card": 1, "user_account": 1}],
            "b": [{"user_account": 1, "bank_card": 1}],
            "c": [{"bank_card": 1, "device_id": 1}],
        },
        (1, 1, 1),
    ),
    (
        "a family phone joins nobody with names",
        {"a": [{"mobile": 1, "name": "王芳"}, {"mobile": 1, "name": "李伟"}]},
        (2, 2, 2),
    ),
    (
        "a family phone joins nobody with documents",
        {"a": [{"mobile": 1, "id_card": 1}, {"mobile": 1, "id_card": 2}]},
        (2, 2, 2),
    ),
    (
        "a phone links two tables of the same name",
        {"a": [{"mobile": 1, "id_card": 1, "name": "王芳"}], "b": [{"mobile": 1, "name": "王芳"}]},
        (1, 1, 2),
    ),
    (
        "a recycled number keeps the old and the new owner apart",
        {
            "a": [{"mobile": 1, "user_account": 1, "name": "王芳"}],
            "b": [{"mobile": 1, "user_account": 2, "name": "李伟"}],
        },
        (2, 2, 2),
    ),
    (
        "a changed phone is one person by the account",
        {"a": [{"mobile": 1, "user_account": 1}], "b": [{"mobile": 2, "user_account": 1}]},
        (1, 1, 1),
    ),
    (
        "whoever has more accounts than anybody is one person, and others of the name may be that one",
        {
            "a": [{"id_card": 1, "user_account": n, "name": "王芳"} for n in range(1, 5)],
            "b": [{"email": 1, "name": "王芳"}],
        },
        (1, 2, 2),
    ),
    (
        "an account of two names is one person, or two",
        {"a": [{"user_account": 1, "name": "王芳"}, {"user_account": 1, "name": "王方"}]},
        (1, 1, 2),
    ),
    (
        "a Latin name does not contradict a Chinese one, but may be somebody else's",
        {"a": [{"mobile": 1, "name": "王芳"}, {"mobile": 1, "name": "fang wang"}, {"mobile": 1}]},
        (1, 1, 3),
    ),
    (
        "a foreigner's passport and phone",
        {"a": [{"passport": 1, "mobile": 1}], "b": [{"mobile": 1, "passport": 1}]},
        (1, 1, 1),
    ),
    (
        "a renewed passport under one account is one person",
        {"a": [{"user_account": 1, "passport": 1}, {"user_account": 1, "passport": 2}]},
        (1, 1, 1),
    ),
    (
        "a renewed passport under one phone is one person of that name",
        {"a": [{"mobile": 1, "passport": n, "name": "maria garcia"} for n in (1, 2)]},
        (1, 1, 2),
    ),
    (
        "two passports under one phone without names are two persons",
        {"a": [{"mobile": 1, "passport": 1}, {"mobile": 1, "passport": 2}]},
        (1, 2, 2),
    ),
    (
        "two accounts of one table are two persons, if at last only a phone links them",
        {
            "a": [{"user_account": 1, "email": 1}, {"user_account": 2, "mobile": 1}],
            "b": [{"email": 1, "mobile": 1}],
        },
        (1, 2, 3),
    ),
    (
        "two resident IDs on one account stay two persons",
        {"a": [{"user_account": 1, "id_card": 1}, {"user_account": 1, "id_card": 2}]},
        (2, 2, 2),
    ),
    (
        "the account alone is one of the two, or a third",
        {
            "a": [{"user_account": 1, "id_card": 1}, {"user_account": 1, "id_card": 2}],
            "b": [{"user_account": 1}],
        },
        (2, 2, 3),
    ),
    (
        "the phone alone belongs to the only person who has it",
        {"a": [{"mobile": 1, "id_card": 1}], "b": [{"mobile": 1}]},
        (1, 1, 2),
    ),
    (
        "the family phone alone is one of the family, or somebody else",
        {"a": [{"mobile": 1, "id_card": 1}, {"mobile": 1, "id_card": 2}], "b": [{"mobile": 1}]},
        (2, 2, 3),
    ),
    ("three calls of one phone may be three persons", {"a": [{"mobile": 1}] * 3}, (1, 1, 3)),
    ("twenty calls of one phone are no twenty persons", {"a": [{"mobile": 1}] * 20}, (1, 1, 4)),
    (
        "three members of one name are two persons or more: one person has two accounts at most",
        {"a": [{"user_account": n, "name": "王芳"} for n in range(3)]},
        (2, 3, 3),
    ),
    (
        "namesakes born on different days are different persons",
        {"a": [{"user_account": n, "name": "王芳", "born": n} for n in range(3)]},
        (3, 3, 3),
    ),
    (
        "a name in Latin letters beside an account may be that in Chinese",
        {"a": [{"user_account": 1, "name": n} for n in ("王芳", "wang fang")]},
        (1, 1, 1),
    ),
    (
        "two names beside one document are one person, whatever the account",
        {"a": [{"id_card": 1, "user_account": 1, "name": n} for n in ("王芳", "王方")]},
        (1, 1, 1),
    ),
    (
        "an account is of the name beside its document, others of its names are perhaps others",
        {
            "a": [{"id_card": 1, "user_account": 1, "name": "王芳"}, {"user_account": 1}],
            "b": [{"user_account": 1, "name": n} for n in ("王芳", "王方", "李伟")],
        },
        (1, 1, 3),
    ),
    ("nameless rows are a bound", {"a": [{}] * 5}, (0, 0, 5)),
    ("six cards may be two persons' or six", {"a": [{"bank_card": n} for n in range(6)]}, (2, 6, 6)),
    (
        "a parent who leaves only the child's phone is not the child",
        {
            "a": [{"id_card": 1, "mobile": 1, "flags": MINOR}],
            "b": [{"mobile": 1, "flags": ADULT}],
        },
        (1, 2, 2),
    ),
    (
        "a guardian taken to be of age who has the name and phone of a youth of 15 is that youth",
        {
            "a": [{"id_card": 1, "mobile": 1, "name": "王芳", "flags": MINOR_UNDER_18}],
            "b": [{"mobile": 1, "name": "王芳", "flags": ADULT}],
        },
        (1, 1, 2),
    ),
    (
        "two members of one list who share a phone are two persons",
        {"a": [{"user_account": 1, "mobile": 1}, {"user_account": 2, "mobile": 1}]},
        (1, 2, 2),
    ),
    (
        "two members of one name who share a phone are one person",
        {"a": [{"user_account": n, "mobile": 1, "name": "王芳"} for n in (1, 2)]},
        (1, 1, 2),
    ),
    (
        "members of two lists who share a phone are one person",
        {"a": [{"user_account": 1, "mobile": 1}], "b": [{"user_account": 2, "mobile": 1}]},
        (1, 1, 2),
    ),
    (
        "two members of one list who share an e-mail are one person",
        {"a": [{"user_account": 1, "email": 1}, {"user_account": 2, "email": 1}]},
        (1, 1, 2),
    ),
    (
        "an e-mail settles whose the family phone is",
        {
            "a": [{"mobile": 1, "name": "王芳", "email": 1}, {"mobile": 1, "name": "李伟", "email": 2}],
            "b": [{"mobile": 1, "email": 2}],
        },
        (2, 2, 3),
    ),
]


@pytest.mark.parametrize(("tables", "expected"), [s[1:] for s in STORIES], ids=[s[0] for s in STORIES])
def test_stories(tables: dict[str, list[Row]], expected: tuple[int, int, int]) -> None:
    assert counts(linked(**tables).count()) == expected
