"""The scorer of the public benchmark."""

from __future__ import annotations

import json

import pytest

from benchmarks.columns import persons, predictions, report, scores, truth
from benchmarks.columns.predictions import Found

HEADER = "dataset,table,column,labels,optional,neg_class,header_kind,form,base_type,dtype,noise,contamination"


@pytest.fixture
def folder(tmp_path):
    rows = [
        "coltype/lake,t,SJH,mobile,,,pinyin,plain,mobile,,pad:1;mask:0.3,0.2",
        "coltype/lake,t,c1,,salary,,opaque,plain,salary,,,0.0",
        "coltype/lake,t,tax,uscc|tax_id,,,en,plain,uscc,,,0.0",
        "coltype/lake,t,order_no,,,order_no_18,en,plain,,,,0.0",
        "coltype/lake,t,notes,,*,,en,plain,,,,0.0",
        "coltype/lake,t,qty,,,plain_amount,en,plain,,,,0.0",
    ]
    (tmp_path / "truth_columns.csv").write_text("\n".join([HEADER, *rows]) + "\n", encoding="utf-8")
    return tmp_path


def scored(folder, found: dict[str, Found]):
    columns = truth.columns(folder)
    return scores.score(
        columns, {truth.key_of("coltype/lake", "t", name): types for name, types in found.items()}
    )


def test_nothing_found_scores_nothing(folder):
    figures = scored(folder, {})
    assert (figures["labels"], figures["micro_f1"], figures["hard_negative_fp_rate"]) == (2, 0.0, 0.0)


@pytest.mark.parametrize(
    ("found", "tp", "fp", "fn"),
    [
        ({"sjh": {"mobile": 0.9}}, 1, 0, 1),
        ({"sjh": {"qq": 0.9}}, 0, 1, 2),
        ({"sjh": {"mobile": 0.9, "qq": 0.6}}, 1, 1, 1),
        ({"tax": {"tax_id": None}}, 1, 0, 1),
        ({"tax": {"tax_id": None, "uscc": None}}, 1, 0, 1),
        ({"c1": {"salary": 0.9}}, 0, 0, 2),
        ({"notes": {"id_card": 0.9}}, 0, 0, 2),
        ({"order_no": {"id_card": 0.9}, "qty": {"age": 0.7}}, 0, 2, 2),
    ],
)
def test_counts(folder, found, tp, fp, fn):
    total = scored(folder, found)["slices"]["source=coltype"]
    assert (total["tp"], total["fp"], total["fn"]) == (tp, fp, fn)


def test_a_label_goes_by_its_first_type(folder):
    assert scored(folder, {"tax": {"tax_id": 0.9}})["per_type"]["uscc"]["recall"] == 1.0


def test_only_made_negatives_are_hard(folder):
    figures = scored(folder, {"order_no": {"id_card": 0.9}, "qty": {"age": 0.7}})
    assert (figures["hard_negative_columns"], figures["hard_negative_fp_rate"]) == (1, 1.0)
    assert figures["hard_negatives"]["order_no_18"] == {"columns": 1, "flagged": 1, "as": {"id_card": 1}}
    assert figures["unlabelled_fp_rate"] == pytest.approx(2 / 4)


def test_slices_name_each_noise(folder):
    slices = scored(folder, {})["slices"]
    assert {
        "noise=pad",
        "noise=mask",
        "noise=none",
        "header=coltype/opaque",
        "contamination=0.2",
    } <= slices.keys()
    assert slices["noise=pad"]["support"] == 1


def test_calibration_counts_right_and_wrong_tags_only(folder):
    found = {
        "sjh": {"mobile": 0.99},
        "c1": {"salary": 0.6, "age": 0.55},  # what the values are, and a mistake
        "notes": {"id_card": 0.99},  # excused: neither
        "order_no": {"id_card": 0.96},
    }
    bins = {b["from"]: (b["tags"], b["right"]) for b in scored(folder, found)["calibration"]}
    assert bins == {0.98: (1, 1), 0.5: (2, 1), 0.95: (1, 0)}


def test_predictions_of_unknown_columns_are_reported(folder):
    assert scored(folder, {"nowhere": {"mobile": 0.9}})["predictions_for_unknown_columns"] == 1


def test_csv_and_json_predictions_are_the_same(tmp_path):
    table, record = tmp_path / "p.csv", tmp_path / "p.json"
    table.write_text("dataset,table,column,types\nd,T, A ,mobile;qq\n", encoding="utf-8")
    row = {"dataset": "d", "table": "T", "column": " A ", "types": ["mobile", "qq"]}
    record.write_text(json.dumps({"columns": [row]}), encoding="utf-8")
    expected = {("d", "t", "a"): {"mobile": None, "qq": None}}
    assert predictions.load(table).columns == predictions.load(record).columns == expected


def test_saved_predictions_are_read_back(tmp_path):
    row = {"dataset": "d", "table": "t", "column": "c", "types": ["mobile"], "confidences": [0.9]}
    predictions.save(tmp_path / "p.json", [row], [{"warehouse": "w"}])
    loaded = predictions.load(tmp_path / "p.json")
    assert loaded.columns == {("d", "t", "c"): {"mobile": 0.9}}
    assert loaded.subjects == [{"warehouse": "w"}]


WAREHOUSE = {
    "name": "w",
    "warehouse": {"true_persons": 100, "linkable_persons": 110, "minors_under_14": 0, "minors_visible": 0},
    "datasets": {"a": {"true_persons": 50, "linkable_persons": 40}},
    "tables": {},
    "categories": {},
    "outbound": {"all_time": {}},
}


def test_persons():
    answers = [
        {"warehouse": "w", "scope": "warehouse", "persons": 110, "low": 90, "high": 120, "modelled": 102}
        | {"modelled_error": 2},
        {"warehouse": "w", "scope": "dataset", "name": "a", "persons": 40, "low": 30, "high": 45},
    ]
    figures = persons.score([WAREHOUSE], answers)
    assert (figures["scopes"], figures["answered"]) == (3, 2)
    whole, dataset = figures["by_scope"]["warehouse"], figures["by_scope"]["dataset"]
    assert whole["mean_abs_error_true"] == pytest.approx(0.1)
    assert whole["mean_abs_error_linkable"] == 0.0
    assert whole["mean_abs_error_modelled"] == pytest.approx(0.02)
    assert (whole["interval_has_true"], whole["mean_interval_width"]) == (1.0, pytest.approx(0.3))
    assert (dataset["interval_has_true"], dataset["mean_abs_error_modelled"]) == (0.0, None)
    assert figures["bounds"] == {"scopes": 2, "have_true": 1, "median_width": pytest.approx(0.3)}
    assert figures["model"] == {"scopes": 1, "have_true": 1, "max_abs_error": pytest.approx(0.02)}


def test_scopes_that_are_off_are_printed(capsys):
    answers = [
        {"warehouse": "w", "scope": "warehouse", "persons": 111, "low": 90, "high": 120},
        {"warehouse": "w", "scope": "dataset", "name": "a", "persons": 40, "low": 30, "high": 45},
    ]
    report.print_persons(persons.score([WAREHOUSE], answers))
    printed = capsys.readouterr().out
    assert "off linkable: w warehouse : predicted 111, true 100, linkable 110 (+0.91%)" in printed
    assert "outside its interval: w dataset a" in printed
    assert "true number in [lower, upper]: 1 of 2 scopes" in printed


def test_a_count_where_nobody_is_is_wholly_wrong():
    figures = persons.score([WAREHOUSE], [{"warehouse": "w", "scope": "minors", "persons": 3}])
    assert figures["by_scope"]["minors"]["mean_abs_error_true"] == 1.0
