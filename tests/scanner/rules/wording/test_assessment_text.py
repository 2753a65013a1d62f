"""What a person reads: the sentence under a verdict, and the page in the terminal."""

import json

import pytest

from scanner.rules import assess, load_facts, render_text, to_dict

FACTS = """
as_of: 2026-11-22
organization: {ciio: false, network_platform: true, listing: foreign, ftz: shanghai}
held: {pi_subjects: 1200000, spi_subjects: 90000, users: 1000000}
flows:
  - {name: eu-crm, exemption: null, important_data: false, nonsensitive_subjects: 5, sensitive_subjects: 0}
outbound: {nonsensitive_subjects: {lower: 98210, estimate: 101002, upper: 104300}, sensitive_subjects: 12}
"""


def test_a_share_that_is_not_known_is_no_number_of_something():
    flow = "{name: f, mechanism: assessment, nonsensitive_subjects: 5, sensitive_subjects: 0}"
    told = assess(load_facts(f"as_of: 2026-11-22\norganization: {{ciio: false}}\nflows: [{flow}]\n")).findings
    unknown = [(one.why, one.why_zh) for one in told if "The percentage is not known" in one.why]

    assert unknown
    assert all("百分比未知" in chinese for _, chinese in unknown)
    assert not any("number of %" in one.why for one in told)


@pytest.fixture(scope="module")
def assessment():
    return assess(load_facts(FACTS))


def why(assessment, rule):
    (finding,) = [finding for finding in assessment.findings if finding.rule_id == rule]
    return finding.why, finding.why_zh


def test_a_straddling_interval_is_put_into_words(assessment):
    english, chinese = why(assessment, "EXP-P24-EXEMPT-100K")
    assert english.startswith(
        "Between 98,210 and 104,300 persons (estimate 101,002) against 100,000 "
        "(不满, the number itself excluded): the interval straddles the line."
    )
    assert chinese.startswith(
        "98,210至104,300人（估计101,002人），对照100,000（不满，不含本数）：计数区间跨越该界线。"
    )


# rule, part of the English, part of the Chinese
WORDS = [
    (
        "AUD-OFFICER-1M",
        "1,200,000 persons against 1,000,000 (以上, the number itself included)",
        "达到该数量",
    ),
    ("AUD-10M", "from 2026-04-29 CAC counts the number itself", "计数包含本数"),
    ("AUD-1M", "against 1,000,001 to 9,999,999", "在该区间内"),
    ("FACE-100K", "The number of persons is not known", "数量（人）未知"),
    ("EXP-P24-CIIO", "Does not apply, since this does not hold: processor is a CII operator.", "前提不成立"),
    ("EXP-P24-EXEMPT-FTZ", "The list is not loaded and decides nothing here.", "清单尚未载入"),
    ("EXP-P24-BAND-SPI", "registered in a free-trade zone", "负面清单可能另定标准"),
    (
        "PIPL-55-SPI",
        "Persons whose sensitive PI is held: 90,000 persons.",
        "处理敏感个人信息的自然人数量：90,000人",
    ),
    ("ND-R25-PLATFORM", "or Monthly active users", "或者月活跃用户数"),
]


@pytest.mark.parametrize(("rule", "english", "chinese"), WORDS, ids=[words[0] for words in WORDS])
def test_the_reason_names_number_line_and_reading(assessment, rule, english, chinese):
    said, said_zh = why(assessment, rule)

    assert english in said
    assert chinese in said_zh


def test_an_unknown_condition_is_named():
    facts = load_facts("{as_of: 2026-11-22, outbound: {nonsensitive_subjects: 2000000}}")
    english, _ = why(assess(facts), "EXP-P24-1M")

    assert (
        "the line is reached. But it is not known whether this holds: processor is not a CII operator."
        in english
    )


def test_a_shorter_count_is_explained():
    facts = load_facts(
        {
            "as_of": "2026-11-22",
            "organization": {"ciio": False},
            "flows": [{"name": "hq", "window_start": "2026-03-01", "nonsensitive_subjects": 50_000}],
        }
    )
    english, chinese = why(assess(facts), "EXP-P24-BAND-PI")

    assert "At least 50,000 persons, no upper bound known" in english
    assert "counted from 2026-03-01, the rule counts from 2026-01-01" in english
    assert "自2026-03-01起计数" in chinese


def test_the_page_shows_what_is_met_first(assessment):
    page = render_text(assessment)
    headings = [page.index(f"\n{word} (") for word in ("Met", "Undetermined", "Not met, but near", "Not met")]

    assert headings == sorted(headings)
    assert "To settle: a narrower count: persons whose non-sensitive PI is exported" in page
    near = page[headings[2] : headings[3]]
    assert "CSR-M22-1M" in near
    assert "INFO-35273-OFFICER" not in near


@pytest.mark.parametrize(("lang", "there", "missing"), [("en", "Duty:", "义务"), ("zh", "义务：", "Duty:")])
def test_the_page_speaks_one_language(assessment, lang, there, missing):
    page = render_text(assessment, lang)

    assert there in page
    assert missing not in page


def test_the_page_speaks_both_languages(assessment):
    assert "Duty / 义务:" in render_text(assessment, "both")


def test_the_record_has_findings_routes_grade_and_packs(assessment):
    record = json.loads(json.dumps(to_dict(assessment)))

    assert record["route"]["all"] == {
        "mechanism": "standard_contract_or_certification",
        "because": ["EXP-P24-BAND-SPI"],
    }
    assert record["grade"]["level"] == "general"
    assert record["findings"][0]["verdict"]
    assert record["packs"][0]["digest"]


def test_the_same_facts_give_the_same_bytes(assessment):
    again = assess(load_facts(FACTS))

    assert json.dumps(to_dict(again)) == json.dumps(to_dict(assessment))
    assert render_text(again) == render_text(assessment)
