"""The configuration: what it takes, what it says about mistakes, and what it never says."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from scanner.config import ConfigError, ScanConfig, load_config, parse_config, without_file
from scanner.sources import name_sources


def parsed(text, environment=None, folder="/etc/pandian"):
    return parse_config(text, environment or {}, where="pandian.yaml", folder=Path(folder))


def test_an_empty_file_is_an_empty_configuration():
    config = parsed("")

    assert config.sources == config.flows == ()
    assert config.organization_name == ""


def test_everything_of_the_documentation_is_taken():
    config = parsed(
        """
        organization: {name: 示例, ciio: false, sectors: [retail]}
        sources:
          - {name: crm, url: "sqlite:////data/crm.sqlite", include: [a*], exclude: [b*], dictionary: d.csv}
        flows:
          - {name: eu, recipient_country: DE, purpose: sales, exemption: hr,
             tables: [{dataset: crm, table: orders, time_column: at, columns: [name]}]}
        held: {users: 100}
        incident: {pi_subjects: 7}
        review: review.yaml
        key_file: pandian.key
        as_of: 2026-11-22
        """
    )

    assert config.organization_name == "示例"
    assert config.sources[0].include == ("a*",)
    assert config.flows[0].tables[0].id == "crm/orders"
    assert config.flows[0].tables[0].columns == ("name",)
    assert config.as_of == dt.date(2026, 11, 22)
    assert (config.review, config.key_file) == ("/etc/pandian/review.yaml", "/etc/pandian/pandian.key")


def test_an_absolute_path_stays_absolute():
    assert parsed("review: /srv/review.yaml").review == "/srv/review.yaml"


def test_variables_are_expanded_everywhere():
    environment = {"HOST": "db", "SECRET": "p4ss", "TABLE": "orders"}
    config = parsed(
        "sources: [{name: crm, url: 'postgresql://u:${SECRET}@${HOST}/x', include: ['${TABLE}']}]",
        environment,
    )

    assert config.sources[0].url == "postgresql://u:p4ss@db/x"
    assert config.sources[0].include == ("orders",)


def test_a_value_that_looks_like_a_variable_is_not_expanded_again():
    assert parsed("organization: {name: '${A}'}", {"A": "${B}", "B": "x"}).organization_name == "${B}"


def test_secrets_are_in_no_repr_and_no_digest():
    text = "sources: [{name: crm, url: 'postgresql://u:${SECRET}@h/x'}]"
    first, second = parsed(text, {"SECRET": "p4ss"}), parsed(text, {"SECRET": "other"})

    assert "p4ss" not in repr(first)
    assert first.digest == second.digest
    assert parsed(text + "\n", {"SECRET": "p4ss"}).digest != first.digest


@pytest.mark.parametrize(
    "text",
    [
        "sources: [{name: crm, url: 'postgresql://u:${SECRET}@h/x', pasword: '${SECRET}'}]",
        "sources: [{name: crm, url: ['${SECRET}']}]",
        "sources: ['${SECRET}']",
        "as_of: '${SECRET}'",
        "key_file: ['${SECRET}']",
    ],
)
def test_a_mistake_is_explained_without_the_secret(text):
    with pytest.raises(ConfigError) as refused:
        parsed(text, {"SECRET": "p4ss-w0rd"})

    assert "p4ss" not in str(refused.value)
    assert refused.value.__cause__ is None


def test_a_broken_file_is_explained_without_its_content():
    with pytest.raises(ConfigError, match="line 3") as refused:
        parsed("sources:\n  - {name: crm, url: 'postgresql://u:p4ss@h/x'\n")

    assert "p4ss" not in str(refused.value)


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(ConfigError, match=r"absent\.yaml"):
        load_config(tmp_path / "absent.yaml", {})


def test_two_flows_may_share_a_table_with_one_time_column():
    table = "tables: [{dataset: crm, table: t, time_column: at}]"

    config = parsed(f"flows: [{{name: a, {table}}}, {{name: b, {table}}}]")

    assert isinstance(config, ScanConfig)


@pytest.mark.parametrize(
    ("urls", "names"),
    [
        (["/data/crm.sqlite", "/old/crm.csv"], ["crm", "crm-2"]),
        (["/a/crm.csv", "/a/crm-2.csv", "/b/crm.csv"], ["crm", "crm-2", "crm-3"]),
        (["/data/lake/"], ["lake"]),
        (["/data/lake/*.parquet"], ["lake"]),
        (["postgresql://u:p@h/dw?sslmode=require"], ["dw"]),
        (["postgresql://u:p%40x@h:5432/dw"], ["dw"]),
        (["postgresql+psycopg://u:p@h"], ["source"]),
        (["sqlite:////data/crm.sqlite"], ["crm"]),
        (["/"], ["source"]),
        (["*.csv"], ["source"]),
        (["/data/part-?.parquet"], ["data"]),
        (["file:///data/crm.csv"], ["crm"]),
        (["a.b.c.csv"], ["a"]),
        (["/数据/客户.csv"], ["客户"]),
    ],
)
def test_sources_are_named_after_what_they_are(urls, names):
    assert [source.name for source in name_sources(urls)] == names


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://u:p4ss@h",
        "postgresql://u:p4ss@h/",
        "mysql://u:p4ss@h:1/?password=p4ss",
        "mysql://h/db?password=a@p4ss",
        "postgresql://u:x/p4ss@h",
        "postgresql://u:p4ss?x@h/db",
        "postgresql://u:p4ss/@h/db",
    ],
)
def test_no_name_holds_a_password(url):
    assert all("p4ss" not in source.name for source in name_sources([url]))


def test_names_of_the_configuration_are_not_taken_again():
    assert [s.name for s in name_sources(["crm.csv", "hr.csv"], taken=["crm", "crm-2"])] == ["crm-3", "hr"]


def test_a_scan_without_a_file_has_a_digest_without_urls():
    first, second = (without_file(name_sources([f"postgresql://u:{p}@h/dw"])) for p in ("a", "b"))

    assert first.digest == second.digest
