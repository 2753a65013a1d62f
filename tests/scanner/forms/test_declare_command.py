"""``pandian declare`` and ``result.declare``: names, files, languages, facts, errors."""

from __future__ import annotations

import builtins
import json

import pytest

from scanner.forms import FormsMissing, forms, load_forms, render
from scanner.notebook import ScanResult
from scanner.result import to_dict


@pytest.fixture
def scanned(tmp_path, demo_result):
    """Return the folder of a scan."""
    folder = tmp_path / "pandian-out"
    folder.mkdir()
    (folder / "scan.json").write_text(json.dumps(to_dict(demo_result)), encoding="utf-8")
    return folder


def test_the_list_names_every_form_and_what_the_scan_calls_for(pandian, scanned, tmp_path, monkeypatch):
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path / "empty")
    alone = pandian("declare", "--list")
    told = pandian("declare", "--list", "--scan", scanned, "--lang", "zh")

    assert alone.code == told.code == 0
    assert all(form in alone.out and form in told.out for form in forms())
    lines = dict(line.split("  ", 1) for line in told.out.splitlines() if line[:1].strip())
    assert "[应当办理]" in lines["minors-audit"]
    assert "[未达到]" in lines["officer"]
    assert "[不适用]" in lines["automotive"]
    assert "[" not in alone.out


def test_one_form_in_both_formats(pandian, scanned, tmp_path, read):
    done = pandian(
        "declare", "--form", "officer", "--scan", scanned / "scan.json", "--output", tmp_path / "out"
    )

    assert done.code == 0
    assert set(done.files) == {"officer.docx", "officer.xlsx"}
    assert "个人信息保护负责人信息报送表" in read["docx"](done.files["officer.docx"]).text


def test_every_form_at_once_in_english(pandian, scanned, tmp_path):
    asked = ("--form", "all", "--lang", "en", "--format", "docx")
    done = pandian("declare", *asked, "--scan", scanned, "--output", tmp_path / "out")

    assert set(done.files) == {f"{form}-en.docx" for form in forms()}


def test_called_writes_what_is_due_or_undetermined(pandian, scanned, tmp_path):
    done = pandian(
        "declare", "--form", "called", "--format", "xlsx", "--scan", scanned, "--output", tmp_path / "out"
    )

    assert "minors-audit.xlsx" in done.files
    assert "important-data.xlsx" in done.files
    assert "officer.xlsx" not in done.files


def test_the_scan_in_the_folder_for_scans_is_found(pandian, scanned, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    assert pandian("declare", "--form", "officer").code == 0
    assert (scanned / "officer.docx").exists()


def test_one_file_is_named_by_its_ending(pandian, scanned, tmp_path):
    done = pandian(
        "declare", "--form", "officer", "--scan", scanned, "--output", tmp_path / "out" / "mine.docx"
    )

    assert list(done.files) == ["mine.docx"]


def test_facts_fill_what_no_scan_knows(pandian, scanned, tmp_path, read):
    facts = tmp_path / "facts.yaml"
    facts.write_text(
        "organization: {name: 甲公司, staff: 321, listing: foreign}\nheld: {users: 1300000}\n"
        "flows: [{name: eu-crm, recipient: Beispiel GmbH}]\n",
        encoding="utf-8",
    )
    out = tmp_path / "out"
    both = ("--form", "security-assessment", "--form", "cybersecurity-review")
    done = pandian("declare", *both, "--scan", scanned, "--facts", facts, "--output", out)
    application = read["docx"](done.files["security-assessment.docx"])
    review = read["docx"](done.files["cybersecurity-review.docx"])

    assert "甲公司" in application.text
    assert "Beispiel GmbH" in application.text
    staff = next(found for found in application.sourced() if found.numbers == [321])
    assert "organization.staff（facts.yaml），未经扫描核对" in staff.source
    assert next(found for found in review.sourced() if found.numbers == [1_300_000])
    registered = next(found for found in review.sourced() if "registered_users" in found.source)
    assert "（scan.json）" in registered.source  # which the configuration of the scan declared
    assert "赴国外上市" in review.text


def test_a_configuration_fills_too_and_needs_no_password(pandian, scanned, tmp_path, read):
    config = tmp_path / "pandian.yaml"
    config.write_text(
        'organization: {name: 乙公司, sectors: [finance]}\nsources: [{name: a, url: "postgresql://u:${NO_SUCH}@h/d"}]\n',
        encoding="utf-8",
    )
    done = pandian(
        "declare", "--form", "officer", "--scan", scanned, "--config", config, "--output", tmp_path / "out"
    )

    text = read["docx"](done.files["officer.docx"]).text
    assert "乙公司" in text
    assert "金融" in text


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "Name a form by --form"),
        (("--form", "oficer"), "Did you mean 'officer'?"),
        (("--form", "officer", "--lang", "both"), "one language"),
        (("--form", "officer", "--format", "pdf"), "no form format 'pdf'"),
        (("--form", "officer", "--flow", "x"), "no flow 'x'"),
        (("--form", "all", "--output", "x.docx"), "names one file"),
        (("--form", "officer", "--facts", "none.yaml"), "cannot be read"),
        (("--form", "officer", "--scan", "none.json"), "cannot be read"),
    ],
)
def test_what_cannot_be_done_is_said(pandian, scanned, tmp_path, monkeypatch, arguments, said):
    monkeypatch.chdir(tmp_path)
    done = pandian("declare", *arguments)

    assert done.code == 2
    assert said in done.err
    assert "Traceback" not in done.err


def test_wrong_facts_are_an_error_that_names_file_and_key(pandian, scanned, tmp_path):
    facts = tmp_path / "facts.yaml"
    facts.write_text("held: {pi_subject: 5}\n", encoding="utf-8")
    done = pandian("declare", "--form", "officer", "--scan", scanned, "--facts", facts)

    assert done.code == 2
    assert "facts.yaml" in done.err
    assert "pi_subject" in done.err


def test_an_incomplete_scan_is_said_on_standard_error_too(pandian, tmp_path, unread_result):
    (tmp_path / "scan.json").write_text(json.dumps(to_dict(unread_result)), encoding="utf-8")
    done = pandian("declare", "--form", "officer", "--scan", tmp_path, "--output", tmp_path / "out")

    assert done.code == 0
    assert "12 entries were not read" in done.err


def test_without_the_extra_the_error_names_it(pandian, scanned, tmp_path, monkeypatch):
    import sys

    real = builtins.__import__

    def missing(name, *rest, **more):
        if name.split(".")[0] in {"docx", "openpyxl"}:
            raise ImportError(name)
        return real(name, *rest, **more)

    import scanner.forms.rendering

    for module in ("docx_file", "xlsx_file"):
        monkeypatch.delitem(sys.modules, f"scanner.forms.rendering.{module}", raising=False)
        monkeypatch.delattr(scanner.forms.rendering, module, raising=False)
    monkeypatch.setattr(builtins, "__import__", missing)
    done = pandian("declare", "--form", "officer", "--scan", scanned, "--output", tmp_path / "out")

    assert done.code == 2
    assert "pip install 'pandian[forms]'" in done.err


def test_a_result_declares_itself(demo_result, tmp_path, read):
    result = ScanResult(demo_result)
    path = result.declare(
        "officer", tmp_path / "officer.docx", lang="en", facts={"organization": {"name": "A Ltd"}}
    )

    assert "A Ltd" in read["docx"](path.read_bytes()).text
    with pytest.raises(ValueError, match="There is no format 'pdf'"):
        result.declare("officer", tmp_path / "officer.pdf")


def test_formats_that_do_not_exist_are_refused(demo_result):
    from scanner.forms import fill_form

    with pytest.raises(ValueError, match="docx, xlsx"):
        render(fill_form("officer", demo_result), "odt")
    with pytest.raises(ValueError, match="use 'zh' or 'en'"):
        fill_form("officer", demo_result, lang="de")
    assert issubclass(FormsMissing, Exception)


def test_the_documentation_names_every_form():
    from pathlib import Path

    page = Path(__file__).parents[3].joinpath("docs", "forms.md").read_text(encoding="utf-8")

    assert all(f"| `{form.id}` | {form.title.zh}" in page for form in load_forms().values())


def test_a_form_is_not_written_as_pdf(pandian, scanned, tmp_path):
    done = pandian("declare", "--form", "officer", "--scan", scanned, "--output", tmp_path / "officer.pdf")

    assert (done.code, done.files) == (2, {})
    assert "forms are written as .docx and .xlsx" in done.err
