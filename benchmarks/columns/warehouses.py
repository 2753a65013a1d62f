"""Data-subject-count benchmark: multi-table warehouses with exactly known numbers of natural persons.

Everything about a person is a pure function of (seed, person number), so warehouses are produced chunk by
chunk and the truth is computed while writing; memory does not grow with the number of persons.

Truth, for a scope (a table, a dataset, the warehouse, the outbound tables, a sensitive category):

  true_persons      number of distinct natural persons with at least one row in the scope (hidden person numbers)
  linkable_persons  what a linker without errors would report: rows of the same person are joined when they share
                    a usable identifier value (directly or through other rows of the warehouse), rows of different
                    persons are never joined.  Persons are counted once per connected group of rows.  Rows without
                    any usable identifier are not counted here.
  linkable_local    the same, using only links inside the scope
  anonymous_rows    rows (subject slots) of a person with no usable identifier (all masked, missing, placeholder,
                    failed check digit)

`linkable_persons` can be above `true_persons` (one person seen under unconnected identifiers) or below it
(persons only seen in anonymous rows).  A shared family phone or a recycled number joins nothing by itself.
"""

from __future__ import annotations

import csv as _csv
import json
import shutil
import sqlite3
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.columns import values as V
from benchmarks.columns.taxonomy import TYPES, sensitive_category

# identifier instances of one person (bit numbers)
BITS = {
    n: i
    for i, n in enumerate(
        "id doc phone0 phone_old phone2 phone_shared phone_typo email0 email1 member0 member1 device0 device1 "
        "card0 card1 emp mrn openid student plate".split()
    )
}
K = len(BITS)
CATS = ["health", "financial", "biometric", "location", "religion", "specific_identity", "minor"]
EPOCH = np.datetime64("1930-01-01")
MINOR_AGE = 14


def mix(x: np.ndarray, salt: int) -> np.ndarray:
    """splitmix64: a bijection on 64-bit integers for a fixed salt."""
    with np.errstate(over="ignore"):
        z = x.astype(np.uint64) + np.uint64((salt * 0x9E3779B97F4A7C15 + 0x1234567) & 0xFFFFFFFFFFFFFFFF)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return z ^ (z >> np.uint64(31))


def unit(x, salt):
    return (mix(x, salt) >> np.uint64(11)).astype(np.float64) / float(1 << 53)


def affine(x, m: int, salt: int):
    """Injective map of 0..m-1 to itself (m < 2**36, x < 2**27)."""
    a = (0x9E3779B1 * (2 * salt + 1)) % m | 1
    while np.gcd(a, m) != 1:
        a += 2
    a %= m
    hi, lo = x.astype(np.uint64) >> np.uint64(14), x.astype(np.uint64) & np.uint64(0x3FFF)
    mm = np.uint64(m)
    t = (hi * np.uint64(a % m)) % mm
    for _ in range(2):
        t = (t << np.uint64(7)) % mm
    return (t + lo * np.uint64(a % m) % mm + np.uint64(salt * 7919 % m)) % mm


def zdig(x, n):
    """Fixed width decimal strings."""
    x = x.astype(np.uint64)
    out = np.empty((len(x), n), np.uint8)
    for i in range(n - 1, -1, -1):
        out[:, i] = (x % np.uint64(10)).astype(np.uint8)
        x = x // np.uint64(10)
    return out


def to_str(d: np.ndarray) -> np.ndarray:
    """digit matrix (0..9, 10 = X) -> strings"""
    a = d.astype(np.uint32) + 48
    a[d == 10] = ord("X")
    return np.ascontiguousarray(a).view(f"<U{d.shape[1]}").ravel()


def cat(*xs):
    out = xs[0]
    for x in xs[1:]:
        out = np.char.add(out, x)
    return out


class Persons:
    """Persons a..b of the population."""

    def __init__(self, cfg, words, a: int, b: int):
        self.cfg, self.w = cfg, words
        s = self.seed = cfg["seed"]
        self.pid = np.arange(a, b, dtype=np.int64)
        n = self.n = b - a
        self.a = a
        pop = cfg["population"]
        u = unit(self.pid, s + 1)
        self.child = u < pop["minor_share"]
        ref = np.datetime64(cfg["reference_date"])
        dref = int((ref - EPOCH).astype(int))
        # children: 0.2 .. 13.99 years; adults 14.1 .. 88 years; check digits and sex follow from the number
        c_lo, c_hi = dref - int(13.98 * 365.25), dref - 80
        a_lo, a_hi = dref - int(88 * 365.25), dref - int(14.1 * 365.25)
        reg = V.regions()
        codes = np.array([int(r[0]) for r in reg])
        R, S = len(codes), 999
        Dc, Da = c_hi - c_lo, a_hi - a_lo
        x = np.where(
            self.child, affine(self.pid, R * Dc * S, s + 2), affine(self.pid, R * Da * S, s + 3)
        ).astype(np.uint64)
        D = np.where(self.child, Dc, Da).astype(np.uint64)
        self.region = codes[(x % np.uint64(R)).astype(int)]
        x = x // np.uint64(R)
        self.birth_day = (x % D).astype(int) + np.where(self.child, c_lo, a_lo)
        self.seq = (x // D).astype(int) + 1
        self.birth = EPOCH + self.birth_day.astype("timedelta64[D]")
        ymd = np.datetime_as_string(self.birth, unit="D")
        self.ymd = np.array([int(v[:4] + v[5:7] + v[8:]) for v in ymd], dtype=np.int64)
        self.age = (dref - self.birth_day) / 365.2425
        # exact age rule: under 14 on the reference date
        y, m, d = self.ymd // 10000, self.ymd // 100 % 100, self.ymd % 100
        ry, rm, rd = int(str(ref)[:4]), int(str(ref)[5:7]), int(str(ref)[8:10])
        self.full_age = ry - y - ((m > rm) | ((m == rm) & (d > rd)))
        self.minor = self.full_age < MINOR_AGE
        f = unit(self.pid, s + 4)
        self.foreign = f < pop["foreign_share"]
        self.deceased = (~self.child) & (unit(self.pid, s + 5) < pop["deceased_share"])
        self.staff = (~self.child) & (~self.foreign) & (unit(self.pid, s + 6) < pop["staff_share"])
        d18 = np.concatenate([zdig(self.region, 6), zdig(self.ymd, 8), zdig(self.seq, 3)], 1)
        w = np.array(V.ID_WEIGHTS)
        chk = np.array([1, 0, 10, 9, 8, 7, 6, 5, 4, 3, 2])[(d18 * w).sum(1) % 11]
        self.id18 = to_str(np.concatenate([d18, chk[:, None].astype(np.uint8)], 1))
        d15 = np.concatenate([d18[:, :6], d18[:, 8:]], 1)
        self.id15 = to_str(d15)
        self.born1900 = self.ymd < 20000101
        self.male = self.seq % 2 == 1
        # phones: every (person, slot) has its own number
        pre = np.array([int(p) for p in V.MOBILE_PREFIX])
        M = len(pre) * 10**8

        def ph(slot):
            z = affine(self.pid * 3 + slot, M, s + 7)
            return to_str(
                np.concatenate(
                    [zdig(pre[(z // np.uint64(10**8)).astype(int)], 3), zdig(z % np.uint64(10**8), 8)], 1
                )
            )

        self.phone0, self.phone_old, self.phone2 = ph(0), ph(1), ph(2)
        # recycled numbers: the old number of person i now belongs to person i+1 of the chunk
        rec = unit(self.pid, s + 8) < pop["recycled_phone"]
        prev = np.roll(self.phone_old, 1)
        rec[0] = False
        self.phone0 = np.where(rec, prev, self.phone0)
        # relatives: an adult of the same chunk
        adults = np.flatnonzero(~self.child)
        self.guardian = adults[(mix(self.pid // 2, s + 9) % np.uint64(len(adults))).astype(int)]
        self.guardian = np.where(
            self.guardian == np.arange(n),
            adults[(np.searchsorted(adults, self.guardian) + 1) % len(adults)],
            self.guardian,
        )
        old = (self.age > 70) & (unit(self.pid, s + 10) < 0.5)
        self.shares = self.child | old | (unit(self.pid, s + 11) < pop["shared_phone"])
        self.phone_shared = self.phone0[self.guardian]
        h = mix(self.pid, s + 12)
        doms = np.array(words["email_domains"])

        def em(slot):
            z = affine(self.pid * 2 + slot, 10**9, s + 13)
            syl = np.array(
                "wang li zhang liu chen yang zhao huang zhou wu xu sun hu zhu gao lin he guo ma luo".split()
            )
            return cat(
                syl[(mix(self.pid, s + 14 + slot) % np.uint64(len(syl))).astype(int)],
                to_str(zdig(z, 9)),
                "@",
                doms[(mix(self.pid, s + 16 + slot) % np.uint64(len(doms))).astype(int)],
            )

        self.email0, self.email1 = em(0), em(1)

        def mem(slot):
            return cat(
                np.full(n, cfg.get("member_prefix", "M")),
                to_str(zdig(affine(self.pid * 2 + slot, 10**9, s + 18), 9)),
            )

        self.member0, self.member1 = mem(0), mem(1)

        def dev(slot):
            z = mix(self.pid * 2 + slot, s + 19)
            return np.array([f"{int(v):016x}" for v in z])

        self.device0, self.device1 = dev(0), dev(1)

        def card(slot):
            z = affine(self.pid * 2 + slot, 10**9, s + 20)
            bins = np.array([622202, 621700, 622848, 621661, 622260])
            d = np.concatenate(
                [
                    zdig(bins[(h % np.uint64(5)).astype(int)], 6),
                    zdig(z, 9),
                    zdig(mix(self.pid, s + 21) % np.uint64(1000), 3),
                ],
                1,
            ).astype(int)
            dd = d[:, ::-1].copy()
            dd[:, 0::2] *= 2
            dd[dd > 9] -= 9
            c = (10 - dd.sum(1) % 10) % 10
            return to_str(np.concatenate([d, c[:, None]], 1).astype(np.uint8))

        self.card0, self.card1 = card(0), card(1)
        self.emp = cat("E", to_str(zdig(affine(self.pid, 10**9, s + 22), 9)))
        self.mrn = to_str(zdig(affine(self.pid, 10**9, s + 23) + np.uint64(10**9), 10))
        self.student = cat("2", to_str(zdig(affine(self.pid, 10**9, s + 24), 9)))
        self.openid = np.array([f"o{int(v):016x}X{int(v) % 97:02d}" for v in mix(self.pid, s + 25)])
        lets = np.array(list("ABCDEFGHJKLMNPQRSTUVWXYZ"))
        z = affine(self.pid, 10**9, s + 26)
        provs = np.array(list(V.PLATE_PROV))
        # unique for up to 31 * 24 * 24 * 24 * 10^4 persons
        self.plate = cat(
            provs[(z % np.uint64(31)).astype(int)],
            lets[(z // np.uint64(31) % np.uint64(24)).astype(int)],
            lets[(z // np.uint64(744) % np.uint64(24)).astype(int)],
            to_str(zdig(z // np.uint64(17856), 5)),
        )
        dd = zdig(affine(self.pid, 10**8, s + 27), 8)
        self.doc = cat(np.array(["E", "P", "K", "M"])[(h % np.uint64(4)).astype(int)], to_str(dd))
        sur = np.array(list(words["surnames"]))
        gm, gf = np.array(list(words["given_chars_m"])), np.array(list(words["given_chars_f"]))

        def giv(salt):
            z = mix(self.pid, salt)
            return np.where(
                self.male, gm[(z % np.uint64(len(gm))).astype(int)], gf[(z % np.uint64(len(gf))).astype(int)]
            )

        one = unit(self.pid, s + 30) < 0.2
        self.name = cat(
            sur[(np.floor(unit(self.pid, s + 28) ** 2 * len(sur))).astype(int)],
            giv(s + 29),
            np.where(one, "", giv(s + 31)),
        )
        fn = np.array(words["foreign_names"])
        self.name = np.where(self.foreign, fn[(h % np.uint64(len(fn))).astype(int)], self.name)


# ---------------------------------------------------------------- union of a person's rows
class Links:
    """Connected components of each person's identifier instances over the rows of a scope."""

    def __init__(self, n):
        self.adj = np.zeros((n, K), np.uint32)
        self.used = np.zeros(n, np.uint32)

    def add(self, local_pid, mask):
        ok = mask > 0
        p, m = local_pid[ok], mask[ok].astype(np.uint32)
        if not len(p):
            return
        np.bitwise_or.at(self.used, p, m)
        for k in range(K):
            sel = (m >> np.uint32(k)) & np.uint32(1) > 0
            if sel.any():
                np.bitwise_or.at(self.adj[:, k], p[sel], m[sel])

    def close(self):
        a = self.adj
        for _ in range(4):
            before = a.copy()
            for k in range(K):
                for j in range(K):
                    if j == k:
                        continue
                    has = (a[:, k] >> np.uint32(j)) & np.uint32(1) > 0
                    if has.any():
                        a[has, k] |= a[has, j]
            if (before == a).all():
                break
        return self

    def roots(self, local_pid, mask):
        """Component id (lowest identifier bit of the component) for rows with a usable identifier."""
        m = mask.astype(np.uint32)
        low = np.zeros(len(m), int)
        for k in range(K - 1, -1, -1):
            low[(m >> np.uint32(k)) & np.uint32(1) > 0] = k
        comp = self.adj[local_pid, low] | m
        root = np.zeros(len(m), int)
        for k in range(K - 1, -1, -1):
            root[(comp >> np.uint32(k)) & np.uint32(1) > 0] = k
        return root


def count_components(links: Links, local_pid, mask) -> int:
    ok = mask > 0
    if not ok.any():
        return 0
    r = links.roots(local_pid[ok], mask[ok])
    return len(np.unique(local_pid[ok].astype(np.int64) * 64 + r))


# ---------------------------------------------------------------- columns
PLACE = {
    "mobile": ["00000000000", "13800138000", "11111111111", "无"],
    "id": ["000000000000000000", "111111111111111111", "无"],
    "email": ["无", "noemail@none.com", "N/A"],
    "other": ["", "无", "0"],
}


class Table:
    def __init__(self, spec, cfg, words, root: Path):
        self.spec, self.cfg, self.words = spec, cfg, words
        self.rows = 0
        self.writer = None
        self.root = root
        self.part = 0

    def select(self, P: Persons):
        sp, s = self.spec, P.seed + 1000 + self.spec["salt"]
        ok = unit(P.pid, s) < sp["share"]
        for f in sp.get("who", []):
            ok &= {
                "adult": ~P.child,
                "child": P.child,
                "staff": P.staff,
                "foreign": P.foreign,
                "local": ~P.foreign,
                "born1900": P.born1900,
            }[f]
        idx = np.flatnonzero(ok)
        lam = sp.get("repeat", 0)
        if lam:
            reps = 1 + np.floor(-np.log(1 - unit(P.pid[idx], s + 1)) * lam).astype(int)
            reps = np.minimum(reps, sp.get("max_repeat", 30))
            idx = np.repeat(idx, reps)
        return idx

    def generate(self, P: Persons):
        """-> columns dict, list of (slot local pid, mask), category flags for slot 0, visible-minor mask"""
        sp, cfg = self.spec, self.cfg
        idx = self.select(P)
        n = len(idx)
        rowkey = (
            (P.pid[idx].astype(np.int64) * 64 + np.concatenate([[0], np.cumsum(np.diff(idx) == 0)])[:n] % 64)
            if n
            else np.zeros(0, np.int64)
        )
        cols, masks = {}, {0: np.zeros(n, np.uint32), 1: np.zeros(n, np.uint32)}
        slots = {0: idx, 1: P.guardian[idx]}
        has2 = False
        cats, vis_minor, vis_birth = {}, np.zeros(n, bool), None
        for ci, c in enumerate(sp["columns"]):
            salt = P.seed * 3 + 5000 + sp["salt"] * 100 + ci * 7
            u = unit(rowkey, salt)
            u2 = unit(rowkey, salt + 1)
            kind = c["kind"]
            slot = c.get("slot", 0)
            who = slots[slot]
            has2 |= slot == 1
            bit = np.zeros(n, np.uint32)
            nul = c.get("null", 0)
            group = "other"
            if kind == "id":
                group = "id"
                v = P.id18[who].astype(object)
                use15 = (u2 < c.get("as15", 0)) & P.born1900[who]
                v[use15] = P.id15[who][use15]
                low = (u2 > 0.7) & c.get("lower_x", False)
                v[low] = np.char.lower(v[low].astype(str))
                bit[:] = 1 << BITS["id"]
                fr = P.foreign[who]
                v[fr] = P.doc[who][fr]
                bit[fr] = 1 << BITS["doc"]
            elif kind == "doc":
                v = P.doc[who].astype(object)
                bit[:] = 1 << BITS["doc"]
            elif kind == "mobile":
                group = "mobile"
                v = P.phone0[who].astype(object)
                bit[:] = 1 << BITS["phone0"]
                oldp = u2 < c.get("old", 0)
                v[oldp] = P.phone_old[who][oldp]
                bit[oldp] = 1 << BITS["phone_old"]
                sec = u2 >= 1 - c.get("second", 0)
                v[sec] = P.phone2[who][sec]
                bit[sec] = 1 << BITS["phone2"]
                if c.get("family", True):
                    sh = P.shares[who]
                    v[sh] = P.phone_shared[who][sh]
                    bit[sh] = 1 << BITS["phone_shared"]
            elif kind == "email":
                group = "email"
                e1 = u2 < c.get("second", 0)
                v = np.where(e1, P.email1[who], P.email0[who]).astype(object)
                bit[:] = np.where(e1, 1 << BITS["email1"], 1 << BITS["email0"])
            elif kind in ("member", "device", "card"):
                e1 = u2 < c.get("second", 0)
                v = np.where(e1, getattr(P, kind + "1")[who], getattr(P, kind + "0")[who]).astype(object)
                bit[:] = np.where(e1, 1 << BITS[kind + "1"], 1 << BITS[kind + "0"])
            elif kind in ("emp", "mrn", "student", "openid", "plate"):
                v = getattr(P, kind)[who].astype(object)
                bit[:] = 1 << BITS[kind]
            elif kind == "name":
                v = P.name[who].astype(object)
            elif kind == "birth":
                v = np.datetime_as_string(P.birth[who], unit="D").astype(object)
            elif kind == "gender":
                v = np.where(P.male[who], "男", "女").astype(object)
            else:
                v = self.plain(kind, c, rowkey, salt, n, who, P)
            is_id = bool(bit.any()) or kind in (
                "id",
                "doc",
                "mobile",
                "email",
                "member",
                "device",
                "card",
                "emp",
                "mrn",
                "student",
                "openid",
                "plate",
            )
            if is_id:
                t = u < c.get("typo", 0)
                if kind == "mobile":
                    t &= bit == 1 << BITS["phone0"]
                elif kind == "id":  # only where the check digit shows it
                    t &= (bit == 1 << BITS["id"]) & (np.char.str_len(v.astype(str)) == 18)
                if t.any():
                    if kind == "mobile":  # still looks like a phone number: an identifier of its own
                        v[t] = np.array([s[:4] + str((int(s[4]) + 3) % 10) + s[5:] for s in v[t]], object)
                        bit[t] = 1 << BITS["phone_typo"]
                    elif kind == "id":  # breaks the check digit: recognisably invalid
                        v[t] = np.array(
                            [
                                s[:-2] + str((int(s[-2]) + 1) % 10) + s[-1] if s[-2].isdigit() else s
                                for s in v[t]
                            ],
                            object,
                        )
                        bit[t] = 0
                lo = c.get("typo", 0)
                t2 = ~t
                m = (u >= lo) & (u < lo + c.get("mask", 0)) & t2
                if m.any():
                    v[m] = np.array([self.mask(s) for s in v[m]], object)
                    bit[m] = 0
                lo += c.get("mask", 0)
                ph = (u >= lo) & (u < lo + c.get("placeholder", 0))
                if ph.any():
                    opts = PLACE.get(group, PLACE["other"])
                    v[ph] = np.array(opts, object)[
                        (mix(rowkey[ph], salt + 2) % np.uint64(len(opts))).astype(int)
                    ]
                    bit[ph] = 0
                lo += c.get("placeholder", 0)
                fm = (u >= lo) & (u < lo + c.get("format", 0)) & (bit > 0)
                if fm.any():
                    v[fm] = np.array([self.reformat(group, s) for s in v[fm]], object)
            if kind == "name" and c.get("mask", 0):
                m = u < c["mask"]
                v[m] = np.array([s[0] + "**" for s in v[m]], object)
            nl = unit(rowkey, salt + 3) < nul
            if nl.any():
                v = v.astype(object)
                v[nl] = None
                bit[nl] = 0
            if is_id:
                masks[slot] |= bit
            if kind == "id" and slot == 0:
                vis_minor |= (bit == 1 << BITS["id"]) & P.minor[who]
            if kind == "birth" and slot == 0:
                vis_minor |= (~nl) & P.minor[who]
            sens = c.get("sensitive", column_category(c))
            if sens and slot == 0:
                has = bit > 0 if is_id else np.array([x is not None for x in v], bool)
                cats[sens] = cats.get(sens, np.zeros(n, bool)) | has
            cols[c["name"]] = v
        recs = [(idx, masks[0])] + ([(slots[1], masks[1])] if has2 else [])
        return cols, recs, cats, vis_minor

    @staticmethod
    def mask(s):
        if "@" in s:
            return s[:2] + "***" + s[s.index("@") :]
        return s[:3] + "*" * max(1, len(s) - 7) + s[-4:] if len(s) > 7 else s[0] + "***"

    def reformat(self, group, s):
        style = self.cfg.get("reformat", "a")
        if group == "mobile":
            return (
                "+86" + s,
                s[:3] + "-" + s[3:7] + "-" + s[7:],
                " " + s,
                s[:3] + " " + s[3:7] + " " + s[7:],
                "'" + s,
                "86-" + s,
            )[
                (int(s[-1]) + (0 if style == "a" else 2)) % (3 if style == "a" else 4)
                + (0 if style == "a" else 2)
            ]
        if group == "id":
            return (
                s.lower() + "\t"
                if style == "a"
                else s[:6] + " " + s[6:14] + " " + s[14:]
                if len(s) == 18
                else s
            )
        if group == "email":
            return s.upper() if style == "a" else s + " "
        return s + " "

    def plain(self, kind, c, rowkey, salt, n, who, P):
        u = unit(rowkey, salt + 4)
        if kind == "amount":
            return np.round(np.exp(3 + 4 * u), 2)
        if kind == "score":
            return (350 + 600 * u).astype(int)
        if kind == "ts":
            base = np.datetime64(c.get("from", "2025-01-01T00:00:00"))
            return np.datetime_as_string(
                base + (u * c.get("span_days", 180) * 86400).astype("timedelta64[s]"), unit="s"
            ).astype(object)
        if kind == "choice":
            o = np.array(c["values"], object)
            return o[(u * len(o)).astype(int)]
        if kind == "words":
            o = np.array(self.words[c["list"]], object)
            return o[(u * len(o)).astype(int)]
        if kind == "lon":
            return np.round(73.7 + 61 * u, 6)
        if kind == "lat":
            return np.round(18.2 + 35 * u, 6)
        if kind == "ip":
            z = mix(rowkey // 64, salt + 5)
            return np.array(
                [
                    f"{int(v) % 180 + 11}.{int(v) >> 8 & 255}.{int(v) >> 16 & 255}.{int(v) >> 24 & 255}"
                    for v in z
                ],
                object,
            )
        if kind == "seqno":
            return cat(
                c.get("prefix", ""), to_str(zdig(mix(rowkey, salt + 6) % np.uint64(10**14), 14))
            ).astype(object)
        if kind == "vector":
            d = c.get("dim", 16)
            out = np.stack([unit(rowkey, salt + 10 + k) * 2 - 1 for k in range(d)], 1)
            out /= np.linalg.norm(out, axis=1, keepdims=True)
            return np.array([json.dumps([round(float(x), 4) for x in row]) for row in out], object)
        if kind == "remark":
            plain = np.array(self.words["remark_plain"], object)
            return plain[(u * len(plain)).astype(int)]
        if kind == "region":
            return (P.region[who] // 10000 * 10000).astype(int)
        if kind == "status_deceased":
            return np.where(P.deceased[who], "注销(死亡)", "正常").astype(object)
        raise KeyError(kind)

    # ------------------------------------------------------------ output
    def write(self, cols, order):
        n = len(order)
        self.rows += n
        store = self.spec["store"]
        data = {
            k: (
                np.asarray(v, dtype=object)[order]
                if not isinstance(v, np.ndarray) or v.dtype == object
                else v[order]
            )
            for k, v in cols.items()
        }
        path = self.root / self.spec["path"]
        if store == "sqlite":
            path.parent.mkdir(parents=True, exist_ok=True)
            con = sqlite3.connect(path)
            names = list(data)
            con.execute(
                f'CREATE TABLE IF NOT EXISTS "{self.spec["name"]}" ({", ".join(chr(34) + k + chr(34) for k in names)})'
            )
            lists = [[x.item() if isinstance(x, np.generic) else x for x in v] for v in data.values()]
            con.executemany(
                f'INSERT INTO "{self.spec["name"]}" VALUES ({",".join("?" * len(names))})', zip(*lists)
            )
            con.commit()
            con.close()
            return
        if store == "csv":
            path.parent.mkdir(parents=True, exist_ok=True)
            new = not path.exists()
            with open(path, "a", encoding=self.spec.get("encoding", "utf-8"), newline="") as f:
                w = _csv.writer(f)
                if new:
                    w.writerow(list(data))
                w.writerows(zip(*[["" if x is None else x for x in v] for v in data.values()]))
            return
        tab = pa.table({k: pa.array(list(v) if v.dtype == object else v) for k, v in data.items()})
        if store == "parquet":
            if self.writer is None:
                path.parent.mkdir(parents=True, exist_ok=True)
                self.writer = pq.ParquetWriter(path, tab.schema, compression="zstd")
            self.writer.write_table(tab.cast(self.writer.schema))
        else:  # hive-style partitions on a column derived from a timestamp or region
            key = self.spec["partition_by"]
            src = self.spec["partition_from"]
            vals = np.array([str(x)[: self.spec.get("partition_len", 7)] for x in data[src]])
            for p in np.unique(vals):
                d = path / f"{key}={p}"
                d.mkdir(parents=True, exist_ok=True)
                pq.write_table(
                    tab.filter(pa.array(vals == p)), d / f"part-{self.part:05d}.parquet", compression="zstd"
                )
            self.part += 1

    def close(self):
        if self.writer:
            self.writer.close()


KIND_TYPE = {
    "id": "id_card",
    "doc": "passport",
    "mobile": "mobile",
    "email": "email",
    "member": "user_account",
    "device": "device_id",
    "card": "bank_card",
    "emp": "employee_no",
    "mrn": "medical_record_no",
    "openid": "wechat_id|user_account",
    "student": "student_no",
    "plate": "license_plate",
    "name": "person_name",
    "birth": "birth_date",
    "gender": "gender",
    "ip": "ip_address",
    "lon": "geo_location",
    "lat": "geo_location",
    "score": "credit_score",
    "vector": "face_embedding",
    "amount": "transaction_amount",
}
LIST_TYPE = {
    "diagnoses": "diagnosis_text",
    "icd10": "icd10_code",
    "roads": "?address",
    "drugs": "medication",
    "occupations": "occupation",
}


def column_type(c: dict) -> str:
    return c.get(
        "type", LIST_TYPE.get(c["list"], "") if c["kind"] == "words" else KIND_TYPE.get(c["kind"], "")
    )


def column_category(c: dict) -> str:
    """Sensitive category of a column: that of its type, unless the configuration names one."""
    t = column_type(c).lstrip("?").split("|")[0]
    return sensitive_category(t) if t in TYPES else ""


def column_truth(cfg: dict) -> list[dict]:
    """Column labels of a warehouse (same form as the column-type benchmark)."""
    out = []
    for t in cfg["tables"]:
        for c in t["columns"]:
            ty = column_type(c)
            opt = ty.startswith("?")
            ty = ty.lstrip("?")
            out.append(
                dict(
                    dataset=f"subject/{cfg['name']}/{t['dataset']}",
                    table=t["name"],
                    column=c["name"],
                    labels=[] if opt or not ty else [ty],
                    optional=[ty] if opt else [],
                    neg_class="" if ty else "plain_" + c["kind"],
                    header_kind="as_is",
                    form="plain",
                    dtype="",
                    noise="",
                    contamination=0,
                    null_rate=c.get("null", 0),
                    variant=0,
                    base_type=c["kind"],
                    format=t["store"],
                    rows="",
                    note="",
                )
            )
    return out


def _add(d, k, v):
    d[k] = d.get(k, 0) + int(v)


def build(cfg: dict, out: Path, words: dict, persons: int | None = None, chunk: int = 200_000) -> dict:
    if out.exists():
        shutil.rmtree(out)
    out.mkdir(parents=True)
    n_all = persons or cfg["persons"]
    tables = [Table({**t, "salt": i + 1}, cfg, words, out) for i, t in enumerate(cfg["tables"])]
    T: dict = {"warehouse": {}, "datasets": {}, "tables": {}, "categories": {}, "outbound": {}, "minors": {}}
    for t in tables:
        T["tables"][f"{t.spec['dataset']}/{t.spec['name']}"] = {}
        T["datasets"].setdefault(t.spec["dataset"], {})
    ref_year = cfg["reference_date"][:4]
    for a in range(0, n_all, chunk):
        P = Persons(cfg, words, a, min(a + chunk, n_all))
        got = [(t, *t.generate(P)) for t in tables]
        whole = Links(P.n)
        for t, cols, recs, cats, vm in got:
            for who, m in recs:
                whole.add(who, m)
        whole.close()

        def scope(key, sel, row_filter=None):
            """Add counts of one scope. sel: list of generated tables."""
            loc = Links(P.n)
            ps, ms = [], []
            for t, cols, recs, cats, vm in sel:
                for who, m in recs:
                    if row_filter is not None:
                        f = row_filter(t, cols, cats)
                        who, m = who[f], m[f]
                    ps.append(who)
                    ms.append(m)
                    loc.add(who, m)
            if not ps:
                return
            ps, ms = np.concatenate(ps), np.concatenate(ms)
            loc.close()
            u = np.unique(ps)
            _add(key, "true_persons", len(u))
            _add(key, "linkable_persons", count_components(whole, ps, ms))
            _add(key, "linkable_local", count_components(loc, ps, ms))
            _add(key, "anonymous_rows", int((ms == 0).sum()))
            _add(key, "persons_only_anonymous", len(np.setdiff1d(u, np.unique(ps[ms > 0]))))
            _add(key, "minors_under_14", int(P.minor[u].sum()))
            _add(key, "foreigners", int(P.foreign[u].sum()))
            _add(key, "deceased", int(P.deceased[u].sum()))

        for t, cols, recs, cats, vm in got:
            k = T["tables"][f"{t.spec['dataset']}/{t.spec['name']}"]
            scope(k, [(t, cols, recs, cats, vm)])
            _add(k, "minors_visible", len(np.unique(recs[0][0][vm])))
        for ds in T["datasets"]:
            sel = [g for g in got if g[0].spec["dataset"] == ds]
            scope(T["datasets"][ds], sel)
        scope(T["warehouse"], got)
        vis = np.unique(np.concatenate([g[2][0][0][g[4]] for g in got])) if got else []
        _add(T["warehouse"], "minors_visible", len(vis))
        ob = [g for g in got if g[0].spec.get("outbound")]

        def this_year(t, cols, cats):
            c = t.spec["outbound"]
            return np.array([str(x)[:4] == ref_year for x in cols[c]], bool)

        if ob:
            scope(T["outbound"].setdefault("all_time", {}), ob)
            scope(T["outbound"].setdefault("since_1_january", {}), ob, this_year)
            sens = np.unique(
                np.concatenate(
                    [
                        g[2][0][0][
                            np.any([*g[3].values(), P.minor[g[2][0][0]]], axis=0) & this_year(*g[:2], g[3])
                        ]
                        for g in ob
                    ]
                )
            )
            _add(T["outbound"]["since_1_january"], "true_persons_sensitive", len(sens))
        for cat_ in sorted({c for g in got for c in g[3]}):
            k = T["categories"].setdefault(cat_, {})
            ps, ms = [], []
            for t, cols, recs, cats, vm in got:
                if cat_ in cats:
                    ps.append(recs[0][0][cats[cat_]])
                    ms.append(recs[0][1][cats[cat_]])
            ps, ms = np.concatenate(ps), np.concatenate(ms)
            _add(k, "true_persons", len(np.unique(ps)))
            _add(k, "linkable_persons", count_components(whole, ps, ms))
            _add(k, "anonymous_rows", int((ms == 0).sum()))
        rng = np.random.default_rng(cfg["seed"] + a)
        for t, cols, recs, cats, vm in got:
            n = len(recs[0][0])
            order = rng.permutation(n)
            if a == 0 and t.spec.get("test_rows"):
                junk = t.spec["test_rows"]
                ext = {}
                for c in t.spec["columns"]:
                    v = cols[c["name"]]
                    fill = {
                        "name": "测试",
                        "id": "110101199001011230",
                        "mobile": "13800000000",
                        "email": "test@test.com",
                    }.get(c["kind"])
                    f = (
                        [fill] * junk
                        if fill
                        else [v[0] if not isinstance(v[0], (str, type(None))) else None] * junk
                    )
                    ext[c["name"]] = (
                        np.concatenate([np.asarray(v, dtype=object), np.array(f, dtype=object)])
                        if v.dtype == object
                        else np.concatenate([v, np.array([v[0]] * junk)])
                    )
                cols, order = ext, rng.permutation(n + junk)
            t.write(cols, order)
    for t in tables:
        t.close()
        k = T["tables"][f"{t.spec['dataset']}/{t.spec['name']}"]
        k["rows"] = t.rows
        k["test_rows"] = t.spec.get("test_rows", 0)
    return {
        "name": cfg["name"],
        "seed": cfg["seed"],
        "persons": n_all,
        "reference_date": cfg["reference_date"],
        "minor_age": MINOR_AGE,
        **T,
    }
