"""Weibo uids of ten digits."""

from classifiers._cell_tests import either, kernel, masked, regex
from classifiers._recognizer import Recognizer, terms

RECOGNIZER = Recognizer(
    type="weibo_id",
    zh=terms(
        """
        微博ID, 微博UID, 微博号, 微博账号, 微博, 新浪微博, 新浪微博ID, 新浪微博UID, 新浪微博号, 微博用户ID,
        微博标识, 微博帐号, 微博|新浪微博+号|账号|用户名|昵称|UID|ID|主页ID
        """
    ),
    en=terms(
        """
        weibo uid, weibo id, weibo, weibo no, sina uid, wb uid, wb id, wb no, weibo userid, weibo user id,
        weibo account, sina weibo, sina weibo uid, sina weibo id, sina id, weibo|sina_weibo|sina|wb uid|id|
        account|no|user_id|handle|name
        """
    ),
    py=terms("wbid, weibo, wbh, wbuid, xlwb, xlwbid, weibohao, wbzh"),
    fits=either(kernel("weibo_id"), regex("^[0-9]{9,11}$"), masked),
    with_header=0.4,
)
