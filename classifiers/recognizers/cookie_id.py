"""Cookies and browser identifiers."""

from classifiers._cell_tests import regex
from classifiers._recognizer import Recognizer

RECOGNIZER = Recognizer(
    type="cookie_id",
    zh=("Cookie", "浏览器标识", "Cookie标识", "CookieID"),
    en=(
        "cookie",
        "cookie id",
        "cookies",
        "browser id",
        "?visitor id",
        "client id ga",
        "ga id",
        "cookie value",
        "browser fingerprint",
    ),
    py=("llqbs",),
    match=regex(
        r"(?:^|;\s*)(?:_ga=|JSESSIONID=|PHPSESSID=|BAIDUID=|__utma=|sessionid=)|^GA1\.[0-9]\.[0-9]+\.[0-9]+$",
        ignore_case=False,
    ),
    fits=regex(r"^\S{8,}(?: .*)?$"),
    alone=0.4,
    with_header=0.4,
    checked=True,
)
