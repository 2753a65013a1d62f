"""User agents of browsers and apps."""

from classifiers._cell_tests import regex
from classifiers._recognizer import Recognizer

RECOGNIZER = Recognizer(
    type="user_agent",
    zh=("浏览器UA", "用户代理", "浏览器登录类型", "UA", "浏览器标识UA"),
    en=("user agent", "ua", "useragent", "browser ua", "http user agent", "client ua"),
    py=("yhdl", "llqua"),
    match=regex(r"^(?:Mozilla/[0-9]|Dalvik/|okhttp/|Opera/|MicroMessenger/|[A-Za-z]+/[0-9.]+ \(.*\))"),
    fits=regex(r"^[A-Za-z]"),
    alone=0.4,
    with_header=0.3,
    checked=True,
)
