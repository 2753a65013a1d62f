"""What the columns of a warehouse hold: the labels of the benchmark of column types."""

from __future__ import annotations

from typing import Any

from benchmarks.columns.taxonomy import TYPES, sensitive_category

KIND_TYPE = {
    "id": "id_card",
    "doc": "passport",
    "mobile": "mobile",
    "email": "email",
    "member": "user_account",
    "device": "device_id",
    "card": "bank_card",
    "emp": "employee_no",
    "mrn": "medical_record_no",
    "openid": "wechat_id|user_account",
    "student": "student_no",
    "plate": "license_plate",
    "name": "person_name",
    "birth": "birth_date",
    "gender": "gender",
    "ip": "ip_address",
    "lon": "geo_location",
    "lat": "geo_location",
    "score": "credit_score",
    "vector": "face_embedding",
    "amount": "transaction_amount",
}
LIST_TYPE = {
    "diagnoses": "diagnosis_text",
    "icd10": "icd10_code",
    "roads": "?address",
    "drugs": "medication",
    "occupations": "occupation",
}


def column_type(column: dict[str, Any]) -> str:
    """Return the type of a column: ``|`` stands between alternatives, ``?`` before one that is optional."""
    usual = KIND_TYPE.get(column["kind"], "")
    if column["kind"] == "words":
        usual = LIST_TYPE.get(column["list"], "")
    return column.get("type", usual)


def sensitive_as(column: dict[str, Any]) -> str:
    """Return the sensitive category of a column: the one named, or that of its type."""
    kind = column_type(column).lstrip("?").split("|")[0]
    return column.get("sensitive", sensitive_category(kind) if kind in TYPES else "")


def column_truth(config: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the labels of the columns, in the form of the benchmark of column types."""
    return [
        _labelled(column, table, f"subject/{config['name']}/{table['dataset']}")
        for table in config["tables"]
        for column in table["columns"]
    ]


def _labelled(column: dict[str, Any], table: dict[str, Any], dataset: str) -> dict[str, Any]:
    written = column_type(column)
    optional, kind = written.startswith("?"), written.lstrip("?")
    return {
        "dataset": dataset,
        "table": table["name"],
        "column": column["name"],
        "labels": [] if optional or not kind else [kind],
        "optional": [kind] if optional else [],
        "neg_class": "" if kind else "plain_" + column["kind"],
        "header_kind": "as_is",
        "form": "plain",
        "dtype": "",
        "noise": "",
        "contamination": 0,
        "null_rate": column.get("null", 0),
        "variant": 0,
        "base_type": column["kind"],
        "format": table["store"],
        "rows": "",
        "note": "",
    }
