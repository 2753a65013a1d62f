"""What column names and comments say: Chinese, English, pinyin; head nouns; words that are not personal."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifiers.catalogue import built_in
from classifiers.evidence import STRONG
from classifiers.headers import EXACT, HEAD, INSIDE, NOT_PERSONAL

NOTHING = None  # no word is strong enough to name a type

HEADERS = {
    # Chinese, the head noun last
    "姓名": "person_name",
    "收货人姓名": "person_name",
    "办卡人": "person_name",
    "客户证件号": "id_card",
    "法人身份证号码": "id_card",
    "身份证号码（加密）": "id_card",
    "银行预留手机号": "mobile",
    "收货人手机": "mobile",
    "手机号2": "mobile",
    "手机号_密文": "mobile",
    "手机号码（脱敏）": "mobile",
    "车辆识别代码": "vin",
    "企业统一社会信用代码": "uscc",
    "注册IP": "ip_address",
    "微信OpenID": "wechat_id",
    "设备指纹": "device_id",
    "住院流水号": "medical_record_no",
    "台胞证号码": "tw_permit",
    "性别代码": "gender",
    # codes of a trade: LB 101-2000 of social insurance, customer files of banks, ids of analytics
    "AAC001": "user_account",
    "aac003": "person_name",
    "AAE135": "id_card",
    "aae005": "mobile",
    "cif_no": "user_account",
    "cons_no": "user_account",
    "PERNR": "employee_no",
    "courier_no": "employee_no",
    "监考编号": "employee_no",
    "股东代码": "user_account",
    "ymth": "user_account",
    "户号": "user_account",
    "读者证号": "user_account",
    "reader_no": "user_account",
    "client_no": "user_account",
    "AppntNo": "user_account",
    "membership_number": "user_account",
    "AppntIDNo": "id_card",
    "hyk": "user_account",
    "ffp_no": "user_account",
    "飞行常客卡号": "user_account",
    "燃气户号": "user_account",
    "utdid": "device_id",
    "distinct_id": "device_id",
    "stb_id": "device_id",
    "机顶盒序列号": "device_id",
    "wx_union": "wechat_id",
    "捐赠金额": "transaction_amount",
    "premium_amt": "transaction_amount",
    # brackets: with their content where that says more, without where it does not
    "年龄（岁）": "age",
    "姓名（拼音）": "person_name_pinyin",
    "国籍（地区）": "nationality",
    "身高(cm)": "health_measure",
    # Chinese that is not personal, though personal words are inside
    "身份证类型": NOT_PERSONAL,
    "手机品牌": NOT_PERSONAL,
    "商品名称": NOT_PERSONAL,
    "公司名称": NOT_PERSONAL,
    "文件名称": NOT_PERSONAL,
    "证件有效期": NOT_PERSONAL,
    "密码错误次数": NOT_PERSONAL,
    "ticket_no": NOT_PERSONAL,
    "login_ticket": "auth_token",
    "数据指纹": NOT_PERSONAL,
    "门店经度": NOT_PERSONAL,
    "客服电话": NOT_PERSONAL,
    "鱼塘名称": NOTHING,
    "年龄段": NOT_PERSONAL,
    "是否": NOT_PERSONAL,
    # ends that say the same, words that follow coded values, whose and of what
    "社会保障编号": "social_security_no",
    "公积金个人账户": "housing_fund_no",
    "声纹特征码": "voiceprint",
    "民族代码": "ethnicity",
    "职业类型": "occupation",
    "婚姻状况标志": "marital_status",
    "承租人手机号": "mobile",
    "款式性别": NOT_PERSONAL,
    "站点经度": NOT_PERSONAL,
    "机构编号": NOTHING,
    # phrases: what a type may be called, part by part
    "颜面识别特征": "face_embedding",
    "嗓音模板": "voiceprint",
    "台湾地区居民旅行证": "tw_permit",
    "住院患者身份证号": "id_card",
    "确诊年龄": "age",
    "试用期薪水": "salary",
    "网页浏览日志": "browsing_history",
    "投保人资信评级": "credit_score",
    # items of the law's lists that few tables show
    "残疾人证号": "disability",
    "军人身份标识": "special_identity",
    "末次月经": "fertility",
    "个人所得税额": "tax_and_contributions",
    "期末考试成绩": "transcript",
    "电子客票号": "travel_record",
    "通话记录": "communication",
    "微信好友列表": "contact_list",
    "已安装应用列表": "app_list",
    "消费偏好标签": "user_profile",
    "执业医师证书编号": "professional_certificate",
    "房贷余额": "assets",
    "年级": NOT_PERSONAL,
    "手术室": NOT_PERSONAL,
    "语音地址": NOT_PERSONAL,
    # traditional characters
    "護照號碼": "passport",
    "電子郵箱": "email",
    "銀行卡號": "bank_card",
    "人臉特徵": "face_embedding",
    # English: snake, camel, prefixes, abbreviations
    "mobile": "mobile",
    "cust_cert_no": "id_card",
    "certNum": "id_card",
    "id_no_enc": "id_card",
    "usr_mob": "mobile",
    "patientMobile": "mobile",
    "F_CUST_NAME": "person_name",
    "consigneeName": "person_name",
    "bank_acct_no": "bank_account",
    "txn_amt": "transaction_amount",
    "org_credit_code": "uscc",
    "plate_number": "license_plate",
    "wx_openid": "wechat_id",
    "last_login_ip": "ip_address",
    "last_login": NOT_PERSONAL,
    "reg_ip": "ip_address",
    "stuNumber": "student_no",
    "zipcd": "postcode",
    "telno": "mobile",
    "drv_license": "driver_license",
    "home_addr": "address",
    "passwd_md5": "password",
    "e_mail": "email",
    "dob": "birth_date",
    "speaker_vec": "voiceprint",
    "AnnualGrossWages": "salary",
    "mainland_travel_permit_hk": "hkmo_permit",
    "speakerTemplate": "voiceprint",
    "facial_descriptor": "face_embedding",
    "ethernet_addr": "mac_address",
    "expat_permanent_resident_card": "foreign_pr_card",
    "accumulation_fund_acct": "housing_fund_no",
    "onset_age": "age",
    "visited_urls": "browsing_history",
    "card_verification_code": "card_security",
    "sexual_orientation": "sexual_orientation",
    "snp_result": "gene",
    "visitor_card_no": "access_card",
    "log_msg": NOTHING,
    "face_value": NOT_PERSONAL,
    "altitude": NOT_PERSONAL,
    "cell_id": NOT_PERSONAL,
    "storage": NOTHING,
    "mileage": NOTHING,
    "export": NOTHING,
    # run together, without vowels, cut short, misspelt, in another order, in the plural
    "CUSTMOBNO": "mobile",
    "businesslicense": "business_license",
    "birthdt": "birth_date",
    "brth_dt": "birth_date",
    "gndr": "gender",
    "ptnt_nm": "person_name",
    "occup_cd": "occupation",
    "relig": "religion",
    "moblie": "mobile",
    "telphone": "mobile",
    "home_adress": "address",
    "pasword": "password",
    "date_birth": "birth_date",
    "phone_home": "landline",
    "tenant_mobiles": "mobile",
    "passport_cd": "passport",
    "shop_lat": NOT_PERSONAL,
    "leader_flag": NOT_PERSONAL,
    "port": NOTHING,
    "brand": NOT_PERSONAL,
    # English that is not personal, or not by its head noun
    "phone_type": NOT_PERSONAL,
    "id_card_type": NOT_PERSONAL,
    "mobile_verified": NOT_PERSONAL,
    "product_name": NOT_PERSONAL,
    "file_name": NOT_PERSONAL,
    "commodityName": NOT_PERSONAL,
    "table_name": NOT_PERSONAL,
    "order_no": NOT_PERSONAL,
    "pic_url": NOT_PERSONAL,
    "create_time": NOT_PERSONAL,
    "cert_fingerprint": NOT_PERSONAL,
    "email_template": NOT_PERSONAL,
    "name": NOTHING,
    "birth_batch_date": NOTHING,
    "mobility": NOTHING,
    "emailed": NOTHING,
    "c7": NOTHING,
    "field_03": NOTHING,
    "": NOTHING,
    "_": NOTHING,
    "%$#": NOTHING,
    # pinyin in full and initials
    "shenfenzhenghao": "id_card",
    "xingming": "person_name",
    "sjh": "mobile",
    "SFZH": "id_card",
    "khzjhm": "id_card",
    "lxrdh": "mobile",
    "f_lxdz": "address",
    "jbrxm": "person_name",
    "wlgatxzhm": "exit_entry_permit",
    "gjjh": "housing_fund_no",
    "sfzh1": "id_card",
    "shoujihm": "mobile",
    "youxdz": "email",
    "nianl": "age",
    "jhrlxfs": "mobile",
    "shbzbh": "social_security_no",
    "mianbutezheng": "face_embedding",
    "sheng": NOTHING,
    "nianji": NOT_PERSONAL,
    "spmc": NOT_PERSONAL,
    "ddh": NOT_PERSONAL,
    "xb": NOTHING,
    "sr": NOTHING,
}

COMMENTS = {
    "性别：0->未知；1->男；2->女": "gender",
    "手机号码，登录用": "mobile",
    "用户邮箱(唯一)": "email",
    "收货地址 - 省市区之后": "address",
    "状态（0正常 1停用）": NOT_PERSONAL,
    "证件类型 1身份证 2护照": NOT_PERSONAL,
    "身份证号": "id_card",
    "Mobile phone: digits only": "mobile",
    "gender, 0 = unknown": "gender",
    "": NOTHING,
    "：": NOTHING,
    # enumerations tell what codes stand for, against the words before them too
    "0男1女": "gender",
    "标识 1-未婚，2-已婚，3-离异": "marital_status",
    "M:male F:female": "gender",
    "代码 1:汉族 2:满族": "ethnicity",
    "性别(1：正常 2：冻结)": NOTHING,
    "适用性别 0男 1女": NOT_PERSONAL,
    "使用 1 台电脑 2 个网口": NOTHING,
}


def strongest(hits):
    return hits[0].type if hits and hits[0].strength >= STRONG else NOTHING


@pytest.mark.parametrize(("header", "expected"), HEADERS.items())
def test_a_header_names_its_type(header, expected):
    assert strongest(built_in().vocabulary.read_header(header)) == expected


@pytest.mark.parametrize(("comment", "expected"), COMMENTS.items())
def test_the_opening_of_a_comment_names_its_type(comment, expected):
    assert strongest(built_in().vocabulary.read_comment(comment)) == expected


@pytest.mark.parametrize(
    ("header", "pi_type", "strength"),
    [
        ("身份证号", "id_card", EXACT),
        ("我的身份证号", "id_card", HEAD),
        ("身份证号类别", "id_card", 0),
        ("xb", "gender", INSIDE),
        ("customer_name", "person_name", EXACT),
        ("widget_name", "person_name", 0.3),
    ],
)
def test_a_word_counts_for_more_the_nearer_it_is_to_being_the_header(header, pi_type, strength):
    hits = {hit.type: hit.strength for hit in built_in().vocabulary.read_header(header)}
    assert hits.get(pi_type, 0) == pytest.approx(strength)


def test_initials_of_two_letters_are_shared_by_many_words():
    hits = built_in().vocabulary.read_header("xb") + built_in().vocabulary.read_header("sr")
    assert all(hit.strength <= INSIDE for hit in hits)


def test_one_header_may_name_several_types():
    types = {hit.type for hit in built_in().vocabulary.read_header("账号")}
    assert {"user_account", "bank_account"} <= types


@given(st.text(max_size=60))
def test_any_header_can_be_read(header):
    hits = built_in().vocabulary.read_header(header)
    assert [hit.strength for hit in hits] == sorted((hit.strength for hit in hits), reverse=True)
    assert len({hit.type for hit in hits}) == len(hits)
    assert all(0 < hit.strength <= 1 for hit in hits)


@given(st.text(max_size=200))
def test_any_comment_can_be_read(comment):
    assert all(0 < hit.strength <= 1 for hit in built_in().vocabulary.read_comment(comment))


@given(st.sampled_from([h for h in HEADERS if h.isascii() and "_" in h]))
def test_case_and_separators_do_not_change_an_english_header(header):
    vocabulary = built_in().vocabulary
    camel = "".join(part.capitalize() for part in header.split("_"))
    assert strongest(vocabulary.read_header(header.upper())) == strongest(vocabulary.read_header(header))
    assert strongest(vocabulary.read_header(header.replace("_", "-"))) == strongest(
        vocabulary.read_header(header)
    )
    assert strongest(vocabulary.read_header(camel)) in {strongest(vocabulary.read_header(header)), NOTHING}


@pytest.mark.parametrize("header", ["weChat", "WeChatNo", "passPort"])
def test_words_that_camel_case_took_apart_are_read(header):
    assert built_in().vocabulary.read_header(header)[0].strength >= STRONG
