"""Tables that list companies under a word that is used for persons, too: customers, accounts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from classifiers import Evidence, Tag, built_in
from classifiers.evidence import STRONG
from connectors import Table
from scanner.digests.columns import ISSUER_KINDS
from scanner.stages.constraints import Constraints, Place, place_of
from scanner.stages.databases import numbering
from scanner.stages.person_words import about, plain_name
from scanner.stages.second_persons import header_words, slot_of

_PERSONAL = frozenset(
    "id_card gender birth_date age ethnicity marital_status education password wechat_id qq blood_type "
    "political_status religion nationality salary face_image".split()
)
_OF_COMPANIES = frozenset({"uscc", "org_code", "business_license"})
# Words of headers that say so: one of the first with any other. Of persons, profiles have the others, too.
_SURE = frozenset(
    "revenue employees capital 年收入 营业额 员工数 人员规模 注册资本 法定代表人 经营范围".split()
)
_LIKELY = frozenset("industry website 行业 官网 网址".split())
_NUMBER = frozenset("id no code key number num uuid guid".split())
# Columns that refer to companies, and the table that lists those.
Companies = Mapping[Place, Mapping[str, str]]


def lists_companies(table: Table) -> bool:
    """Return whether the rows of a table named after persons or accounts are companies, by its headers."""
    if not (about(table.name, table.comment) or _last_word(table.name) == "account"):
        return False
    named = [_named(column.name) for column in table.columns]
    said = {word for column in table.columns for word in _words_of_companies(column.name)}
    sure = not _OF_COMPANIES.isdisjoint(named) or (len(said) > 1 and not _SURE.isdisjoint(said))
    return sure and _PERSONAL.isdisjoint(named)


def references_to_companies(tables: Sequence[Table], lists: Sequence[Table]) -> Companies:
    """Return the columns in the tables of one source that refer to companies, which some of them list."""
    listed = {place_of(table): table.name for table in lists}
    if not listed:
        return {}
    named = {(numbering(table.group), _last_word(table.name)): table.name for table in lists}
    constraints = Constraints(tables)
    found: dict[Place, dict[str, str]] = {place_of(table): {} for table in tables}
    for table in tables:
        for column in table.columns:
            end = constraints.end(place_of(table), column.name)
            by_name = named.get((numbering(table.group), _referred(column.name)))
            if whose := listed.get(end[0]) if end else by_name:
                found[place_of(table)][column.name] = whose
    return found


def without_companies(
    tags: Mapping[str, tuple[Tag, ...]], columns: Mapping[str, str], *, listed: bool
) -> dict[str, tuple[Tag, ...]]:
    """Return tags of which those are rejected that are of companies.

    Args:
        tags: What the columns of a table hold.
        columns: Those that refer to companies, and the table that lists these: no numbers of persons.
        listed: Whether the table lists companies: a landline is theirs.

    """
    return {
        column: tuple(_judged(tag, column, column in columns, listed) for tag in held)
        for column, held in tags.items()
    }


def _judged(tag: Tag, column: str, refers: bool, listed: bool) -> Tag:
    if tag.decision != "auto":
        return tag
    if refers and tag.type in ISSUER_KINDS:
        return tag.rejected(Evidence(kind="header", detail="refers to a table of companies"))
    if listed and tag.type == "landline" and not slot_of(column, "", {"landline"}):
        return tag.rejected(Evidence(kind="header", detail="of a table of companies"))
    return tag


@lru_cache(maxsize=1 << 12)
def _named(header: str) -> str:
    hits = [hit for hit in built_in().vocabulary.read_header(header) if hit.type and hit.strength >= STRONG]
    return hits[0].type if hits else ""


def _words_of_companies(header: str) -> set[str]:
    words = set(header_words(header))
    return {word for word in _SURE | _LIKELY if word in words or (not word.isascii() and word in header)}


def _last_word(table: str) -> str:
    return plain_name(table).rpartition("_")[2].removesuffix("s")


def _referred(header: str) -> str:
    """Return the word before that for a number: of ``parent_account_id`` it is ``account``."""
    *before, last = header_words(header) or ("",)
    return before[-1] if before and last in _NUMBER else ""
