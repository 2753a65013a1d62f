"""What DataHub takes in: aspects, patches, tags and terms that are defined."""

import json

from .exports import exported, held, schema


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
