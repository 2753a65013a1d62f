"""Names of drugs are medication in a table of prescriptions, and nobody's in a list of drugs."""

from __future__ import annotations

import pyarrow as pa
import pytest

from classifiers import decide, gather
from connectors import Column, Table

DRUGS = ["盐酸二甲双胍缓释片", "阿莫西林胶囊", "甘精胰岛素注射液", "蒙脱石散", "Amlodipine 5mg tablets"]


def tags_of(table, header, *, comment="", of_table="", drugs=DRUGS):
    columns = {"item_no": [f"{n:05}" for n in range(60)], header: [drugs[n % len(drugs)] for n in range(60)]}
    batch = pa.RecordBatch.from_arrays([pa.array(values) for values in columns.values()], names=list(columns))
    shown = Table(
        name=table,
        columns=(Column("item_no", "", ""), Column(header, "", comment)),
        comment=of_table,
    )
    return {tag.type for tag in decide(gather(batch, shown, None)[1])}


@pytest.mark.parametrize(
    ("table", "header"),
    [
        ("prescription_item", "drug_name"),
        ("PrescriptionDetail", "drugName"),
        ("t_cfmx", "ypmc"),
        ("his_yz", "ypmc"),
        ("处方明细", "药品名称"),
        ("发药记录", "通用名"),
        ("rx_sale", "drug"),
        ("dispensing_log", "medicine_name"),
        ("medication_request", "generic_name"),
    ],
)
def test_a_prescription_says_what_somebody_takes(table, header):
    assert tags_of(table, header) == {"medication"}


@pytest.mark.parametrize(
    ("table", "header"),
    [
        ("t_drug", "drug_name"),
        ("drug_stock", "drug_name"),
        ("药品目录", "药品名称"),
        ("t_yp", "ypmc"),
        ("rx", "item_no2"),
    ],
)
def test_a_list_of_drugs_says_nothing_of_anybody(table, header):
    assert tags_of(table, header) == set()


def test_comments_say_it_as_well():
    assert tags_of("t_0412", "c07", comment="药品名称", of_table="门诊处方明细") == {"medication"}
    assert tags_of("t_0412", "c07", comment="药品名称", of_table="药品字典") == set()


def test_values_that_are_no_drugs_refute_it():
    assert tags_of("prescription_item", "drug_name", drugs=[f"OK{n}" for n in range(60)]) == set()
