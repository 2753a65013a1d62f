"""The data lake: app events by day, health check-ups, a face gate, sensors."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from scanner.demo import words
from scanner.demo._arrays import Column, Index, absent, at, chosen, digits, either, joined, pick
from scanner.demo._table import DemoTable, nobody, seconds
from scanner.demo.crm import staff_numbers, staff_positions
from scanner.demo.people import People, kiosks

DAYS = tuple(f"2026-11-{day}" for day in range(16, 22))
_EMBEDDING = 128


def tables(people: People, seed: int) -> list[DemoTable]:
    """Return the tables that are one file each."""
    rng = np.random.default_rng([seed, 20])
    return [health_checkup(people, rng), face_gate(people, rng), sensor_reading(rng)]


def app_events(people: People, seed: int) -> dict[str, DemoTable]:
    """Return the events of each day."""
    rng = np.random.default_rng([seed, 21])
    users = people.customers[rng.random(len(people.customers)) < 0.6]
    stations = kiosks(seed)
    return {day: _events(people, rng, users, stations, day) for day in DAYS}


def health_checkup(people: People, rng: np.random.Generator) -> DemoTable:
    """Patients and, for children, the parent in a second slot."""
    count = len(people.customers)
    who = np.concatenate([
        rng.choice(people.customers, count // 12, replace=False),
        rng.choice(people.relatives, len(people.relatives) // 3, replace=False),
        rng.choice(people.strangers, len(people.strangers) // 5, replace=False),
    ])  # fmt: skip
    who = rng.permutation(who)
    size = len(who)
    child = people.younger_than(18)[who]
    guardian = np.where(child, people.parent[who], 0)
    return DemoTable(
        name="health_checkup",
        comment="体检记录",
        cells={
            "checkup_no": joined("TJ", digits(np.arange(size) + 20_260_000, 8)),
            "xm": at(people.name, who),
            "xb": pick(("女", "男"), people.male[who].astype(np.int64)),
            "csrq": pa.array(people.birth[who].astype("datetime64[D]")),
            "sfzh": absent(rng.random(size) < 0.1, at(people.id_card, who)),
            "lxdh": absent(child | (rng.random(size) < 0.08), at(people.mobile, who)),
            "guardian_name": absent(~child, at(people.name, guardian)),
            "guardian_phone": absent(~child, at(people.mobile, guardian)),
            "height_cm": _measures(np.where(child, rng.normal(120, 20, size), rng.normal(166, 8, size))),
            "weight_kg": _measures(np.where(child, rng.normal(26, 6, size), rng.normal(64, 9, size))),
            "blood_type": chosen(rng, words.BLOOD_TYPES, size),
            "diagnosis": chosen(rng, words.DIAGNOSES, size),
            "exam_time": pa.array(seconds(rng, "2026-01-05", "2026-11-20", size).astype("datetime64[s]")),
        },
        comments={"xm": "受检人姓名", "csrq": "出生日期", "sfzh": "受检人身份证号", "lxdh": "联系电话",
                  "guardian_name": "监护人姓名", "guardian_phone": "监护人电话", "diagnosis": "诊断结论"},
        persons=np.concatenate([who, guardian[child]]),
        sensitive={"health": who},
    )  # fmt: skip


def face_gate(people: People, rng: np.random.Generator) -> DemoTable:
    """Employees by number and visitors by identity number, each with a face vector."""
    staff = staff_positions(people)
    visitors = rng.choice(people.customers, len(people.customers) // 30, replace=False)
    who = np.concatenate([staff, visitors])
    size = len(who)
    is_staff = np.arange(size) < len(staff)
    numbers = pa.concat_arrays([staff_numbers(len(staff)), pa.nulls(len(visitors), pa.string())])
    return DemoTable(
        name="face_gate",
        comment="人脸门禁",
        cells={
            "gate_id": chosen(rng, ("G01", "G02", "G03", "G04"), size),
            "staff_no": numbers,
            "visitor_id_no": absent(is_staff, at(people.id_card, who)),
            "face_feature": _embeddings(rng, size),
            "quality": pa.array(np.round(rng.uniform(0.6, 1.0, size), 3)),
            "captured_at": pa.array(seconds(rng, "2026-11-01", "2026-11-22", size).astype("datetime64[s]")),
        },
        comments={"staff_no": "工号", "visitor_id_no": "访客证件号", "face_feature": "人脸特征向量"},
        persons=who,
        sensitive={"biometric": who},
    )


def sensor_reading(rng: np.random.Generator) -> DemoTable:
    """Cold-store sensors: numbers about things."""
    size = 20_000
    start = int(np.datetime64("2026-11-20", "ms").astype(np.int64))
    return DemoTable(
        name="sensor_reading",
        cells={
            "sensor_no": joined("S", digits(rng.integers(0, 300, size), 4)),
            "ts": pa.array(start + np.arange(size) * 5_000),
            "temperature": pa.array(np.round(rng.normal(-18, 2, size), 2)),
            "humidity": pa.array(np.round(rng.uniform(30, 80, size), 1)),
            "counter": pa.array(rng.integers(10_000_000_000, 19_999_999_999, size)),
        },
        persons=nobody(),
    )


def _events(people: People, rng: np.random.Generator, users: Index, stations: Column, day: str) -> DemoTable:
    size = len(people.customers) // 3
    who = rng.choice(users, size)
    kiosk = rng.random(size) < 0.005
    device = either(kiosk, at(stations, rng.integers(0, len(stations), size)), at(people.device, who))
    millis = np.sort(seconds(rng, day, str(np.datetime64(day, "D") + 1), size)) * 1_000 + rng.integers(
        0, 1_000, size
    )
    no_place = rng.random(size) < 0.7
    return DemoTable(
        name="app_event",
        comment="APP行为日志",
        cells={
            "event_id": pa.array((millis << 20) | np.arange(size)),
            "user_id": absent((rng.random(size) < 0.35) & ~kiosk, at(people.member_no, who)),
            "device_id": device,
            "ip": _addresses(rng, size),
            "ua": chosen(rng, words.USER_AGENTS, size),
            "lng": absent(no_place, pa.array(np.round(rng.uniform(104, 121, size), 6))),
            "lat": absent(no_place, pa.array(np.round(rng.uniform(22, 40, size), 6))),
            "event": chosen(rng, words.EVENTS, size),
            "page": chosen(rng, words.PAGES, size),
            "event_ms": pa.array(millis),
        },
        comments={"user_id": "会员号", "device_id": "设备OAID", "lng": "经度", "lat": "纬度"},
        persons=who,
        sensitive={"location": who[~no_place]},
    )


def _measures(values: npt.NDArray[np.float64]) -> Column:
    return pa.array(np.round(np.abs(values), 1))


def _addresses(rng: np.random.Generator, size: int) -> Column:
    # 100.64.0.0/10 is shared address space: nobody's.
    second, third, fourth = (
        digits(rng.integers(low, high, size), 1) for low, high in ((64, 128), (0, 256), (1, 255))
    )
    return joined("100.", second, ".", third, ".", fourth)


def _embeddings(rng: np.random.Generator, size: int) -> Column:
    vectors = rng.normal(size=(size, _EMBEDDING)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    fixed = pa.FixedSizeListArray.from_arrays(pa.array(vectors.ravel(), pa.float32()), _EMBEDDING)
    return pc.cast(fixed, pa.list_(pa.float32()))
