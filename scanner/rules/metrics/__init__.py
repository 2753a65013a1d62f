"""Everything that rules measure, by key: each with its unit, its counting rules and the fact it rests on."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from scanner.rules.metrics.cases import CASES
from scanner.rules.metrics.held import HELD
from scanner.rules.metrics.metric import Metric
from scanner.rules.metrics.organization import ORGANIZATION
from scanner.rules.metrics.outbound import FLOWS, OUTBOUND

METRICS: Mapping[str, Metric] = MappingProxyType(
    {metric.key: metric for metric in (*HELD, *ORGANIZATION, *OUTBOUND, *FLOWS, *CASES)}
)
