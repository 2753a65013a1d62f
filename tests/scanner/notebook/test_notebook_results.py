"""Results of ``scanner.scan`` as frames, files and a display; progress that leaves one line behind."""

import json
import sys
from types import SimpleNamespace

import pandas as pd
import pytest

from scanner import scan
from scanner.running import progress
from scanner.scan_record import read_result


@pytest.fixture(scope="module")
def scanned(make_people):
    people = make_people(100)
    frame = pd.DataFrame({"mobile": [p.mobile for p in people], "amount": range(100), "note": [None] * 100})
    return scan({"people": frame}, as_of="2026-11-22", lang="en")


def test_the_profile_has_every_column(scanned):
    profile = scanned.profile()

    assert profile[["table", "column", "types", "sensitive"]].values.tolist() == [
        ["people", "mobile", "mobile", False],
        ["people", "amount", "", False],
        ["people", "note", "", False],
    ]
    assert profile["filled"].tolist() == [1.0, 1.0, 0.0]


def test_what_was_not_read_is_a_frame(tmp_path, make_people):
    frame = pd.DataFrame({"mobile": [p.mobile for p in make_people(5)]})
    missed = scan([frame, tmp_path / "none.csv"], as_of="2026-11-22").not_scanned()

    assert missed["source"].tolist() == ["none"]
    assert "no such file" in missed["reason"].item()


def test_a_review_file_is_applied_without_a_configuration(tmp_path, make_people):
    file = tmp_path / "review.yaml"
    file.write_text(
        "decisions: [{dataset: frames, table: people, column: mobile, types: [landline]}]", encoding="utf-8"
    )
    frame = pd.DataFrame({"mobile": [p.mobile for p in make_people(30)]})

    profile = scan({"people": frame}, as_of="2026-11-22", count="none", review=file).profile()

    assert profile["types"].tolist() == ["landline"]


def test_exports_go_to_a_file_or_a_folder(scanned, tmp_path):
    file = scanned.export("datahub", tmp_path / "x.json", platform="hive", env="DEV")
    beside = scanned.export("csv", tmp_path)

    assert "urn:li:dataPlatform:hive" in file.read_text(encoding="utf-8")
    assert beside == tmp_path / "columns.csv"


def test_the_record_is_read_back(scanned, tmp_path):
    (tmp_path / "scan.json").write_text(scanned.report("json"), encoding="utf-8")

    assert read_result(tmp_path) == scanned.record


@pytest.mark.parametrize(("locale", "lang"), [("zh_CN.UTF-8", "zh"), ("en_US.UTF-8", "en"), ("", "en")])
def test_the_language_is_that_of_the_locale(monkeypatch, make_people, locale, lang):
    monkeypatch.setenv("LC_ALL", locale)
    frame = pd.DataFrame({"mobile": [p.mobile for p in make_people(5)]})

    assert f'lang="{lang}"' in scan(frame, count="none")._repr_html_()


class Notebook:
    """An IPython kernel's display, which keeps what it was shown."""

    def __init__(self, monkeypatch):
        self.outputs = []
        display = SimpleNamespace(HTML=lambda text: text, display=self.display)
        module = SimpleNamespace(
            get_ipython=lambda: SimpleNamespace(kernel=object()), display=display, __name__="IPython"
        )
        monkeypatch.setitem(sys.modules, "IPython", module)

    def display(self, html, *, display_id):
        assert display_id
        self.outputs.append([html])
        return SimpleNamespace(update=self.outputs[-1].append)


def test_a_notebook_gets_one_output_that_ends_as_one_line(monkeypatch):
    monkeypatch.setattr(progress, "_EVERY", 0.0)
    notebook = Notebook(monkeypatch)
    with progress.shown() as report:
        report("crm/<b>people</b>", 1_000, 2_000)
        report("crm/<b>people</b>", 2_000, 2_000)
        report("counting people", 0, None)

    (shown,) = notebook.outputs
    assert "crm/&lt;b&gt;people&lt;/b&gt;  1,000 of 2,000 rows" in shown[1]
    assert "2,000 rows read in" in shown[-1]


def test_what_stays_is_said_in_the_language_of_the_display(monkeypatch):
    notebook = Notebook(monkeypatch)
    with progress.shown("zh") as report:
        report("people", 2_000, 2_000)

    assert "已读取 2,000 行" in notebook.outputs[0][-1]


def test_a_notebook_is_not_flooded(monkeypatch):
    notebook = Notebook(monkeypatch)
    with progress.shown() as report:
        for done in range(10_000):
            report("people", done, 10_000)

    assert len(notebook.outputs[0]) < 10


def test_a_scan_that_fails_leaves_no_progress_behind(monkeypatch):
    notebook = Notebook(monkeypatch)
    with pytest.raises(KeyError), progress.shown():
        raise KeyError

    assert notebook.outputs[0][-1] == ""


def test_progress_can_be_switched_off(monkeypatch, make_people):
    notebook = Notebook(monkeypatch)
    scan(pd.DataFrame({"mobile": [p.mobile for p in make_people(5)]}), progress=False)

    assert notebook.outputs == []


def test_outside_of_notebooks_nothing_of_ipython_is_loaded():
    import subprocess

    code = (
        "import json, sys, pandas; from scanner import scan; "
        "scan(pandas.DataFrame({'a': ['x']})); print(json.dumps('IPython' in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert json.loads(done.stdout) is False
    assert done.stderr == ""
