"""A record read back is the result it was made of."""

from __future__ import annotations

import json
from dataclasses import replace

import pandas as pd
import pytest

from scanner import scan
from scanner.report import json as record
from scanner.result import Interval, to_dict
from scanner.result.reloading import rebuilt, result_of
from scanner.rules import assess, load_facts
from scanner.scan_record import read_result
from scanner.user_files.documents import ConfigError

CONFIG = """
organization: {name: 示例公司, sectors: [retail], listing: none}
held: {users: 5}
events: {audit: 2026-03-01}
flows:
  - {name: "a.b [c]", recipient_country: DE, important_data: false, tables: [{dataset: frames, table: t}]}
  - {name: quiet}
"""


@pytest.fixture(scope="module")
def found(make_people, tmp_path_factory):
    """Return the result of a scan with flows, one of them without a table."""
    config = tmp_path_factory.mktemp("config") / "pandian.yaml"
    config.write_text(CONFIG, encoding="utf-8")
    people = make_people(30)
    table = pd.DataFrame({"id_card": [p.id_card for p in people], "mobile": [p.mobile for p in people]})
    return scan({"t": table}, config, as_of="2026-11-22").record


def test_a_record_gives_the_result_it_was_made_of(found):
    assert result_of(json.loads(record.render(found))) == replace(
        found, facts=result_of(to_dict(found)).facts
    )


def test_a_result_reads_back_from_its_folder(found, tmp_path):
    (tmp_path / "scan.json").write_text(record.render(found), encoding="utf-8")

    assert to_dict(read_result(tmp_path)) == to_dict(found)


def test_a_record_of_an_older_version_has_defaults_where_it_is_silent(found):
    older = json.loads(record.render(found))
    del older["facts"], older["review"], older["obligations"]

    assert result_of(older).facts is None
    assert result_of(older).findings == found.findings


def test_what_a_later_version_adds_is_left_out(found):
    later = json.loads(record.render(found)) | {"mood": "good"}
    later["datasets"][0]["tables"][0]["columns"][0]["colour"] = "blue"

    assert result_of(later) == result_of(json.loads(record.render(found)))


@pytest.mark.parametrize("damage", [{"scan": {}}, {"datasets": [1]}, {"findings": None}, {"facts": {}}])
def test_a_damaged_record_is_refused_by_its_file(damage, found, tmp_path):
    file = tmp_path / "scan.json"
    file.write_text(json.dumps(json.loads(record.render(found)) | damage), encoding="utf-8")

    with pytest.raises(ConfigError, match=r"scan\.json: the record is damaged"):
        read_result(file)


def test_a_list_is_no_interval():
    with pytest.raises(ValueError, match="no Interval"):
        rebuilt(Interval, [1, 2, 3])


def test_the_facts_of_a_record_give_its_verdicts_again(found):
    facts = load_facts(json.loads(record.render(found))["facts"]["given"], consistent=False)

    again = assess(facts)

    assert [(f.rule_id, f.scope, f.verdict) for f in again.findings] == [
        (f.rule_id, f.scope, f.verdict) for f in found.findings
    ]


def test_facts_say_which_of_them_were_counted(found):
    counted = {(fact.section, fact.flow, fact.key) for fact in found.facts.counted}

    assert ("held", "", "pi_subjects") in counted
    assert ("flows", "a.b [c]", "sensitive_subjects") in counted
    assert not {fact for fact in counted if fact[1] == "quiet" or fact[2] in ("users", "recipient_country")}
    assert found.facts.given["held"]["users"] == {"lower": 5, "estimate": 5, "upper": 5}
    assert found.facts.given["events"] == {"audit": "2026-03-01"}


def test_facts_without_counts_count_nothing(make_people):
    table = pd.DataFrame({"mobile": [p.mobile for p in make_people(9)]})

    assert scan({"t": table}, as_of="2026-11-22", count="none").record.facts.counted == ()
