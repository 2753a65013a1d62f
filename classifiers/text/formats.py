"""Numbers and addresses in running text that have a written form: one entry per PI type.

Texts are folded to half width first, character by character, so that offsets hold.
"""

from __future__ import annotations

import re

from classifiers.text.format import DASH, LEFT, RIGHT, SPACED_YMD, WEAK, YMD, Format, label_of
from classifiers.validators import (
    bank_card,
    cn_landline,
    cn_mobile,
    cn_resident_id,
    email,
    hkmo_permit,
    hmt_residence_permit,
    iccid,
    imei,
    imsi,
    ip_address,
    license_plate,
    mac_address,
    passport,
    qq,
    uscc,
    vin,
    wechat_id,
)


def _any(_value: str) -> bool:
    return True


def _has_letter_and_digit(value: str) -> bool:
    return any(c.isdigit() for c in value) and any(c.isalpha() for c in value)


def _is_vin(value: str) -> bool:
    return _has_letter_and_digit(value) and vin.is_valid(value)


def _is_wechat_name(value: str) -> bool:
    return not value.startswith("http") and wechat_id.is_valid(value)


def _is_host(value: str) -> bool:
    return (
        not value.startswith(("0.", "127.", "255."))
        and value not in {"::", "::1"}
        and ip_address.is_valid(value)
    )


def _is_mail(value: str) -> bool:
    # avatar@2x.png is a file.
    return not value.lower().endswith((".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp")) and email.is_valid(
        value
    )


_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_PHONE_LABEL = "电话|手机|联系方式|座机|热线|传真|家电|宅电|固话|致电|拨打|回拨|tel|phone|mobile|fax"

FORMATS: tuple[Format, ...] = (
    Format(
        type="id_card",
        pattern=re.compile(
            rf"{LEFT}[1-9][0-9]{{5}}{DASH}(?:{YMD}|{SPACED_YMD})"
            rf"{DASH}[0-9]{{3}}[0-9Xx](?![0-9A-Za-z])"
        ),
        is_valid=cn_resident_id.is_valid,
        score=0.99,
        label=label_of("身份证|证件|身份号码|id ?card"),
        certain=True,
    ),
    Format(
        type="id_card",
        pattern=re.compile(rf"{LEFT}[1-9][0-9]{{14}}{RIGHT}"),
        is_valid=cn_resident_id.is_valid,
        score=WEAK,
        label=label_of("身份证|证件|身份号码"),
    ),
    Format(
        type="hmt_residence_permit",
        pattern=re.compile(rf"{LEFT}8[123]0000{YMD}[0-9]{{3}}[0-9Xx]{RIGHT}"),
        is_valid=hmt_residence_permit.is_valid,
        score=0.99,
        label=label_of("居住证|证件"),
        certain=True,
    ),
    Format(
        type="mobile",
        pattern=re.compile(
            rf"{LEFT}(?:\(?(?:\+|00)?86\)?{DASH})?1[3-9][0-9](?:{DASH}[0-9]{{4}}){{2}}{RIGHT}"
        ),
        is_valid=cn_mobile.is_valid,
        score=0.85,
        label=label_of(_PHONE_LABEL + "|微信|支付宝"),
    ),
    Format(
        type="landline",
        pattern=re.compile(
            rf"{LEFT}(?:0[0-9]{{2,3}}-|\(0[0-9]{{2,3}}\) ?)"
            rf"[2-9][0-9]{{6,7}}(?:(?:-|转)[0-9]{{1,5}})?{RIGHT}"
        ),
        is_valid=cn_landline.is_valid,
        score=0.75,
        label=label_of(_PHONE_LABEL),
    ),
    Format(
        type="landline",
        pattern=re.compile(rf"{LEFT}0[0-9]{{2,3}} ?[2-9][0-9]{{6,7}}{RIGHT}"),
        is_valid=cn_landline.is_valid,
        score=WEAK,
        label=label_of(_PHONE_LABEL),
    ),
    Format(
        type="email",
        pattern=re.compile(
            r"(?<![A-Za-z0-9._%+@-])[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}"
            r"@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.){1,5}[A-Za-z]{2,24}(?![A-Za-z0-9@])"
        ),
        is_valid=_is_mail,
        score=0.95,
        label=label_of("邮箱|邮件|e-?mail"),
        certain=True,
    ),
    Format(
        type="bank_card",
        pattern=re.compile(rf"{LEFT}62[0-9]{{2}}(?:{DASH}[0-9]{{4}}){{3}}(?:{DASH}[0-9]{{1,3}})?{RIGHT}"),
        is_valid=bank_card.is_valid,
        score=0.7,
        label=label_of("卡|账户|账号|银行|尾号"),
    ),
    Format(
        type="bank_card",
        pattern=re.compile(
            rf"{LEFT}[3-69][0-9]{{3}}(?:{DASH}[0-9]{{4}}){{2,3}}"
            rf"(?:{DASH}[0-9]{{1,3}})?{RIGHT}"
        ),
        is_valid=bank_card.is_valid,
        score=WEAK,
        label=label_of("银行卡|信用卡|借记卡|储蓄卡|卡号|卡|card"),
    ),
    Format(
        type="license_plate",
        pattern=re.compile(
            rf"[{_PROVINCES}][A-HJ-NP-Z][·• .-]?"
            r"(?:[A-HJ-NP-Z0-9]{5,6}|[A-HJ-NP-Z0-9]{4}[挂学警港澳领])(?![0-9A-Za-z])"
        ),
        is_valid=license_plate.is_valid,
        score=0.85,
        label=label_of("车牌|牌照|车辆"),
        certain=True,
    ),
    Format(
        type="wechat_id",
        pattern=re.compile(r"(?<![0-9A-Za-z_@.-])[A-Za-z][-_A-Za-z0-9]{5,19}(?![-_A-Za-z0-9@])"),
        is_valid=_is_wechat_name,
        score=WEAK,
        label=label_of(r"微信|weixin|wechat|(?<![A-Za-z])[wv]x"),
    ),
    Format(
        type="wechat_id",
        pattern=re.compile(r"(?<![0-9A-Za-z_-])o[-_A-Za-z0-9]{27}(?![-_A-Za-z0-9])"),
        is_valid=_has_letter_and_digit,
        score=WEAK,
        label=label_of("openid|unionid"),
    ),
    Format(
        type="qq",
        pattern=re.compile(rf"{LEFT}[1-9][0-9]{{4,10}}{RIGHT}"),
        is_valid=qq.is_valid,
        score=WEAK,
        label=label_of("(?<![A-Za-z])qq|扣扣|企鹅号"),
    ),
    Format(
        type="passport",
        pattern=re.compile(rf"{LEFT}[A-Za-z][A-Za-z0-9][0-9]{{7}}{RIGHT}"),
        is_valid=passport.is_valid,
        score=WEAK,
        label=label_of("护照|passport"),
    ),
    Format(
        type="hkmo_permit",
        pattern=re.compile(rf"{LEFT}[HMhm][0-9]{{8}}(?:[0-9]{{2}})?{RIGHT}"),
        is_valid=hkmo_permit.is_valid,
        score=WEAK,
        label=label_of("通行证|回乡证|港澳证"),
    ),
    Format(
        type="ip_address",
        pattern=re.compile(r"(?<![0-9A-Za-z.])(?:[0-9]{1,3}\.){3}[0-9]{1,3}(?![0-9A-Za-z])(?!\.[0-9])"),
        is_valid=_is_host,
        score=0.8,
        label=label_of("ip|地址|主机"),
    ),
    Format(
        type="ip_address",
        pattern=re.compile(
            r"(?<![0-9A-Za-z:.])(?:(?:[0-9A-Fa-f]{1,4}:){7}[0-9A-Fa-f]{1,4}"
            r"|(?:[0-9A-Fa-f]{1,4}:){1,6}(?::[0-9A-Fa-f]{1,4}){1,6})(?![0-9A-Za-z:])"
        ),
        is_valid=_is_host,
        score=0.8,
        label=label_of("ip|地址|主机"),
    ),
    Format(
        type="mac_address",
        pattern=re.compile(
            r"(?<![0-9A-Za-z:-])[0-9A-Fa-f]{2}(?:(?::[0-9A-Fa-f]{2}){5}|(?:-[0-9A-Fa-f]{2}){5})(?![0-9A-Za-z:-])"
        ),
        is_valid=mac_address.is_valid,
        score=0.85,
        label=label_of("mac|地址"),
    ),
    Format(
        type="imei",
        pattern=re.compile(rf"{LEFT}[0-9]{{15}}{RIGHT}"),
        is_valid=imei.is_valid,
        score=WEAK,
        label=label_of("imei[12]?|串号|串码"),
    ),
    Format(
        type="imsi",
        pattern=re.compile(rf"{LEFT}460[0-9]{{12}}{RIGHT}"),
        is_valid=imsi.is_valid,
        score=WEAK,
        label=label_of("imsi"),
    ),
    Format(
        type="iccid",
        pattern=re.compile(rf"{LEFT}8986[0-9A-Za-z]{{15,16}}{RIGHT}"),
        is_valid=iccid.is_valid,
        score=WEAK,
        label=label_of("iccid|sim卡?"),
    ),
    Format(
        type="vin",
        pattern=re.compile(r"(?<![0-9A-Za-z_-])L[A-HJ-NPR-Z0-9]{16}(?![0-9A-Za-z_-])"),
        is_valid=_is_vin,
        score=0.7,
        label=label_of("车架|车辆识别(?:代)?|vin"),
    ),
    Format(
        type="vin",
        pattern=re.compile(r"(?<![0-9A-Za-z_-])[A-HJ-NPR-Z0-9]{17}(?![0-9A-Za-z_-])"),
        is_valid=_is_vin,
        score=WEAK,
        label=label_of("车架|车辆识别(?:代)?|vin"),
    ),
    Format(
        type="uscc",
        pattern=re.compile(rf"{LEFT}[159AN][1239][0-9]{{6}}[0-9A-HJ-NP-RTUWXY]{{10}}{RIGHT}"),
        is_valid=uscc.is_valid,
        score=0.8,
        label=label_of("信用代码|税号|纳税人识别"),
    ),
    Format(
        type="medical_record_no",
        pattern=re.compile(rf"{LEFT}[A-Za-z]{{0,3}}[0-9]{{5,12}}{RIGHT}"),
        is_valid=_any,
        score=WEAK,
        label=label_of("住院|门诊|病案|病历|就诊卡"),
    ),
    Format(
        type="employee_no",
        pattern=re.compile(rf"{LEFT}[A-Za-z]{{0,3}}[0-9]{{4,10}}{RIGHT}"),
        is_valid=_any,
        score=WEAK,
        label=label_of("工号|员工编号|职工编号"),
    ),
    Format(
        type="student_no",
        pattern=re.compile(rf"{LEFT}[A-Za-z]{{0,3}}[0-9]{{6,14}}{RIGHT}"),
        is_valid=_any,
        score=WEAK,
        label=label_of("学号|学籍|准考证"),
    ),
    Format(
        type="user_account",
        pattern=re.compile(rf"{LEFT}[A-Za-z]{{0,4}}[0-9]{{5,14}}{RIGHT}"),
        is_valid=_any,
        score=WEAK,
        label=label_of("会员|会员卡|会员编号"),
    ),
)
