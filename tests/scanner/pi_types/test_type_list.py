from __future__ import annotations

import json


def test_types_are_shown_one_by_one_and_as_json(pandian, tmp_path):
    own = tmp_path / "types.yaml"
    own.write_text(
        "types: [{id: badge, zh: 门禁卡, en: Badge, headers: {zh: [门禁卡, 工号]}, regex: 'B[0-9]{5}'}]",
        encoding="utf-8",
    )

    entries = {e["id"]: e for e in json.loads(pandian("types", "--format", "json", "--types", own).out)}
    shown = pandian("types", "show", "bank_card", "--lang", "zh", "--as-of", "2025-01-01")
    checked = pandian("types", "check", own)
    missing = pandian("types", "show", "mobil")

    assert entries["badge"]["origin"] == "custom"
    assert entries["id_card"]["found_by"] == ["header", "check", "text"]
    assert entries["id_card"]["sensitive_under"]["GB/T 35273-2020"]["sensitive"] is True
    assert "银行卡号" in shown.out
    assert "GB/T 35273-2020" in shown.out
    assert checked.out == (
        "badge: 门禁卡 / Badge: ok\n"
        "Note: the header word '门禁卡' now means badge, no longer access_card.\n"
        "Note: the header word '工号' now means badge, no longer employee_no.\n"
    )
    assert (missing.code, "Did you mean 'mobile'" in missing.err) == (2, True)
