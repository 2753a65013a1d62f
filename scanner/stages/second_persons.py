"""Which second person a header names: guardian, receiver, payee, doctor and others.

Headers name them in Chinese, English or pinyin initials, before the attribute: ``监护人电话``,
``guardian_mobile``, ``jhrdh``. Types decide where letters are ambiguous: ``jzsj`` is a parent's mobile
(家长手机) only when it holds mobile numbers, else the time of a visit (就诊时间).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

TypedColumn = tuple[str, str, tuple[str, ...]]  # name, comment, PI types


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


_TOLD_BY = ("person", "name", "phone", "mobile", "tel")  # not the place or the time
# The first match wins: longer expressions stand before the shorter ones that they contain.
PERSONS = (
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
        slot="relative",
        chinese=("家属", "亲属", "家庭成员"),
        english=("relative", "next_of_kin", "family_member"),
    ),
    _Person(
        slot="companion",
        chinese=("同行人", "随行人", "同住人", "陪护人", "陪同人"),
        english=("companion", "fellow_traveler", "fellow_traveller"),
    ),
    _Person(
        slot="receiver",
        chinese=("收货", "收件", "收信人", "收货人", "收件人", "取件人", "收票人", "签收人", "代收人"),
        english=(
            *("receiver", "consignee", "recipient", "receive", "ship_to", "shipto", "addressee"),
            *("shipping", "rcv", "rcvr", "recv", "cnee"),
        ),
        initials=("shr", "sjr"),
        may_be_own=True,
    ),
    _Person(
        slot="picks_up",
        chinese=("接送人", "提货人", "自提人"),
        english=("picker", *(f"pickup_{what}" for what in _TOLD_BY)),
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
        slot="courier",
        chinese=("配送员", "快递员", "骑手", "派件员", "揽件员", "送货员", "送餐员"),
        english=("courier", "rider", "deliveryman", "delivery_man"),
        initials=("kdy", "psy"),
    ),
    _Person(slot="payee", chinese=("收款人", "收款方"), english=("payee",), initials=("skr",)),
    _Person(
        slot="counterparty",
        chinese=("对方", "交易对手"),
        english=(
            *("counterparty", "counter_party", "opposite", "opposite_party", "opp", "cntrpty", "cpty"),
            "peer",
        ),
    ),
    _Person(slot="called_party", chinese=("被叫", "对端号码"), english=("called", "callee")),
    _Person(slot="seller", chinese=("卖方", "卖家", "出卖人", "转让方"), english=("seller", "transferor")),
    _Person(slot="landlord", chinese=("房东", "出租人", "出租方"), english=("landlord", "lessor")),
    _Person(slot="guarantor", chinese=("担保人", "保证人"), english=("guarantor", "surety", "guar")),
    _Person(slot="co_borrower", chinese=("共同借款人", "共借人"), english=("co_borrower", "coborrower")),
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
            *("登记人", "审核人", "审批人", "制单人", "处理人", "办理人", "收银员", "柜员", "客服", "坐席"),
            *("办案民警", "办案人", "承办法官", "承办人"),
        ),
        english=(
            *("by", "operator", "creator", "create_user", "updater", "update_user", "modifier", "handler"),
            *("auditor", "approver", "reviewer", "oper_name", "cashier", "teller", "clerk"),
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
        english=("doctor", "physician", "dr", "surgeon", "provider"),
        initials=("ys", "jzys", "zzys"),
    ),
    _Person(slot="interviewer", chinese=("面试官", "面试人"), english=("interviewer",)),
    _Person(slot="referee", chinese=("证明人",), english=("referee",)),
    _Person(
        slot="technician",
        chinese=("维修员", "维修工", "维修人员", "维修师傅", "安装人员", "安装工", "安装师傅"),
        english=("technician", "repairman", "installer"),
    ),
    _Person(
        slot="inspector",
        chinese=("巡检员", "检查员", "稽查员", "巡检人", "检查人"),
        english=("inspector", "examiner"),
    ),
    _Person(
        slot="coach",
        chinese=("教练", "讲师", "培训师"),
        english=("coach", "instructor", "lecturer", "trainer"),
    ),
    _Person(slot="nurse", chinese=("护士",), english=("nurse",)),
    _Person(
        slot="agent",
        chinese=("代理人", "代办人", "委托人", "受托人", "客户经理", "业务员"),
        english=("agent", "proxy", "account_manager", "salesman", "sales_rep"),
        initials=("dlr", "dbr", "wtr", "khjl", "ywy"),
    ),
    _Person(
        slot="superior",
        chinese=("上级", "领导", "主管"),
        english=("manager", "supervisor", "superior", "leader", "report_to", "reports_to"),
        may_be_own=True,
    ),
    _Person(
        slot="teacher",
        chinese=("班主任", "辅导员", "导师"),
        english=("teacher", "tutor", "advisor"),
        initials=("bzr",),
    ),
    _Person(
        slot="manager",
        chinese=("负责人",),
        english=("person_in_charge", "director"),
        initials=("fzr",),
        may_be_own=True,
    ),
    _Person(
        slot="visited", chinese=("被访人", "受访人", "拜访对象"), english=("visitee",), initials=("bfr",)
    ),
    _Person(
        slot="defendant",
        chinese=("被投诉人", "被举报人", "被申请人", "被告人"),
        english=("defendant",),
    ),
    _Person(
        slot="suspect",
        chinese=("嫌疑人", "嫌犯", "违法人员", "违法行为人"),
        english=("suspect", "accused", "offender"),
        initials=("xyr",),
        may_be_own=True,
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

NAMES = frozenset(("person_name", "person_name_pinyin"))
_PHONES = frozenset(("mobile", "landline"))
DOCUMENTS = frozenset(
    ("id_card", "passport", "hkmo_permit", "tw_permit", "hmt_residence_permit", "exit_entry_permit")
)
# What the letters after the initials of a person may stand for, as types that confirm it.
_ATTRIBUTES: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(("xm", "mc", "khmc", "name"), NAMES),
    **dict.fromkeys(
        ("dh", "sj", "sjh", "sjhm", "dhhm", "lxdh", "lxfs", "tel", "phone", "mobile", "yddh", "gddh"), _PHONES
    ),
    **dict.fromkeys(("zjh", "zjhm", "sfz", "sfzh", "sfzhm", "sfzjh", "sfzjhm", "zj", "id"), DOCUMENTS),
    **dict.fromkeys(("yx", "dzyx", "email", "mail"), frozenset(("email",))),
    **dict.fromkeys(("dz", "zz", "address", "addr"), frozenset(("address",))),
    **dict.fromkeys(("csrq", "sr"), frozenset(("birth_date",))),
    "xb": frozenset(("gender",)),
    "nl": frozenset(("age",)),
    "gx": frozenset(("family_relation",)),
    "gh": frozenset(("employee_no",)),
    "hm": NAMES | _PHONES,
    "khh": frozenset(("user_account",)),
    "zh": frozenset(("user_account", "bank_card", "bank_account")),
    "yhkh": frozenset(("bank_card",)),
}
_BARE = NAMES | _PHONES | frozenset(("user_account", "employee_no"))  # initials without an attribute


def slot_of(name: str, comment: str, types: Iterable[str]) -> str:
    """Return the slot of the second person that a header or comment names; empty: the row's own person."""
    words = tuple(word.rstrip("123456789") for word in header_words(name))
    held = frozenset(types)
    for person in PERSONS:
        if _says(person, name, words, held):
            return person.slot
    if _has_chinese(name) or not comment:
        return ""
    return next((p.slot for p in PERSONS if comment.strip().startswith(p.chinese)), "")


def ends_with(slot: str, stem: str) -> bool:
    """Return whether a header up to some place ends with a word for the second persons of a slot."""
    words = header_words(stem)
    joined = f"_{'_'.join(words)}"
    return any(
        stem.endswith(person.chinese)
        or joined.endswith(tuple(f"_{word}" for word in person.english))
        or words[-1:] in {(initials,) for initials in person.initials}
        for person in PERSONS
        if person.slot == slot
    )


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


@lru_cache(maxsize=1 << 14)
def header_words(name: str) -> tuple[str, ...]:
    """Return the words of a header in lower case, camel case taken apart."""
    plain = unicodedata.normalize("NFKC", name)
    parted = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", plain)
    return tuple(word for word in re.split(r"[^0-9a-z\u4e00-\u9fff]+", parted.lower()) if word)


def _has_chinese(text: str) -> bool:
    return re.search(r"[\u4e00-\u9fff]", text) is not None
