"""What five reports of 2021 to 2025 say, statement by statement; drafts only say what they would have said.

The reports are on the drafts on assessing data export (2021-10), on cybersecurity review (2021-07) and on
network data (2021-11), on the answers of the CAC (2025-04) and on the negative list of Beijing (2024-08).
"""

from datetime import date

import pytest

from scanner.negative_lists import shipped_lists
from scanner.rules import assess, find_rule, load_facts, load_packs
from scanner.rules.facts.vocabulary import known_sector
from scanner.rules.law.rulebook import find_entry

DAY = date(2026, 11, 22)
ABROAD = {"nonsensitive_subjects": 1, "sensitive_subjects": 0}
NOBODY = {"nonsensitive_subjects": 0, "sensitive_subjects": 0}


def said(rule, facts, **options):
    found = assess(load_facts(facts), DAY, include_drafts=True, **options).findings
    return next(finding for finding in found if finding.rule_id == rule)


def verdict(rule, facts):
    return said(rule, facts).verdict


# What the drafts say: rule, facts for which it would have held, one fact otherwise, and what is then said.
DRAFTED = [
    # 2021-10: in these cases an assessment is to be applied for
    ("EXP-D21-CIIO", {"organization": {"ciio": True}, "outbound": ABROAD}, {"organization": {"ciio": False}}),
    (
        "EXP-D21-IMPORTANT",
        {"flows": [{"name": "f", "important_data": True}]},
        {"flows": [{"name": "f", "important_data": False}]},
    ),
    (
        "EXP-D21-1M",
        {"held": {"pi_subjects": 1_000_000}, "outbound": ABROAD},
        {"held": {"pi_subjects": 999_999}},
    ),
    (
        "EXP-D21-100K",
        {"outbound": {"nonsensitive_subjects": 100_001, "sensitive_subjects": 0}},
        {"outbound": {"nonsensitive_subjects": 100_000, "sensitive_subjects": 0}},
    ),
    (
        "EXP-D21-10K",
        {"outbound": {"sensitive_subjects": 10_001}},
        {"outbound": {"sensitive_subjects": 10_000}},
    ),
    # 2021-10: whoever provides data abroad assesses the risk himself first
    ("EXP-D21-SELF", {"outbound": ABROAD}, {"held": {"important_data": "none"}, "outbound": NOBODY}),
    # 2021-07: more than 1 million users and a listing abroad
    (
        "CSR-D21-1M",
        {"held": {"users": 1_000_001}, "organization": {"listing": "foreign"}},
        {"held": {"users": 1_000_000}},
    ),
    # 2021-07: purchases and processing that may affect national security
    (
        "CSR-D21-PROCURE",
        {
            "organization": {"ciio": True},
            "activities": {"network_products_procured": True, "national_security_effect": True},
        },
        {"activities": {"network_products_procured": True, "national_security_effect": False}},
    ),
    (
        "CSR-D21-PROCESSING",
        {"activities": {"national_security_effect": True}},
        {"activities": {"national_security_effect": False}},
    ),
    # 2021-11: four cases of review
    (
        "ND-D21-PLATFORM-MERGER",
        {
            "organization": {"network_platform": True},
            "activities": {"merger": True, "national_security_effect": True},
        },
        {"activities": {"merger": True, "national_security_effect": False}},
    ),
    (
        "ND-D21-LIST1M",
        {"held": {"pi_subjects": 1_000_001}, "organization": {"listing": "foreign"}},
        {"held": {"pi_subjects": 1_000_000}},
    ),
    (
        "ND-D21-LISTHK",
        {"organization": {"listing": "hong_kong"}, "activities": {"national_security_effect": True}},
        {"activities": {"national_security_effect": False}},
    ),
    # 2021-11: platforms with a centre abroad report
    (
        "ND-D21-OVERSEAS",
        {"organization": {"network_platform": True, "centre_abroad": True}},
        {"organization": {"network_platform": True, "centre_abroad": False}},
    ),
    # 2021-11: a merger with important data and PI of more than 1 million persons is reported
    (
        "ND-D21-MERGE1M",
        {"held": {"pi_subjects": 1_000_001, "important_data": "notified"}, "activities": {"merger": True}},
        {"held": {"pi_subjects": 1_000_001, "important_data": "none"}},
    ),
    ("ND-D21-DISSOLVE", {"activities": {"dissolution": True}}, {"activities": {"dissolution": False}}),
    # 2021-11: export logs and approvals are kept for three years
    (
        "ND-D21-LOG3Y",
        {"retention": {"export_record_years": 3}, "outbound": ABROAD},
        {"retention": {"export_record_years": 2}},
    ),
    # 2021-11: biometrics may not be the only way to prove who one is
    (
        "ND-D21-BIOMETRIC",
        {"activities": {"biometric_identification": True}},
        {"activities": {"biometric_identification": False}},
    ),
    # 2021-11: platforms of more than 100 million daily users have their rules evaluated
    (
        "ND-D21-DAU100M",
        {"organization": {"network_platform": True, "daily_active_users": 100_000_001}},
        {"organization": {"network_platform": True, "daily_active_users": 100_000_000}},
    ),
]
NAMES = [case[0] for case in DRAFTED]


@pytest.mark.parametrize(("rule", "facts", "otherwise"), DRAFTED, ids=NAMES)
def test_a_draft_says_what_it_would_have_said(rule, facts, otherwise):
    found = said(rule, facts)

    assert found.verdict == "met"
    assert "Draft, never in force: would have been met." in found.why
    assert "征求意见稿，从未生效：本应适用。" in found.why_zh
    assert verdict(rule, {**facts, **otherwise}) in ("not_met", "not_applicable")


@pytest.mark.parametrize("rule", NAMES)
def test_a_draft_says_nothing_unless_it_is_asked(rule):
    facts = next(case[1] for case in DRAFTED if case[0] == rule)

    assert rule not in {finding.rule_id for finding in assess(load_facts(facts), DAY).findings}


def test_no_draft_was_ever_in_force_or_leads_anywhere():
    drafts = [loaded.pack for loaded in load_packs() if loaded.pack.status == "draft"]

    assert {pack.id for pack in drafts} >= {"cn-export-draft-2021", "cn-csr-draft-2021", "cn-nd-draft-2021"}
    assert not any(pack.in_force(rule, pack.version) or rule.route for pack in drafts for rule in pack.rules)


def test_review_is_applied_for_with_a_declaration_form_and_three_more_papers():
    papers = [words.en for words in find_rule("CSR-D21-1M")[1].papers]

    assert papers[0] == "declaration form"
    assert "analysis of the effect or possible effect on national security" in papers
    assert any("IPO" in paper for paper in papers)
    assert len(papers) == 4


def test_assessment_goes_to_the_national_authority_through_the_provincial_one():
    for rule in ("EXP-D21-CIIO", "EXP-D21-IMPORTANT", "EXP-D21-1M", "EXP-D21-100K", "EXP-D21-10K"):
        assert "national CAC through the provincial CAC" in find_rule(rule)[1].file_with


# Statements that no test decides: id, words that must be there.
STATED = [
    ("EXP-D21-CONTRACT", ["Purpose, method and scope", "storage abroad", "emergency response", "rights"]),
    ("CSR-D21-CLOCKS", ["10 working days", "30 working days (+15)", "15 working days", "three months"]),
    ("CSR-D21-FACTORS", ["core data, important data or a large amount of PI", "foreign government"]),
    ("ND-D21-GRADES", ["general, important or core", "core data strictly"]),
    ("ND-D21-EXPORT", ["security assessment", "provider and recipient are certified"]),
    ("ND-D21-EMERGENCY", ["emergency mechanism"]),
    ("ND-D21-GATEWAY", ["programs, tools or lines"]),
    ("ND-D21-DISCLOSURE", ["disclose"]),
    ("ND-D21-THIRDPARTY", ["contract", "compensate first"]),
    ("ND-D21-UNFAIR", ["price differences", "small firms"]),
    (
        "EXP-QA25-CHANNELS",
        ["only to important data and PI", "security assessment, certification or standard contract"],
    ),
    (
        "EXP-QA25-NECESSITY",
        ["the export itself", "number of persons", "each data item", "shortest retention"],
    ),
    ("EXP-QA25-RESULTS", ["298", "44", "7 of them failed (15.9 %)", "509", "325 (63.9 %)"]),
    ("BJNL24-SCOPE", ["automobile", "198 fields", "model training", "Outside the list", "47", "167"]),
    (
        "CLS-IMPORTANT-DEF",
        ["field, group or region", "precision and scale", "directly endanger national security"],
    ),
]


@pytest.mark.parametrize(("entry", "words"), STATED, ids=[case[0] for case in STATED])
def test_a_statement_stands_in_the_packs_and_says_why_nothing_tests_it(entry, words):
    _, statement = find_entry(entry)

    assert [word for word in words if word not in statement.text.en] == []
    assert statement.text.zh
    assert statement.reason.en
    assert statement.reason.zh


def test_the_shares_of_2025_follow_from_the_counts():
    assert round(100 * 7 / 44, 1) == 15.9
    assert round(100 * 325 / 509, 1) == 63.9


# 2025: important data go by assessment, PI by one of three channels.
CHANNELS = [
    ({"flows": [{"name": "f", "important_data": True, **ABROAD}]}, "security_assessment"),
    ({"outbound": {"nonsensitive_subjects": 0, "sensitive_subjects": 10_000}}, "security_assessment"),
    (
        {"outbound": {"nonsensitive_subjects": 0, "sensitive_subjects": 1}},
        "standard_contract_or_certification",
    ),
    ({"outbound": ABROAD}, "exempt"),
]


@pytest.mark.parametrize(("facts", "mechanism"), CHANNELS, ids=[case[1] for case in CHANNELS])
def test_each_channel_of_the_answers_of_2025_is_a_route(facts, mechanism):
    assessment = assess(load_facts({"organization": {"ciio": False}, **facts}), DAY)

    assert assessment.route["all"].mechanism == mechanism


@pytest.mark.parametrize(
    "field", ["automobile", "medicine", "retail", "civil aviation", "reinsurance", "deep sea", "seed"]
)
def test_the_fields_that_the_answers_of_2025_name_are_sectors(field):
    assert known_sector(field)


def test_the_list_of_beijing_is_shipped_as_far_as_it_is_known():
    (beijing,) = [one for one in shipped_lists() if one.id == "beijing-2024"]

    assert {scenario.sector for scenario in beijing.scenarios} >= {"automotive", "pharma"}
    assert not beijing.complete


def test_outside_the_list_of_beijing_a_flow_is_exempt_and_inside_the_relaxed_lines_are_asked():
    flow = {
        "name": "trial",
        "scenario": "clinical_trial",
        "nonsensitive_subjects": 0,
        "sensitive_subjects": 50_000,
    }
    facts = {"organization": {"ciio": False, "ftz": "beijing", "sectors": ["pharma"]}, "flows": [flow]}
    outside = {**facts, "flows": [{**flow, "exemption": "ftz"}]}

    assert verdict("BJNL24-PHARMA-TRIAL50K", facts) == "met"
    assert assess(load_facts(outside), DAY).route["trial"].mechanism == "exempt"


def test_the_draft_of_2021_knew_no_exemptions():
    staff = {
        "name": "staff",
        "exemption": "hr",
        "nonsensitive_subjects": 100_001,
        "sensitive_subjects": 10_001,
    }
    facts = {"organization": {"ciio": True}, "flows": [{**staff, "important_data": False}]}

    assert assess(load_facts(facts), DAY).route["staff"].mechanism == "exempt"
    for rule in ("EXP-D21-CIIO", "EXP-D21-100K", "EXP-D21-10K", "EXP-D21-SELF"):
        assert verdict(rule, facts) == "met"
