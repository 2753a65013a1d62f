"""Airflow: a DAG file with a DAG for each schedule, for Airflow 3 and 2.

The tasks run the command line, so that Airflow's own environment needs no Pandian in it.
https://airflow.apache.org/docs/apache-airflow/stable/authoring-and-scheduling/timetable.html
"""

from __future__ import annotations

import json
import shlex

from scanner.config.schedules import ScheduleConfig
from scanner.schedule.units import EVERY_TEN_MINUTES, Job, UnitFile, portable


def files(job: Job) -> list[UnitFile]:
    """Return one file for the folder of DAGs."""
    wanted = ", ".join(job.variables) or "none"
    entries = [_entry(schedule, job) for schedule in job.schedules]
    schedules = json.dumps(entries, ensure_ascii=False, indent=4)  # texts only: Python reads them alike
    return [UnitFile("pandian_dags.py", _TEXT.format(wanted=wanted, schedules=schedules))]


def _entry(schedule: ScheduleConfig, job: Job) -> dict[str, str]:
    return {
        "dag_id": f"pandian_{schedule.name}",
        "description": f"{schedule.cron} {schedule.time_zone}",
        "cron": portable(schedule) or EVERY_TEN_MINUTES,
        "zone": schedule.time_zone,
        "command": shlex.join(job.command(schedule)),
    }


_TEXT = '''\
"""Pandian scans. Secrets come from the environment of the worker: {wanted}.

Give them to the worker as it is usual there (Kubernetes Secret, systemd EnvironmentFile, secrets backend);
they do not belong into this file, nor into Variables that tasks show in their rendered fields.
"""

from datetime import datetime

try:
    from airflow.providers.standard.operators.bash import BashOperator
    from airflow.sdk import DAG
    from airflow.timetables.trigger import CronTriggerTimetable
except ImportError:  # Airflow 2
    from airflow import DAG
    from airflow.operators.bash import BashOperator
    from airflow.timetables.trigger import CronTriggerTimetable

SCHEDULES = {schedules}

for one in SCHEDULES:
    with DAG(
        dag_id=one["dag_id"],
        description=one["description"],
        schedule=CronTriggerTimetable(one["cron"], timezone=one["zone"]),
        start_date=datetime(2026, 1, 1),
        catchup=False,  # 'pandian schedule' runs a missed slot itself, once
        max_active_runs=1,
        tags=["pandian"],
    ) as dag:
        BashOperator(
            task_id="scan",
            bash_command="exec " + one["command"],  # SIGTERM reaches the scan, which stops at a safe point
            append_env=True,
            retries=0,  # it tries again itself; a task that was lost goes on when it is cleared
        )
    globals()[one["dag_id"]] = dag
'''
