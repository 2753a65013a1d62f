"""QQ numbers: 5 to 11 digits."""

from classifiers._cell_tests import either, kernel, masked, regex
from classifiers._recognizer import Recognizer, terms

RECOGNIZER = Recognizer(
    type="qq",
    zh=terms(
        """
        QQ号, QQ, QQ号码, 腾讯QQ, 联系QQ, 客户QQ, 个人QQ, QQ账号, 用户QQ, QQ帐号,
        QQ|扣扣|企鹅|腾讯QQ|联系QQ+号|号码|账号|, 扣号
        """
    ),
    en=terms(
        """
        qq, qq no, qq number, qq num, oicq, qq openid, user qq, cust qq, qq code, qq account, qqid, qq uin,
        qq|tencent_qq|oicq id|no|number|account|uin|contact|, tencent uin|id|no
        """
    ),
    py=terms("qqh, qqhm, lxqq, qqzh, khqq, qqhaoma, kouhao, kkh, kouhaohm"),
    fits=either(kernel("qq"), regex("^[0-9A-Fa-f]{32}$"), masked),
    with_header=0.4,
)
