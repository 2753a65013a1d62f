"""Weibo uids of ten digits."""

from classifiers._cell_tests import either, kernel, regex
from classifiers._recognizer import Recognizer

RECOGNIZER = Recognizer(
    type="weibo_id",
    zh=("微博ID", "微博UID", "微博号", "微博账号", "微博"),
    en=("weibo uid", "weibo id", "weibo", "weibo no", "sina uid"),
    py=("wbid", "weibo", "wbh"),
    fits=either(kernel("weibo_id"), regex("^[0-9]{9,11}$")),
    with_header=0.4,
)
