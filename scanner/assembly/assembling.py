"""Puts together the Result of a scan: tables, counts, grades, flows, findings."""

from __future__ import annotations

from dataclasses import replace

from scanner.assembly.counting_ahead import count_ahead
from scanner.assembly.coverage import dataset_is_unread, partial
from scanner.assembly.datasets import datasets_of
from scanner.assembly.derive import window_in_force
from scanner.assembly.flows import examined, flow_result, outbound_persons
from scanner.assembly.linkage import linkage_of
from scanner.assembly.scanned import Scanned
from scanner.assembly.verdicts import assess_scan, grading_of, open_ended, outbound_flows
from scanner.grading import grade_dataset, grade_organization
from scanner.result import OrganizationResult, Result


def assemble(scanned: Scanned) -> Result:
    """Return the result: grades and findings follow from the counts and the declared facts."""
    count_ahead(scanned)
    tables = [table.id for table in scanned.tables]
    grading = grading_of(scanned)
    people = scanned.counts.scope("organization", scanned.config.organization_name, tables)
    datasets = tuple(
        grade_dataset(dataset, grading, unread=dataset_is_unread(dataset.name, scanned))
        for dataset in datasets_of(scanned, grading, people)
    )
    outbound = outbound_flows(scanned, datasets, grading)
    decisions = outbound.decisions()
    assessment, obligations, asked = assess_scan(scanned, outbound, decisions)
    return Result(
        scan=replace(scanned.info, packs=assessment.packs),
        complete=not scanned.not_scanned,
        not_scanned=tuple(scanned.not_scanned),
        datasets=datasets,
        organization=OrganizationResult(
            name=scanned.config.organization_name,
            subjects=partial(people, unread=bool(scanned.not_scanned)),
            grade=grade_organization(people, datasets, grading, unread=bool(scanned.not_scanned)),
            outbound=outbound_persons(scanned, assessment, decisions),
            linkage=linkage_of(
                scanned.counts, datasets, scanned.config.flows, window_in_force(scanned.as_of)
            ),
        ),
        flows=tuple(
            examined(flow_result(flow, scanned, assessment), flow, outbound, decisions, people)
            for flow in scanned.config.flows
        ),
        findings=tuple(open_ended(finding) for finding in assessment.findings),
        obligations=obligations,
        review=scanned.review,
        facts=asked,
        retried=tuple(scanned.retried),
    )
