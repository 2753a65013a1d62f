"""Cookies and browser identifiers."""

from classifiers._cell_tests import regex
from classifiers._recognizer import Recognizer, terms

RECOGNIZER = Recognizer(
    type="cookie_id",
    zh=terms(
        """
        Cookie, 浏览器标识, Cookie标识, CookieID, Cookie值, Cookie信息, 访客Cookie, 用户Cookie,
        浏览器Cookie, 访客标识, 访客ID, 浏览器|访客|网站|用户|客户端|匿名|追踪|埋点+cookie|cookieid|
        cookie值|cookie标识|访客号|访客标识
        """
    ),
    en=terms(
        """
        cookie, cookie id, cookies, browser id, ?visitor id, client id ga, ga id, cookie value,
        browser fingerprint, visitor cookie, browser cookie, user cookie, ck id, cookie val, cookie str,
        cookie info, session cookie, cookie uid, cookie data, http cookie, track cookie, browser|visitor|
        site|web|client|user|tracking|http|first_party|third_party|anonymous|ga cookie|cookies|cookie_id|
        cookie_value|cookie_str|cookie_key, visitor|anonymous|ga client|visitor cookie|cookie_id
        """
    ),
    py=terms("llqbs, llqck, fkbs, cookiez"),
    match=regex(
        r"(?:^|;\s*)(?:_ga=|JSESSIONID=|PHPSESSID=|BAIDUID=|__utma=|sessionid=)|^GA1\.[0-9]\.[0-9]+\.[0-9]+$",
        ignore_case=False,
    ),
    fits=regex(r"^\S{8,}(?: .*)?$"),
    alone=0.4,
    with_header=0.4,
    checked=True,
)
