"""Amounts, measures, times, places and vectors of things."""

from __future__ import annotations

import datetime as dt

import numpy as np

from benchmarks.columns.makers import by_name
from benchmarks.columns.negatives.row import Row
from benchmarks.columns.values import vector


def amount(row: Row) -> float:
    return round(float(row.rng.lognormal(5, 1.5)), 2)


def sensor_vector(row: Row) -> np.ndarray:
    t = np.arange((24, 60, 128)[row.variant % 3])
    return (20 + 5 * np.sin(t / 6 + row.rng.random() * 6) + row.rng.normal(0, 0.4, len(t))).astype("float32")


def product_embedding(row: Row) -> np.ndarray:
    return vector(row.rng, (128, 256, 768)[row.variant % 3], row.variant % 2 == 0)


def date_col(row: Row) -> str:
    d = dt.datetime(2021, 1, 1, tzinfo=dt.UTC) + dt.timedelta(minutes=int(row.rng.integers(0, 2_000_000)))
    return (f"{d:%Y-%m-%d}", f"{d:%Y-%m-%d %H:%M:%S}", f"{d:%Y%m%d}")[row.variant % 3]


def quantity(row: Row) -> int:
    return int(row.rng.integers(0, 500))


def ratio(row: Row) -> float:
    return round(float(row.rng.random()), 4)


def temperature(row: Row) -> float:
    return round(float(row.rng.normal(36.5 if row.variant % 2 else 24, 2)), 1)


def poi_coordinate(row: Row) -> float:
    if row.variant % 2 == 0:
        return round(float(73.7 + row.rng.random() * 61), 6)
    return round(float(18.2 + row.rng.random() * 35), 6)


def agg_stat(row: Row) -> int:
    return int(row.rng.integers(20, 70))


MAKERS = by_name(
    amount, sensor_vector, product_embedding, date_col, quantity, ratio, temperature, poi_coordinate, agg_stat
)
