"""Number formats, one module each: ``compact``, ``validate`` and ``is_valid``.

``canonical`` is the scalar reference of ``classifiers.kernels``: same rules, one cell at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType

from classifiers.validators import (
    bank_card,
    business_license,
    cn_landline,
    cn_mobile,
    cn_resident_id,
    email,
    exit_entry_permit,
    foreign_pr_card,
    hkmo_permit,
    hmt_residence_permit,
    iccid,
    icd10_code,
    imei,
    imsi,
    ip_address,
    license_plate,
    mac_address,
    military_id,
    org_code,
    passport,
    postcode,
    property_cert,
    qq,
    tax_id,
    token,
    tw_permit,
    uscc,
    vin,
    wechat_id,
    weibo_id,
)
from classifiers.validators._errors import Invalid, WrongChecksum, WrongComponent, WrongFormat, WrongLength
from classifiers.validators._masks import is_masked
from classifiers.validators._placeholders import is_placeholder
from classifiers.validators._text import fold, lower

__all__ = [
    "VALIDATORS",
    "Invalid",
    "WrongChecksum",
    "WrongComponent",
    "WrongFormat",
    "WrongLength",
    "canonical",
    "fold",
    "is_masked",
    "is_placeholder",
]

# PI type (id of the taxonomy) to the function that returns its canonical value.
VALIDATORS: Mapping[str, Callable[[str], str]] = MappingProxyType(
    {
        "id_card": cn_resident_id.validate,
        "hmt_residence_permit": hmt_residence_permit.validate,
        "foreign_pr_card": foreign_pr_card.validate,
        "mobile": cn_mobile.validate,
        "landline": cn_landline.validate,
        "email": email.validate,
        "bank_card": bank_card.validate,
        "uscc": uscc.validate,
        "org_code": org_code.validate,
        "business_license": business_license.validate,
        "tax_id": tax_id.validate,
        "passport": passport.validate,
        "hkmo_permit": hkmo_permit.validate,
        "tw_permit": tw_permit.validate,
        "exit_entry_permit": exit_entry_permit.validate,
        "military_id": military_id.validate,
        "license_plate": license_plate.validate,
        "vin": vin.validate,
        "imei": imei.validate,
        "imsi": imsi.validate,
        "iccid": iccid.validate,
        "ip_address": ip_address.validate,
        "mac_address": mac_address.validate,
        "wechat_id": wechat_id.validate,
        "qq": qq.validate,
        "weibo_id": weibo_id.validate,
        "postcode": postcode.validate,
        "property_cert": property_cert.validate,
        "icd10_code": icd10_code.validate,
        "user_account": token.validate_account,
        "device_id": partial(token.validate, case=lower),
        "cookie_id": partial(token.validate, case=lower),
        **dict.fromkeys(
            (
                "bank_account",
                "birth_certificate",
                "driver_license",
                "employee_no",
                "housing_fund_no",
                "medical_insurance_no",
                "medical_record_no",
                "social_security_no",
                "student_no",
            ),
            token.validate,
        ),
    }
)


def canonical(pi_type: str, text: str) -> str | None:
    """Return the canonical value of a cell, or None where it identifies nobody."""
    try:
        value = VALIDATORS[pi_type](text)
    except Invalid:
        return None
    return None if is_masked(fold(text)) or is_placeholder(pi_type, value) else value
