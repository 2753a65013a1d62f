"""What holds for every export, and the command that writes them."""

import pytest

from scanner.catalogue import ExportError, Naming, export, file_name, targets
from scanner.report import render


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
