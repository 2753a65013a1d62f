"""Units for systemd, cron, Kubernetes and Airflow, judged by those programs where they are installed.

``systemd-analyze`` comes with Debian's systemd. Airflow and the schemas of Kubernetes are in an environment
of their own, ``make orchestrators``; without it the DAG file is compiled and its calls are held against the
documented parameters, and the manifest against the documented keys.
"""

from __future__ import annotations

import ast
import datetime as dt
import json
import os
import shlex
import shutil
import subprocess
from itertools import islice
from pathlib import Path

import pytest
import yaml

from scanner.config.cron import parse_cron
from scanner.config.schedules import ScheduleConfig
from scanner.schedule.slots import Timetable
from scanner.schedule.units import plain_name, portable
from scanner.schedule.units.oncalendar import on_calendar

ROOT = Path(__file__).parents[3]
ORCHESTRATORS = ROOT / ".venv-orchestrators" / "bin" / "python"

CONFIG = """
sources: [{name: crm, url: "postgresql+psycopg://scanner:${PGPASSWORD}@db/crm"}]
schedules:
  - {name: nightly, cron: "30 2 * * *", time_zone: Asia/Shanghai, jitter: 10m}
  - {name: Month_End, cron: "0 3 LW * *", time_zone: America/New_York, catch_up: false}
notify: [{name: ops, to: wecom, url: "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=${WECOM_KEY}"}]
"""


@pytest.fixture
def config(tmp_path):
    path = tmp_path / "pandian files" / "pandian.yaml"
    path.parent.mkdir()
    path.write_text(CONFIG, encoding="utf-8")
    return path


@pytest.fixture
def printed(pandian, config, monkeypatch):
    """Return a function that prints units; no secret is set."""
    monkeypatch.delenv("PGPASSWORD", raising=False)
    monkeypatch.delenv("WECOM_KEY", raising=False)

    def run(target, *more):
        outcome = pandian("schedule", "units", "--for", target, "--config", config, *more)
        assert outcome.code == 0, outcome.err
        return outcome.out

    return run


@pytest.fixture
def written(printed, tmp_path):
    """Return a function that writes units, and gives them by name."""

    def run(target, *more):
        folder = tmp_path / target
        printed(target, "--output", folder, "--program", "/opt/pandian/bin/pandian", *more)
        return {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}

    return run


@pytest.mark.parametrize("target", ["systemd", "cron", "kubernetes", "airflow"])
def test_units_name_the_secrets_and_hold_none(printed, target, monkeypatch):
    monkeypatch.setenv("PGPASSWORD", "pw-3f21")
    monkeypatch.setenv("WECOM_KEY", "key-77aa")

    text = printed(target)

    assert "pw-3f21" not in text
    assert "key-77aa" not in text
    assert "PGPASSWORD" in text
    assert "WECOM_KEY" in text


def test_only_one_schedule_may_be_asked_for(written):
    assert set(written("systemd", "--only", "nightly")) == {
        "pandian-nightly.service",
        "pandian-nightly.timer",
    }


def test_a_schedule_that_is_not_there_is_refused(pandian, config):
    outcome = pandian("schedule", "units", "--for", "cron", "--config", config, "--only", "hourly")

    assert outcome.code == 2
    assert "'hourly'" in outcome.err


needs_systemd = pytest.mark.skipif(
    shutil.which("systemd-analyze") is None and os.environ.get("CI") != "true",
    reason="systemd-analyze is not installed: timers are not judged. On Debian: apt-get install systemd",
)
CRONS = [
    "30 2 * * *",
    "*/20 */6 * * *",
    "0 4 1,15 * *",
    "0 4 * * MON-FRI",
    "0 4 * * 7",
    "0 4 13 * FRI",
    "0 4 */2 * MON",
    "0 4 L * *",
    "0 4 LW * *",
    "0 4 * * MON#1",
    "0 4 * * FRI#5",
    "0 4 * * 5L",
    "0 4 L * MON",
    "0 4 1 JAN,JUL *",
    "15 5 29 2 *",
    "@weekly",
]


@needs_systemd
@pytest.mark.parametrize("cron", CRONS)
@pytest.mark.parametrize("zone", ["Asia/Shanghai", "Europe/Berlin"])
def test_systemd_comes_when_the_schedule_does(cron, zone):
    schedule = ScheduleConfig(name="x", cron=cron, time_zone=zone)
    base = "2026-11-26 00:00:00"
    table = Timetable(cron=schedule.expression, zone=schedule.zone)
    start = dt.datetime.fromisoformat(f"{base}+00:00")
    expected = [f"{slot:%Y-%m-%d %H:%M:%S}" for slot in islice(table.after(start), 30)]

    events = on_calendar(parse_cron(cron), zone)
    command = ["systemd-analyze", "calendar", "--iterations=60", f"--base-time={base} UTC", *events]
    answer = subprocess.run(
        command, capture_output=True, text=True, check=True, env=os.environ | {"TZ": "UTC"}
    )

    told = [line.split(":", 1)[1].split() for line in answer.stdout.splitlines() if "UTC" in line]
    found = sorted({f"{words[-3]} {words[-2]}" for words in told if words[-1] == "UTC"} - {base})
    assert found[:30] == expected[: len(found)]
    assert len(found) >= min(30, len(expected)) or cron == "15 5 29 2 *"


@needs_systemd
def test_systemd_takes_service_and_timer(written, tmp_path):
    made = written("systemd")
    program = tmp_path / "pandian"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    for name, text in made.items():
        (tmp_path / "systemd" / name).write_text(text.replace("/opt/pandian/bin/pandian", str(program)))

    paths = [str(tmp_path / "systemd" / name) for name in made]
    answer = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *paths], capture_output=True, text=True, check=False
    )

    ours = [line for line in answer.stderr.splitlines() if "pandian" in line]
    assert ours == []
    assert "Persistent=yes" in made["pandian-nightly.timer"]
    assert "Persistent=no" in made[f"{plain_name('Month_End')}.timer"]
    (start,) = [
        line for line in made["pandian-nightly.service"].splitlines() if line.startswith("ExecStart=")
    ]
    words = shlex.split(start.removeprefix("ExecStart="))
    assert words[1:3] == ["schedule", "--config"]
    assert words[3].endswith("pandian files/pandian.yaml")
    assert words[4:] == ["--once", "--only", "nightly"]


def test_the_crontab_runs_what_it_says(written, tmp_path):
    (text,) = written("cron").values()
    lines = text.splitlines()

    assert "CRON_TZ=Asia/Shanghai" in lines
    assert "CRON_TZ=America/New_York" in lines
    jobs = [line for line in lines if "exec" in line]
    assert jobs[0].startswith("30 2 * * * ")
    assert jobs[1].startswith("*/10 * * * * ")  # LW is not every cron's
    # What sh makes of it: the words that reach the program.
    shown = tmp_path / "program"
    shown.write_text('#!/bin/sh\nprintf "%s\\n" "$@"\n')
    shown.chmod(0o755)
    command = jobs[0].split(None, 5)[5].replace("/opt/pandian/bin/pandian", shlex.quote(str(shown)))
    said = subprocess.run(["/bin/sh", "-c", command], capture_output=True, text=True, check=True)
    assert said.stdout.splitlines()[-3:] == ["--once", "--only", "nightly"]


@pytest.mark.parametrize(
    ("cron", "expected"),
    [
        ("30 2 * * *", "30 2 * * *"),
        ("@daily", "0 0 * * *"),
        ("*/15 * * * *", "0,15,30,45 * * * *"),
        ("0 2 * * SUN,3", "0 2 * * 0,3"),
        ("0 2 13 * FRI", "0 2 13 * 5"),
        ("0 2 */2 * MON", None),
        ("0 2 L * *", None),
        ("0 2 * * MON#1", None),
    ],
)
def test_expressions_are_written_as_every_cron_reads_them(cron, expected):
    assert portable(ScheduleConfig(name="x", cron=cron)) == expected


def test_the_manifest_takes_secrets_by_reference(written):
    (text,) = written("kubernetes", "--image", "registry.example.cn/pandian:1").values()
    nightly, month_end = yaml.safe_load_all(text)

    assert (nightly["apiVersion"], nightly["kind"]) == ("batch/v1", "CronJob")
    assert nightly["metadata"]["name"] == "pandian-nightly"
    assert (nightly["spec"]["schedule"], nightly["spec"]["timeZone"]) == ("30 2 * * *", "Asia/Shanghai")
    assert nightly["spec"]["concurrencyPolicy"] == "Forbid"
    assert month_end["spec"]["schedule"] == "*/10 * * * *"
    (container,) = nightly["spec"]["jobTemplate"]["spec"]["template"]["spec"]["containers"]
    assert container["image"] == "registry.example.cn/pandian:1"
    assert container["command"][-3:] == ["--once", "--only", "nightly"]
    by_reference = {one["name"] for one in container["env"] if "secretKeyRef" in one.get("valueFrom", {})}
    assert by_reference == {"PGPASSWORD", "WECOM_KEY", "PANDIAN_KEY"}
    assert [one["name"] for one in container["env"] if "value" in one] == ["HOME"]


@pytest.mark.parametrize("name", ["nightly", "Nightly", "月末", "a" * 80, "x..y", "_"])
def test_names_are_such_as_kubernetes_and_systemd_take(name):
    made = plain_name(name)

    assert len(made) <= 52
    assert made.isascii()
    assert made == made.lower()
    assert not made.endswith("-")
    assert plain_name(name + "b") != made


def test_the_manifest_keeps_to_the_schema_of_kubernetes(written):
    (text,) = written("kubernetes").values()
    if not ORCHESTRATORS.exists():
        keys = {key for one in yaml.safe_load_all(text) for key in one}
        assert keys == {"apiVersion", "kind", "metadata", "spec"}
        return
    code = (
        "import sys, yaml, kubernetes_validate as kv\n"
        "for one in yaml.safe_load_all(sys.stdin):\n"
        "    for version in ('1.31', kv.latest_version()):\n"
        "        kv.validate(one, version, strict=True)\n"
        "    print(one['metadata']['name'])"
    )
    said = subprocess.run(
        [ORCHESTRATORS, "-c", code], input=text, capture_output=True, text=True, check=False
    )

    assert said.returncode == 0, said.stderr
    assert said.stdout.split() == ["pandian-nightly", plain_name("Month_End")]


DOCUMENTED = {
    "DAG": {"dag_id", "description", "schedule", "start_date", "catchup", "max_active_runs", "tags"},
    "BashOperator": {"task_id", "bash_command", "append_env", "retries"},
    "CronTriggerTimetable": {"timezone"},
}


def test_the_dag_file_compiles_and_uses_documented_parameters(written):
    (text,) = written("airflow").values()
    tree = ast.parse(text)
    calls = [
        node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    ]

    used = {
        node.func.id: {word.arg for word in node.keywords} for node in calls if node.func.id in DOCUMENTED
    }
    assert used == DOCUMENTED
    (schedules,) = [
        node.value for node in tree.body if isinstance(node, ast.Assign) and node.targets[0].id == "SCHEDULES"
    ]
    assert [one["dag_id"] for one in ast.literal_eval(schedules)] == ["pandian_nightly", "pandian_Month_End"]


DAG_BAG = """
import json, sys
from airflow.dag_processing.dagbag import DagBag
bag = DagBag(sys.argv[1])
dags = {
    name: {
        "zone": str(dag.timetable.serialize()["timezone"]),
        "cron": dag.timetable.serialize()["expression"],
        "tasks": {task.task_id: task.bash_command for task in dag.tasks},
        "catchup": dag.catchup,
        "runs": dag.max_active_runs,
    }
    for name, dag in bag.dags.items()
}
print("RESULT" + json.dumps({"errors": bag.import_errors, "dags": dags}))
"""


def test_airflow_takes_the_dags(written, tmp_path):
    written("airflow")
    if not ORCHESTRATORS.exists():
        compile((tmp_path / "airflow" / "pandian_dags.py").read_text(), "pandian_dags.py", "exec")
        return
    environment = os.environ | {
        "AIRFLOW_HOME": str(tmp_path / "home"),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "false",
    }
    said = subprocess.run(
        [ORCHESTRATORS, "-c", DAG_BAG, tmp_path / "airflow" / "pandian_dags.py"],
        capture_output=True,
        text=True,
        env=environment,
        check=False,
    )
    (line,) = [line for line in said.stdout.splitlines() if line.startswith("RESULT")] or [said.stderr]
    found = json.loads(line.removeprefix("RESULT"))

    assert found["errors"] == {}
    assert set(found["dags"]) == {"pandian_nightly", "pandian_Month_End"}
    nightly = found["dags"]["pandian_nightly"]
    assert (nightly["cron"], nightly["zone"]) == ("30 2 * * *", "Asia/Shanghai")
    assert (nightly["catchup"], nightly["runs"]) == (False, 1)
    assert nightly["tasks"]["scan"].startswith("exec /opt/pandian/bin/pandian schedule --config ")
    assert nightly["tasks"]["scan"].endswith(" --once --only nightly")
