"""Make single columns: values of one type, hard negatives, running text and records with several types.

One random generator runs through everything, so the order of draws is part of a version: another order is
another version.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.columns import formats, negatives, noise, values
from benchmarks.columns.negatives.row import Row
from benchmarks.columns.taxonomy import TYPES
from benchmarks.columns.values import People, pick

BINARY = {"face_image", "fingerprint", "iris"}
VECTOR = {"face_embedding", "voiceprint", "gait"}
NUMERIC = {"mobile", "qq", "bank_card", "weibo_id", "imei", "id_card", "student_no"}
EMBEDDED = (  # in the order of ``json_keys`` in a configuration
    "mobile", "id_card", "email", "bank_card", "person_name", "address", "wechat_id", "license_plate",
    "passport",
)  # fmt: skip
SLOTS = {  # placeholders of the templates for running text
    "name": "person_name", "mobile": "mobile", "id_card": "id_card", "bank_card": "bank_card",
    "email": "email", "address": "address", "wechat_id": "wechat_id",
}  # fmt: skip
DAMAGED = "float_damaged"
MIN_HITS = 3  # a type that fewer cells of a text column hold is optional
WEAK_DENSITY = 0.05  # names, addresses and messenger ids in fewer cells are optional

Headers = tuple[list[str], ...]
Rng = np.random.Generator


@dataclass(frozen=True, kw_only=True)
class Made:
    """One column with its truth."""

    header: str
    values: list[Any]
    header_kind: str
    labels: list[str] = field(default_factory=list)
    optional: list[str] = field(default_factory=list)
    neg_class: str = ""
    form: str = "plain"
    base_type: str = ""
    dtype: str = ""
    noise: str = ""
    contamination: float = 0.0
    null_rate: float = 0.0
    variant: int = 0
    note: str = ""


def load_headers(path: Path) -> dict[str, Headers]:
    """Read lines of a name and tab-separated lists of headers."""
    lines = path.read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line.strip() and not line.startswith("#"))
    return {
        name: tuple([h.strip() for h in cell.split(",") if h.strip()] for cell in cells)
        for name, *cells in rows
    }


class ColumnMaker:
    """Makes the columns of all tables of one configuration."""

    def __init__(self, rng: Rng, config: dict[str, Any], folder: Path) -> None:
        self.rng, self.config = rng, config
        self.words = values.load_words(folder / config["words"])
        self.headers = load_headers(folder / config["headers"])
        self.negatives = load_headers(folder / config["negatives"])
        self._variants = {name: int(rng.integers(0, 12)) for name in [*TYPES, *self.negatives]}

    def positive(self, kind: str, people: People, style: str, used: set[str], store: str) -> Made:
        """Return a column of values of one type."""
        variant = self._next_variant(kind)
        written, way, base = self._written(kind, people, variant)
        cells, dtype, noises = self._stored(kind, written, store)
        is_text = isinstance(written[0], str)
        rates = self._rates(textual=is_text and not dtype)
        cells = self._disturbed(kind, cells, rates)
        if rates.placeholder:
            noises.append(f"placeholder:{rates.placeholder:g}")
        labels = [(way and way.label) or _alternatives(kind, base)]
        decidable = way.decidable if way else values.decidable_without_header(kind, base)
        labels, optional, note = _demanded(labels, style, dtype, noises, decidable=decidable)
        optional += way.optional if way else ()
        if kind == "hmt_residence_permit":  # form and check digit of the resident identity number
            optional.append("id_card")
        return Made(
            header=self.header(self.headers[kind], style, used, self.config["misleading"]),
            values=cells, header_kind=style, labels=labels, optional=optional, base_type=kind, dtype=dtype,
            noise=";".join(noises), contamination=rates.contamination, null_rate=rates.null, variant=variant,
            note=note,
        )  # fmt: skip

    def negative(self, name: str, rows: int, style: str, used: set[str], store: str) -> Made:
        """Return a column without personal information that looks as if it had some."""
        variant = self._next_variant(name)
        cells = [
            negatives.make(name, Row(rng=self.rng, words=self.words, number=i, variant=variant))
            for i in range(rows)
        ]
        cells, dtype = self._stored_negative(cells, store)
        null = float(self.rng.choice(self.config["null_rates"]))
        cells = [None if self.rng.random() < null else cell for cell in cells]
        headers = self.negatives[name]
        misleading = headers[3] if len(headers) > 3 and headers[3] else headers[1]
        tolerated = set(negatives.TOLERATED.get(name, []))
        if style in ("opaque", "misleading"):
            tolerated |= set(negatives.TOLERATED_OPAQUE.get(name, []))
        return Made(
            header=self.header(headers, style, used, misleading),
            values=cells, header_kind=style, optional=sorted(tolerated), neg_class=name, dtype=dtype,
            null_rate=null, variant=variant,
        )  # fmt: skip

    def embedded(self, people: People, style: str, used: set[str]) -> Made:
        """Return a column of running text, JSON, XML or joined fields that holds several types."""
        form = pick(self.rng, self.config["embedded_forms"])
        density = float(self.rng.choice(self.config["densities"]))
        if form == "remark":
            cells, labels, optional = self._remarks(people, density)
        else:
            density = 1.0
            cells, labels, optional = self._records(people, form)
        names = self.config["embedded_headers"]
        return Made(
            header=self.header((names["cn"], names["en"], names["py"]), style, used, names["en"]),
            values=cells, header_kind=style, labels=labels, optional=optional, form=f"embedded_{form}",
            dtype="str", noise=f"density:{density:g}", base_type="embedded",
        )  # fmt: skip

    def header(self, names: Headers, style: str, used: set[str], misleading: Sequence[str]) -> str:
        """Return a header of a style that the table does not have yet, and note it in ``used``."""
        header = ""
        for _ in range(40):
            header = self._header(names, style, misleading)
            if header.lower() not in used:
                break
        else:
            header = f"{header}_{len(used)}"
        used.add(header.lower())
        return header

    def _header(self, names: Headers, style: str, misleading: Sequence[str]) -> str:
        chinese, english, pinyin = names[:3]
        if style == "cn":
            return pick(self.rng, chinese)
        if style == "en":
            return self._english(pick(self.rng, english or chinese))
        if style == "pinyin":
            header = pick(self.rng, pinyin or chinese)
            return header.upper() if self.rng.random() < 0.2 else header
        if style == "opaque":
            return pick(self.rng, self.config["opaque"]).format(n=int(self.rng.integers(1, 100)))
        return pick(self.rng, misleading)

    def _english(self, header: str) -> str:
        if self.rng.random() < self.config.get("camel", 0.2):
            first, *rest = header.split("_")
            header = first + "".join(part.capitalize() for part in rest)
        if self.rng.random() < self.config.get("prefix_rate", 0.2):
            header = pick(self.rng, self.config["prefixes"]) + header
        return header

    def _next_variant(self, name: str) -> int:
        self._variants[name] += 1
        return self._variants[name]

    def _written(self, kind: str, people: People, variant: int) -> tuple[list[Any], formats.Way | None, int]:
        """Return the values as written, the further way used if any, and the basic variant."""
        wide = self.config.get("formats") == "wide" and kind in formats.WAYS
        way = formats.way_of(kind, variant) if wide else None
        base = variant // 2 if wide else variant
        make = way.make if way else lambda p, i: values.make(kind, p, i, base)
        return [make(people, i) for i in range(people.n)], way, base

    def _stored(self, kind: str, written: list[Any], store: str) -> tuple[list[Any], str, list[str]]:
        """Return the cells, how they are stored when it is not as written, and the noise added."""
        if kind in VECTOR:
            return *self._vector_cells(written, store), []
        if kind in BINARY:
            return *self._binary_cells(kind, written, store), []
        if kind in NUMERIC and (kind == "id_card" or all(str(cell).isdigit() for cell in written)):
            rate = self.config["numeric_rate"] * (0.4 if kind == "id_card" else 1)
            if self.rng.random() < rate:
                return *self._numbers(kind, written), []
        if isinstance(written[0], str):
            return self._noisy(kind, written)
        return written, "", []

    def _vector_cells(self, vectors: list[Any], store: str) -> tuple[list[Any], str]:
        how = pick(
            self.rng, ["list", "fixed", "json", "base64"] if store == "parquet" else ["json", "base64"]
        )
        if how == "json":
            return [_json_vector(vector[:128], 5) for vector in vectors], "json_vector"
        if how == "base64":
            return [base64.b64encode(vector.tobytes()).decode() for vector in vectors], "base64_float32"
        return vectors, "list_float32" if how == "list" else "fixed_list_float32"

    def _binary_cells(self, kind: str, records: list[bytes], store: str) -> tuple[list[Any], str]:
        how = pick(self.rng, ["binary", "base64", "datauri" if kind == "face_image" else "hex"])
        if how == "binary" and store != "csv":
            return list(records), "binary"
        if how == "hex":
            return [record.hex().upper() for record in records], "hex"
        encoded = [base64.b64encode(record).decode() for record in records]
        if how == "datauri":
            return [_data_uri(record, text) for record, text in zip(records, encoded, strict=True)], "datauri"
        return encoded, "base64"

    def _numbers(self, kind: str, written: list[str]) -> tuple[list[Any], str]:
        """Return numbers as careless exports keep them; some have lost digits."""
        if kind == "id_card":
            return [
                f"{float(s.replace('X', '0')):.{int(self.rng.integers(4, 7))}E}" for s in written
            ], DAMAGED
        numbers = [int(s) for s in written]
        if kind == "bank_card" and self.rng.random() < 0.4:
            return [float(number) for number in numbers], DAMAGED
        how = pick(self.rng, ["int64", "float64", "str_dot0"])
        if how == "int64":
            return list(numbers), "int64"
        if how == "float64" and max(numbers) < 2**53:
            return [float(number) for number in numbers], "float64"
        return [f"{number}.0" for number in numbers], "str_dot0"

    def _noisy(self, kind: str, cells: list[str]) -> tuple[list[Any], str, list[str]]:
        added: list[str] = []
        for name, rate in self.config["noise"].items():
            if not noise.applicable(name, kind) or self.rng.random() >= rate:
                continue
            masks = name in noise.MASKS
            if masks and any(other.split(":")[0] in noise.MASKS for other in added):
                continue
            share = self._mask_share() if masks else float(self.rng.choice([1.0, 0.5, 0.15]))
            cells = [noise.FUNCS[name](self.rng, s) if self.rng.random() < share else s for s in cells]
            added.append(f"{name}:{share:g}")
        return list(cells), "", added

    def _mask_share(self) -> float:
        return 1.0 if self.rng.random() < 0.6 else 0.3

    def _rates(self, *, textual: bool) -> _Rates:
        null = float(self.rng.choice(self.config["null_rates"]))
        placeholder = float(self.rng.choice(self.config["placeholder_rates"])) if textual else 0.0
        contaminated = textual and self.rng.random() < self.config["contamination_rate"]
        return _Rates(null, placeholder, float(self.rng.choice([0.05, 0.2, 0.5])) if contaminated else 0.0)

    def _disturbed(self, kind: str, cells: Iterable[Any], rates: _Rates) -> list[Any]:
        return [self._disturbed_cell(kind, cell, rates) for cell in cells]

    def _disturbed_cell(self, kind: str, cell: Any, rates: _Rates) -> Any:
        drawn = self.rng.random()
        if drawn < rates.null:
            return None
        if drawn < rates.null + rates.placeholder:
            return noise.placeholder(self.rng, kind)
        if rates.contamination and self.rng.random() < rates.contamination:
            return noise.junk(self.rng)
        return cell

    def _stored_negative(self, cells: list[Any], store: str) -> tuple[list[Any], str]:
        if isinstance(cells[0], np.ndarray):
            if store == "parquet" and self.rng.random() < 0.6:
                return cells, "list_float32"
            return [_json_vector(cell, 4) for cell in cells], "json_vector"
        whole = all(isinstance(s, str) and s.isdigit() and len(s) < 19 and s[0] != "0" for s in cells)
        if whole and self.rng.random() < 0.3:
            return [int(s) for s in cells], "int64"
        return cells, ""

    def _remarks(self, people: People, density: float) -> tuple[list[Any], list[str], list[str]]:
        """Return texts, the types that they hold, and those that they hold too rarely to be demanded."""
        template = pick(self.rng, self.words["remark_templates"]) if self.rng.random() < 0.5 else None
        hits: dict[str, int] = {}
        cells = [self._remark(people, i, density, template, hits) for i in range(people.n)]
        types = {kind for kind, count in hits.items() if count >= MIN_HITS}
        weak = hits.keys() - types
        if density < WEAK_DENSITY:  # a name inside running text needs language understanding
            weak |= types & {"person_name", "address", "wechat_id"}
        return cells, sorted(types - weak), sorted(weak)

    def _remark(
        self, people: People, i: int, density: float, template: str | None, hits: dict[str, int]
    ) -> str | None:
        if self.rng.random() >= density:
            return pick(self.rng, self.words["remark_plain"]) if self.rng.random() < 0.8 else None
        text = template or pick(self.rng, self.words["remark_templates"])
        filled = {"name": people.name[i], "mobile": people.mobile[i]}
        for slot in ("id_card", "bank_card", "email", "address", "wechat_id"):
            if f"{{{slot}}}" in text:
                filled[slot] = values.make(slot, people, i, 0)
        for slot, kind in SLOTS.items():
            if f"{{{slot}}}" in text:
                hits[kind] = hits.get(kind, 0) + 1
        return text.format(**filled)

    def _records(self, people: People, form: str) -> tuple[list[Any], list[str], list[str]]:
        count = int(self.rng.integers(2, 5))
        kinds = [EMBEDDED[j] for j in self.rng.permutation(len(EMBEDDED))[:count]]
        keys = dict(zip(EMBEDDED, self.config["json_keys"], strict=True))
        cells = [self._record(people, i, form, kinds, keys) for i in range(people.n)]
        keyless = {"wechat_id", "passport"} & set(kinds) if form == "concat" else set()
        return cells, sorted(set(kinds) - keyless), sorted(keyless)

    def _record(self, people: People, i: int, form: str, kinds: Sequence[str], keys: dict[str, str]) -> str:
        held = {keys[kind]: values.make(kind, people, i, 0) for kind in kinds}
        if form == "json":
            escaped = bool(self.rng.random() < 0.2)
            return json.dumps({"seq": i, **held, "ok": True}, ensure_ascii=escaped)
        if form == "nested_json":
            request = {"trace": values.digits(self.rng, 8), "body": held}
            return json.dumps({"req": request, "list": [1, 2]}, ensure_ascii=False)
        if form == "concat":
            return str(self.config["concat_sep"]).join(held.values())
        if form == "kv":
            return "&".join(f"{key}={value}" for key, value in held.items())
        return "<r>" + "".join(f"<{key}>{value}</{key}>" for key, value in held.items()) + "</r>"


@dataclass(frozen=True)
class _Rates:
    """Shares of cells that hold nothing, a placeholder, or another kind of value."""

    null: float
    placeholder: float
    contamination: float


def _alternatives(kind: str, variant: int) -> str:
    """Return the label of a type: further ids are right where the format is shared."""
    if kind == "driver_license" and variant % 2 == 0:
        return "driver_license|id_card"
    if kind == "tax_id" and variant % 2 == 0:
        return "tax_id|uscc"
    if kind == "wechat_id" and variant % 3 == 1:
        return "wechat_id|user_account"
    shared = {
        "uscc": "uscc|tax_id",
        "person_name_pinyin": "person_name_pinyin|person_name",
        "native_place": "native_place|address",
    }
    return shared.get(kind, kind)


def _demanded(
    labels: list[str], style: str, dtype: str, noises: Sequence[str], *, decidable: bool
) -> tuple[list[str], list[str], str]:
    """Return labels, optional labels and a note: what cannot be told from the column is not demanded."""
    note = "precision lost" if dtype == DAMAGED else ""
    if style not in ("opaque", "misleading"):
        return ([], labels, note) if dtype == DAMAGED else (labels, [], note)
    hidden = any(name in ("mask:1", "mask_x:1") for name in noises)
    if decidable and not hidden and dtype not in (DAMAGED, "int64", "float64"):
        return labels, [], note
    return [], labels, note or "undecidable without a header"


def _json_vector(vector: Any, places: int) -> str:
    return json.dumps([round(float(x), places) for x in vector])


def _data_uri(record: bytes, encoded: str) -> str:
    kind = "png" if record.startswith(b"\x89PNG") else "jpeg"
    return f"data:image/{kind};base64,{encoded}"
