"""Tell whose column it is: that of the row's own person or of a second one (guardian, receiver, ...).

Headers name second persons in Chinese, English or pinyin initials, before the attribute:
``监护人电话``, ``guardian_mobile``, ``jhrdh``. Types decide where letters are ambiguous: ``jzsj`` is a
parent's mobile (家长手机) only when it holds mobile numbers, else the time of a visit (就诊时间).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from classifiers.catalogue import built_in

TypedColumn = tuple[str, str, tuple[str, ...]]
OWN = ""
SELF = "self"  # what a configuration writes for OWN


@dataclass(frozen=True, slots=True, kw_only=True)
class _Person:
    """How headers name a second person.

    Attributes:
        chinese: Words anywhere in the header or at the start of the comment.
        english: Words of the header, several joined by ``_``.
        initials: Pinyin initials, followed by the initials of an attribute or nothing.
        may_be_own: Without an identifier of its own it may be the row's own person under another
            word: the receiver of a member's parcel, the contact of a customer.

    """

    slot: str
    chinese: tuple[str, ...]
    english: tuple[str, ...]
    initials: tuple[str, ...] = ()
    may_be_own: bool = False


# The first match wins: longer expressions stand before the shorter ones that they contain.
_PERSONS = (
    _Person(
        slot="emergency_contact",
        chinese=("紧急联系人", "紧急联络人", "应急联系人", "紧急联系", "紧急电话"),
        english=("emergency_contact", "emergency", "ice_contact"),
        initials=("jjlxr", "yjlxr"),
    ),
    _Person(
        slot="guardian",
        chinese=("监护人", "家长", "抚养人"),
        english=("guardian", "parent", "custodian"),
        initials=("jhr", "jz"),
    ),
    _Person(slot="father", chinese=("父亲", "爸爸"), english=("father", "dad"), initials=("fq",)),
    _Person(slot="mother", chinese=("母亲", "妈妈"), english=("mother", "mom", "mum"), initials=("mq",)),
    _Person(
        slot="spouse",
        chinese=("配偶", "丈夫", "妻子", "爱人"),
        english=("spouse", "husband", "wife"),
        initials=("po",),
    ),
    _Person(slot="child", chinese=("子女", "孩子"), english=("child", "kid"), initials=("zn",)),
    _Person(
        slot="receiver",
        chinese=("收货", "收件", "收信人", "收货人", "收件人", "取件人", "收票人"),
        english=("receiver", "consignee", "recipient", "receive", "ship_to", "shipto", "addressee"),
        initials=("shr", "sjr"),
        may_be_own=True,
    ),
    _Person(
        slot="sender",
        chinese=("寄件", "发件", "发货人", "寄货人", "寄信人", "寄送人"),
        english=("sender", "consignor", "shipper", "ship_from"),
        initials=("jjr", "fjr", "fhr"),
        may_be_own=True,
    ),
    _Person(
        slot="insured",
        chinese=("被保险人", "被保人"),
        english=("insured", "insurant"),
        initials=("bbxr", "bbr"),
        may_be_own=True,
    ),
    _Person(
        slot="policyholder",
        chinese=("投保人",),
        english=("policyholder", "policy_holder"),
        initials=("tbr",),
        may_be_own=True,
    ),
    _Person(slot="beneficiary", chinese=("受益人",), english=("beneficiary",), initials=("syr",)),
    _Person(
        slot="legal_representative",
        chinese=("法定代表人", "法人代表", "法人", "法定代表"),
        english=("legal_representative", "legal_rep", "legal_person", "corporate_representative"),
        initials=("fddbr", "frdb", "fr"),
    ),
    _Person(
        slot="operator",
        chinese=(
            *("经办人", "操作人", "操作员", "创建人", "创建者", "更新人", "更新者", "修改人", "录入人"),
            *("登记人", "审核人", "审批人", "制单人", "处理人", "办理人"),
        ),
        english=(
            *("operator", "creator", "create_by", "created_by", "update_by", "updated_by", "updater"),
            *("modifier", "modified_by", "modify_by", "handler", "auditor", "approver", "reviewer"),
            *("create_user", "update_user", "last_modified_by", "oper_name"),
        ),
        initials=("jbr", "czr", "cjr", "gxr", "xgr", "lrr", "djr", "spr"),
    ),
    _Person(
        slot="referrer",
        chinese=("推荐人", "介绍人", "邀请人", "引荐人"),
        english=("referrer", "referer", "inviter", "recommender", "introducer"),
        initials=("tjr", "jsr", "yqr"),
    ),
    _Person(
        slot="doctor",
        chinese=("医生", "医师", "大夫"),
        english=("doctor", "physician", "dr"),
        initials=("ys", "jzys", "zzys"),
    ),
    _Person(
        slot="agent",
        chinese=("代理人", "代办人", "委托人", "受托人", "客户经理", "业务员"),
        english=("agent", "proxy", "account_manager", "salesman", "sales_rep"),
        initials=("dlr", "dbr", "wtr", "khjl", "ywy"),
    ),
    _Person(
        slot="teacher",
        chinese=("班主任", "辅导员", "导师"),
        english=("teacher", "tutor", "advisor"),
        initials=("bzr",),
    ),
    _Person(
        slot="driver", chinese=("司机", "驾驶员姓名"), english=("driver", "chauffeur"), initials=("sji",)
    ),
    _Person(
        slot="contact",
        chinese=("联系人", "联络人"),
        english=("contact", "contact_person", "linkman"),
        initials=("lxr", "llr"),
        may_be_own=True,
    ),
)

_NAMES = frozenset(("person_name", "person_name_pinyin"))
_PHONES = frozenset(("mobile", "landline"))
_DOCUMENTS = frozenset(
    ("id_card", "passport", "hkmo_permit", "tw_permit", "hmt_residence_permit", "exit_entry_permit")
)
# What the letters after the initials of a person may stand for, as types that confirm it.
_ATTRIBUTES: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(("xm", "mc", "name"), _NAMES),
    **dict.fromkeys(
        ("dh", "sj", "sjh", "sjhm", "dhhm", "lxdh", "lxfs", "tel", "phone", "mobile", "yddh", "gddh"), _PHONES
    ),
    **dict.fromkeys(("zjh", "zjhm", "sfz", "sfzh", "sfzhm", "sfzjh", "sfzjhm", "zj", "id"), _DOCUMENTS),
    **dict.fromkeys(("yx", "dzyx", "email", "mail"), frozenset(("email",))),
    **dict.fromkeys(("dz", "zz", "address", "addr"), frozenset(("address",))),
    **dict.fromkeys(("csrq", "sr"), frozenset(("birth_date",))),
    "xb": frozenset(("gender",)),
    "nl": frozenset(("age",)),
    "gx": frozenset(("family_relation",)),
    "gh": frozenset(("employee_no",)),
    "zh": frozenset(("user_account", "bank_card", "bank_account")),
    "yhkh": frozenset(("bank_card",)),
}
_BARE = _NAMES | _PHONES | frozenset(("user_account", "employee_no"))  # initials without an attribute
_NUMBERED = re.compile(r"^(.*?[^0-9])_?([1-9])$")


def assign_slots(
    columns: Sequence[TypedColumn],
    identifying: frozenset[str] | None = None,
    declared: Mapping[str, str] | None = None,
) -> dict[str, str]:
    """Return the slot of every column; ``""`` is the row's own person.

    Args:
        columns: Name, comment and PI types of the tagged columns of one table.
        identifying: Types whose values point to one person; default: those of the built-in catalogue.
        declared: Slots that somebody has declared, which stand; ``self`` is the row's own person.

    """
    known = built_in().identifying if identifying is None else identifying
    slots = {name: _slot_of(name, comment, types) for name, comment, types in columns}
    slots |= _numbered(columns, slots)
    held = {name: frozenset(types) for name, _, types in columns}
    said = {name: OWN if slot == SELF else slot for name, slot in (declared or {}).items() if name in held}
    found = _promote(_fold(slots | said, held, known), held, known)
    return found if not said else _fold(slots | said, held, known) | said


def _slot_of(name: str, comment: str, types: Iterable[str]) -> str:
    words = _words(name)
    held = frozenset(types)
    for person in _PERSONS:
        if _says(person, name, words, held):
            return person.slot
    if _has_chinese(name) or not comment:
        return OWN
    return next((p.slot for p in _PERSONS if comment.strip().startswith(p.chinese)), OWN)


def _says(person: _Person, name: str, words: tuple[str, ...], held: frozenset[str]) -> bool:
    joined = f"_{'_'.join(words)}_"
    return (
        any(word in name for word in person.chinese)
        or any(f"_{word}_" in joined for word in person.english)
        or any(_starts_with(initials, words, held) for initials in person.initials)
    )


def _starts_with(initials: str, words: tuple[str, ...], held: frozenset[str]) -> bool:
    """Return whether initials and an attribute that the types confirm make up a word or the last words."""
    for position, word in enumerate(words):
        if not word.startswith(initials):
            continue
        attribute = word[len(initials) :] + "".join(words[position + 1 :])
        wanted = _ATTRIBUTES.get(attribute) if attribute else (_BARE if len(initials) > 2 else None)
        if wanted is not None and not wanted.isdisjoint(held):
            return True
    return False


def _words(name: str) -> tuple[str, ...]:
    """Return the words of a header in lower case, camel case taken apart."""
    plain = unicodedata.normalize("NFKC", name)
    parted = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", plain)
    return tuple(word for word in re.split(r"[^0-9a-z\u4e00-\u9fff]+", parted.lower()) if word)


def _has_chinese(text: str) -> bool:
    return re.search(r"[\u4e00-\u9fff]", text) is not None


def _numbered(columns: Sequence[TypedColumn], slots: Mapping[str, str]) -> dict[str, str]:
    """Return slots ``person_1``, ``person_2`` ... where names are numbered; phones alone are one person's."""
    numbers: dict[str, tuple[str, str, frozenset[str]]] = {}
    for name, _, types in columns:
        if slots[name] == OWN and (match := _NUMBERED.match(name)):
            numbers[name] = (match[1].rstrip("_"), match[2], frozenset(types))
    stems = [stem for stem, _, types in numbers.values() if types & _NAMES]
    repeated = {stem for stem in stems if stems.count(stem) > 1}
    persons = {number for stem, number, _ in numbers.values() if stem in repeated}
    return {name: f"person_{number}" for name, (_, number, _) in numbers.items() if number in persons}


def _fold(
    slots: dict[str, str], held: Mapping[str, frozenset[str]], identifying: frozenset[str]
) -> dict[str, str]:
    """Give second persons back to the row's own person where the headers mean one person only."""
    nameless = not _any_of(slots, held, OWN, _NAMES)
    unknown = nameless and not _any_of(slots, held, OWN, _DOCUMENTS)
    for person in (p for p in _PERSONS if p.may_be_own):
        named = _any_of(slots, held, person.slot, _NAMES)
        alone = nameless and not _any_of(slots, held, person.slot, identifying)
        alone = alone or (unknown and _only_documented(slots, held, person.slot))
        if alone or (person.slot == "contact" and not named):
            slots = {name: OWN if slot == person.slot else slot for name, slot in slots.items()}
            nameless = nameless and not named
    return slots


def _only_documented(slots: Mapping[str, str], held: Mapping[str, frozenset[str]], slot: str) -> bool:
    """Return whether documents are given of this second person alone: the row is about that person."""
    return {slots[name] for name, types in held.items() if not _DOCUMENTS.isdisjoint(types)} == {slot}


def _promote(
    slots: dict[str, str], held: Mapping[str, frozenset[str]], identifying: frozenset[str]
) -> dict[str, str]:
    """Make somebody the row's own person where no column names or identifies that person."""
    if _any_of(slots, held, OWN, _NAMES | identifying):
        return slots
    others = sorted({slot for slot in slots.values() if slot})
    first = next((slot for slot in ("child", "person_1") if slot in others), None)
    own = first or (others[0] if len(others) == 1 else None)
    return {name: OWN if slot == own else slot for name, slot in slots.items()}


def _any_of(
    slots: Mapping[str, str], held: Mapping[str, frozenset[str]], slot: str, types: frozenset[str]
) -> bool:
    return any(slots[name] == slot and not types.isdisjoint(held[name]) for name in slots)
