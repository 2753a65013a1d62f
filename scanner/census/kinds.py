"""The kinds of identifiers: how surely a value names one person, and what is assumed about sharing.

``order`` is the order in which doubtful links are tried: the kinds that are shared least come first.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from scanner.digests.columns import PERSON_KEY, PSEUDONYM, PSEUDONYMOUS_CONTACT
from scanner.identifiers import U64, Mask

STRONG, ACCOUNT, CONTACT = "strong", "account", "contact"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of identifier.

    Attributes:
        strength: ``strong``, ``account`` or ``contact`` (as in ``taxonomy.yaml``).
        order: Position in ``KINDS``; links are tried in this order.
        per_person: Values of the kind that one person commonly has; divides the lower bound.
        sharers: Persons that commonly use one value; widens the upper bound of nameless rows.

    """

    id: str
    strength: str
    order: int
    per_person: int
    sharers: int


# id, strength, values per person, persons per value.
# A number that stays for life has 1 value per person; a document that is renewed under a new number
# has 2. The other figures are assumptions, stated in docs/counting.md.
_TABLE: tuple[tuple[str, str, int, int], ...] = (
    ("id_card", STRONG, 1, 1),
    ("hmt_residence_permit", STRONG, 1, 1),
    ("hkmo_permit", STRONG, 2, 1),
    ("tw_permit", STRONG, 2, 1),
    ("foreign_pr_card", STRONG, 2, 1),
    ("passport", STRONG, 2, 1),
    ("exit_entry_permit", STRONG, 2, 1),
    ("birth_certificate", STRONG, 1, 1),
    ("social_security_no", STRONG, 2, 1),
    ("driver_license", STRONG, 2, 1),
    ("military_id", STRONG, 2, 1),
    ("employee_no", ACCOUNT, 2, 1),
    ("student_no", ACCOUNT, 2, 1),
    ("medical_insurance_no", ACCOUNT, 2, 1),
    ("housing_fund_no", ACCOUNT, 2, 1),
    ("medical_record_no", ACCOUNT, 2, 1),
    ("user_account", ACCOUNT, 2, 1),
    ("bank_card", ACCOUNT, 5, 1),
    ("bank_account", ACCOUNT, 5, 1),
    ("wechat_id", ACCOUNT, 2, 1),
    ("qq", ACCOUNT, 2, 1),
    ("weibo_id", ACCOUNT, 2, 1),
    ("imsi", ACCOUNT, 3, 1),
    ("iccid", ACCOUNT, 3, 1),
    ("email", CONTACT, 3, 2),
    ("mobile", CONTACT, 3, 4),
    ("imei", CONTACT, 4, 3),
    ("device_id", CONTACT, 4, 3),
    ("mac_address", CONTACT, 4, 3),
    ("license_plate", CONTACT, 2, 3),
    ("vin", CONTACT, 2, 3),
    ("landline", CONTACT, 2, 5),
    ("cookie_id", CONTACT, 8, 3),
)
# Kinds that users define share these numbers; what is assumed about them is the most careful guess.
CUSTOM = {STRONG: 3, ACCOUNT: 6, CONTACT: 3}
_ASSUMED = {STRONG: (2, 1), ACCOUNT: (3, 1), CONTACT: (4, 4)}
_CUSTOM: tuple[tuple[str, str, int, int], ...] = tuple(
    (f"custom_{strength}_{n}", strength, *_ASSUMED[strength])
    for strength, most in CUSTOM.items()
    for n in range(1, most + 1)
)
# Numbers by which the rows of a dataset refer to somebody, as user_id does; a person may be in several of its
# lists of people, also in one table: a user and a patient.
_KEY = (PERSON_KEY, ACCOUNT, 3, 1)
# Identifiers hashed or encrypted, each perhaps in several ways.
_PSEUDONYMS = ((PSEUDONYM, ACCOUNT, 12, 1), (PSEUDONYMOUS_CONTACT, CONTACT, 12, 4))

KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        name: Kind(id=name, strength=strength, order=order, per_person=per_person, sharers=sharers)
        for order, (name, strength, per_person, sharers) in enumerate((*_TABLE, *_CUSTOM, _KEY, *_PSEUDONYMS))
    }
)
BY_ORDER: tuple[Kind, ...] = tuple(KINDS.values())

# Orders of what is no kind, but stands among the identifiers of a row: whose relative a second person is, and
# the number of a thing that the row has, or refers to; a number means the same in both.
RELATIONS, THING_NUMBERS, THINGS_REFERRED_TO = range(len(BY_ORDER), len(BY_ORDER) + 3)

# Numbers for life: two different ones are two persons, whatever else they share. Other documents get a
# new number when they are renewed.
FOR_LIFE = frozenset(k.order for k in BY_ORDER if k.strength == STRONG and k.per_person == 1)

# Families share phones more than anything else.
PHONES = frozenset((KINDS["mobile"].order, KINDS["landline"].order))

# Numbers that somebody gives to persons one by one; a person has as many cards as banks.
PERSONAL_ACCOUNTS = frozenset(
    k.order for k in BY_ORDER if k.strength == ACCOUNT and (k.per_person <= 2 or k.id == PERSON_KEY)
)

# Things, not people: one person meets many over the years, so they are no evidence of a hub.
THINGS = frozenset("imsi iccid imei device_id mac_address license_plate vin cookie_id".split())

# Whoever drives for a fleet, or hires cars, is met with many of them: they tell no people of one name apart.
VEHICLES = frozenset(k.order for k in BY_ORDER if k.id in ("license_plate", "vin"))

# A weak value seen with this many persons identifies nobody: a default, a hotline, a shared terminal.
HUB_PERSONS = 8


# Whoever holds nothing else may be somebody who is known otherwise.
PSEUDONYMS = np.uint64(sum(1 << KINDS[kind].order for kind in (PSEUDONYM, PSEUDONYMOUS_CONTACT)))


def holds(held: U64, order: int) -> Mask:
    """Return whose bits of kinds (see ``order``) have that of a kind."""
    return np.asarray((held >> order) & 1 != 0)
