"""One kernel per PI type: the rules of ``classifiers.validators`` over whole columns."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import reduce
from types import MappingProxyType
from typing import Any, TypeAlias, cast

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from classifiers.kernels import _checks
from classifiers.kernels._cells import (
    Bytes,
    Cells,
    Check,
    Mask,
    cells,
    columns,
    matching,
    only,
    passing,
    replaced,
    valid,
)
from classifiers.kernels._compact import compactor, rewrite
from classifiers.validators import (
    cn_landline,
    cn_mobile,
    email,
    exit_entry_permit,
    hkmo_permit,
    icd10_code,
    imei,
    imsi,
    ip_address,
    license_plate,
    mac_address,
    military_id,
    passport,
    postcode,
    property_cert,
    qq,
    token,
    tw_permit,
    wechat_id,
    weibo_id,
)
from classifiers.validators._errors import Invalid
from classifiers.validators._text import EMAIL_LABEL

Step: TypeAlias = Callable[[pa.StringArray], pa.StringArray]


@dataclass(frozen=True, slots=True)
class Kernel:
    """How cells of one type become canonical.

    Attributes:
        direct: Clean text to canonical values, null where a cell is not in compact form.
        compact: Clean text to compact form, for the cells that ``direct`` left out.

    """

    direct: Step
    compact: Step


def _by_width(checks: Mapping[int, Check], finish: Step | None = None) -> Step:
    """Return the step for formats that their width in bytes and a check decide."""

    def direct(text: pa.StringArray) -> pa.StringArray:
        seen, present = cells(text), valid(text)
        ok = np.zeros(len(text), np.bool_)
        for width, check in checks.items():
            ok |= passing(seen, present, width, check)
        found = only(text, ok)
        return finish(found) if finish else found

    return direct


def _by_shape(*patterns: str, finish: Step | None = None) -> Step:
    """Return the step for formats that a shape decides: every pattern must match."""

    def direct(text: pa.StringArray) -> pa.StringArray:
        ok = np.logical_and.reduce([matching(text, pattern) for pattern in patterns])
        found = only(text, ok)
        return finish(found) if finish else found

    return direct


def _whole(pattern: str) -> str:
    return f"^(?:{pattern})$"


_CHARACTERS = pa.array(list("0123456789X"))


def _checked(
    body: pa.StringArray, check: Callable[[Bytes], np.ndarray[tuple[int], np.dtype[np.intp]]], width: int
) -> pa.StringArray:
    """Return the bodies, all of one width, with their check characters appended."""
    seen = cells(body)
    found = np.empty(len(body), np.intp)
    for rows, block in columns(seen, np.arange(len(body)), width):
        found[rows] = check(_checks.numbers(block))
    return _joined(body, _CHARACTERS.take(found))


def _joined(*parts: Any) -> pa.StringArray:
    """Return the texts of each row, one after the other."""
    return cast("pa.StringArray", pc.binary_join_element_wise(*parts, ""))


def _where_width(text: pa.StringArray, widths: tuple[int, ...], change: Step) -> pa.StringArray:
    """Return the column with the cells of these widths changed."""
    rows = np.isin(cells(text).lengths, widths) & valid(text)
    return replaced(text, rows, change(text.filter(pa.array(rows)))) if rows.any() else text


def _lengthen(numbers: pa.StringArray) -> pa.StringArray:
    body = _joined(pc.utf8_slice_codeunits(numbers, 0, 6), "19", pc.utf8_slice_codeunits(numbers, 6, 15))
    return _checked(body, _checks.mod_11_2_characters, 17)


def _complete_imei(numbers: pa.StringArray) -> pa.StringArray:
    return _checked(pc.utf8_slice_codeunits(numbers, 0, 14), _checks.luhn_digits, 14)


def _email(text: pa.StringArray) -> pa.StringArray:
    found = _by_shape(_whole(email.SHAPE))(text)
    seen = cells(found)
    return only(found, _short_enough(found, seen) & valid(found))


def _short_enough(found: pa.StringArray, seen: Cells) -> Mask:
    fits = seen.lengths <= email.LONGEST
    # Only an address longer than a local part may be can have too long a local part.
    long = fits & (seen.lengths > email.LOCAL_MAX) & valid(found)
    if long.any():
        at = pc.find_substring(found.filter(pa.array(long)), "@").to_numpy(zero_copy_only=False)
        fits[long] = at <= email.LOCAL_MAX
    return fits


def _ip_address(text: pa.StringArray) -> pa.StringArray:
    found = only(text, matching(text, f"^(?:{ip_address.SHAPE_V4}|{ip_address.PLAIN_V6})$"))
    rest = ~valid(found) & matching(text, _whole(ip_address.SHAPE_V6))
    if not rest.any():
        return found
    return replaced(
        found,
        rest,
        pa.array([_canonical_v6(v) for v in text.filter(pa.array(rest)).to_pylist()], pa.string()),
    )


def _canonical_v6(address: str | None) -> str | None:
    if address is None:
        return None
    try:
        return ip_address.canonical_v6(address)
    except Invalid:
        return None


_MAC_SHAPE = _by_shape(_whole(mac_address.SHAPE))
_LOWER = compactor(separators="", lower=True)


def _mac_compact(text: pa.StringArray) -> pa.StringArray:
    lowered = _LOWER(text)
    paired = reduce(lambda done, step: rewrite(done, *step), mac_address.REWRITES, lowered)
    return only(paired, ~matching(lowered, _whole(mac_address.BARE_DIGITS)) & valid(lowered))


def _unchanged(text: pa.StringArray) -> pa.StringArray:
    return text


_TOKEN = _by_shape(_whole(token.SHAPE), token.A_DIGIT)
_PLAIN = compactor()
_UPPER = compactor(upper=True)
_UPPER_TOKEN = Kernel(lambda text: _TOKEN(pc.ascii_upper(text)), _unchanged)
_LOWER_TOKEN = Kernel(lambda text: _TOKEN(pc.ascii_lower(text)), _unchanged)


def _shape(pattern: str, compact: Step = _PLAIN) -> Kernel:
    return Kernel(_by_shape(_whole(pattern)), compact)


KERNELS: Mapping[str, Kernel] = MappingProxyType(
    {
        "id_card": Kernel(
            _by_width(
                {18: _checks.resident_id_18, 15: _checks.resident_id_15},
                lambda found: _where_width(found, (15,), _lengthen),
            ),
            _UPPER,
        ),
        "hmt_residence_permit": Kernel(_by_width({18: _checks.hmt_permit}), _UPPER),
        "foreign_pr_card": Kernel(
            _by_width({18: _checks.foreign_card_18, 15: _checks.foreign_card_15}), _UPPER
        ),
        "mobile": Kernel(
            _by_width({11: _checks.mobile}),
            compactor(separators=cn_mobile.SEPARATORS, rewrites=((cn_mobile.COUNTRY, r"\1"),)),
        ),
        "landline": _shape(
            cn_landline.SHAPE, compactor(separators="", lower=True, rewrites=cn_landline.REWRITES)
        ),
        "email": Kernel(_email, compactor(label=EMAIL_LABEL, separators="", lower=True)),
        "bank_card": Kernel(_by_width(dict.fromkeys(range(13, 20), _checks.card)), _PLAIN),
        "uscc": Kernel(_by_width({18: _checks.uscc}), _UPPER),
        "org_code": Kernel(_by_width({9: _checks.org_code}), _UPPER),
        "business_license": Kernel(_by_width({15: _checks.business_license}), _PLAIN),
        "tax_id": Kernel(
            _by_width(
                {
                    15: _checks.old_tax_id,
                    17: _checks.trader_tax_id,
                    18: _checks.uscc,
                    20: _checks.trader_tax_id,
                }
            ),
            _UPPER,
        ),
        "passport": _shape(passport.SHAPE, _UPPER),
        "hkmo_permit": Kernel(
            _by_shape(_whole(hkmo_permit.SHAPE), finish=lambda found: pc.utf8_slice_codeunits(found, 0, 9)),
            _UPPER,
        ),
        "tw_permit": Kernel(
            _by_shape(
                _whole(tw_permit.SHAPE), finish=lambda found: pc.replace_substring_regex(found, r"\(.*$", "")
            ),
            _UPPER,
        ),
        "exit_entry_permit": _shape(exit_entry_permit.SHAPE, _UPPER),
        "military_id": _shape(military_id.SHAPE, _UPPER),
        "license_plate": Kernel(
            _by_shape(_whole(license_plate.SHAPE), license_plate.TWO_DIGITS),
            compactor(separators=license_plate.SEPARATORS, upper=True),
        ),
        "vin": Kernel(_by_width({17: _checks.vin}), _UPPER),
        "imei": Kernel(
            _by_width(
                {15: _checks.imei, 14: _checks.imei_unchecked, 16: _checks.imei_unchecked},
                lambda found: _where_width(found, (14, 16), _complete_imei),
            ),
            compactor(separators=imei.SEPARATORS),
        ),
        "imsi": _shape(imsi.SHAPE),
        "iccid": Kernel(_by_width({19: _checks.iccid, 20: _checks.iccid}), _PLAIN),
        "ip_address": Kernel(_ip_address, _LOWER),
        "mac_address": Kernel(_MAC_SHAPE, _mac_compact),
        "wechat_id": _shape(wechat_id.SHAPE, compactor(separators="")),
        "qq": _shape(qq.SHAPE),
        "weibo_id": _shape(weibo_id.SHAPE),
        "postcode": _shape(postcode.SHAPE),
        "property_cert": _shape(property_cert.SHAPE),
        "icd10_code": _shape(icd10_code.SHAPE, compactor(separators="", upper=True)),
        "user_account": Kernel(_by_shape(_whole(token.ACCOUNT_SHAPE)), _unchanged),
        "device_id": _LOWER_TOKEN,
        "cookie_id": _LOWER_TOKEN,
        "bank_account": _UPPER_TOKEN,
        "birth_certificate": _UPPER_TOKEN,
        "driver_license": _UPPER_TOKEN,
        "employee_no": _UPPER_TOKEN,
        "housing_fund_no": _UPPER_TOKEN,
        "medical_insurance_no": _UPPER_TOKEN,
        "medical_record_no": _UPPER_TOKEN,
        "social_security_no": _UPPER_TOKEN,
        "student_no": _UPPER_TOKEN,
    }
)
