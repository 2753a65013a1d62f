"""What values alone say of their type."""

from __future__ import annotations

from benchmarks.columns.taxonomy import evidence

# For some types it depends on the format: of these types and variants only the header tells.
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
# Type, modulus and remainder of variants: the format tells the type, which usually needs a header.
CONTENT_VARIANTS = {
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


def decidable_without_header(kind: str, variant: int) -> bool:
    """Return whether values of a type, in the format that ``variant`` selects, tell it by themselves."""
    if any(kind == of and variant % modulo == rest for of, modulo, rest in CONTENT_VARIANTS):
        return True
    if evidence(kind) == "header":
        return False
    return (kind, variant % _MOD.get(kind, 10**9)) not in HEADER_ONLY_VARIANTS
