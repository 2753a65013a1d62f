"""The packs as they are shipped: read once per process, found by the id of a rule.

A file that breaks the models of ``rulepack`` is a bug of ours (or of whoever wrote the pack) and is reported
with file, rule and key.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

import yaml
from pydantic import ValidationError

from scanner.result import PackResult
from scanner.rules.law.rulepack import Pack, Rule, Statement, Window
from scanner.user_files.yaml_text import read_yaml


class RulePackError(ValueError):
    """A pack that cannot be used; the message names the file, the rule and the key."""


@dataclass(frozen=True, slots=True)
class LoadedPack:
    """A pack with the SHA-256 digest of its file."""

    pack: Pack
    digest: str

    def result(self) -> PackResult:
        """Return what a report says about the pack."""
        return PackResult(id=self.pack.id, version=self.pack.version.isoformat(), digest=self.digest)


def parse_pack(name: str, content: bytes) -> LoadedPack:
    """Return the pack in a file's bytes, or raise ``RulePackError`` naming file and rule."""
    try:
        data = read_yaml(content)
    except yaml.YAMLError as error:
        raise RulePackError(f"{name}: not valid YAML. {error}") from error
    if not isinstance(data, dict):
        raise RulePackError(f"{name}: expected the keys of a rule pack, such as id, version and rules.")
    try:
        pack = Pack.model_validate(data)
    except ValidationError as error:
        problems = "; ".join(_explain(detail["loc"], detail["msg"], data) for detail in error.errors())
        raise RulePackError(f"{name}: {problems}.") from error
    return LoadedPack(pack, hashlib.sha256(content).hexdigest())


def _explain(location: tuple[int | str, ...], message: str, data: dict[str, Any]) -> str:
    if len(location) > 1 and location[0] == "rules" and isinstance(location[1], int):
        rule = data["rules"][location[1]]
        name = rule.get("id", f"number {location[1] + 1}") if isinstance(rule, dict) else location[1]
        rest = ".".join(map(str, location[2:]))
        return f"rule {name}: {rest}: {message}" if rest else f"rule {name}: {message}"
    return f"{'.'.join(map(str, location)) or 'pack'}: {message}"


@cache
def load_packs() -> tuple[LoadedPack, ...]:
    """Return the packs that ship with Pandian, in order of their ids."""
    return tuple(parse_pack(name, content) for name, content in pack_files())


def pack_files() -> Iterator[tuple[str, bytes]]:
    """Yield name and content of the file of each pack that ships with Pandian, in order of names."""
    folder = files("scanner.rules").joinpath("packs")
    for entry in sorted(folder.iterdir(), key=lambda e: e.name):
        if entry.name.endswith(".yaml"):
            yield entry.name, entry.read_bytes()


def find_rule(rule_id: str) -> tuple[LoadedPack, Rule]:
    """Return a rule by its id with its pack, or raise ``KeyError``."""
    loaded, found = find_entry(rule_id)
    if isinstance(found, Statement):
        raise KeyError(rule_id)
    return loaded, found


@cache
def successor(rule_id: str) -> str:
    """Return the rule of a later text that took over from a rule; empty for none, or for an unknown rule.

    >>> successor("EXP-M22-1M"), successor("PIPL-52-OFFICER"), successor("NONE")
    ('EXP-P24-1M', '', '')
    """
    try:
        return find_rule(rule_id)[1].replaced_by or ""
    except KeyError:
        return ""


def find_entry(entry_id: str) -> tuple[LoadedPack, Rule | Statement]:
    """Return a rule or a statement by its id with its pack, or raise ``KeyError``."""
    for loaded in load_packs():
        for entry in loaded.pack.entries():
            if entry.id == entry_id:
                return loaded, entry
    raise KeyError(entry_id)


def outbound_window(on: date) -> Window:
    """Return the window in which the outbound rules in force count people; ``none`` when none counts so.

    >>> outbound_window(date(2024, 3, 21)), outbound_window(date(2024, 3, 22))
    ('since_1_jan_previous_year', 'calendar_year_to_date')
    """
    in_force = {
        rule.window
        for loaded in load_packs()
        for rule in loaded.pack.rules
        if loaded.pack.status != "draft" and rule.scope == "outbound" and loaded.pack.in_force(rule, on)
    }
    counted: tuple[Window, ...] = ("calendar_year_to_date", "since_1_jan_previous_year")
    return next((window for window in counted if window in in_force), "none")
