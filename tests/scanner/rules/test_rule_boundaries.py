"""Below, at and above every number of the law, written down here and not read from the packs."""

from datetime import date

import pytest

from scanner.rules import assess, load_facts

TODAY = date(2026, 11, 22)
ORDER_11 = date(2023, 6, 30)
DRAFTS = None


def facts(path, value, extra):
    section, key = path.split(".")
    data = {name: dict(content) if isinstance(content, dict) else content for name, content in extra.items()}
    data.setdefault(section, {})[key] = value
    return load_facts(data)


def verdict(rule, path, value, extra, as_of):
    assessment = assess(
        facts(path, value, extra), as_of or TODAY, include_drafts=as_of is DRAFTS, include_unverified=True
    )
    (finding,) = [finding for finding in assessment.findings if finding.rule_id == rule]
    return finding.verdict


NOT_CIIO = {"organization": {"ciio": False}, "held": {"important_data": "none"}}
NO_SENSITIVE = {**NOT_CIIO, "outbound": {"sensitive_subjects": 0}}
PLATFORM_ABROAD = {"organization": {"network_platform": True, "listing": "foreign"}}
IN_USE = {"organization": {"face_recognition_in_use": True}}
CONTRACT = {"flows": [{"name": "a", "mechanism": "certification"}]}
EXPORTING = {"outbound": {"nonsensitive_subjects": 1, "sensitive_subjects": 0}}
BEIJING = {"organization": {"ftz": "beijing", "ciio": True}, "held": {"spi_subjects": 0}}
CARS = {"organization": {"sectors": ["automotive"]}}
FEW = {"held": {"pi_subjects": 1_000_000}}
SMALL = {"organization": {"registered_users": 0, "monthly_active_users": 0}}

# rule, what is counted, first number that is met, last number that is met (None: no end), other facts, day
LINES = [
    ("EXP-P24-1M", "outbound.nonsensitive_subjects", 1_000_000, None, NOT_CIIO, TODAY),
    ("EXP-P24-10K", "outbound.sensitive_subjects", 10_000, None, NOT_CIIO, TODAY),
    ("EXP-P24-BAND-PI", "outbound.nonsensitive_subjects", 100_000, 999_999, NOT_CIIO, TODAY),
    ("EXP-P24-BAND-SPI", "outbound.sensitive_subjects", 1, 9_999, NOT_CIIO, TODAY),
    ("EXP-P24-EXEMPT-100K", "outbound.nonsensitive_subjects", 0, 99_999, NO_SENSITIVE, TODAY),
    ("EXP-P24-DUTIES", "outbound.nonsensitive_subjects", 1, None, NO_SENSITIVE, TODAY),
    ("EXP-QA26-ESCALATE-PI", "outbound.nonsensitive_subjects", 1_000_000, None, CONTRACT, TODAY),
    ("EXP-QA26-ESCALATE-SPI", "outbound.sensitive_subjects", 10_000, None, CONTRACT, TODAY),
    ("CERT-M26-BAND-PI", "outbound.nonsensitive_subjects", 100_000, 999_999, NOT_CIIO, TODAY),
    ("CERT-M26-BAND-SPI", "outbound.sensitive_subjects", 1, 9_999, NOT_CIIO, TODAY),
    ("AUTO-G26-1M", "outbound.nonsensitive_subjects", 1_000_000, None, CARS, TODAY),
    ("EXP-M22-1M", "held.pi_subjects", 1_000_000, None, EXPORTING, ORDER_11),
    ("EXP-M22-100K", "outbound.nonsensitive_subjects", 100_000, None, NO_SENSITIVE, ORDER_11),
    ("EXP-M22-10K", "outbound.sensitive_subjects", 10_000, None, NOT_CIIO, ORDER_11),
    ("EXP-D21-1M", "held.pi_subjects", 1_000_000, None, EXPORTING, DRAFTS),
    ("EXP-D21-100K", "outbound.nonsensitive_subjects", 100_001, None, NO_SENSITIVE, DRAFTS),
    ("EXP-D21-10K", "outbound.sensitive_subjects", 10_001, None, NOT_CIIO, DRAFTS),
    ("CSR-D21-1M", "held.users", 1_000_001, None, PLATFORM_ABROAD, DRAFTS),
    ("ND-D21-1M-AS-IMPORTANT", "held.pi_subjects", 1_000_000, None, {}, DRAFTS),
    ("ND-D21-LIST1M", "held.pi_subjects", 1_000_001, None, PLATFORM_ABROAD, DRAFTS),
    ("ND-D21-INCIDENT100K", "incident.pi_subjects", 100_000, None, {}, DRAFTS),
    ("LRG-D26-10M", "held.pi_subjects", 10_000_000, None, {}, DRAFTS),
    ("CSR-M22-1M", "held.users", 1_000_001, None, PLATFORM_ABROAD, TODAY),
    ("ND-R25-10M", "held.pi_subjects", 10_000_000, None, {}, TODAY),
    ("ND-R25-MERGE", "held.pi_subjects", 10_000_000, None, NOT_CIIO, TODAY),
    ("ND-R25-PLATFORM", "organization.registered_users", 50_000_000, None, SMALL, TODAY),
    ("ND-R25-PLATFORM", "organization.monthly_active_users", 10_000_000, None, SMALL, TODAY),
    ("PIPL-52-OFFICER", "held.pi_subjects", 1_000_000, None, {}, TODAY),
    ("PIPL-55-SPI", "held.spi_subjects", 1, None, {}, TODAY),
    ("PIPL-29-CONSENT", "held.spi_subjects", 1, None, {}, TODAY),
    ("PIPL-28-MINOR14", "held.minors_under_14", 1, None, {}, TODAY),
    (
        "PIPL-55-EXPORT",
        "outbound.sensitive_subjects",
        1,
        None,
        {"outbound": {"nonsensitive_subjects": 0}},
        TODAY,
    ),
    ("MIN-AUDIT", "held.minors_under_18", 1, None, {}, TODAY),
    ("AUD-10M", "held.pi_subjects", 10_000_000, None, {}, TODAY),
    ("AUD-1M", "held.pi_subjects", 1_000_001, 9_999_999, {}, TODAY),
    ("AUD-LE1M", "held.pi_subjects", 0, 1_000_000, {}, TODAY),
    ("AUD-OFFICER-1M", "held.pi_subjects", 1_000_000, None, {}, TODAY),
    ("AUD-FORCED-1M", "incident.pi_subjects", 1_000_000, None, {}, TODAY),
    ("AUD-FORCED-100K", "incident.spi_subjects", 100_000, None, {}, TODAY),
    ("PIPO-30D", "held.pi_subjects", 1_000_000, None, {}, TODAY),
    ("PIPO-LEGACY", "held.pi_subjects", 1_000_000, None, {}, date(2025, 8, 29)),
    ("SML-100K", "held.pi_subjects", 0, 99_999, {}, TODAY),
    ("INFO-35273-OFFICER", "held.spi_subjects", 100_001, None, FEW, TODAY),
    ("FACE-100K", "held.face_subjects", 100_000, None, IN_USE, TODAY),
    ("FACE-LEGACY", "held.face_subjects", 100_000, None, IN_USE, date(2025, 7, 14)),
    ("INC-L", "incident.pi_subjects", 1_000_000, None, {}, TODAY),
    ("INC-M", "incident.pi_subjects", 10_000_000, None, {}, TODAY),
    ("INC-XL", "incident.pi_subjects", 100_000_000, None, {}, TODAY),
    ("AUTO-100K", "held.pi_subjects", 100_001, None, CARS, TODAY),
    ("BJREF-PI-10M", "held.pi_subjects", 10_000_001, None, BEIJING, TODAY),
    ("BJREF-SPI-1M", "held.spi_subjects", 1_000_001, None, BEIJING, TODAY),
    ("BJREF-CIIO-100K", "held.pi_subjects", 100_001, None, BEIJING, TODAY),
]


def numbers():
    for rule, path, first, last, extra, as_of in LINES:
        steps = {first: "met"}
        if first:
            steps[first - 1] = "not_met"
        if last is None:
            steps[first + 1] = "met"
        else:
            steps |= {last: "met", last + 1: "not_met"}
        for number, expected in steps.items():
            yield pytest.param((rule, path, number, extra, as_of), expected, id=f"{rule}-{path}-{number}")


@pytest.mark.parametrize(("case", "expected"), list(numbers()))
def test_a_number_is_met_exactly_from_its_line_on(case, expected):
    assert verdict(*case) == expected


@pytest.mark.parametrize("line", LINES, ids=[f"{line[0]}-{line[1]}" for line in LINES])
def test_an_interval_across_a_line_is_undetermined(line):
    rule, path, first, last, extra, as_of = line
    edges = [first - 1] * bool(first) + ([] if last is None else [last])
    for edge in edges:
        straddling = {"lower": edge, "estimate": edge, "upper": edge + 1}
        assert verdict(rule, path, straddling, extra, as_of) == "undetermined"


def test_cybersecurity_review_warns_at_exactly_one_million_users():
    assessment = assess(facts("held.users", 1_000_000, PLATFORM_ABROAD), TODAY)
    (finding,) = [finding for finding in assessment.findings if finding.rule_id == "CSR-M22-1M"]

    assert finding.verdict == "not_met"
    assert "Exactly at the number" in finding.why
    assert "恰为该数" in finding.why_zh


@pytest.mark.parametrize("users", [999_999, 1_000_001])
def test_cybersecurity_review_does_not_warn_beside_the_line(users):
    assessment = assess(facts("held.users", users, PLATFORM_ABROAD), TODAY)
    (finding,) = [finding for finding in assessment.findings if finding.rule_id == "CSR-M22-1M"]

    assert "Exactly at the number" not in finding.why


# rule, last day without it, first day with it, last day with it, first day without it again
DATES = [
    ("PIPL-55-SPI", (2021, 10, 31), (2021, 11, 1), None, None),
    ("CSR-M22-1M", (2022, 2, 14), (2022, 2, 15), None, None),
    ("EXP-M22-1M", (2022, 8, 31), (2022, 9, 1), (2024, 3, 21), (2024, 3, 22)),
    ("EXP-M22-IMPORTANT", (2022, 8, 31), (2022, 9, 1), None, None),
    ("SCC-M23-ELIG", (2023, 5, 31), (2023, 6, 1), (2024, 3, 21), (2024, 3, 22)),
    ("MIN-AUDIT", (2023, 12, 31), (2024, 1, 1), None, None),
    ("EXP-P24-1M", (2024, 3, 21), (2024, 3, 22), None, None),
    ("ND-R25-10M", (2024, 12, 31), (2025, 1, 1), None, None),
    ("AUD-10M", (2025, 4, 30), (2025, 5, 1), None, None),
    ("FACE-100K", (2025, 5, 31), (2025, 6, 1), None, None),
    ("PIPO-30D", (2025, 7, 17), (2025, 7, 18), None, None),
    ("PIPO-LEGACY", (2025, 7, 17), (2025, 7, 18), (2025, 8, 29), (2025, 8, 30)),
    ("INC-L", (2025, 10, 31), (2025, 11, 1), None, None),
    ("CERT-M26-BAND-PI", (2025, 12, 31), (2026, 1, 1), None, None),
    ("EXP-QA26-ESCALATE-PI", (2026, 1, 29), (2026, 1, 30), None, None),
    ("AUD-1M", (2026, 4, 28), (2026, 4, 29), None, None),
    ("NDRA-26-ANNUAL", (2026, 8, 19), (2026, 8, 20), None, None),
    ("SML-100K", (2026, 8, 31), (2026, 9, 1), None, None),
]


@pytest.mark.parametrize(("rule", "before", "first", "last", "after"), DATES, ids=[line[0] for line in DATES])
def test_a_rule_is_evaluated_only_while_in_force(rule, before, first, last, after):
    def evaluated(day):
        return rule in {finding.rule_id for finding in assess(load_facts({}), date(*day)).findings}

    assert not evaluated(before)
    assert evaluated(first)
    if last:
        assert evaluated(last)
        assert not evaluated(after)
