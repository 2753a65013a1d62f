"""Browsing and search histories."""

from classifiers._cell_tests import either, regex
from classifiers._recognizer import Recognizer

RECOGNIZER = Recognizer(
    type="browsing_history",
    zh=("浏览记录", "搜索记录", "浏览历史", "搜索历史", "浏览足迹", "搜索关键词", "访问记录"),
    en=(
        "browse history",
        "search log",
        "browsing history",
        "search history",
        "search keyword",
        "search keywords",
        "view history",
        "visit history",
        "footprint",
        "visited urls",
        "search query",
        "browse log",
    ),
    py=("lljl", "ssjl", "llls", "ssls"),
    fits=either(regex(r"^\s*\["), regex(r"https?://"), regex(r"\p{Han}{2,}")),
    with_header=0.4,
)
