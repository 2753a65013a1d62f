"""Cookies and browser identifiers."""

from classifiers._cell_tests import regex
from classifiers._recognizer import Recognizer, terms

RECOGNIZER = Recognizer(
    type="cookie_id",
    zh=terms(
        """
        Cookie, 浏览器标识, Cookie标识, CookieID, Cookie值, Cookie信息, 访客Cookie, 用户Cookie,
        浏览器Cookie, 访客标识, 访客ID
        """
    ),
    en=terms(
        """
        cookie, cookie id, cookies, browser id, ?visitor id, client id ga, ga id, cookie value,
        browser fingerprint, visitor cookie, browser cookie, user cookie, ck id, cookie val, cookie str,
        cookie info, session cookie, cookie uid, cookie data, http cookie, track cookie
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
