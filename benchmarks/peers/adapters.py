"""Run one peer over a file of cells and write predictions. Runs on the peers' own Python, without Pandian.

    python adapters.py PEER CELLS.jsonl PREDICTIONS.json [--context]

A peer that reads text is given each cell; with ``--context`` after the column's comment or name and a colon
("身份证号：..."), which such tools are made for. A column holds the type that the peer finds in at least
``WHOLE_SHARE`` of its cells when the find fills most of the cell, and every type found inside longer text
in at least ``TEXT_CELLS`` cells. presidio-structured decides by itself: its answer is taken as it is.
What a peer finds and the benchmark has no type for (URL, organization) is dropped, not held against it.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

WHOLE_SHARE = 0.3  # columns of the benchmark hold up to half of other values
FILLS = 0.6  # a find that covers this share of a cell is the cell's content
TEXT_CELLS = 3  # as many as the truth demands of running text
CELL_CHARACTERS = 2_000  # vectors and pictures are cut: no peer reads them

Find = tuple[str, int, int]  # type of the benchmark, start, end
Finder = Callable[[str], Iterable[Find]]
Column = dict[str, Any]

ARGUS = {
    "phone": "mobile", "phone_landline": "landline", "id_number": "id_card", "eep": "exit_entry_permit",
    "hrp": "hkmo_permit", "housing_fund": "housing_fund_no", "bank_card": "bank_card", "passport": "passport",
    "license_plate": "license_plate", "address": "address", "credit_code": "uscc", "qq": "qq",
    "wechat": "wechat_id",
    "date_of_birth": "birth_date", "military_id": "military_id", "social_security": "social_security_no",
    "job_title": "occupation", "school": "education", "ethnicity": "ethnicity",
    "criminal_record": "criminal_record",
    "medical": "diagnosis_text", "religion": "religion", "political": "political_status",
    "person": "person_name",
    "age": "age", "email": "email", "ip_address": "ip_address", "mac_address": "mac_address", "imei": "imei",
    "gender": "gender", "biometric": "face_embedding", "jwt": "auth_token",
}  # fmt: skip
HELAN = {
    "PERSON_NAME": "person_name", "ID_CARD": "id_card", "BANK_CARD": "bank_card", "USCC": "uscc",
    "PASSPORT": "passport", "PHONE": "mobile", "LANDLINE": "landline", "EMAIL": "email",
    "IP_ADDRESS": "ip_address",
    "LICENSE_PLATE": "license_plate", "ADDRESS": "address", "POSTAL_CODE": "postcode", "QQ_NUMBER": "qq",
    "WECHAT_ID": "wechat_id", "OFFICER_ID": "military_id",
}  # fmt: skip
PRESIDIO = {
    "PHONE_NUMBER": "mobile", "EMAIL_ADDRESS": "email", "IP_ADDRESS": "ip_address",
    "MAC_ADDRESS": "mac_address",
    "CREDIT_CARD": "bank_card", "PERSON": "person_name", "LOCATION": "address", "NRP": "ethnicity",
    "DATE_TIME": "birth_date", "US_BANK_NUMBER": "bank_account", "US_DRIVER_LICENSE": "driver_license",
    "US_PASSPORT": "passport", "IBAN_CODE": "bank_account",
}  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("peer", choices=sorted(PEERS))
    parser.add_argument("cells", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument(
        "--context", action="store_true", help="put the column's comment or name before each cell"
    )
    options = parser.parse_args()
    start = time.perf_counter()
    columns = [json.loads(line) for line in options.cells.read_text(encoding="utf-8").splitlines()]
    rows = [row for row in PEERS[options.peer](columns, options.context) if row["types"]]
    read = sum(len(column["cells"]) for column in columns)
    options.out.write_text(
        json.dumps({"columns": rows}, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )
    seconds = time.perf_counter() - start
    print(f"{options.peer}: {len(columns)} columns, {read} cells, {seconds:.0f} s", file=sys.stderr)


def by_text(columns: Iterable[Column], finder: Finder, *, context: bool) -> Iterator[Column]:
    """Yield predictions of a tool that finds personal data in text."""
    for column in columns:
        prefix = f"{column['comment'] or column['column']}：" if context else ""
        finds = [cell_finds(finder, prefix, cell[:CELL_CHARACTERS]) for cell in column["cells"]]
        types = decide(finds, [len(cell) for cell in column["cells"]])
        yield {**{name: column[name] for name in ("dataset", "table", "column")}, "types": types}


def cell_finds(finder: Finder, prefix: str, cell: str) -> list[Find]:
    """Return the finds within the cell; those in the prefix that gave it context do not count."""
    shift = len(prefix)
    found = [(kind, start - shift, end - shift) for kind, start, end in finder(prefix + cell)]
    return [(kind, max(start, 0), end) for kind, start, end in found if end > 0]


def decide(finds: list[list[Find]], lengths: list[int]) -> list[str]:
    """Return the types of a column, from the finds in each cell and the lengths of the cells."""
    whole, within = Counter[str](), Counter[str]()
    for found, length in zip(finds, lengths, strict=True):
        widest = max(found, key=lambda find: find[2] - find[1], default=None)
        if widest and widest[2] - widest[1] >= FILLS * length:
            whole[widest[0]] += 1
        else:
            within.update({kind for kind, _, _ in found})
    best = whole.most_common(1)
    types = {best[0][0]} if best and best[0][1] >= WHOLE_SHARE * len(finds) else set()
    return sorted(types | {kind for kind, count in within.items() if count >= TEXT_CELLS})


def argus(columns: list[Column], context: bool) -> Iterator[Column]:
    """argus-redact: Chinese personal data in text."""
    from argus_redact import redact

    def finder(text: str) -> Iterator[Find]:
        for entity in redact(text, lang="zh", report=True).entities:
            if entity["type"] in ARGUS:
                yield ARGUS[entity["type"]], entity["start"], entity["end"]

    return by_text(columns, finder, context=context)


def helan(columns: list[Column], context: bool) -> Iterator[Column]:
    """Helan: Chinese-first masking of text."""
    import helan as library

    recognizers = library.build_recognizers()

    def finder(text: str) -> Iterator[Find]:
        for entity in library.recognize(text, recognizers=recognizers):
            if entity.type in HELAN:
                yield HELAN[entity.type], entity.start, entity.end

    return by_text(columns, finder, context=context)


def presidio_structured(columns: list[Column], context: bool) -> Iterator[Column]:
    """presidio-structured as documented, for Chinese: a blank pipeline, recognizers of no country, CN phones.

    No Chinese model is on the registry, so there is no entity recognition. Context is not used: the tool
    takes a data frame.
    """
    del context
    import pandas as pd
    from presidio_structured import PandasAnalysisBuilder

    builder = PandasAnalysisBuilder(analyzer=chinese_analyzer())
    for column in columns:
        types: list[str] = []
        if column["cells"]:
            frame = pd.DataFrame({"c": [cell[:CELL_CHARACTERS] for cell in column["cells"]]})
            found = builder.generate_analysis(frame, language="zh").entity_mapping.get("c")
            types = [PRESIDIO[found]] if found in PRESIDIO else []
        yield {**{name: column[name] for name in ("dataset", "table", "column")}, "types": types}


def chinese_analyzer() -> Any:
    """Return Presidio's analyzer for Chinese without any download: neither a model nor a list of suffixes."""
    import spacy
    import tldextract
    from presidio_analyzer import AnalyzerEngine, RecognizerRegistry
    from presidio_analyzer.nlp_engine import SpacyNlpEngine
    from presidio_analyzer.predefined_recognizers import PhoneRecognizer

    tldextract.extract = tldextract.TLDExtract(suffix_list_urls=(), fallback_to_snapshot=True, cache_dir=None)
    nlp = SpacyNlpEngine(models=[{"lang_code": "zh", "model_name": "blank"}])
    nlp.nlp = {"zh": spacy.blank("zh")}
    registry = RecognizerRegistry(supported_languages=["zh"])
    registry.load_predefined_recognizers(languages=["zh"])
    registry.add_recognizer(PhoneRecognizer(supported_language="zh", supported_regions=("CN",)))
    return AnalyzerEngine(nlp_engine=nlp, registry=registry, supported_languages=["zh"])


PEERS = {"argus-redact": argus, "helan": helan, "presidio-structured": presidio_structured}

if __name__ == "__main__":
    main()
