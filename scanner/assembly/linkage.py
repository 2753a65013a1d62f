"""How people were linked, as the result tells it: reasons, open points, overlaps."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterator, Mapping, Sequence
from types import MappingProxyType

from classifiers import built_in
from scanner.census import Doubt, Groups, People
from scanner.census.doubts import ACCOUNTS, AGES, ANONYMOUS, MANY_NAMES, MOST_NAMES
from scanner.config import FlowConfig
from scanner.counting import Counts, flow_table_id, total
from scanner.counting.deletion import twin
from scanner.digests.columns import PERSON_KEY, PSEUDONYM, PSEUDONYMOUS_CONTACT
from scanner.identifiers.windows import CERTAIN
from scanner.result import (
    CandidateResult,
    DatasetResult,
    KindCount,
    LinkageResult,
    OpenPoint,
    OverlapResult,
    RefusedJoins,
    TableResult,
)

Hint = tuple[str, CandidateResult]  # a column, and what its header hints at

MOST_POINTS = 12
MOST_AGES = 6  # tables with people of unknown age
MOST_DATASETS = 30  # the largest, between which overlaps are counted

# English, then Chinese.
_QUESTIONS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        ANONYMOUS: (
            "Rows of {subject} name nobody. Give them an identifier, or confirm whom they are about.",
            "{subject} 中有行没有可用标识。请补充标识，或确认其涉及何人。",
        ),
        "shared_contacts": (
            "Contacts in {subject} come without a name. Confirm that each is used by one person.",
            "{subject} 中的联系方式没有姓名。请确认每个联系方式只由一人使用。",
        ),
        "contact_links": (
            "Rows were joined by a contact alone. Confirm that the same contact means the same person.",
            "部分行仅凭联系方式合并。请确认相同联系方式即为同一人。",
        ),
        ACCOUNTS: (
            (
                "Rows of {subject} were joined with others by an account or number, though names differ. "
                "Confirm that equal numbers mean the same person, or take the column out with "
                "pandian review reject."
            ),
            (
                "{subject} 中部分行的姓名与其他行不同，仅凭账号或编号合并。请确认相同编号即为同一人，"
                "否则请用 pandian review reject 排除该列。"
            ),
        ),
        MANY_NAMES: (
            (
                "In {subject}, whoever counts as one person has more than {most} names: some column is not "
                "the number it is taken for. Check key_of, and the tags of accounts, staff, pupils and "
                "patients, and take it out with pandian review reject."
            ),
            (
                "{subject} 中有被计为一人却有 {most} 个以上姓名的情形：可能有列被误认作其编号。请检查 "
                "key_of 以及账号、工号、学号、病历号等标签，并用 pandian review reject 排除。"
            ),
        ),
        "several_values": (
            "Cells of {subject} hold several values. Say with 'slots' if they are one person's (self).",
            "{subject} 的单元格含多个联系方式。请在 slots 中说明其是否属于同一人（self）。",
        ),
        "unnamed": (
            "People are known by {subject} without a name. Name them, or confirm that a person has one.",
            "部分人员只有{subject}而没有姓名。请补充姓名，或确认每人只有一个。",
        ),
        AGES: (
            (
                "Nothing shows the age of people in {subject}, or ID numbers and birth dates contradict "
                "each other. Each may be a child under 14, all whose data are sensitive. A column "
                "with their birth dates or ID numbers settles it, or adults: true for the table in the "
                "configuration if all are of age."
            ),
            (
                "{subject} 中部分人员年龄不明，或其身份证号、出生日期互相不一致，可能不满十四周岁，"
                "而不满十四周岁未成年人的全部信息均属敏感。含出生日期或身份证号的列可以确定；"
                "如均已成年，也可在配置中为该表设置 adults: true。"
            ),
        ),
    }
)
_HINTED = (
    (
        "Rows of {subject} name nobody. {columns} may: pandian review retag decides on it. Otherwise give "
        "them an identifier, or confirm whom they are about."
    ),
    (
        "{subject} 中有行没有可用标识。{columns}可能是标识：请用 pandian review retag 确认；"
        "否则请补充标识，或确认其涉及何人。"
    ),
)
_PSEUDONYMS = (
    (
        "People are known by {subject} alone; as far as there are others they are taken to be among them. "
        "Give their rows a key or a plain identifier."
    ),
    "部分人员仅以{subject}出现，估计时视为与其他已知人员重合。请为其补充键或明文标识。",
)
_NO_TYPES = {  # kinds, in Chinese and English
    PERSON_KEY: ("数据库的键", "a key of the database"),
    PSEUDONYM: ("散列或加密的证件号、账号", "a hashed or encrypted document or account number"),
    PSEUDONYMOUS_CONTACT: ("散列或加密的联系方式", "a hashed or encrypted contact"),
}
_MOST_HINTS = 3
_HINTS = frozenset({"hint_not_confirmed", "too_few_values"})  # why a type that the header names is no tag
_AGES_TOO = (
    "Nor are all ages certain in {subject}.",
    "{subject} 中同样有部分人员年龄不明或不一致。",
)


def linkage_of(
    counts: Counts, datasets: Sequence[DatasetResult], flows: Sequence[FlowConfig], window: str
) -> LinkageResult | None:
    """Return how people were linked; None where they were not (``--count none`` or ``sketch``)."""
    people = counts.people
    if not isinstance(people, People):
        return None
    reasons = people.reasons()
    tables = [table for dataset in datasets for table in _tables(dataset)]
    return LinkageResult(
        joined=_kinds(reasons.joined),
        refused=tuple(
            RefusedJoins(kind=kind, why=why, number=number)
            for (kind, why), number in sorted(reasons.refused.items(), key=lambda item: (-item[1], item[0]))
        ),
        hubs=_kinds(reasons.hubs),
        open_points=tuple(_open_points(people.doubts(tables), _hints(datasets))),
        overlaps=(*_between_datasets(people, datasets), *_between_flows(people, counts, flows, window)),
    )


def _kinds(numbers: Mapping[str, int]) -> tuple[KindCount, ...]:
    ordered = sorted(numbers.items(), key=lambda item: (-item[1], item[0]))
    return tuple(KindCount(kind=kind, number=number) for kind, number in ordered)


def _hints(datasets: Sequence[DatasetResult]) -> dict[str, list[Hint]]:
    """Return, by table, columns without a tag whose headers hint at what identifies people, and at what."""
    return {
        f"{dataset.name}/{table.name}": list(itertools.islice(_hints_of(table), _MOST_HINTS))
        for dataset in datasets
        for table in dataset.tables
    }


def _hints_of(table: TableResult) -> Iterator[Hint]:
    for column in table.columns:
        hinted = [each for each in column.considered if _hints_at_people(each)]
        if hinted and not column.tags and not column.key_of:
            yield column.name, hinted[0]


def _hints_at_people(candidate: CandidateResult) -> bool:
    pi_type = built_in().types.get(candidate.type)
    named = candidate.named > 0 and candidate.why in _HINTS
    return named and pi_type is not None and pi_type.identifies


def _open_points(doubts: Sequence[Doubt], hints: Mapping[str, list[Hint]]) -> Iterator[OpenPoint]:
    asked = [doubt for doubt in doubts if doubt.persons]
    others = [doubt for doubt in asked if doubt.what != AGES]
    for doubt in others[:MOST_POINTS]:
        hinted = hints.get(doubt.subject, []) if doubt.what == ANONYMOUS else []
        yield _open_point(doubt, _HINTED if hinted else _question(doubt), hinted)
    of_ages = [doubt for doubt in asked if doubt.what == AGES]
    for place, doubt in enumerate(of_ages[:MOST_AGES]):
        yield _open_point(doubt, _AGES_TOO if place else _QUESTIONS[AGES])


def _question(doubt: Doubt) -> tuple[str, str]:
    hashed = doubt.subject in (PSEUDONYM, PSEUDONYMOUS_CONTACT)
    return _PSEUDONYMS if hashed else _QUESTIONS[doubt.what]


def _open_point(doubt: Doubt, question: tuple[str, str], hinted: Sequence[Hint] = ()) -> OpenPoint:
    en, zh = question
    zh_name, en_name = _kind_names(doubt.subject)
    return OpenPoint(
        what=doubt.what,
        subject=doubt.subject,
        persons=doubt.persons,
        en=en.format(
            subject=en_name,
            most=MOST_NAMES,
            columns=", ".join(f"{column} ({candidate.name_en})" for column, candidate in hinted),
        ),
        zh=zh.format(
            subject=zh_name,
            most=MOST_NAMES,
            columns="、".join(f"{column}（{candidate.name_zh}）" for column, candidate in hinted),
        ),
    )


def _kind_names(subject: str) -> tuple[str, str]:
    """Return a kind of identifier in Chinese and English; anything else as it is."""
    if subject in _NO_TYPES:
        return _NO_TYPES[subject]
    kind = built_in().types.get(subject)
    return (kind.zh, kind.en) if kind else (subject, subject)


def _between_datasets(people: People, datasets: Sequence[DatasetResult]) -> Iterator[OverlapResult]:
    largest = sorted(datasets, key=lambda dataset: -total(dataset.subjects))[:MOST_DATASETS]
    groups = dataset_groups({dataset.name: _tables(dataset) for dataset in largest})
    return _pairs("dataset", people.overlap(groups))


def _between_flows(
    people: People, counts: Counts, flows: Sequence[FlowConfig], window: str
) -> Iterator[OverlapResult]:
    return _pairs("flow", people.overlap(flow_groups(counts, flows, window)))


def _tables(dataset: DatasetResult) -> list[str]:
    return [f"{dataset.name}/{table.name}" for table in dataset.tables]


def dataset_groups(datasets: Mapping[str, Collection[str]]) -> Groups:
    """Return the tables of datasets as ``People.overlap`` is asked about them."""
    return {name: (datasets[name], 0) for name in sorted(datasets)}


def flow_groups(counts: Counts, flows: Sequence[FlowConfig], window: str) -> Groups:
    """Return what certainly went with each flow in a window as ``People.overlap`` is asked about it."""
    return {flow.name: (_sent(flow, counts), CERTAIN.get(window, 0)) for flow in flows if flow.tables}


def _sent(flow: FlowConfig, counts: Counts) -> list[str]:
    tables = [(flow_table_id(flow.name, table), table.id) for table in flow.tables]
    return [name for name, _ in tables] + [twin(name) for name, table in tables if table in counts.marked]


def _pairs(scope: str, found: Mapping[tuple[str, str], int]) -> Iterator[OverlapResult]:
    for (left, right), persons in found.items():
        if persons:
            yield OverlapResult(scope=scope, left=left, right=right, persons=persons)
