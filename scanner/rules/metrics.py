"""Everything that rules measure, by key: each with its unit, its counting rules and the fact it rests on."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from scanner.rules.metric import Metric
from scanner.rules.metrics_cases import CASES
from scanner.rules.metrics_held import HELD
from scanner.rules.metrics_organization import ORGANIZATION
from scanner.rules.metrics_outbound import FLOWS, OUTBOUND

METRICS: Mapping[str, Metric] = MappingProxyType(
    {metric.key: metric for metric in (*HELD, *ORGANIZATION, *OUTBOUND, *FLOWS, *CASES)}
)
