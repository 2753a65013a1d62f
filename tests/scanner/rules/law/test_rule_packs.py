"""The packs as files: complete, consistent with each other, and clearly refused when broken."""

import hashlib
import re
from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest

from scanner.rules import (
    CONDITION_FACTS,
    METRICS,
    RulePackError,
    assess,
    check_packs,
    find_rule,
    load_facts,
    load_packs,
    parse_pack,
)
from scanner.rules.law.citation import cite
from scanner.rules.metrics.metric import UNITS
from scanner.user_files.yaml_text import read_yaml

GOOD = """
id: x
version: 2026-01-01
status: in_force
title: {en: X, zh: 某}
instrument: {en: X, zh: 某}
effective_from: 2026-01-01
sources: [{key: S, ref: somewhere}]
default_source: [S]
rules:
  - {id: R-1, article: "1", title: {en: T, zh: 题}, metric: held.pi_subjects, operator: ge, threshold: 5,
     wording: 以上, duty: {en: D, zh: 务}}
"""


def changed(old, new):
    assert old in GOOD
    return GOOD.replace(old, new).encode()


def test_the_shipped_packs_have_nothing_wrong():
    assert check_packs() == []


def test_a_pack_is_named_by_its_file():
    names = {entry.name for entry in files("scanner.rules").joinpath("packs").iterdir()}

    assert names == {f"{loaded.pack.id}.yaml" for loaded in load_packs()}


def test_the_digest_is_that_of_the_file():
    for loaded in load_packs():
        content = files("scanner.rules").joinpath("packs", f"{loaded.pack.id}.yaml").read_bytes()
        assert loaded.digest == hashlib.sha256(content).hexdigest()


def test_an_assessment_names_the_packs_it_used():
    used = {pack.id: pack for pack in assess(load_facts({}), date(2026, 11, 22)).packs}

    assert used["cn-export-order16-2024"].version == "2024-03-22"
    assert len(used["cn-export-order16-2024"].digest) == 64
    assert not [name for name in used if "draft" in name]


def test_drafts_are_used_only_on_request():
    used = assess(load_facts({}), date(2026, 11, 22), include_drafts=True)
    draft = [finding for finding in used.findings if finding.pack == "cn-export-draft-2021"]

    assert {finding.rule_id for finding in draft} >= {"EXP-D21-1M", "EXP-D21-100K", "EXP-D21-10K"}
    assert all("never in force" in finding.why and "从未生效" in finding.why_zh for finding in draft)


def test_drafts_decide_no_route():
    facts = load_facts(
        "held: {pi_subjects: 2000000}\noutbound: {nonsensitive_subjects: 1, sensitive_subjects: 0}"
    )
    day = date(2026, 11, 22)

    assert assess(facts, day, include_drafts=True).route == assess(facts, day).route


def test_every_metric_is_described_in_both_languages():
    for key, metric in METRICS.items():
        assert key == metric.key
        assert metric.en
        assert metric.zh
        assert metric.unit == "yes/no" or metric.unit in UNITS
    assert all(key == fact.key for key, fact in CONDITION_FACTS.items())


def test_a_rule_is_found_by_its_id():
    loaded, rule = find_rule("EXP-P24-1M")

    assert (loaded.pack.id, rule.article) == ("cn-export-order16-2024", "7(2)")
    with pytest.raises(KeyError):
        find_rule("NO-SUCH-RULE")


# what is wrong, file content, what the message must name
BROKEN = [
    ("unknown key", changed("operator: ge", "operater: ge"), ["broken.yaml", "rule R-1", "operater"]),
    ("unknown operator", changed("operator: ge", "operator: more"), ["rule R-1", "operator"]),
    ("no threshold", changed("threshold: 5,", ""), ["rule R-1", "needs a threshold"]),
    (
        "number for a yes-or-no test",
        changed("operator: ge", "operator: present"),
        ["rule R-1", "takes no number"],
    ),
    ("band upside down", changed("threshold: 5,", "threshold: 5, upper: 4,"), ["rule R-1", "upper"]),
    ("draft in force", changed("in_force", "draft"), ["draft has no effective_from"]),
    ("superseded without an end", changed("in_force", "superseded"), ["effective_to"]),
    ("no Chinese", changed("{en: T, zh: 题}", "{en: T}"), ["rule R-1", "title.zh"]),
    ("no rules", changed("rules:\n", "common:\n"), ["broken.yaml", "rules"]),
    ("no mapping", b"- 1", ["broken.yaml", "id, version and rules"]),
    ("no YAML", b"a: [", ["broken.yaml", "not valid YAML"]),
]


@pytest.mark.parametrize(
    ("content", "named"), [case[1:] for case in BROKEN], ids=[case[0] for case in BROKEN]
)
def test_a_broken_pack_is_refused_by_file_and_rule(content, named):
    with pytest.raises(RulePackError) as caught:
        parse_pack("broken.yaml", content)

    assert [part for part in named if part not in str(caught.value)] == []


SECOND = GOOD.replace("id: x", "id: y", 1).replace("R-1", "R-2").replace("2026-01-01", "2027-01-01")


def rule_with(more):
    return GOOD.replace("threshold: 5", f"threshold: 5, {more}")


A_DRAFT = rule_with("route: exempt").replace("in_force", "draft").replace("effective_from: 2026-01-01\n", "")
A_MOON = GOOD.replace("wording: 以上", "conditions: [{fact: moon.full, is: true, en: a, zh: b}]")

LOW = rule_with("partition: p").replace("operator: ge", "operator: lt").replace("以上", "不满")
HIGH = SECOND.replace("threshold: 5", "threshold: 5, partition: p").replace("2027-01-01", "2026-01-01")

# what is wrong, files, what is reported
INCONSISTENT = [
    ("nothing", [GOOD], None),
    ("metric", [GOOD.replace("held.pi_subjects", "held.cats")], "unknown metric 'held.cats'"),
    ("source", [GOOD.replace("default_source: [S]", "default_source: [T]")], "source 'T' is not listed"),
    ("twice", [GOOD, GOOD], "rule R-1: the id is used 2 times"),
    ("wording", [GOOD.replace("operator: ge", "operator: gt")], "the wording '以上' does not go with"),
    ("exceeds", [GOOD.replace("以上", "超过")], "the wording '超过' does not go with the operator 'ge'"),
    ("below", [GOOD.replace("以上", "不满")], "the wording '不满' does not go with the operator 'ge'"),
    ("route of a draft", [A_DRAFT], "neither dates nor a route"),
    ("dates", [rule_with("effective_to: 2025-01-01")], "before it starts"),
    ("successor", [rule_with("replaced_by: R-9")], "unknown rule 'R-9'"),
    ("final text", [rule_with("became: R-9")], "names the unknown rule 'R-9'"),
    ("gap", [rule_with("effective_to: 2026-12-30, replaced_by: R-2"), SECOND], "gap or overlap"),
    ("no gap", [rule_with("effective_to: 2026-12-31, replaced_by: R-2"), SECOND], None),
    ("shared out", [LOW, HIGH], None),
    ("number twice", [LOW.replace("threshold: 5", "threshold: 6"), HIGH], "overlap between 5 and 5"),
    ("number missing", [LOW.replace("threshold: 5", "threshold: 4"), HIGH], "gap between 3 and 5"),
    ("condition", [A_MOON], "unknown fact 'moon.full'"),
]


@pytest.mark.parametrize(
    ("texts", "reported"), [case[1:] for case in INCONSISTENT], ids=[c[0] for c in INCONSISTENT]
)
def test_inconsistent_packs_are_reported(texts, reported):
    problems = check_packs([parse_pack("a.yaml", text.encode()) for text in texts])

    if reported is None:
        assert problems == []
    else:
        assert [problem for problem in problems if reported in problem]


def test_every_rule_of_the_rule_book_is_a_rule_or_says_why_not():
    book = (Path(__file__).parent / "rule_book_ids.txt").read_text(encoding="utf-8").split()
    rules = {rule.id for loaded in load_packs() for rule in loaded.pack.rules}
    statements = {one.id: one for loaded in load_packs() for one in loaded.pack.statements}

    assert len(book) == len(set(book)) == 136
    assert [entry for entry in book if entry not in rules and entry not in statements] == []
    assert all(one.reason.en and one.reason.zh for one in statements.values())


def test_unverified_rules_answer_on_request_only_and_route_nothing():
    day = date(2026, 11, 22)
    unverified = {rule.id for loaded in load_packs() for rule in loaded.pack.rules if not rule.verified}
    asked = {finding.rule_id for finding in assess(load_facts({}), day, include_drafts=True).findings}
    more = assess(load_facts({}), day, include_drafts=True, include_unverified=True)

    assert unverified >= {"MIIT-CHANGE30", "ND-D21-1M-AS-IMPORTANT", "ND-D21-INCIDENT100K"}
    assert asked.isdisjoint(unverified)
    assert unverified <= {finding.rule_id for finding in more.findings}
    assert more.route == assess(load_facts({}), day).route


def test_the_answer_of_april_2026_makes_the_ten_million_inclusive_from_its_day_on():
    facts = load_facts("held: {pi_subjects: 10000000}")
    found = {
        day: next(f.verdict for f in assess(facts, day).findings if f.rule_id == "AUD-10M")
        for day in (date(2026, 4, 28), date(2026, 4, 29))
    }

    assert found == {date(2026, 4, 28): "not_met", date(2026, 4, 29): "met"}


def test_every_counting_rule_that_a_metric_names_is_worded():
    worded = read_yaml(files("scanner.rules.law").joinpath("counting_rules.yaml").read_bytes())

    named = {name for metric in METRICS.values() for name in metric.counting}
    named |= {name for loaded in load_packs() for rule in loaded.pack.rules for name in rule.counting}

    assert named == worded.keys()
    assert all(words["en"] and words["zh"] for words in worded.values())


_MONTH = re.compile(r"\d{4}-\d\d|\d{4}年\d+月")


@pytest.mark.parametrize("chinese", [False, True])
def test_a_citation_names_its_month_once(chinese):
    twice = [
        rule.id
        for loaded in load_packs()
        for rule in loaded.pack.rules
        if (month := _MONTH.match(cite(rule.article, chinese=chinese)))
        and month[0] in (loaded.pack.instrument.zh if chinese else loaded.pack.instrument.en)
    ]

    assert twice == []
