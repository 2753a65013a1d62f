"""What dbt and Atlas take in."""

from .exports import exported, schema


def test_dbt_takes_the_sources(result):
    schema("dbt-sources").validate(exported("dbt", result))


def test_dbt_columns_say_types_and_sensitivity(warehouse):
    (source,) = exported("dbt", warehouse)["sources"]
    columns = {column["name"]: column["config"] for column in source["tables"][0]["columns"]}

    assert (source["name"], source["database"], source["schema"]) == ("crm", "dw", "public")
    assert columns["bank_card"]["tags"] == ["pi", "pi_bank_card", "pi_sensitive"]
    assert columns["mobile"]["meta"]["pandian"]["types"] == ["mobile"]
    assert source["tables"][0]["config"]["meta"]["pandian"]["data_subjects"] == "200"


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
