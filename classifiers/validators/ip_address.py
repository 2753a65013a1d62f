"""Address of a host in an IP network, canonical as RFC 5952 writes it.

Version 4: four decimal octets without leading zeros, the first from 1 to 223 (no networks such
as 10.0.0.0/8, no masks, no multicast; this also rejects most version numbers). Version 6: any
form without a zone; an address that embeds a version 4 address becomes that address.

Source: RFC 791; RFC 4291, section 2.2; RFC 5952, section 4.

>>> validate("2409:8A00:0:0:0:0:0:1")
'2409:8a00::1'
>>> is_valid("10.0.0.0/8")
False
"""

from __future__ import annotations

import re
from ipaddress import AddressValueError, IPv6Address

from classifiers.validators._errors import WrongFormat, passes
from classifiers.validators._text import bare, lower

_OCTET = r"(?:0|[1-9][0-9]?|1[0-9]{2}|2[0-4][0-9]|25[0-5])"
SHAPE_V4 = rf"(?:[1-9][0-9]?|1[0-9]{{2}}|2[01][0-9]|22[0-3])(?:\.{_OCTET}){{3}}"
SHAPE_V6 = r"[0-9a-f:]*:[0-9a-f:]*:[0-9a-f:.]*"
# Canonical as it stands: eight groups without leading zeros, none of them zero.
PLAIN_V6 = r"[1-9a-f][0-9a-f]{0,3}(?::[1-9a-f][0-9a-f]{0,3}){7}"


def compact(number: str) -> str:
    """Return the address without labels and brackets, in lower case."""
    return lower(bare(number))


def validate(number: str) -> str:
    """Return the canonical address, or raise the reason it is not valid."""
    number = compact(number)
    if re.fullmatch(SHAPE_V6, number):
        return canonical_v6(number)
    if not re.fullmatch(SHAPE_V4, number):
        raise WrongFormat("expected the address of a host")
    return number


def canonical_v6(number: str) -> str:
    """Return a lower-case version 6 address in canonical form."""
    try:
        address = IPv6Address(number)
    except AddressValueError:
        raise WrongFormat("expected eight groups of hexadecimal digits") from None
    return validate(str(address.ipv4_mapped)) if address.ipv4_mapped else address.compressed


def is_valid(number: str) -> bool:
    """Return whether the address is valid."""
    return passes(validate, number)
