"""E-mail addresses, by shape. Source: RFC 5321, section 4.5.3.1 (lengths)."""

from classifiers._cell_tests import kernel, regex, unless
from classifiers._recognizer import Recognizer, terms

RECOGNIZER = Recognizer(
    type="email",
    zh=terms(
        """
        邮箱, 电子邮箱, 电子邮件, 邮件地址, 邮箱地址, 电邮, 用户邮箱, 联系邮箱, Email地址, E-mail, 个人邮箱,
        工作邮箱, 企业邮箱, 客户邮箱, 电子信箱, 电子邮件地址, 电子邮箱地址, 注册邮箱, 绑定邮箱, 收件邮箱,
        邮箱账号, 联系人邮箱, Email, 电子|电邮|邮件|电子邮件|电子邮箱|e邮|工作|私人|备用|公司|校园|注册|
        绑定|登录+邮箱|信箱|邮址|邮件地址|邮箱地址|邮件账号, 电邮地址|电邮信箱|Email邮箱|伊妹儿
        """
    ),
    en=terms(
        """
        email, mail, e mail, email address, mail address, mailbox, user email, email addr, user mail,
        cust email, contact email, personal email, work email, work mail, mail addr, email id,
        email account, e_mail|email|mail|electronic_mail|e_post|mailbox address|addr|account|id|box|name|
        contact|, work|personal|private|backup|alternate|recovery|login|registered|contact|company|school|
        primary email|mail|e_mail|mailbox|email_address
        """
    ),
    py=terms("yx, dzyx, youxiang, dzyj, yxdz, lxyx, dzyjdz, khyx, yxdizhi, dzyxdz, gryx"),
    # Those are legal in an address, but in tables they join it to other values.
    match=unless(kernel("email"), regex(r"[|^~#&=]")),
    fits=regex(r"^[^@ ]{0,10}[*#xX•]{1,}[^@ ]{0,64}@?[^@ ]*\.?[a-z]*$"),
    alone=0.2,
    with_header=0.12,
    checked=True,
    of_things=True,
)
