"""Kubernetes: a CronJob (batch/v1) for each schedule.

https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/cron-job-v1/
"""

from __future__ import annotations

from typing import Any

import yaml

from scanner.config.schedules import ScheduleConfig
from scanner.schedule.units import EVERY_TEN_MINUTES, Job, UnitFile, plain_name, portable

HOME = "/var/lib/pandian"
CONFIG = f"{HOME}/pandian.yaml"
SECRET, CONFIG_MAP, CLAIM = "pandian-secrets", "pandian-config", "pandian-state"

# A pod that was killed is started again and goes on; one that ended with an exit code has said its word.
_SAID_ITS_WORD = {
    "rules": [
        {
            "action": "FailJob",
            "onExitCodes": {"containerName": "pandian", "operator": "In", "values": [1, 2, 3]},
        }
    ]
}


def files(job: Job) -> list[UnitFile]:
    """Return one manifest for ``kubectl apply -f FILE``."""
    manifests = [
        yaml.safe_dump(_cron_job(schedule, job), sort_keys=False, allow_unicode=True)
        for schedule in job.schedules
    ]
    return [UnitFile("pandian.cronjob.yaml", _before(job) + "---\n".join(manifests))]


def _before(job: Job) -> str:
    literals = "".join(
        f" --from-literal={name}=..." for name in dict.fromkeys((*job.variables, "PANDIAN_KEY"))
    )
    return f"""\
# Before: kubectl create configmap {CONFIG_MAP} --from-file=pandian.yaml={job.config}
#         kubectl create secret generic {SECRET}{literals}
#         a PersistentVolumeClaim {CLAIM}, which keeps state and reports (ReadWriteOnce is enough)
# State, key, history and reports are in {HOME}, beside the configuration.
"""


def _cron_job(schedule: ScheduleConfig, job: Job) -> dict[str, Any]:
    when = portable(schedule)
    return {
        "apiVersion": "batch/v1",
        "kind": "CronJob",
        "metadata": {
            "name": plain_name(schedule.name),
            "labels": {"app.kubernetes.io/name": "pandian"},
            "annotations": {"pandian/schedule": f"{schedule.name}: {schedule.cron} {schedule.time_zone}"},
        },
        "spec": {
            "schedule": when or EVERY_TEN_MINUTES,
            "timeZone": schedule.time_zone,
            "concurrencyPolicy": "Forbid",
            "startingDeadlineSeconds": 3600,
            "successfulJobsHistoryLimit": 3,
            "failedJobsHistoryLimit": 3,
            "jobTemplate": {
                "spec": {
                    "backoffLimit": 3,
                    "podFailurePolicy": _SAID_ITS_WORD,
                    "template": {"spec": _pod(schedule, job)},
                }
            },
        },
    }


def _pod(schedule: ScheduleConfig, job: Job) -> dict[str, Any]:
    return {
        "restartPolicy": "Never",
        "terminationGracePeriodSeconds": 120,
        "automountServiceAccountToken": False,
        "securityContext": {
            "runAsNonRoot": True,
            "runAsUser": 10001,
            "fsGroup": 10001,
            "seccompProfile": {"type": "RuntimeDefault"},
        },
        "containers": [_container(schedule, job)],
        "volumes": [
            {"name": "state", "persistentVolumeClaim": {"claimName": CLAIM}},
            {"name": "config", "configMap": {"name": CONFIG_MAP}},
            {"name": "tmp", "emptyDir": {}},
        ],
    }


def _container(schedule: ScheduleConfig, job: Job) -> dict[str, Any]:
    return {
        "name": "pandian",
        "image": job.image,
        "command": ["pandian", "schedule", "--config", CONFIG, "--once", "--only", schedule.name],
        "env": [
            {"name": "HOME", "value": HOME},
            *(_from_secret(name) for name in job.variables if name != "PANDIAN_KEY"),
            _from_secret("PANDIAN_KEY", optional=True),
        ],
        "securityContext": {
            "allowPrivilegeEscalation": False,
            "readOnlyRootFilesystem": True,
            "capabilities": {"drop": ["ALL"]},
        },
        "volumeMounts": [
            {"name": "state", "mountPath": HOME},
            {"name": "config", "mountPath": CONFIG, "subPath": "pandian.yaml", "readOnly": True},
            {"name": "tmp", "mountPath": "/tmp"},  # noqa: S108 -- in the container
        ],
    }


def _from_secret(name: str, *, optional: bool = False) -> dict[str, Any]:
    reference: dict[str, Any] = {"name": SECRET, "key": name}
    if optional:
        reference["optional"] = True
    return {"name": name, "valueFrom": {"secretKeyRef": reference}}
