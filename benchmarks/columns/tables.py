"""Tables whose columns have known types, in Parquet, CSV and SQLite files."""

from __future__ import annotations

import csv
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.columns.column import BINARY, VECTOR, ColumnMaker, Made
from benchmarks.columns.taxonomy import TYPES
from benchmarks.columns.values import ETHNIC, NATION, RELIGION, People, pick

THEMES = {
    "hr_employee": "person_name id_card gender birth_date ethnicity political_status marital_status "
    "education occupation mobile email address salary employee_no bank_card "
    "housing_fund_no social_security_no native_place",
    "hospital_visit": "person_name gender age id_card mobile medical_record_no diagnosis_text icd10_code "
    "medication health_measure blood_type medical_insurance_no address family_relation",
    "bank_customer": "person_name id_card mobile bank_card bank_account credit_score transaction_amount "
    "occupation marital_status address email postcode passport landline",
    "ecommerce_order": "user_account person_name mobile address postcode transaction_amount ip_address "
    "device_id user_agent email wechat_id qq",
    "telecom_device": "mobile imei imsi iccid mac_address ip_address device_id geo_location user_account "
    "cookie_id",
    "vehicle": "person_name license_plate vin driver_license id_card mobile address geo_location",
    "school": "person_name student_no gender birth_date ethnicity family_relation mobile address "
    "id_card birth_certificate native_place education",
    "border": "person_name_pinyin passport hkmo_permit tw_permit hmt_residence_permit "
    "exit_entry_permit foreign_pr_card nationality birth_date gender religion "
    "military_id",
    "company_partner": "uscc org_code business_license tax_id person_name landline email address mobile "
    "postcode",
    "access_control": "employee_no person_name face_embedding face_image fingerprint voiceprint iris gait "
    "mobile",
    "web_log": "cookie_id user_agent ip_address device_id user_account browsing_history auth_token "
    "weibo_id qq password",
    "community": "person_name id_card ethnicity religion marital_status education occupation "
    "property_cert license_plate criminal_record mobile address political_status "
    "military_id",
}
FITTING = {  # hard negatives that a table of the theme would hold
    "ecommerce_order": "order_no_18 product_name company_name tracking_no amount quantity luhn_sku url "
    "gender_target",
    "hospital_visit": "org_unit drug_catalog order_no_18 date_col enum_code amount",
    "telecom_device": "version_no serial_11_1 epoch_ms sensor_vector public_ip_range asset_no",
    "access_control": "product_embedding sensor_vector asset_no date_col epoch_ms",
    "web_log": "hex_digest uuid url log_line epoch_ms version_no",
    "school": "course_name book_title isbn org_unit agg_stat education_req",
    "vehicle": "asset_no color_code place_name poi_coordinate flight_no temperature",
    "company_partner": "company_name contract_no hotline region_name amount",
}
HEAVY = BINARY | VECTOR | {"product_embedding", "sensor_vector"}  # few rows are enough
TRUTH_FIELDS = (
    "dataset", "table", "column", "labels", "optional", "neg_class", "header_kind", "form", "base_type",
    "dtype", "noise", "contamination", "null_rate", "variant", "format", "rows", "note",
)  # fmt: skip

Wanted = tuple[str, str]  # type or class of hard negatives, header style


class Builder:
    """Writes all tables of one configuration and keeps their truth."""

    def __init__(self, config: dict[str, Any], out: Path, folder: Path) -> None:
        self.config, self.out = config, out
        self.rng = np.random.default_rng(config["seed"])
        self.maker = ColumnMaker(self.rng, config, folder)
        self.truth: list[dict[str, Any]] = []

    def build(self) -> list[dict[str, Any]]:
        """Write the tables; return one truth record a column."""
        (self.out / self.config["lake_dir"]).mkdir(parents=True, exist_ok=True)
        path = self.out / self.config["sqlite_name"]
        path.unlink(missing_ok=True)
        with closing(sqlite3.connect(path)) as connection:
            self._build(connection)
            connection.commit()
            connection.execute("vacuum")
        return self.truth

    def _build(self, connection: sqlite3.Connection) -> None:
        types, classes, texts = self._wanted()
        themes = self.config.get("themes", list(THEMES))
        number = 0
        while types or classes or texts:
            theme = themes[number % len(themes)]
            number += 1
            store = pick(self.rng, ["parquet", "csv", "sqlite"])
            rows = int(self.rng.integers(*self.config["rows"]))
            mine, harmless = _chosen(theme, types, classes, int(self.rng.integers(*self.config["cols"])))
            if any(name in HEAVY for name, _ in (*mine, *harmless)):
                rows = int(self.rng.integers(*self.config["bio_rows"]))
            people = People(self.rng, rows, self.maker.words, self._ages(theme))
            columns = self._columns(mine, harmless, texts, people, store)
            if columns:
                columns = [columns[i] for i in self.rng.permutation(len(columns))]
                name = pick(self.rng, self.config["table_names"].get(theme, [theme]))
                self._write(f"{name}_{number:03d}", store, columns, connection)
        for name, columns in dictionaries(self.config.get("dictionaries", {}), self.maker.words):
            self._write(name, pick(self.rng, ["parquet", "csv", "sqlite"]), columns, connection)

    def _wanted(self) -> tuple[list[Wanted], list[Wanted], list[str]]:
        """Return the columns still to be placed; every pair of a type and a header style occurs."""
        config = self.config
        mix = config["header_mix"]
        total = float(np.array(list(mix.values()), float).sum())
        shares = {style: share / total for style, share in mix.items()}
        more = config.get("more_columns", {})
        types = [
            (kind, style)
            for kind in TYPES
            for style, share in shares.items()
            for _ in range(max(1, round(share * more.get(kind, config["columns_per_type"]))))
        ]
        classes = [
            (name, style)
            for name in self.maker.negatives
            for style, share in shares.items()
            for _ in range(max(1, round(share * config["columns_per_negative"])))
        ]
        types = [types[i] for i in self.rng.permutation(len(types))]
        classes = [classes[i] for i in self.rng.permutation(len(classes))]
        texts = [s for s in ("cn", "en", "pinyin", "opaque") for _ in range(config["embedded_columns"] // 4)]
        return types, classes, texts

    def _ages(self, theme: str) -> str:
        if theme == "school" and self.rng.random() < 0.6:
            return "child"
        return "adult" if theme in ("hr_employee", "bank_customer") else "any"

    def _columns(
        self, mine: Sequence[Wanted], harmless: Sequence[Wanted], texts: list[str], people: People, store: str
    ) -> list[Made]:
        used: set[str] = set()
        columns = [self.maker.positive(kind, people, style, used, store) for kind, style in mine]
        columns += [self.maker.negative(name, people.n, style, used, store) for name, style in harmless]
        if texts and self.rng.random() < 0.7:
            columns.append(self.maker.embedded(people, texts.pop(), used))
        return columns

    def _write(self, table: str, store: str, columns: list[Made], connection: sqlite3.Connection) -> None:
        folder = (
            self.config["lake_dir"] if store != "sqlite" else self.config["sqlite_name"].rsplit(".", 1)[0]
        )
        where = {"dataset": f"{self.config['dataset_prefix']}/{folder}", "table": table, "format": store}
        rows = len(columns[0].values)
        self.truth += [
            {**where, "column": made.header, "rows": rows, **asdict(_light(made))} for made in columns
        ]
        path = self.out / self.config["lake_dir"] / f"{table}.{store}"
        if store == "parquet":
            arrays = [_array(made) for made in columns]
            pq.write_table(
                pa.table(arrays, names=[made.header for made in columns]), path, compression="zstd"
            )
        elif store == "csv":
            self._write_csv(path, columns)
        else:
            _write_sqlite(connection, table, columns)

    def _write_csv(self, path: Path, columns: list[Made]) -> None:
        encoding = pick(self.rng, self.config["csv_encodings"])
        separator = pick(self.rng, self.config["csv_seps"])
        with path.open("w", encoding=encoding, errors="replace", newline="") as file:
            writer = csv.writer(file, delimiter=separator)
            writer.writerow([made.header for made in columns])
            for row in zip(*(made.values for made in columns), strict=True):
                writer.writerow(["" if cell is None else cell for cell in row])


def dictionaries(wanted: dict[str, str], words: dict[str, Any]) -> Iterator[tuple[str, list[Made]]]:
    """Yield code tables: every entry once, nobody's data. ``wanted`` maps table names to lists of words."""
    known = {"ethnic_groups": ETHNIC, "countries": NATION, "religions": RELIGION, **words}
    for table, source in wanted.items():
        entries = list(dict.fromkeys(known[source]))
        codes = [f"{i:02d}" for i in range(1, len(entries) + 1)]
        columns = (("code", codes), ("name", entries), ("sort_no", list(range(1, len(entries) + 1))))
        yield (
            table,
            [
                Made(header=header, values=list(cells), header_kind="as_is", neg_class="dictionary")
                for header, cells in columns
            ],
        )


def write_truth(truth: list[dict[str, Any]], path: Path) -> None:
    """Write one line a column."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, TRUTH_FIELDS, extrasaction="ignore")
        writer.writeheader()
        for row in truth:
            lists = {name: ";".join(row[name]) for name in ("labels", "optional")}
            writer.writerow({**row, **lists})


def _chosen(
    theme: str, types: list[Wanted], classes: list[Wanted], width: int
) -> tuple[list[Wanted], list[Wanted]]:
    """Take the columns of a table out of those still to be placed."""
    held, fitting = THEMES[theme].split(), FITTING.get(theme, "").split()
    mine = [wanted for wanted in types if wanted[0] in held][: max(3, int(width * 0.55))] or types[
        : width // 2
    ]
    for wanted in mine:
        types.remove(wanted)
    likely = [wanted for wanted in classes if wanted[0] in fitting][:3] + classes[: max(2, int(width * 0.3))]
    harmless = []
    for wanted in likely:
        if wanted in classes:
            classes.remove(wanted)
            harmless.append(wanted)
    return mine, harmless


def _light(made: Made) -> Made:
    """Return the column without its values, of which the truth keeps none."""
    return Made(**{**made.__dict__, "values": []})


def _array(made: Made) -> pa.Array:
    if made.dtype not in ("list_float32", "fixed_list_float32"):
        return pa.array(made.values)
    vectors = [None if cell is None else [float(x) for x in cell] for cell in made.values]
    if made.dtype == "list_float32":
        return pa.array(vectors, pa.list_(pa.float32()))
    return pa.array(
        vectors, pa.list_(pa.float32(), len(next(vector for vector in vectors if vector is not None)))
    )


def _write_sqlite(connection: sqlite3.Connection, table: str, columns: list[Made]) -> None:
    declared = ", ".join(f'"{made.header}" {_sql_type(made)}' for made in columns)
    connection.execute(f'CREATE TABLE "{table}" ({declared})')
    places = ",".join("?" * len(columns))
    rows = zip(*(made.values for made in columns), strict=True)
    connection.executemany(f'INSERT INTO "{table}" VALUES ({places})', rows)  # noqa: S608 -- our own names


def _sql_type(made: Made) -> str:
    if made.dtype in ("float64", "float_damaged") and isinstance(made.values[0], float):
        return "REAL"
    return {"binary": "BLOB", "int64": "INTEGER"}.get(made.dtype, "TEXT")
