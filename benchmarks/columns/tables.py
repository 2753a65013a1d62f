"""Column-type benchmark: tables whose columns have known types."""

from __future__ import annotations

import base64
import csv
import json
import sqlite3
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.columns import negatives as N
from benchmarks.columns import noise as NZ
from benchmarks.columns import values as V
from benchmarks.columns.taxonomy import TYPES

BINARY = {"face_image", "fingerprint", "iris"}
VECTOR = {"face_embedding", "voiceprint", "gait"}
NUMERIC_OK = {
    "mobile": "mobile",
    "qq": "qq",
    "bank_card": "bank_card",
    "weibo_id": "weibo_id",
    "imei": "imei",
    "id_card": "id_card",
    "student_no": "student_no",
}
EMBED_TYPES = [
    "mobile",
    "id_card",
    "email",
    "bank_card",
    "person_name",
    "address",
    "wechat_id",
    "license_plate",
    "passport",
]

THEMES = {
    "hr_employee": "person_name id_card gender birth_date ethnicity political_status marital_status education occupation mobile email address salary employee_no bank_card housing_fund_no social_security_no native_place".split(),
    "hospital_visit": "person_name gender age id_card mobile medical_record_no diagnosis_text icd10_code medication health_measure blood_type medical_insurance_no address family_relation".split(),
    "bank_customer": "person_name id_card mobile bank_card bank_account credit_score transaction_amount occupation marital_status address email postcode passport landline".split(),
    "ecommerce_order": "user_account person_name mobile address postcode transaction_amount ip_address device_id user_agent email wechat_id qq".split(),
    "telecom_device": "mobile imei imsi iccid mac_address ip_address device_id geo_location user_account cookie_id".split(),
    "vehicle": "person_name license_plate vin driver_license id_card mobile address geo_location".split(),
    "school": "person_name student_no gender birth_date ethnicity family_relation mobile address id_card birth_certificate native_place education".split(),
    "border": "person_name_pinyin passport hkmo_permit tw_permit hmt_residence_permit exit_entry_permit foreign_pr_card nationality birth_date gender religion military_id".split(),
    "company_partner": "uscc org_code business_license tax_id person_name landline email address mobile postcode".split(),
    "access_control": "employee_no person_name face_embedding face_image fingerprint voiceprint iris gait mobile".split(),
    "web_log": "cookie_id user_agent ip_address device_id user_account browsing_history auth_token weibo_id qq password".split(),
    "community": "person_name id_card ethnicity religion marital_status education occupation property_cert license_plate criminal_record mobile address political_status military_id".split(),
}
NEG_BY_THEME = {
    "ecommerce_order": "order_no_18 product_name company_name tracking_no amount quantity luhn_sku url gender_target".split(),
    "hospital_visit": "org_unit drug_catalog order_no_18 date_col enum_code amount".split(),
    "telecom_device": "version_no serial_11_1 epoch_ms sensor_vector public_ip_range asset_no".split(),
    "access_control": "product_embedding sensor_vector asset_no date_col epoch_ms".split(),
    "web_log": "hex_digest uuid url log_line epoch_ms version_no".split(),
    "school": "course_name book_title isbn org_unit agg_stat education_req".split(),
    "vehicle": "asset_no color_code place_name poi_coordinate flight_no temperature".split(),
    "company_partner": "company_name contract_no hotline region_name amount".split(),
}


def load_headers(path) -> dict:
    out = {}
    with open(path, encoding="utf-8") as f:
        for line in f:
            if line.startswith("#") or not line.strip():
                continue
            t, *h = line.rstrip("\n").split("\t")
            out[t] = tuple([x.strip() for x in c.split(",") if x.strip()] for c in h)
    return out


def _res(path: str, base: Path | None):
    for cand in ([base / path] if base else []) + [V.RES / path, Path(path)]:
        if cand.exists():
            return cand
    raise FileNotFoundError(path)


class Builder:
    def __init__(self, cfg: dict, out: Path, base: Path | None = None):
        self.cfg, self.out = cfg, out
        self.rng = np.random.default_rng(cfg["seed"])
        self.words = json.loads(_res(cfg["words"], base).read_text(encoding="utf-8"))
        self.headers = load_headers(_res(cfg["headers"], base))
        self.neg = N.load_classes(_res(cfg["negatives"], base))
        self.truth: list[dict] = []
        self.variant_no: dict[str, int] = {t: int(self.rng.integers(0, 12)) for t in TYPES}
        self.variant_no.update({c: int(self.rng.integers(0, 12)) for c in self.neg})
        self.opaque_no = 0

    # -------------------------------------------------------------- headers
    def header(self, names, kind: str, used: set, misleading=None) -> tuple[str, str]:
        r = self.rng
        cn, en, py = names[:3]
        for _ in range(40):
            if kind == "cn":
                h = V.pick(r, cn)
            elif kind == "en":
                h = V.pick(r, en or cn)
                if r.random() < self.cfg.get("camel", 0.2):
                    parts = h.split("_")
                    h = parts[0] + "".join(x.capitalize() for x in parts[1:])
                if r.random() < self.cfg.get("prefix_rate", 0.2):
                    h = V.pick(r, self.cfg["prefixes"]) + h
            elif kind == "pinyin":
                h = V.pick(r, py or cn)
                if r.random() < 0.2:
                    h = h.upper()
            elif kind == "opaque":
                self.opaque_no += 1
                h = V.pick(r, self.cfg["opaque"]).format(n=int(r.integers(1, 100)))
            else:
                h = V.pick(r, misleading)
            if h.lower() not in used:
                used.add(h.lower())
                return h, kind
        h = f"{h}_{len(used)}"
        used.add(h.lower())
        return h, kind

    def next_variant(self, t: str) -> int:
        self.variant_no[t] += 1
        return self.variant_no[t]

    # -------------------------------------------------------------- positive columns
    def positive(self, typ: str, people, kind: str, used: set, fmt: str):
        r, n, c = self.rng, people.n, self.cfg
        v = self.next_variant(typ)
        vals = [V.make(typ, people, i, v) for i in range(n)]
        noise, contamination, dtype, form = [], 0.0, "", "plain"
        is_str = isinstance(vals[0], str)
        optional_reason = ""
        if typ in VECTOR or typ in BINARY:
            vals, dtype = self.encode(typ, vals, fmt)
        elif (
            typ in NUMERIC_OK
            and (typ == "id_card" or all(str(x).isdigit() for x in vals))
            and r.random() < c["numeric_rate"] * (0.4 if typ == "id_card" else 1)
        ):
            vals, dtype = self.to_numeric(typ, vals)
            if dtype == "float_damaged":
                optional_reason = "precision lost"
        elif is_str:
            names = [k for k in c["noise"] if NZ.applicable(k, typ)]
            wts = np.array([c["noise"][k] for k in names], float)
            masked = False
            for k, wgt in zip(names, wts):
                if r.random() >= wgt:
                    continue
                if k in ("mask", "mask_x"):
                    if masked:
                        continue
                    masked = True
                    share = 1.0 if r.random() < 0.6 else 0.3
                else:
                    share = float(r.choice([1.0, 0.5, 0.15]))
                vals = [NZ.FUNCS[k](r, s) if r.random() < share else s for s in vals]
                noise.append(f"{k}:{share:g}")
        nullrate = float(r.choice(c["null_rates"]))
        phrate = float(r.choice(c["placeholder_rates"])) if is_str and not dtype else 0.0
        if is_str and not dtype and r.random() < c["contamination_rate"]:
            contamination = float(r.choice([0.05, 0.2, 0.5]))
        out = []
        for s in vals:
            x = r.random()
            if x < nullrate:
                out.append(None)
            elif x < nullrate + phrate:
                out.append(NZ.placeholder(r, typ))
            elif contamination and r.random() < contamination:
                out.append(NZ.junk(r, typ))
            else:
                out.append(s)
        if phrate:
            noise.append(f"placeholder:{phrate:g}")
        labels, optional = [typ], []
        alt = {
            "driver_license": "driver_license|id_card" if v % 2 == 0 else "driver_license",
            "tax_id": "tax_id|uscc" if v % 2 == 0 else "tax_id",
            "uscc": "uscc|tax_id",
            "social_security_no": "social_security_no",
            "person_name_pinyin": "person_name_pinyin|person_name",
            "native_place": "native_place|address",
            "wechat_id": "wechat_id|user_account" if v % 3 == 1 else "wechat_id",
        }
        labels = [alt.get(typ, typ)]
        if kind in ("opaque", "misleading"):
            if (
                not V.decidable_without_header(typ, v)
                or dtype in ("float_damaged", "int64", "float64")
                or any(x in ("mask:1", "mask_x:1") for x in noise)
            ):
                optional, labels = labels, []
                optional_reason = optional_reason or "undecidable without a header"
        elif dtype == "float_damaged":
            optional, labels = labels, []
        if (
            typ == "hmt_residence_permit"
        ):  # same 18-digit form and check digit as the resident identity number
            optional = optional + ["id_card"]
        mis = None
        if kind == "misleading":
            mis = c["misleading"]
        h, kind = self.header(self.headers[typ], kind, used, mis)
        return (
            h,
            out,
            dict(
                labels=labels,
                optional=optional,
                neg_class="",
                header_kind=kind,
                form=form,
                dtype=dtype,
                noise=";".join(noise),
                contamination=contamination,
                null_rate=nullrate,
                variant=v,
                base_type=typ,
                note=optional_reason,
            ),
        )

    def encode(self, typ, vals, fmt):
        r = self.rng
        if typ in VECTOR:
            k = (
                V.pick(r, ["list", "fixed", "json", "base64"])
                if fmt == "parquet"
                else V.pick(r, ["json", "base64"])
            )
            if k == "json":
                return [json.dumps([round(float(x), 5) for x in v[:128]]) for v in vals], "json_vector"
            if k == "base64":
                return [base64.b64encode(v.tobytes()).decode() for v in vals], "base64_float32"
            return vals, "list_float32" if k == "list" else "fixed_list_float32"
        k = V.pick(r, ["binary", "base64", "datauri"] if typ == "face_image" else ["binary", "base64", "hex"])
        if k == "binary" and fmt == "csv":
            k = "base64"
        if k == "binary":
            return vals, "binary"
        if k == "hex":
            return [v.hex().upper() for v in vals], "hex"
        b = [base64.b64encode(v).decode() for v in vals]
        if k == "datauri":
            return [
                "data:image/" + ("png" if v[:4] == b"\x89PNG" else "jpeg") + ";base64," + s
                for v, s in zip(vals, b)
            ], "datauri"
        return b, "base64"

    def to_numeric(self, typ, vals):
        r = self.rng
        if typ == "id_card":
            return [f"{float(s.replace('X', '0')):.{int(r.integers(4, 7))}E}" for s in vals], "float_damaged"
        if typ == "bank_card" and r.random() < 0.4:
            return [float(int(s)) for s in vals], "float_damaged"
        k = V.pick(r, ["int64", "float64", "str_dot0"])
        nums = [int(s) for s in vals]
        if k == "int64":
            return nums, "int64"
        if k == "float64" and max(nums) < 2**53:
            return [float(x) for x in nums], "float64"
        return [f"{x}.0" for x in nums], "str_dot0"

    # -------------------------------------------------------------- embedded columns
    def embedded(self, people, kind: str, used: set):
        r, n, w, c = self.rng, people.n, self.words, self.cfg
        form = V.pick(r, c["embedded_forms"])
        density = float(r.choice(c["densities"]))
        if form == "remark":
            tpl = V.pick(r, w["remark_templates"]) if r.random() < 0.5 else None
            types: set[str] = set()
            out = []
            hits: dict[str, int] = {}
            for i in range(n):
                if r.random() < density:
                    t = tpl or V.pick(r, w["remark_templates"])
                    f = {"name": people.name[i], "mobile": people.mobile[i]}
                    for k in ("id_card", "bank_card", "email", "address", "wechat_id"):
                        if "{" + k + "}" in t:
                            f[k] = V.make(k, people, i, 0)
                    for k, ty in (
                        ("name", "person_name"),
                        ("mobile", "mobile"),
                        ("id_card", "id_card"),
                        ("bank_card", "bank_card"),
                        ("email", "email"),
                        ("address", "address"),
                        ("wechat_id", "wechat_id"),
                    ):
                        if "{" + k + "}" in t:
                            hits[ty] = hits.get(ty, 0) + 1
                    out.append(t.format(**f))
                else:
                    out.append(V.pick(r, w["remark_plain"]) if r.random() < 0.8 else None)
            min_hits = 3
            types = {t for t, k in hits.items() if k >= min_hits}
            weak = {t for t, k in hits.items() if k < min_hits}
            # a name inside running text needs language understanding; it is optional below 5% density
            if density < 0.05:
                weak |= types & {"person_name", "address", "wechat_id"}
                types -= weak
            labels, optional = sorted(types), sorted(weak)
        else:
            k = int(r.integers(2, 5))
            ts = [EMBED_TYPES[j] for j in r.permutation(len(EMBED_TYPES))[:k]]
            key = {
                "mobile": c["json_keys"][0],
                "id_card": c["json_keys"][1],
                "email": c["json_keys"][2],
                "bank_card": c["json_keys"][3],
                "person_name": c["json_keys"][4],
                "address": c["json_keys"][5],
                "wechat_id": c["json_keys"][6],
                "license_plate": c["json_keys"][7],
                "passport": c["json_keys"][8],
            }
            out = []
            density = 1.0
            for i in range(n):
                vs = {t: V.make(t, people, i, 0) for t in ts}
                if form == "json":
                    out.append(
                        json.dumps(
                            {"seq": i, **{key[t]: x for t, x in vs.items()}, "ok": True},
                            ensure_ascii=bool(r.random() < 0.2),
                        )
                    )
                elif form == "nested_json":
                    out.append(
                        json.dumps(
                            {
                                "req": {"trace": V.digits(r, 8), "body": {key[t]: x for t, x in vs.items()}},
                                "list": [1, 2],
                            },
                            ensure_ascii=False,
                        )
                    )
                elif form == "concat":
                    out.append(c["concat_sep"].join(vs.values()))
                elif form == "kv":
                    out.append("&".join(f"{key[t]}={x}" for t, x in vs.items()))
                else:  # xml
                    out.append("<r>" + "".join(f"<{key[t]}>{x}</{key[t]}>" for t, x in vs.items()) + "</r>")
            labels, optional = sorted(ts), []
            if form == "concat":
                optional = [
                    t for t in labels if t in ("wechat_id", "passport")
                ]  # not recognisable without a key
                labels = [t for t in labels if t not in optional]
        names = c["embedded_headers"]
        h, kind = self.header((names["cn"], names["en"], names["py"]), kind, used, names["en"])
        return (
            h,
            out,
            dict(
                labels=labels,
                optional=optional,
                neg_class="",
                header_kind=kind,
                form="embedded_" + form,
                dtype="str",
                noise=f"density:{density:g}",
                contamination=0.0,
                null_rate=0.0,
                variant=0,
                base_type="embedded",
                note="",
            ),
        )

    # -------------------------------------------------------------- negative columns
    def negative(self, cls: str, n: int, kind: str, used: set, fmt: str):
        r = self.rng
        v = self.next_variant(cls)
        vals = [N.make(cls, r, self.words, i, n, v) for i in range(n)]
        dtype = ""
        if isinstance(vals[0], np.ndarray):
            k = "list_float32" if fmt == "parquet" and r.random() < 0.6 else "json_vector"
            if k == "json_vector":
                vals = [json.dumps([round(float(x), 4) for x in a]) for a in vals]
            dtype = k
        elif (
            all(isinstance(x, str) and x.isdigit() and len(x) < 19 and x[0] != "0" for x in vals)
            and r.random() < 0.3
        ):
            vals, dtype = [int(x) for x in vals], "int64"
        nullrate = float(r.choice(self.cfg["null_rates"]))
        vals = [None if r.random() < nullrate else x for x in vals]
        names = self.neg[cls]
        h, kind = self.header(names, kind, used, names[3] if len(names) > 3 and names[3] else names[1])
        tol = list(N.TOLERATED.get(cls, []))
        if kind in ("opaque", "misleading"):
            tol += N.TOLERATED_OPAQUE.get(cls, [])
        return (
            h,
            vals,
            dict(
                labels=[],
                optional=sorted(set(tol)),
                neg_class=cls,
                header_kind=kind,
                form="plain",
                dtype=dtype,
                noise="",
                contamination=0.0,
                null_rate=nullrate,
                variant=v,
                base_type="",
                note="",
            ),
        )

    # -------------------------------------------------------------- tables
    def build(self):
        r, c = self.rng, self.cfg
        lake, wh = self.out / c["lake_dir"], self.out / c["sqlite_name"]
        lake.mkdir(parents=True, exist_ok=True)
        wh.unlink(missing_ok=True)
        con = sqlite3.connect(wh)
        kinds, kp = list(c["header_mix"]), np.array(list(c["header_mix"].values()), float)
        kp /= kp.sum()
        # every (type, header kind) pair appears at least once
        todo = [
            (t, k)
            for t in TYPES
            for k, q in zip(kinds, kp)
            for _ in range(max(1, round(q * c.get("more_columns", {}).get(t, c["columns_per_type"]))))
        ]
        todo_neg = [
            (x, k)
            for x in self.neg
            for k, q in zip(kinds, kp)
            for _ in range(max(1, round(q * c["columns_per_negative"])))
        ]
        todo = [todo[i] for i in r.permutation(len(todo))]
        todo_neg = [todo_neg[i] for i in r.permutation(len(todo_neg))]
        emb = [(None, k) for k in ("cn", "en", "pinyin", "opaque") for _ in range(c["embedded_columns"] // 4)]
        themes = list(c["themes"]) if "themes" in c else list(THEMES)
        ti = 0
        while todo or todo_neg or emb:
            theme = themes[ti % len(themes)]
            ti += 1
            fmt = V.pick(r, ["parquet", "csv", "sqlite"])
            n = int(r.integers(*c["rows"]))
            bio = False
            cols, used = [], set()
            want = int(r.integers(*c["cols"]))
            tset = THEMES[theme]
            mine = [x for x in todo if x[0] in tset][: max(3, int(want * 0.55))]
            for x in mine:
                todo.remove(x)
            if not mine and todo:
                mine = todo[: want // 2]
                del todo[: want // 2]
            negp = set(NEG_BY_THEME.get(theme, []))
            mneg = [x for x in todo_neg if x[0] in negp][:3] + todo_neg[: max(2, int(want * 0.3))]
            seen = []
            for x in mneg:
                if x in todo_neg:
                    todo_neg.remove(x)
                    seen.append(x)
            bio = any(t in VECTOR | BINARY for t, _ in mine) or any(
                x in ("product_embedding", "sensor_vector") for x, _ in seen
            )
            if bio:
                n = int(r.integers(*c["bio_rows"]))
            people = V.People(
                r,
                n,
                self.words,
                "child"
                if theme == "school" and r.random() < 0.6
                else "adult"
                if theme in ("hr_employee", "bank_customer")
                else "any",
            )
            for t, k in mine:
                cols.append(self.positive(t, people, k, used, fmt))
            for x, k in seen:
                cols.append(self.negative(x, n, k, used, fmt))
            if emb and r.random() < 0.7:
                _, k = emb.pop()
                cols.append(self.embedded(people, k, used))
            if not cols:
                continue
            cols = [cols[i] for i in r.permutation(len(cols))]
            name = V.pick(r, c["table_names"].get(theme, [theme])) + f"_{ti:03d}"
            self.write(name, fmt, cols, n, lake, con)
        con.commit()
        con.execute("vacuum")
        con.close()
        return self.truth

    def write(self, name, fmt, cols, n, lake, con):
        ds = self.cfg["dataset_prefix"] + (
            "/" + self.cfg["lake_dir"] if fmt != "sqlite" else "/" + self.cfg["sqlite_name"].rsplit(".", 1)[0]
        )
        for h, _, meta in cols:
            self.truth.append(dict(dataset=ds, table=name, column=h, format=fmt, rows=n, **meta))
        if fmt == "parquet":
            arrs = []
            for h, vals, m in cols:
                if m["dtype"] == "list_float32":
                    arrs.append(
                        pa.array(
                            [None if v is None else [float(x) for x in v] for v in vals],
                            pa.list_(pa.float32()),
                        )
                    )
                elif m["dtype"] == "fixed_list_float32":
                    d = len(next(v for v in vals if v is not None))
                    arrs.append(
                        pa.array(
                            [None if v is None else [float(x) for x in v] for v in vals],
                            pa.list_(pa.float32(), d),
                        )
                    )
                else:
                    arrs.append(pa.array(vals))
            pq.write_table(
                pa.table(arrs, names=[h for h, _, _ in cols]), lake / f"{name}.parquet", compression="zstd"
            )
        elif fmt == "csv":
            enc = V.pick(self.rng, self.cfg["csv_encodings"])
            sep = V.pick(self.rng, self.cfg["csv_seps"])
            with open(lake / f"{name}.csv", "w", encoding=enc, errors="replace", newline="") as f:
                w = csv.writer(f, delimiter=sep)
                w.writerow([h for h, _, _ in cols])
                for i in range(n):
                    w.writerow(["" if v[i] is None else v[i] for _, v, _ in cols])
        else:
            df = pd.DataFrame({h: pd.Series(vals, dtype=object) for h, vals, _ in cols})
            decl = ", ".join(
                f'"{h}" {"BLOB" if m["dtype"] == "binary" else "INTEGER" if m["dtype"] == "int64" else "REAL" if m["dtype"] in ("float64", "float_damaged") and isinstance(vals[0], float) else "TEXT"}'
                for h, vals, m in cols
            )
            con.execute(f'CREATE TABLE "{name}" ({decl})')
            con.executemany(
                f'INSERT INTO "{name}" VALUES ({",".join("?" * len(cols))})',
                df.itertuples(index=False, name=None),
            )


TRUTH_FIELDS = [
    "dataset",
    "table",
    "column",
    "labels",
    "optional",
    "neg_class",
    "header_kind",
    "form",
    "base_type",
    "dtype",
    "noise",
    "contamination",
    "null_rate",
    "variant",
    "format",
    "rows",
    "note",
]


def write_truth(truth: list[dict], path: Path):
    with open(path, "w", encoding="utf-8", newline="") as f:
        w = csv.DictWriter(f, TRUTH_FIELDS, extrasaction="ignore")
        w.writeheader()
        for t in truth:
            w.writerow({**t, "labels": ";".join(t["labels"]), "optional": ";".join(t["optional"])})
