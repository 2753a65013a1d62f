"""Personal names in Chinese characters: a surname and given-name characters, or a name with a middle dot."""

from classifiers import lexicon
from classifiers._cell_tests import both, only_if_varied, regex
from classifiers._recognizer import Recognizer, terms
from classifiers.name_parts import (
    FAMILY_EN,
    FAMILY_PY,
    FAMILY_WORD,
    FAMILY_ZH,
    GIVEN_EN,
    GIVEN_PY,
    GIVEN_WORD,
    GIVEN_ZH,
)

_SINGLE = "".join(sorted(word for word in lexicon.words("surnames") if len(word) == 1))
_COMPOUND = "|".join(sorted(word for word in lexicon.words("surnames") if len(word) > 1))
_GIVEN = "".join(sorted(lexicon.characters("given_characters")))
# One to three given-name characters from the list; after a compound surname one or two.
_HAN = rf"^(?:(?:{_COMPOUND})[{_GIVEN}]{{1,2}}|[{_SINGLE}][{_GIVEN}]{{1,3}})$"
_DOTTED = r"^\p{Han}{1,10}[·•．]\p{Han}{1,10}(?:[·•．]\p{Han}{1,10})?$"
_LIKELY = rf"{_HAN}|{_DOTTED}"
_POSSIBLE = (
    r"^(?:\p{Han}{2,4}|\p{Han}{1,10}[·•]\p{Han}{1,10}|\p{Han}[*＊某○xX#●×]{1,3}\p{Han}?"
    r"|[*]{1,2}\p{Han}{1,2}|[A-Za-z][A-Za-z .'-]{1,40})$"
)
_HIDDEN = r"[*＊某○xX#●×]{1,3}"
_SURNAME = rf"^(?:[{_SINGLE}]|{_COMPOUND})(?:{_HIDDEN})?$"
_GIVEN_NAME = rf"^(?:[{_GIVEN}]{{1,3}}|[{_GIVEN}]?{_HIDDEN}[{_GIVEN}]?)$"

RECOGNIZER = Recognizer(
    type="person_name",
    zh=terms(
        """
        姓名, 名字, 真实姓名, 客户姓名, 客户名, 客户名字, 联系人, 联系人姓名, 收货人, 收件人, 收发货人,
        收货人名称, 收件人姓名, 寄件人, 发件人, 寄件人姓名, 负责人, 户主, 户主姓名, 持卡人, 户名, 开户人,
        经办人, 经手人, 法定代表人, 法人, 法人代表, 患者姓名, 病人姓名, 患者, 学生姓名, 员工姓名, 职工姓名,
        教师姓名, 家长姓名, 监护人, 监护人姓名, 紧急联系人, 申请人, 投保人, 被保险人, 受益人, 车主,
        车主姓名, 业主, 业主姓名, 驾驶员, 司机, 乘客, 旅客姓名, 成员姓名, 曾用名, 中文姓名, 中文名,
        顾客姓名, 会员姓名, 用户姓名, 嫌疑人, 当事人, 医生姓名, 老师, 领导, 直属上级, ?名称, ?操作人,
        就诊人, 就诊人姓名, 预约人, 登记人, 登记人姓名, 被保人, 被保人姓名, 投保人姓名, 借款人, 借款人姓名,
        付款人, 收款人, 付款人姓名, 收款人姓名, 领用人, 签收人, 办卡人, 预订人, 入住人, 乘机人, 乘车人,
        学员姓名, 考生姓名, 儿童姓名, 配偶姓名, 父亲姓名, 母亲姓名, 担保人, 担保人姓名, 授权人, 委托人,
        代理人姓名, 求职者姓名, 应聘者, 访客姓名, 来访人, 被访人, 接种者姓名, 死者姓名, 经办人姓名, ?用户名,
        ?用户名称, 客户名称, 账户户名, 主叫人, 报案人, 举报人, 投诉人, 医生, 医师, 主治医生, 主治医师,
        接诊医生, 经治医生, 管床医生, 责任医生, 开单医生, 手术医生, 主刀医生, 责任护士, 班主任, 辅导员, 房东,
        租客, 旅客, 骑手, 客户经理, 业务员, 推荐人, 介绍人, 配偶, 父亲, 母亲, 抄送人, ?审批人, ?审核人,
        ?复核人, ?受理人, ?制单人, 客户|用户|会员|患者|病人|病员|学生|
        学员|考生|员工|职工|雇员|教师|医生|医师|护士|家长|监护人|联系人|紧急联系人|收货人|收件人|寄件人|
        发件人|申请人|投保人|被保险人|受益人|借款人|贷款人|担保人|持卡人|开户人|户主|业主|房东|租户|租客|
        承租人|车主|司机|驾驶员|乘客|旅客|顾客|买家|居民|访客|当事人|嫌疑人|法人|法定代表人|负责人|经办人|
        代理人|委托人|配偶|父亲|母亲|子女|儿童|新生儿|产妇|亲属|股东|参保人|缴费人|签收人|预约人|预订人|
        入住人|报名人|应聘人|候选人|推荐人|志愿者|献血者|受试者|受检者|死者|村民|党员|运动员|机主|权利人|
        产权人|抵押人|出租人|举报人|投诉人|报案人|被害人|受害人|被告|原告|证人|律师|骑手|店长|业务员|
        客户经理|经纪人|主播+姓名|名字|真实姓名|全名|姓名全称|大名, 姓氏名字|姓氏及名字|真名|实名|户口姓名|
        现用名|更名前姓名|芳名|称呼姓名|名讳|尊姓大名
        """
    )
    + FAMILY_ZH
    + GIVEN_ZH,
    en=terms(
        """
        ?name, real name, true name, full name, person name, customer name, client name, receiver name,
        recipient name, consignee, consignee name, contact name, contact person, contacts, linkman,
        aac003, aae004,
        patient name, student name, stu name, emp name, employee name, staff name, guardian, guardian name,
        parent name, father name, mother name, card holder, holder name, account holder, owner name,
        driver name, passenger name, pax name, legal person, legal representative, applicant, applicant name,
        insured name, beneficiary name, buyer name, seller name, sender name, guest name, ?chinese name,
        ?cn name, ?name cn, ?name zh, teacher name, doctor name, resident name, visitor name, child name,
        spouse name, emergency contact, leader, return name, principal, borrower name, member name, cust nm,
        ?contact, user real name, cust name, payer name, payee name, policy holder name, debtor name,
        candidate name, witness name, holder, receiver, recipient, addressee, payee, payer, ?user name,
        ?account name, passenger, inmate name, resident, card holder name, receive name, sign name,
        handler name, owner, customer|client|user|member|patient|student|pupil|employee|staff|worker|
        teacher|doctor|physician|nurse|parent|guardian|contact|receiver|recipient|consignee|sender|
        shipper_person|applicant|insured|policyholder|beneficiary|borrower|guarantor|cardholder|card_holder|
        account_holder|householder|owner|landlord|tenant|driver|rider|passenger|traveler|traveller|guest|
        buyer|resident|visitor|suspect|victim|witness|legal_rep|legal_person|legal_representative|principal|
        agent_person|trustee|spouse|father|mother|child|baby|infant|newborn|relative|shareholder|payer|
        payee|signer|signatory|candidate|interviewee|referrer|volunteer|donor|participant|subject|deceased|
        citizen|villager|athlete|lawyer|courier|salesperson|broker|emergency_contact|next_of_kin|
        tester real_name|full_name|person_name|fullname|true_name|chinese_name|cn_name|name_cn|name_zh,
        customer|client|patient|student|pupil|employee|worker|guardian|consignee|applicant|insured|
        policyholder|borrower|guarantor|cardholder|householder|landlord|tenant|driver|rider|passenger|
        traveler|traveller|guest|visitor|suspect|victim|witness|legal_rep|spouse|father|mother|newborn|
        shareholder|payer|payee|signer|signatory|interviewee|volunteer|donor|deceased|citizen|villager|
        athlete|lawyer|courier|salesperson|next_of_kin|addressee|cosigner name|nm|nme
        """
    )
    + FAMILY_EN
    + GIVEN_EN,
    py=terms(
        """
        xm, xingming, khxm, hzxm, xsxm, ygxm, lxr, lxrxm, shr, shrxm, sjr, sjrxm, jjr, fjr, fddbr, frxm,
        jhr, jhrxm, jzxm, cyxm, czxm, xingm, mingzi, cym, lxrmc, zsxm, ckr, hm_xm, etxm, dsrxm, khmc, brxm,
        tbrxm, bbxrxm, jkrxm, skr, skrxm, fkr, fkrxm, sqr, sqrxm, jbr, jbrxm, jzrxm, xyxm, ksxm, cxrxm,
        syrxm, pocxm, poxm, fqxm, mqxm, ryxm, zgxm, jsxm, lsxm, ysxm, hyxm, yhxm, dbrxm, zwxm, zhongwenming
        """
    )
    + FAMILY_PY
    + GIVEN_PY,
    match=only_if_varied(
        both(regex(r"^\p{Han}"), regex(_LIKELY, ignore_case=False)), distinct=8, share=0.15, many=20
    ),
    fits=regex(_POSSIBLE),
    fits_of=(
        (rf"^(?:姓氏?|{FAMILY_WORD})$", regex(_SURNAME, ignore_case=False)),
        (rf"^(?:名|{GIVEN_WORD})$", regex(_GIVEN_NAME, ignore_case=False)),
    ),
    alone=0.5,
    with_header=0.3,
)
