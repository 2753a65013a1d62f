"""Several values in a cell: structures, lists, joined fields and running text."""

from __future__ import annotations

import json

import pytest

FIELDS = {"mobile": "mobile", "idNo": "id_card", "email": "email"}


@pytest.fixture
def people(make):
    return [
        dict(zip(FIELDS, row, strict=True))
        for row in zip(*(make(kind, 40) for kind in FIELDS.values()), strict=True)
    ]


@pytest.mark.parametrize(
    "written",
    [
        json.dumps,
        lambda p: json.dumps({"seq": 1, "body": {"users": [p]}, "ok": True}),
        lambda p: "<r>" + "".join(f"<{k}>{v}</{k}>" for k, v in p.items()) + "</r>",
        lambda p: "&".join(f"{k}={v}" for k, v in p.items()),
        lambda p: "; ".join(f"{k}: {v}" for k, v in p.items()),
        lambda p: "|".join(p.values()),
        lambda p: "^".join(p.values()),
        lambda p: ",".join(p.values()),
    ],
    ids=["json", "nested json", "xml", "query", "pairs", "bar", "caret", "comma"],
)
def test_structures_are_opened(people, tags_of, written):
    tags = tags_of([written(person) for person in people], "payload")
    assert set(tags) == set(FIELDS.values())
    assert {tag.form for tag in tags.values()} == {"embedded"}


@pytest.mark.parametrize("separator", ["|", ";", "、", "/", "，"])
@pytest.mark.parametrize("kind", ["mobile", "email", "icd10", "license_plate"])
def test_cells_that_hold_several_values_are_opened(make, tags_of, kind, separator):
    values = make(kind, 120)
    cells = [separator.join(values[i : i + 1 + i % 3]) for i in range(0, 117, 3)]
    assert set(tags_of(cells)) == {{"icd10": "icd10_code"}.get(kind, kind)}


@pytest.mark.parametrize("cell", ["2021/3/{}", "{}/45", "x/{}/y", "第{}，共九", "{}、已发货、待签收"])
def test_signs_within_cells_are_not_always_lists(tags_of, cell):
    assert not tags_of([cell.format(i) for i in range(60)])


@pytest.mark.parametrize(
    "cell",
    [
        "姓名:{};手机:{};邮箱:{}",
        "姓名：{}，电话：{}，邮箱：{}",
        "n: {}\nt: {}\nm: {}",
        '["{}","{}","{}"]',
        "{{'n': '{}', 't': '{}', 'm': '{}', 'x': None}}",
        "{}||{}||{}",
        "{}$${}$${}",
    ],
)
def test_cells_that_join_values_are_opened(make, tags_of, cell):
    rows = zip(make("person_name", 60), make("mobile", 60), make("email", 60), strict=True)
    assert set(tags_of([cell.format(*row) for row in rows])) == {"person_name", "mobile", "email"}


def test_long_lists_in_json_are_opened(make, tags_of):
    assert "mobile" in tags_of([json.dumps(make("mobile", 30))] * 5)


def test_long_json_cells_are_opened_whole(tags_of):
    cells = [
        json.dumps({"pad": "x" * 6_000, "mobile": f"139{number * 7_919_431 % 10**8:08d}"})
        for number in range(40)
    ]

    assert set(tags_of(cells, "payload")) == {"mobile"}


@pytest.mark.parametrize("cell", ["\xa0{}\u3000", "\ufeff{}", "\u200b{}\u200b"])
def test_unseen_characters_around_a_structure_do_not_close_it(tags_of, cell):
    values = [cell.format(json.dumps({"lng": 100.123456 + i, "lat": 30.654321 + i / 9})) for i in range(50)]
    assert set(tags_of(values)) == {"geo_location"}


def test_structures_of_settings_hold_nothing(make, tags_of):
    rows = [json.dumps({"retry": i % 5, "skuId": number}) for i, number in enumerate(make("bare_tracking"))]
    assert not tags_of(rows, "config_json")


def test_broken_structures_do_no_harm(people, tags_of):
    rows = [json.dumps(person) for person in people]
    assert set(tags_of([row[:-1] if i % 5 == 0 else row for i, row in enumerate(rows)], "ext")) == set(
        FIELDS.values()
    )
    tags_of(['{"a": '] * 40 + ["<a><b></a>"] * 40 + ["a=" * 20] * 40)
    tags_of(["[" * 100_000] * 3)
    tags_of(['<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'] * 20)


class Reader:
    limits = ""

    def __init__(self, found):
        self.found, self.read = found, []

    def summarise(self, texts):
        self.read.extend(texts)
        return self.found


def test_running_text_is_handed_to_the_reader(tags_of):
    reader = Reader({"mobile": 12})
    texts = [f"客户来电要求改期，第{i}次，请尽快处理" for i in range(40)]
    assert tags_of(texts, "备注", reader=reader)["mobile"].form == "embedded"
    assert sorted(reader.read) == sorted(texts)


def test_codes_and_plain_columns_are_not_handed_to_the_reader(make, tags_of):
    reader = Reader({"mobile": 12})
    for kind in ("order_no", "digest", "mobile", "uuid", "amount"):
        tags_of(make(kind), reader=reader)
    assert not reader.read
