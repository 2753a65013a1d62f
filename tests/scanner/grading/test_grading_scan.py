"""Grades, levels, sensitivity and necessity of generated data, from files to the record."""

from __future__ import annotations

import pytest
import yaml

from scanner import scan

DAY = "2026-11-22"
ROWS = 400


def scanned(folder, *, as_of=DAY, organization=None, **settings):
    document = {
        "organization": {"name": "x", "ciio": False, "ftz": None, **(organization or {})},
        "sources": [{"name": "lake", "url": str(folder / "lake")}],
        **settings,
    }
    (folder / "pandian.yaml").write_text(yaml.safe_dump(document, allow_unicode=True), encoding="utf-8")
    return scan(config=folder / "pandian.yaml", as_of=as_of).record


def tables(record):
    return {table.name: table for dataset in record.datasets for table in dataset.tables}


def columns(record, table):
    return {column.name: column for column in tables(record)[table].columns}


def rules(reasons):
    return {reason.rule for reason in reasons}


@pytest.fixture(scope="module")
def shop(tmp_path_factory, write_parquet, make_people):
    """Give a folder with adults, with children, and with what stands together."""
    folder = tmp_path_factory.mktemp("shop")
    adults, children = make_people(ROWS, year=1985), make_people(50, ROWS, year=2016)
    write_parquet(
        folder / "lake" / "member.parquet",
        {
            "full_name": [p.name for p in adults],
            "id_no": [p.id_card for p in adults],
            "mobile": [p.mobile for p in adults],
            "note": [None] * ROWS,
            "export_time": [f"2026-{1 + i % 10:02}-05" for i in range(ROWS)],
        },
    )
    write_parquet(
        folder / "lake" / "camp.parquet",
        {
            "child_name": [p.name for p in children],
            "id_no": [p.id_card for p in children],
            "colour": ["red", "blue"] * 25,
        },
    )
    return folder


def test_the_standard_of_the_day_says_what_is_sensitive_and_both_are_shown(shop):
    before, after = (scanned(shop, as_of=day) for day in ("2025-10-31", "2025-11-01"))
    (old,), (new,) = (columns(record, "member")["id_no"].tags for record in (before, after))

    assert (old.sensitive, new.sensitive) == (True, False)
    assert [(one.standard, one.sensitive) for one in new.listed] == [
        ("GB/T 35273-2020", True),
        ("GB/T 45574-2025", False),
    ]
    assert {c.category: c.estimate for c in before.organization.subjects if c.window == "all_time"}[
        "sensitive"
    ] == ROWS + 50


def test_a_child_makes_the_whole_record_sensitive(shop):
    record = scanned(shop)
    camp = tables(record)["camp"]
    found = {count.category: count for count in camp.subjects if count.window == "all_time"}

    assert (found["minor_under_14"].lower, found["minor_under_14"].estimate) == (50, 50)
    assert (found["sensitive"].lower, found["sensitive"].estimate) == (50, 50)
    assert "PIPL-28-MINOR14" in rules(camp.indications)
    assert "PIPL-28-MINOR14" not in rules(tables(record)["member"].indications)


def test_ordinary_items_together_are_indicated_as_sensitive_from_the_day_of_the_standard(shop):
    before, after = (scanned(shop, as_of=day) for day in ("2025-10-31", "2025-11-01"))

    assert "COMBINE-IDENTITY-FRAUD" in rules(tables(after)["member"].indications)
    assert not [rule for rule in rules(tables(before)["member"].indications) if rule.startswith("COMBINE")]


def test_the_necessity_of_each_item_with_persons_fill_and_rows_past_their_time(shop):
    flow = {
        "name": "eu",
        "recipient_country": "DE",
        "purpose": "会员管理",
        "scenario": "会员管理",
        "retention_days": 100,
        "tables": [{"dataset": "lake", "table": "member", "time_column": "export_time"}],
    }
    (found,) = scanned(shop, flows=[flow]).flows
    items = {item.column: item for item in found.items}
    past = sum(f"2026-{1 + i % 10:02}-05" < "2026-08-14" for i in range(ROWS))

    assert (items["full_name"].use, items["id_no"].use) == ("expected", "unexpected")
    assert (items["mobile"].filled, items["note"].filled) == (1.0, 0.0)
    assert items["mobile"].persons.estimate == ROWS
    assert (found.retention[0].past.lower, found.retention[0].past.upper) == (past, past)
    assert {"NECESSITY-ITEM", "NECESSITY-EMPTY", "NECESSITY-RETENTION"} <= rules(found.necessity)


@pytest.fixture(scope="module")
def fleet(tmp_path_factory, write_parquet):
    """Give a folder with many precise positions, the same rounded, and a charging network."""
    folder = tmp_path_factory.mktemp("fleet")
    many = 1_000_000
    near = [(30 + i * 0.618_033_98 % 5, 110 + i * 0.754_877_66 % 5) for i in range(1000)]
    for name, decimals in (("survey_fine", 6), ("survey_coarse", 2)):
        points = [(round(lat, decimals), round(lng, decimals)) for lat, lng in near] * (many // 1000)
        write_parquet(
            folder / "lake" / f"{name}.parquet",
            {"latitude": [p[0] for p in points], "longitude": [p[1] for p in points]},
        )
    write_parquet(
        folder / "lake" / "piles.parquet",
        {"charging_pile_id": list(range(200)), "nationwide_dispatch_command": ["x"] * 200},
    )
    return folder


def test_coordinates_finer_than_the_stated_scale_are_indicated_and_coarser_ones_are_not(fleet):
    record = scanned(fleet)
    fine, coarse = (columns(record, name)["latitude"].grade for name in ("survey_fine", "survey_coarse"))

    assert (fine.level, fine.status) == ("important", "indicated")
    assert "GBT43697-GEO-PRECISION" in rules(fine.reasons)
    assert all(reason.settle_en for reason in fine.reasons if reason.rule)
    assert coarse.level == "general"


def test_a_sector_pack_indicates_in_its_sector_alone(fleet):
    grades = {
        sector: columns(scanned(fleet, organization={"sectors": [sector]}), "piles")["charging_pile_id"].grade
        for sector in ("automotive", "retail")
    }

    assert (grades["automotive"].level, grades["automotive"].status) == ("important", "indicated")
    assert grades["retail"].level == "general"


def test_core_data_are_indicated_and_sent_to_a_person(fleet):
    grade = columns(scanned(fleet), "piles")["nationwide_dispatch_command"].grade

    assert (grade.level, grade.status, grade.for_person) == ("core", "indicated", True)
    assert any("a person has to decide" in reason.en for reason in grade.reasons)


def test_a_catalogue_alone_confirms_and_makes_the_export_an_assessment(fleet):
    (fleet / "catalogue.csv").write_text(
        "dataset,table,column,grade,issuer,date,basis\n"
        "lake,piles,charging_pile_id,important,the industry authority,2026-01-05,notified\n",
        encoding="utf-8",
    )
    flow = {
        "name": "eu",
        "recipient_country": "DE",
        "exemption": None,
        "tables": [{"dataset": "lake", "table": "piles"}],
    }
    record = scanned(fleet, catalogues=["catalogue.csv"], flows=[flow])
    grade = columns(record, "piles")["charging_pile_id"].grade

    assert (grade.level, grade.status) == ("important", "confirmed")
    assert record.datasets[0].grade.status == "confirmed"
    assert record.flows[0].mechanism == "security_assessment"
    assert "EXP-P24-IMPORTANT" in record.flows[0].because


def test_levels_of_general_and_financial_data_and_what_raises_them(tmp_path, write_parquet, make_people):
    people = make_people(2_000) * 50
    write_parquet(
        tmp_path / "lake" / "account.parquet",
        {
            "full_name": [p.name for p in people],
            "mobile": [p.mobile for p in people],
            "amount": [i * 1.25 for i in range(len(people))],
            "education": ["本科", "硕士"] * (len(people) // 2),
        },
    )
    record = scanned(tmp_path, organization={"sectors": ["finance"]})
    levels = {level.scheme: level for level in tables(record)["account"].levels}

    assert {scheme: level.highest for scheme, level in levels.items()} == {"general-data": 4, "finance": 5}
    assert {scheme: level.level for scheme, level in levels.items()} == {"general-data": 3, "finance": 4}
    assert all("rows" in level.reasons[0].en for level in levels.values())  # raised by aggregation
