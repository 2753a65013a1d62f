"""Metrics, read as Prometheus reads them: of real scans, in a file and over HTTP."""

from __future__ import annotations

import datetime as dt
import json
import math
import os
import signal
import subprocess
import sys
import urllib.error
import urllib.request

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from prometheus_client.parser import text_string_to_metric_families

from scanner.schedule.metrics.exposition import Family, Sample, exposition

CONFIG = """
organization: {{name: 示例零售有限公司}}
sources: [{{name: crm, url: {folder}/crm.db}}]
as_of: 2026-11-26
held: {{users: 1200}}
schedules:
  - {{name: nightly, cron: "* * * * *", formats: [json], retries: 0}}
  - {{name: never, cron: "0 0 1 1 *"}}
metrics: {{file: pandian.prom}}
"""


@pytest.fixture
def site(tmp_path, write_sqlite, make_people):
    (tmp_path / "pandian.yaml").write_text(CONFIG.format(folder=tmp_path), encoding="utf-8")
    rows = [(person.name, person.mobile) for person in make_people(120)]
    write_sqlite(tmp_path / "crm.db", "customer", ["name", "mobile"], rows)
    return tmp_path


def parsed(text):
    """Return the numbers by name and labels, as Prometheus' own client reads them."""
    return {
        (sample.name, frozenset(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def fetch(address):
    return urllib.request.urlopen(address, timeout=30)  # noqa: S310 -- http on this machine


def number(metrics, name, **labels):
    (found,) = [
        value for (at, has), value in metrics.items() if at == name and frozenset(labels.items()) <= has
    ]
    return found


def test_a_count_of_what_was_read_only_has_no_upper_bound(site, pandian):
    config = site / "pandian.yaml"
    text = config.read_text(encoding="utf-8").replace(
        "crm.db}]", f"crm.db}}, {{name: hr, url: {site}/none.db}}]"
    )
    config.write_text(text, encoding="utf-8")

    assert pandian("schedule", "--config", config, "--once", "--only", "nightly").code == 3

    metrics = parsed((site / "pandian.prom").read_text(encoding="utf-8"))
    at = {"scope": "organization", "category": "all", "window": "all_time"}
    assert number(metrics, "pandian_persons", **at, bound="lower") == 120
    assert number(metrics, "pandian_persons", **at, bound="upper") == math.inf
    assert number(metrics, "pandian_persons", **{**at, "scope": "dataset"}, bound="upper") == 120


def test_the_file_says_what_the_scan_counted(site, pandian):
    before = dt.datetime.now(tz=dt.UTC).timestamp()
    assert pandian("schedule", "--config", site / "pandian.yaml", "--once", "--only", "nightly").code == 0
    scan = json.loads((site / "pandian-out" / "nightly" / "scan.json").read_text(encoding="utf-8"))

    metrics = parsed((site / "pandian.prom").read_text(encoding="utf-8"))

    (everybody,) = [c for c in scan["organization"]["subjects"] if c["category"] == "all"]
    at = {"schedule": "nightly", "scope": "organization", "category": "all", "window": everybody["window"]}
    for bound in ("lower", "estimate", "upper"):
        assert number(metrics, "pandian_persons", **at, bound=bound) == everybody[bound]
    assert everybody["estimate"] == 120
    assert number(metrics, "pandian_pi_columns", dataset="crm") == 2
    assert number(metrics, "pandian_scan_complete", schedule="nightly") == 1
    (finding,) = [f for f in scan["findings"] if f["rule_id"] == "PIPL-52-OFFICER"]
    at = {"rule": "PIPL-52-OFFICER", "scope": finding["scope"]}
    assert number(metrics, "pandian_line_threshold", **at, operator="ge") == finding["threshold"] == 1_000_000
    assert number(metrics, "pandian_line_count", **at, bound="upper") == finding["count"]["upper"]
    assert number(metrics, "pandian_line_verdict", **at, verdict="not_met") == 1
    assert number(metrics, "pandian_schedule_slots_total", schedule="nightly", outcome="done") == 1
    assert number(metrics, "pandian_last_slot_outcome", schedule="nightly", outcome="done") == 1
    passed = dt.datetime.now(tz=dt.UTC).timestamp() - before
    assert 0 < number(metrics, "pandian_last_slot_duration_seconds", schedule="nightly") <= passed
    assert 0 <= number(metrics, "pandian_last_complete_scan_age_seconds", schedule="nightly") <= passed
    ended = number(metrics, "pandian_last_complete_scan_timestamp_seconds", schedule="nightly")
    assert before - 1 <= ended <= before + passed  # written in whole seconds
    assert (site / "pandian.prom").stat().st_mode & 0o777 == 0o644
    assert list(site.glob("*.new")) == []


def test_failures_are_counted_and_the_last_complete_scan_stays(site, pandian):
    (site / "crm.db").rename(site / "away.db")

    assert pandian("schedule", "--config", site / "pandian.yaml", "--once", "--only", "nightly").code == 2

    metrics = parsed((site / "pandian.prom").read_text(encoding="utf-8"))
    assert number(metrics, "pandian_schedule_slots_total", schedule="nightly", outcome="failed") == 1
    assert number(metrics, "pandian_last_slot_outcome", schedule="nightly", outcome="failed") == 1
    assert not [name for name, _ in metrics if name.startswith("pandian_last_complete")]


def test_what_has_no_upper_bound_is_infinite(site, pandian):
    text = (site / "pandian.yaml").read_text().replace("crm.db}]", "crm.db}, {name: gone, url: gone.db}]")
    (site / "pandian.yaml").write_text(text, encoding="utf-8")

    assert pandian("schedule", "--config", site / "pandian.yaml", "--once", "--only", "nightly").code == 3

    metrics = parsed((site / "pandian.prom").read_text(encoding="utf-8"))
    assert number(metrics, "pandian_scan_complete", schedule="nightly") == 0
    assert number(metrics, "pandian_scan_not_scanned", schedule="nightly") == 1
    at = {"rule": "PIPL-52-OFFICER", "bound": "upper"}
    assert math.isinf(number(metrics, "pandian_line_count", **at))


def test_a_file_that_cannot_be_written_is_found_before_the_scan(site, pandian):
    ended = pandian(
        "schedule",
        "--config",
        site / "pandian.yaml",
        "--once",
        "--metrics-file",
        site / "crm.db" / "a.prom",
    )

    assert ended.code == 2
    assert "a.prom: cannot be written" in ended.err


def test_the_endpoint_answers_while_schedules_run(site):
    command = [sys.executable, "-c", "from scanner.cli import main; main()", "schedule", "--config"]
    process = subprocess.Popen(
        [*command, site / "pandian.yaml", "--only", "never", "--metrics-port", "0"],
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"PANDIAN_KEY": "5f" * 16},
    )
    try:
        line = process.stderr.readline()
        address = line.split()[-1]
        with fetch(address) as answer:
            assert answer.headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
            metrics = parsed(answer.read().decode())
        with fetch(address.replace("/metrics", "/healthz")) as answer:
            assert answer.read() == b"ok\n"
        with pytest.raises(urllib.error.HTTPError) as refused:
            fetch(address.replace("/metrics", "/records"))
        refused.value.close()
        assert refused.value.code == 404
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=60)
    assert process.returncode == 0
    assert number(metrics, "pandian_schedule_running", schedule="never") == 0
    start = number(metrics, "pandian_schedule_next_start_timestamp_seconds", schedule="never")
    year = dt.datetime.now(tz=dt.UTC).year + 1
    assert start == dt.datetime(year, 1, 1, tzinfo=dt.UTC).timestamp()


def test_a_port_that_is_taken_is_told(site, pandian):
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        ended = pandian("schedule", "--config", site / "pandian.yaml", "--once", "--metrics-port", port)

    assert ended.code == 2
    assert str(port) in ended.err


texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r"), max_size=20)
numbers = st.floats(allow_nan=False) | st.integers(-(2**53), 2**53)


@settings(deadline=None)
@given(st.lists(st.tuples(texts, numbers), min_size=1, max_size=10, unique_by=lambda pair: pair[0]))
def test_whatever_names_hold_is_read_back(samples):
    family = Family(
        name="a",
        kind="gauge",
        help='b\\c\n"d"',
        samples=[Sample({"name": name}, value) for name, value in samples],
    )

    read = {
        sample.labels["name"]: sample.value
        for found in text_string_to_metric_families(exposition([family]))
        for sample in found.samples
    }

    assert read == dict(samples)
