"""Label taxonomy.

Each entry: type id -> (Chinese name, group, sensitive category or '', evidence)

group
    pi     personal information
    org    identifier of an organisation: a real type of its own, but not personal information

evidence (what a scanner can rely on when the column header says nothing)
    content  the values identify the type by format, checksum, dictionary or magic bytes
    header   the values alone do not identify the type (e.g. a salary is just a number);
             with an opaque header such a column is *undecidable* and is scored as optional

sensitive category (hint for grading: Personal Information Protection Law art. 28 and GB/T 45574-2025)
    biometric religion specific_identity health financial location other
"""

from __future__ import annotations

TYPES: dict[str, tuple[str, str, str, str]] = {
    # person
    "person_name": ("姓名", "pi", "", "content"),
    "person_name_pinyin": ("姓名拼音/英文名", "pi", "", "content"),
    "gender": ("性别", "pi", "", "content"),
    "birth_date": ("出生日期", "pi", "", "header"),
    "age": ("年龄", "pi", "", "header"),
    "ethnicity": ("民族", "pi", "", "content"),
    "nationality": ("国籍", "pi", "", "header"),
    "native_place": ("籍贯", "pi", "", "header"),
    "religion": ("宗教信仰", "pi", "religion", "content"),
    "political_status": ("政治面貌", "pi", "", "content"),
    "marital_status": ("婚姻状况", "pi", "", "content"),
    "family_relation": ("亲属关系", "pi", "", "content"),
    "education": ("学历/学校/专业", "pi", "", "content"),
    "occupation": ("职业/职务/职称", "pi", "", "header"),
    "blood_type": ("血型", "pi", "health", "header"),
    # identity documents
    "id_card": ("居民身份证号(18/15位)", "pi", "", "content"),
    "hkmo_permit": ("港澳居民来往内地通行证", "pi", "", "header"),
    "tw_permit": ("台湾居民来往大陆通行证", "pi", "", "header"),
    "hmt_residence_permit": ("港澳台居民居住证", "pi", "", "content"),
    "exit_entry_permit": ("往来港澳/台湾通行证", "pi", "", "header"),
    "passport": ("护照号", "pi", "", "header"),
    "military_id": ("军官证/士兵证号", "pi", "", "content"),
    "foreign_pr_card": ("外国人永久居留身份证", "pi", "", "content"),
    "birth_certificate": ("出生医学证明编号", "pi", "", "header"),
    "driver_license": ("驾驶证号/档案编号", "pi", "", "header"),
    "license_plate": ("车牌号", "pi", "", "content"),
    "vin": ("车辆识别代号", "pi", "", "content"),
    "property_cert": ("不动产权证号", "pi", "", "content"),
    "social_security_no": ("社会保障卡号", "pi", "", "header"),
    "medical_insurance_no": ("医保编号", "pi", "", "header"),
    "housing_fund_no": ("公积金账号", "pi", "financial", "header"),
    "employee_no": ("工号", "pi", "", "header"),
    "student_no": ("学号/准考证号", "pi", "", "header"),
    # contact
    "mobile": ("手机号", "pi", "", "content"),
    "landline": ("固定电话/传真", "pi", "", "content"),
    "email": ("电子邮箱", "pi", "", "content"),
    "address": ("详细地址", "pi", "", "content"),
    "postcode": ("邮政编码", "pi", "", "header"),
    "wechat_id": ("微信号/openid", "pi", "", "header"),
    "qq": ("QQ号", "pi", "", "header"),
    "weibo_id": ("微博UID", "pi", "", "header"),
    # finance
    "bank_card": ("银行卡号", "pi", "financial", "content"),
    "bank_account": ("银行账号(非卡)", "pi", "financial", "header"),
    "salary": ("工资薪酬", "pi", "financial", "header"),
    "credit_score": ("信用分/授信", "pi", "other", "header"),
    "transaction_amount": ("交易金额", "pi", "", "header"),
    # health
    "medical_record_no": ("病案号/门诊号/住院号", "pi", "health", "header"),
    "diagnosis_text": ("诊断与病史文本", "pi", "health", "content"),
    "icd10_code": ("ICD-10 诊断编码", "pi", "health", "content"),
    "medication": ("用药处方", "pi", "health", "content"),
    "health_measure": ("体征/检验数值", "pi", "health", "header"),
    # biometrics
    "face_embedding": ("人脸特征向量", "pi", "biometric", "header"),
    "face_image": ("人脸图像", "pi", "biometric", "header"),
    "fingerprint": ("指纹模板", "pi", "biometric", "content"),
    "voiceprint": ("声纹特征", "pi", "biometric", "header"),
    "iris": ("虹膜模板", "pi", "biometric", "content"),
    "gait": ("步态特征", "pi", "biometric", "header"),
    # location
    "geo_location": ("经纬度/行踪轨迹", "pi", "location", "content"),
    # network and device
    "ip_address": ("IP 地址", "pi", "", "content"),
    "mac_address": ("MAC 地址", "pi", "", "content"),
    "imei": ("IMEI", "pi", "", "content"),
    "imsi": ("IMSI", "pi", "", "content"),
    "iccid": ("ICCID", "pi", "", "content"),
    "device_id": ("设备标识(OAID/IDFA/AndroidID)", "pi", "", "header"),
    "cookie_id": ("Cookie", "pi", "", "header"),
    "user_agent": ("User-Agent", "pi", "", "content"),
    "browsing_history": ("浏览/搜索记录", "pi", "", "header"),
    "user_account": ("账号/昵称/会员号", "pi", "", "header"),
    "password": ("口令及其散列", "pi", "", "header"),
    "auth_token": ("会话/访问令牌", "pi", "", "header"),
    "criminal_record": ("违法犯罪记录", "pi", "other", "content"),
    # organisations
    "uscc": ("统一社会信用代码", "org", "", "content"),
    "org_code": ("组织机构代码", "org", "", "content"),
    "business_license": ("工商注册号(15位)", "org", "", "header"),
    "tax_id": ("纳税人识别号", "org", "", "header"),
}


def evidence(kind: str) -> str:
    """Return what the values of a type say of it: ``content`` or ``header``."""
    return TYPES[kind][3]


def sensitive_category(kind: str) -> str:
    """Return the sensitive category of a type, or nothing."""
    return TYPES[kind][2]
