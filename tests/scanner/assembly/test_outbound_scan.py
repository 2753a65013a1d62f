"""From the official table to the route: load a list, scan a flow that declares zone and scenario."""

from __future__ import annotations

import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import yaml

from scanner import scan
from scanner.result import to_dict

LIST = "业务场景,数据项,数据类别,安全评估,标准合同\n会员管理,姓名、手机号,个人信息,50万人以上,5人以上\n"


@pytest.fixture
def warehouse(tmp_path, pandian):
    sent = tmp_path / "lake" / "sent"
    sent.mkdir(parents=True)
    phones = [f"1391234{i:04}" for i in range(20)]
    times = ["2026-03-01"] * 15 + ["2026-01-02"] * 5
    pq.write_table(
        pa.table({"phone": phones, "addr": ["-"] * 20, "export_time": times}), sent / "crm.parquet"
    )
    (tmp_path / "list.csv").write_text(LIST, encoding="utf-8")
    loaded = pandian(
        *("negative-list", "load", tmp_path / "list.csv", "--zone", "beijing", "--from", "2026-05-11"),
        *("--output", tmp_path / "list.yaml"),
    )
    assert loaded.code == 0, loaded.err
    return tmp_path


def result_of(folder, **flow):
    told = {"name": "eu", "recipient_country": "DE", "purpose": "会员管理", **flow}
    told["tables"] = [
        {
            "dataset": "lake",
            "table": "crm",
            "time_column": "export_time",
            "columns": told.pop("columns", ["phone"]),
        }
    ]
    settings = {
        "organization": {"name": "x", "ciio": False, "ftz": "beijing"},
        "sources": [{"name": "lake", "url": str(folder / "lake" / "sent")}],
        "negative_lists": ["list.yaml"],
        "flows": [told],
    }
    (folder / "pandian.yaml").write_text(yaml.safe_dump(settings, allow_unicode=True), encoding="utf-8")
    return scan(config=folder / "pandian.yaml", as_of="2026-11-22").record


def test_a_loaded_list_decides_the_route(warehouse):
    (flow,) = result_of(warehouse, scenario="会员管理").flows

    assert flow.mechanism == "standard_contract_or_certification"
    assert flow.negative_list.list_id == "beijing-2026"
    assert [one.item for one in flow.negative_list.listed] == ["lake/crm.phone"]


def test_columns_outside_the_list_are_exempt(warehouse):
    record = result_of(warehouse, scenario="会员管理", columns=["export_time"])
    (flow,) = record.flows

    assert [one.item for one in flow.negative_list.outside] == ["lake/crm.export_time"]
    assert flow.mechanism == "exempt"
    assert flow.because == ("EXP-P24-EXEMPT-FTZ",)


def test_without_a_scenario_the_national_rules_decide(warehouse):
    (flow,) = result_of(warehouse).flows

    assert flow.negative_list is None
    assert "EXP-P24-EXEMPT-100K" in flow.because


def test_items_fill_and_retention_are_in_the_record(warehouse):
    record = json.loads(json.dumps(to_dict(result_of(warehouse, scenario="会员管理", retention_days=300))))
    (flow,) = record["flows"]
    (item,) = flow["items"]

    assert (item["column"], item["types"], item["use"], item["filled"]) == (
        "phone",
        ["mobile"],
        "expected",
        1.0,
    )
    assert (item["persons"]["estimate"], item["persons"]["upper"]) == (20, 20)
    assert flow["retention"][0]["past"] == {"lower": 5, "estimate": 5, "upper": 5}
    assert flow["retention"][0]["exact"] is True


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["none.csv", "--zone", "beijing"], "none.csv: cannot be read"),
        (["list.csv", "--zone", "atlantis"], "unknown free-trade zone 'atlantis'"),
        (["list.csv", "--zone", "beijing", "--columns", "item=X"], "has no row with the headings"),
    ],
)
def test_what_is_wrong_is_said(warehouse, pandian, arguments, message):
    name, *rest = arguments
    done = pandian("negative-list", "load", warehouse / name, *rest, "--output", warehouse / "o.yaml")

    assert done.code == 2
    assert message in done.err
