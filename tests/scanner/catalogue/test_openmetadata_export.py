"""What OpenMetadata takes in: tags, tests and custom properties."""

import dataclasses

from .exports import exported, held, schema


def test_openmetadata_gets_what_its_schemas_ask_for(result):
    for request in exported("openmetadata", result)["requests"]:
        if request["path"] == "/v1/classifications":
            schema("openmetadata-CreateClassificationRequest").validate(request["body"])
        elif request["path"] == "/v1/tags":
            schema("openmetadata-CreateTagRequest").validate(request["body"])
        else:
            for patch in request["body"]:
                if patch["op"] == "add":
                    schema("openmetadata-TagLabel").validate(patch["value"])


def test_openmetadata_tags_the_column_whose_name_it_tests(warehouse):
    requests = exported("openmetadata", warehouse, service="dwh")["requests"]
    patches = [r["body"] for r in requests if r["path"] == "/v1/tables/name/dwh.dw.public.customers"]
    names = [column.name for column in warehouse.datasets[0].tables[0].columns]
    found = {}
    for test, *added in (body for body in patches if body[0]["op"] == "test"):
        position = int(test["path"].split("/")[2])
        assert names[position] == test["value"]
        assert {patch["path"] for patch in added} == {f"/columns/{position}/tags/-"}
        found["customers", test["value"]] = [patch["value"]["tagFQN"] for patch in added]

    assert found["customers", "mobile"] == ["PersonalInformation.mobile", "PISensitivity.personal"]
    assert found["customers", "bank_card"] == ["PersonalInformation.bank_card", "PISensitivity.sensitive"]
    assert set(found) == set(held(warehouse))


def test_openmetadata_says_what_a_person_confirmed(warehouse):
    (dataset,) = warehouse.datasets
    table = dataset.tables[0]
    columns = tuple(
        dataclasses.replace(
            column, tags=tuple(dataclasses.replace(tag, decision="confirmed") for tag in column.tags)
        )
        for column in table.columns
    )
    reviewed = dataclasses.replace(
        warehouse,
        datasets=(dataclasses.replace(dataset, tables=(dataclasses.replace(table, columns=columns),)),),
    )
    labels = [
        (patch["value"]["labelType"], patch["value"]["state"])
        for request in exported("openmetadata", reviewed)["requests"]
        if request["method"] == "PATCH"
        for patch in request["body"]
        if patch["op"] == "add" and patch["path"].startswith("/columns")
    ]

    assert set(labels) == {("Manual", "Confirmed")}


def test_openmetadata_names_are_spelled_as_it_stores_them(hostile):
    requests = exported("openmetadata", hostile)["requests"]
    paths = {request["path"] for request in requests if request["method"] == "PATCH"}

    assert "/v1/tables/name/%3Dcmd.dw.public.%22a.b%22" in paths
    assert any("__reserved__quote__" in path for path in paths)
    assert any("__reserved__newline__" in path for path in paths)


def test_openmetadata_has_the_numbers_as_custom_properties(warehouse):
    (entry,) = exported("openmetadata", warehouse)["customProperties"]

    assert entry["table"] == "crm.dw.public.customers"
    assert entry["extension"]["piDataSubjects"] == "200"
    assert entry["extension"]["piGrade"] == "general"
