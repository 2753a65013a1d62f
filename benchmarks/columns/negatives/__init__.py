"""Hard negatives: columns without personal information that look like personal information."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from benchmarks.columns.negatives import further, keys, measures, texts, words
from benchmarks.columns.negatives.row import Row

_MAKERS: dict[str, Callable[[Row], Any]] = {
    name: maker for group in (keys, words, measures, texts, further) for name, maker in group.MAKERS.items()
}


def make(name: str, row: Row) -> Any:
    """Return a value of a class of hard negatives.

    Raises:
        KeyError: There is no such class.
    """
    return _MAKERS[name](row)


# Predictions of these types on a negative of the class are no false positives: the values are of that form,
# only the context (a shop, a catalogue, an aggregate) makes them non-personal.
TOLERATED: dict[str, list[str]] = {
    "poi_coordinate": ["geo_location"],
    "gender_target": ["gender"],
    "education_req": ["education"],
    "agg_stat": ["age"],
    "drug_catalog": ["medication"],
    "hotline": ["landline"],
    "region_name": ["native_place", "address"],
    "date_col": [],
    "public_ip_range": ["ip_address"],
    **further.TOLERATED,
}
# With an opaque header these cannot be told from a biometric vector, a device id or a digest.
TOLERATED_OPAQUE: dict[str, list[str]] = {
    "product_embedding": ["face_embedding", "voiceprint", "gait"],
    "sensor_vector": ["gait"],
    "uuid": ["device_id"],
    "hex_digest": ["password", "auth_token", "device_id"],
    "date_col": ["birth_date"],
    "six_digit": ["postcode"],
    "place_name": ["address"],
    "luhn_sku": ["bank_card"],
    "serial_11_1": ["mobile"],
    "ean13": [],
    **further.TOLERATED_OPAQUE,
}
