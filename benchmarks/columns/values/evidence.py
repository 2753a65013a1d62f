"""What values alone say of their type."""

from __future__ import annotations

from benchmarks.columns.taxonomy import evidence

# content evidence depends on the format for some types; (type, variant) pairs listed here are header-only
HEADER_ONLY_VARIANTS = {
    ("gender", 4),
    ("gender", 5),
    ("gender", 1),
    ("passport", 2),
    ("education", 0),
    ("iris", 1),
    ("geo_location", 0),
    ("geo_location", 1),
    ("device_id", 0),
    ("mac_address", 2),
    ("org_code", 1),
}
CONTENT_VARIANTS = {
    # (type, modulo, remainder): value format is self-identifying although the type usually needs a header
    ("driver_license", 2, 0),
    ("password", 4, 0),
    ("auth_token", 2, 0),
    ("cookie_id", 2, 0),
    ("wechat_id", 3, 0),
    ("face_image", 4, 3),
    ("health_measure", 4, 0),
    ("tax_id", 2, 0),
    ("birth_date", 4, 3),
}
_MOD = {
    "gender": 6,
    "passport": 3,
    "education": 3,
    "iris": 2,
    "geo_location": 4,
    "device_id": 3,
    "mac_address": 3,
    "org_code": 2,
}


def decidable_without_header(typ: str, variant: int) -> bool:
    for t, m, r in CONTENT_VARIANTS:
        if t == typ and variant % m == r:
            return True
    if evidence(typ) == "header":
        return False
    return (typ, variant % _MOD.get(typ, 10**9)) not in HEADER_ONLY_VARIANTS
