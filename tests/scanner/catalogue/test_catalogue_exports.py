"""Exports hold what the scan found, and are what the projects' own schemas ask for."""

import csv
import dataclasses
import io
import json
from pathlib import Path

import openpyxl
import pytest
import yaml
from jsonschema import Draft7Validator, Draft202012Validator

from connectors import Table
from connectors._dictionary import load_dictionary
from scanner.catalogue import ExportError, Naming, export, file_name, targets
from scanner.report import render

SCHEMAS = Path(__file__).parent / "schemas"


def schema(name):
    content = json.loads((SCHEMAS / f"{name}.json").read_text(encoding="utf-8"))
    kind = Draft7Validator if "draft-07" in content.get("$schema", "") else Draft202012Validator
    return kind(content)


def exported(target, result, **naming):
    text = export(target, result, Naming(**naming)).decode("utf-8-sig")
    if target == "openlineage":
        return [json.loads(line) for line in text.splitlines()]
    return json.loads(text) if text.startswith(("{", "[")) else yaml.safe_load(text)


@pytest.fixture(params=["warehouse", "hostile", "nothing"])
def result(request):
    return request.getfixturevalue(request.param)


def held(result):
    """Return table, column and types of every column with personal information."""
    return {
        (table.name, column.name): sorted(tag.type for tag in column.tags)
        for dataset in result.datasets
        for table in dataset.tables
        for column in table.columns
        if column.tags
    }


def test_there_is_a_target_for_every_name_of_the_issue():
    assert set(targets()) >= {"openmetadata", "datahub", "openlineage", "csv", "xlsx", "dbt", "atlas"}
    assert len({file_name(target) for target in targets()}) == len(targets())


@pytest.mark.parametrize("target", sorted(set(targets()) - {"xlsx", "comments"}))
def test_the_same_result_gives_the_same_bytes(target, result):
    assert export(target, result) == export(target, result)


@pytest.mark.parametrize("target", targets())
def test_a_target_that_does_not_exist_is_named(target):
    with pytest.raises(ValueError, match=target):
        file_name("nowhere")


# ---------------------------------------------------------------------- DataHub
def aspects(proposals, name):
    return [json.loads(p["aspect"]["value"]) for p in proposals if p["aspectName"] == name]


def test_datahub_gets_what_its_model_asks_for(result):
    proposals = exported("datahub", result)
    for name, aspect in [("tagProperties", "TagProperties"), ("glossaryTermInfo", "GlossaryTermInfo")]:
        for content in aspects(proposals, name):
            schema(f"datahub-{aspect}").validate(content)
    for content in aspects(proposals, "glossaryNodeInfo"):
        schema("datahub-GlossaryNodeInfo").validate(content)
    for patches in aspects(proposals, "editableSchemaMetadata"):
        for patch in patches:
            kind = "TagAssociation" if "tag" in patch["value"] else "GlossaryTermAssociation"
            schema(f"datahub-{kind}").validate(
                patch["value"] | ({} if kind == "TagAssociation" else {"urn": patch["value"]["urn"]})
            )
    assert {p["changeType"] for p in proposals} <= {"UPSERT", "PATCH"}


def test_datahub_patches_are_those_of_its_own_client(warehouse):
    """The expected text was printed by DatasetPatchBuilder of acryl-datahub 1.7.0.17."""
    proposals = [p for p in exported("datahub", warehouse) if p["changeType"] == "PATCH"]
    urn = "urn:li:dataset:(urn:li:dataPlatform:postgres,dw.public.customers,PROD)"

    assert {p["entityUrn"] for p in proposals} == {urn}
    assert {p["aspect"]["contentType"] for p in proposals} == {"application/json-patch+json"}
    assert aspects(proposals, "globalTags") == [
        {
            "arrayPrimaryKeys": {"tags": ["attribution\u241fsource", "tag"]},
            "patch": [
                {
                    "op": "add",
                    "path": "/tags//urn:li:tag:pandian.grade.general",
                    "value": {"tag": "urn:li:tag:pandian.grade.general"},
                }
            ],
        }
    ]
    (fields,) = aspects(proposals, "editableSchemaMetadata")
    assert {
        "op": "add",
        "path": "/editableSchemaFieldInfo/mobile/globalTags/tags/urn:li:tag:pandian.pi.mobile",
        "value": {"tag": "urn:li:tag:pandian.pi.mobile"},
    } in fields
    (numbers,) = aspects(proposals, "datasetProperties")
    assert {"op": "add", "path": "/customProperties/pi.data_subjects", "value": "200"} in numbers


def test_datahub_defines_every_tag_and_term_it_uses(result):
    proposals = exported("datahub", result)
    defined = {p["entityUrn"] for p in proposals if p["changeType"] == "UPSERT"}
    patches = [patch for found in aspects(proposals, "editableSchemaMetadata") for patch in found]
    patches += [patch for found in aspects(proposals, "globalTags") for patch in found["patch"]]

    assert {next(iter(patch["value"].values())) for patch in patches} <= defined


def test_datahub_names_reach_the_right_field_whatever_they_hold(hostile):
    proposals = exported("datahub", hostile)
    steps = {
        (p["entityUrn"].rpartition(".public.")[2].removesuffix(",PROD)"), patch["path"].split("/")[2])
        for p in proposals
        if p["aspectName"] == "editableSchemaMetadata"
        for patch in json.loads(p["aspect"]["value"])
    }

    assert ("a.b", "c~1d~0e") in steps
    assert all("," not in table and "(" not in table for table, _ in steps)
    assert len(steps) == len(held(hostile))


# ---------------------------------------------------------------------- OpenMetadata
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


# ---------------------------------------------------------------------- OpenLineage
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


# ---------------------------------------------------------------------- dbt
def test_dbt_takes_the_sources(result):
    schema("dbt-sources").validate(exported("dbt", result))


def test_dbt_columns_say_types_and_sensitivity(warehouse):
    (source,) = exported("dbt", warehouse)["sources"]
    columns = {column["name"]: column["config"] for column in source["tables"][0]["columns"]}

    assert (source["name"], source["database"], source["schema"]) == ("crm", "dw", "public")
    assert columns["bank_card"]["tags"] == ["pi", "pi_bank_card", "pi_sensitive"]
    assert columns["mobile"]["meta"]["pandian"]["types"] == ["mobile"]
    assert source["tables"][0]["config"]["meta"]["pandian"]["data_subjects"] == "200"


# ---------------------------------------------------------------------- Atlas
def test_atlas_gets_defined_classifications_only(result):
    defined, *attached = exported("atlas", result)["requests"]
    definitions = {each["name"]: each for each in defined["body"]["classificationDefs"]}

    assert defined["path"] == "/v2/types/typedefs"
    for request in attached:
        name = request["body"]["classification"]["typeName"]
        known = {attribute["name"] for attribute in definitions[name]["attributeDefs"]}
        for above in definitions[name]["superTypes"]:
            known |= {attribute["name"] for attribute in definitions[above]["attributeDefs"]}
        assert request["path"] == "/v2/entity/bulk/classification"
        assert set(request["body"]["classification"]["attributes"]) <= known
        assert request["body"]["entitiesUniqueAttributes"]


def test_atlas_names_columns_by_their_cluster(warehouse):
    requests = exported("atlas", warehouse, cluster="prod")["requests"][1:]
    found = {
        entity["qualifiedName"]: request["body"]["classification"]["typeName"]
        for request in requests
        for entity in request["body"]["entitiesUniqueAttributes"]
    }

    assert found["dw.public.customers.mobile@prod"] == "PI_mobile"
    assert found["dw.public.customers@prod"] == "PI_table"
    assert {request["body"]["entityTypeName"] for request in requests} == {"rdbms_column", "rdbms_table"}


# ---------------------------------------------------------------------- spreadsheets
def test_csv_has_a_row_for_every_column(warehouse):
    rows = list(csv.DictReader(io.StringIO(export("csv", warehouse).decode("utf-8-sig"))))
    found = {(row["table"], row["column"]): row["pi_types"] for row in rows}

    assert found["customers", "mobile"] == "mobile"
    assert found["things", "sku"] == ""
    assert len(rows) == 6


def test_no_cell_of_a_spreadsheet_is_a_formula(hostile):
    cells = [c for row in csv.reader(io.StringIO(export("csv", hostile).decode("utf-8-sig"))) for c in row]
    book = openpyxl.load_workbook(io.BytesIO(export("xlsx", hostile)))

    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f"
                assert not str(cell.value or "").startswith(("=", "+", "-", "@"))


def test_the_workbook_holds_the_numbers_of_the_scan(warehouse):
    book = openpyxl.load_workbook(io.BytesIO(export("xlsx", warehouse)))
    people = [[cell.value for cell in row] for row in book["people"].iter_rows(min_row=2)]
    everybody = next(c for c in warehouse.organization.subjects if c.category == "all")

    assert book.sheetnames == ["columns", "tables", "people", "lines", "not_scanned"]
    assert people[0][4:7] == [everybody.lower, everybody.estimate, everybody.upper]
    assert len(list(book["lines"].iter_rows())) == len(warehouse.findings) + 1


def test_the_csv_is_read_back_as_a_data_dictionary(hostile, tmp_path):
    (dataset,) = hostile.datasets
    tables = tuple(
        dataclasses.replace(
            table, columns=tuple(dataclasses.replace(column, comment="=注释") for column in table.columns)
        )
        for table in dataset.tables
    )
    commented = dataclasses.replace(hostile, datasets=(dataclasses.replace(dataset, tables=tables),))
    (tmp_path / "dictionary.csv").write_bytes(export("csv", commented))
    dictionary = load_dictionary(str(tmp_path / "dictionary.csv"))

    for table in tables:
        if table.name.strip() != table.name or "\n" in table.name:
            continue
        bare = tuple(dataclasses.replace(c, comment="") for c in _columns(table))
        described = dictionary.describe(Table(name=table.name, columns=bare), dataset.name)
        assert [column.comment for column in described.columns] == ["=注释"]


def _columns(table):
    from connectors._model import Column

    return [Column(column.name, column.type) for column in table.columns]


# ---------------------------------------------------------------------- the command line
@pytest.mark.parametrize("target", targets())
def test_the_command_writes_beside_the_scan_or_where_it_is_told(pandian, warehouse, tmp_path, target):
    folder = tmp_path / "scan"
    folder.mkdir()
    (folder / "scan.json").write_text(render("json", warehouse), encoding="utf-8")
    beside = pandian("export", folder, "--to", target)
    elsewhere = pandian(
        "export", folder / "scan.json", "--to", target, "--output", tmp_path / "new" / "x.bin"
    )
    inside = pandian("export", folder, "--to", target, "--output", tmp_path / "other")

    assert (beside.code, elsewhere.code, inside.code) == (0, 0, 0)
    assert (folder / file_name(target)).stat().st_size > 0
    assert (tmp_path / "new" / "x.bin").stat().st_size > 0
    assert (tmp_path / "other" / file_name(target)).stat().st_size > 0


def test_the_command_says_what_is_wrong(pandian, nothing, tmp_path):
    (tmp_path / "scan.json").write_text(render("json", nothing), encoding="utf-8")
    unknown = pandian("export", tmp_path, "--to", "nowhere")
    missing = pandian("export", tmp_path / "none", "--to", "csv")
    empty = pandian("export", tmp_path, "--to", "comments")

    assert (unknown.code, missing.code, empty.code) == (2, 2, 2)
    assert "Name a scan.json, its folder, or a scan of the store" in missing.err
    assert "Nothing in the scan" in empty.err


def test_no_export_holds_a_scanned_value(warehouse, make_people):
    values = [value for p in make_people(200) for value in (p.name, p.mobile, p.bank_card)]
    for target in targets():
        content = export(target, warehouse)
        assert not [value for value in values if value.encode() in content]


def test_an_export_error_says_what_to_do(warehouse):
    with pytest.raises(ExportError, match="No dialect 'access'"):
        export("comments", warehouse, Naming(dialect="access"))
