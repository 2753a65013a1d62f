"""Mobile phone numbers of the mainland number plan, in any of the usual notations."""

from classifiers._cell_tests import either, kernel, not_dated, not_sequential, regex, scientific
from classifiers._recognizer import Recognizer, terms

# A column of masked numbers still is a column of phone numbers; it identifies nobody.
_MASKED = r"^(?:\+?86[- ]?)?1[3-9][0-9][*#xX•]{4}[0-9]{4}$|^1[3-9][0-9]{0,2}[*#xX•]{3,7}[0-9]{2,4}$"

RECOGNIZER = Recognizer(
    type="mobile",
    zh=terms(
        """
        手机号, 手机号码, 手机, 联系电话, 移动电话, 电话, 电话号码, 联系方式, 联系手机, 手机电话, 注册手机,
        绑定手机, 收货人电话, 收货人手机号, 收件人电话, 寄件人电话, 客户电话, 联系人电话, 联系人手机,
        紧急联系电话, 紧急联系人电话, 家长电话, 监护人电话, 本人电话, 预留手机号, 主叫号码, 被叫号码,
        来电号码, 收货人手机, 收件人手机, 预留手机, 银行预留手机号, 预留电话, 家长手机, 家长手机号,
        监护人手机, 紧急联系电话号码, 联系人手机号, 联系人电话号码, 客户手机, 客户手机号, 客户联系方式,
        用户手机号, 会员手机号, 法人手机, 法人手机号, 法人电话, 绑定手机号码, 移动号码, 短信号码,
        短信手机号, 接收手机号, 本机号码, 业主电话, 车主电话, 患者电话, 预约电话, 回访电话, 常用手机,
        常用电话, 主叫, 被叫, 对方号码, 通话号码, 移动电话号码, 联络电话, 报案电话, 举报人电话,
        手机联系方式, 手机|移动电话|移动手机|行动电话|手提电话|流动电话|手电|大哥大|联系手机+号|号码|, 本人|
        备用|常用|第二|紧急|预约|注册|登录|登陆|绑定|实名|新|旧|原+手机|手机号|手机号码|联系电话|联系方式
        """
    ),
    en=terms(
        """
        mobile, phone, phone no, mobile no, cellphone, cell phone, phone number, mobile phone,
        mobile number, phonenum, phone num, telphone, telephone, tel, tel no, contact phone, contact number,
        contact tel, contact mobile, caller, callee, caller number, msisdn, handphone, cell, mobile num,
        link phone, receiver phone, phone enc, mob, mob no, mphone, phone mobile, user mobile, user phone,
        cust mobile, cust phone, reserve mobile, reserved mobile, bank mobile, bind mobile, sms phone,
        aae005,
        sms mobile, receive phone, receive mobile, rcv phone, rcv mobile, calling number, called number,
        calling no, called no, opposite number, link tel, link mobile, cell no, mobile tel, phone1, mobile1,
        mobile2, phone2, contact way, emergency phone, emergency tel, mobile|cell|cellular|handset|hand|
        handy|gsm|wireless|smart|sms|msg phone|phone_no|telephone|tel|number|no, contact|reach|emergency|
        backup|alternate|alternative|secondary|primary|daytime|evening|preferred phone|phone_no|mobile|tel|
        telephone|number|cell, phone|mobile|tel|cell_phone 1|2|3|one|two
        """
    ),
    py=terms(
        """
        sjh, sjhm, lxdh, shouji, sj_no, shoujihao, dh, dhhm, lxfs, yddh, lxsj, jhrdh, jzdh, lxrdh, lxrsj,
        lxrsjh, shrdh, sjrdh, jzsj, jzsjh, jhrsj, jhrsjh, yddhhm, brdh, khdh, khsj, khsjh, ylsj, ylsjh,
        jtlxdh, jjlxdh, jjlxrdh, sjhao, shoujihaoma, lxdhhm, dhhaoma, frsj, frdh, lxhm
        """
    ),
    match=not_dated(not_sequential(kernel("mobile"))),
    fits=either(kernel("mobile"), regex(_MASKED), kernel("landline"), scientific(11, 13)),
    alone=0.3,
    with_header=0.12,
    of_things=True,
    by_chance=True,
)
