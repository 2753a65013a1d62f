"""Derive the JSON Schemas of this folder from the packages that the projects publish. See README.md.

python derive.py OPENMETADATA.whl DBT_CORE.whl    in an environment with acryl-datahub and openlineage-python
"""

import json
import sys
import tempfile
import types
import zipfile
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

HERE = Path(__file__).parent
OPENMETADATA = {
    "TagLabel": "type.tagLabel",
    "CreateTagRequest": "api.classification.createTag",
    "CreateClassificationRequest": "api.classification.createClassification",
}
DATAHUB = (
    "TagAssociation",
    "GlossaryTermAssociation",
    "TagProperties",
    "GlossaryTermInfo",
    "GlossaryNodeInfo",
)


def write(name, schema):
    (HERE / f"{name}.json").write_text(
        json.dumps(schema, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )


def openmetadata(wheel):
    folder = tempfile.mkdtemp()
    with zipfile.ZipFile(wheel) as archive:
        wanted = ("metadata/generated/schema/", "metadata/ingestion/models/")
        archive.extractall(folder, [name for name in archive.namelist() if name.startswith(wanted)])
    for name in ("metadata", "metadata.ingestion", "metadata.ingestion.models"):
        package = types.ModuleType(name)  # the real ones import the whole ingestion framework
        package.__path__ = [str(Path(folder, *name.split(".")))]
        sys.modules[name] = package
    for name, module in OPENMETADATA.items():
        model = getattr(import_module(f"metadata.generated.schema.{module}"), name)
        write(f"openmetadata-{name}", model.model_json_schema())


def dbt(wheel):
    with zipfile.ZipFile(wheel) as archive:
        whole = json.loads(archive.read("dbt/jsonschemas/resources/latest.json"))
    kept = {"$schema": whole["$schema"], "type": "object", "additionalProperties": False, "definitions": {}}
    kept["properties"] = {name: whole["properties"][name] for name in ("version", "sources")}
    wanted = references(kept["properties"])
    while wanted:
        name = wanted.pop()
        if name not in kept["definitions"]:
            kept["definitions"][name] = whole["definitions"][name]
            wanted |= references(whole["definitions"][name])
    write("dbt-sources", kept)


def references(node):
    if isinstance(node, dict):
        own = {node["$ref"].rpartition("/")[2]} if isinstance(node.get("$ref"), str) else set()
        return own.union(*map(references, node.values()))
    return set().union(*map(references, node)) if isinstance(node, list) else set()


def datahub():
    folder = Path(find_spec("datahub").submodule_search_locations[0], "metadata", "schemas")
    records = {}
    for file in sorted(folder.glob("*.avsc")):
        collect(json.loads(file.read_text(encoding="utf-8")), records)
    for name in DATAHUB:
        write(f"datahub-{name}", of_avro(records[name], records))


def collect(node, records):
    if isinstance(node, dict):
        if node.get("type") in ("record", "enum"):
            records.setdefault(node["name"], node)
        for value in node.values():
            collect(value, records)
    elif isinstance(node, list):
        for value in node:
            collect(value, records)


def of_avro(node, records):  # noqa: PLR0911 -- one return a kind of type
    plain = {
        "string": "string",
        "bytes": "string",
        "int": "integer",
        "long": "integer",
        "null": "null",
        "boolean": "boolean",
        "double": "number",
        "float": "number",
    }
    if isinstance(node, list):
        return {"anyOf": [of_avro(each, records) for each in node]}
    if isinstance(node, str):
        return {"type": plain[node]} if node in plain else of_avro(records[node.rpartition(".")[2]], records)
    if node["type"] == "record":
        return {
            "type": "object",
            "additionalProperties": False,
            "required": [field["name"] for field in node["fields"] if "default" not in field],
            "properties": {field["name"]: of_avro(field["type"], records) for field in node["fields"]},
        }
    if node["type"] == "enum":
        return {"enum": node["symbols"]}
    if node["type"] == "array":
        return {"type": "array", "items": of_avro(node["items"], records)}
    if node["type"] == "map":
        return {"type": "object", "additionalProperties": of_avro(node["values"], records)}
    return of_avro(node["type"], records)


def openlineage():
    import attr
    from openlineage.client.event_v2 import DatasetEvent, StaticDataset
    from openlineage.client.generated import schema_dataset, tags_dataset

    tags = of_attrs(attr, tags_dataset.TagsDatasetFacet, {"tags": [tags_dataset.TagsDatasetFacetFields]})
    fields = of_attrs(
        attr, schema_dataset.SchemaDatasetFacet, {"fields": [schema_dataset.SchemaDatasetFacetFields]}
    )
    dataset = of_attrs(attr, StaticDataset, {})
    dataset["properties"]["facets"] = {
        "type": "object",
        "additionalProperties": False,
        "properties": {"tags": tags, "schema": fields},
    }
    event = of_attrs(attr, DatasetEvent, {})
    event["properties"]["dataset"] = dataset
    write("openlineage-DatasetEvent", event)


def of_attrs(attr, kind, inner):
    """Return what a class takes; its addresses are required, and must be what the class itself says."""
    properties, required = {}, []
    for field in attr.fields(kind):
        name = field.name
        if name in {"schemaURL", "_schemaURL"}:
            properties[name] = {"const": kind._get_schema()}
        elif name in inner:
            properties[name] = {"type": "array", "items": of_attrs(attr, inner[name][0], {})}
        elif "int" in str(field.type):
            properties[name] = {"type": "integer"}
        elif "list" in str(field.type):
            properties[name] = {"type": "array"}
        else:
            properties[name] = {"type": "string"}
        if field.default is attr.NOTHING or name in {"_producer", "producer", "schemaURL", "_schemaURL"}:
            required.append(name)
    properties.pop("_deleted", None)
    return {"type": "object", "additionalProperties": False, "required": required, "properties": properties}


if __name__ == "__main__":
    openmetadata(sys.argv[1])
    dbt(sys.argv[2])
    datahub()
    openlineage()
