"""Events of OpenLineage, with datasets named by its rules."""

import dataclasses

import pytest

from .exports import exported, schema


def test_openlineage_gets_what_its_classes_ask_for(result):
    events = exported("openlineage", result)
    for event in events:
        schema("openlineage-DatasetEvent").validate(event)

    assert len(events) == sum(len(dataset.tables) for dataset in result.datasets)


def test_openlineage_tags_fields_and_counts_people(warehouse):
    event = exported("openlineage", warehouse)[0]
    tags = event["dataset"]["facets"]["tags"]["tags"]

    assert (event["dataset"]["namespace"], event["dataset"]["name"]) == (
        "postgres://db.example:5433",
        "dw.public.customers",
    )
    assert {"key": "pi.type", "value": "mobile", "source": "PANDIAN", "field": "mobile"} in tags
    assert {"key": "pi.data_subjects", "value": "200", "source": "PANDIAN"} in tags


@pytest.mark.parametrize(
    ("location", "expected"),
    [
        ("mysql+pymysql://h/shop", ("mysql://h:3306", "shop.customers")),
        ("mssql+mssqlpython://h/dw", ("sqlserver://h:1433", "dw.dbo.customers")),
        ("/data/lake", ("file", "/data/lake/customers")),
        ("/data/lake/customers.csv", ("file", "/data/lake/customers.csv")),
        ("s3://bucket/lake", ("s3://bucket", "lake/customers")),
    ],
)
def test_openlineage_names_datasets_by_its_own_rules(warehouse, location, expected):
    (dataset,) = warehouse.datasets
    moved = dataclasses.replace(warehouse, datasets=(dataclasses.replace(dataset, location=location),))
    event = exported("openlineage", moved)[0]["dataset"]

    assert (event["namespace"], event["name"]) == expected
