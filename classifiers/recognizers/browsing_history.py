"""Browsing and search histories."""

from classifiers._cell_tests import either, regex
from classifiers._recognizer import Recognizer, terms

RECOGNIZER = Recognizer(
    type="browsing_history",
    zh=terms(
        """
        浏览记录, 搜索记录, 浏览历史, 搜索历史, 浏览足迹, 搜索关键词, 访问记录, 浏览轨迹, 浏览内容,
        浏览网址, 浏览网页, 上网记录, 上网日志, 上网行为, 搜索词, 搜索内容, 搜索词条, 搜索关键字, 观看记录,
        观看历史, 阅读历史, 播放记录, 访问历史, 访问网址, 访问页面, 访问足迹, 历史足迹, 最近浏览, 最近搜索,
        浏览商品记录, 浏览|访问|上网|搜索|检索|查询|观看|阅读|播放|点击|收听|页面浏览|网页浏览|商品浏览|
        网页访问|视频观看|关键词搜索+记录|历史|足迹|轨迹|日志|内容|路径|行为|行为记录, 访问|浏览|打开|点击|
        查看|看过|最近访问|最近浏览+网页|页面|网址|网站|URL|商品|内容+记录|历史|列表|,
        搜索|检索|查询+词|关键词|关键字|词条|语句|内容
        """
    ),
    en=terms(
        """
        browse history, search log, browsing history, search history, search keyword, search keywords,
        view history, visit history, footprint, visited urls, search query, browse log, search words,
        search word, search term, search terms, search content, search text, search keywords history,
        view log, view record, browse record, browse path, browsed items, visit url, visit url history,
        visited pages, page history, page views history, watch history, play history, web history,
        url history, query history, click history, click log, click stream, clickstream, recent views,
        recent search, browse|browsing|browsed|web|webpage|page|page_view|pageview|site|surf|surfing|click|
        clicked|search|searched|watch|watching|watched|reading|read_article|viewing|internet|navigation|
        app_usage|url|video history|log|record|records|trail|trace|track|footprint|footprints|path|list|
        behavior|activity, search|searched|query keyword|keywords|term|terms|words|text|phrase|content|
        string, visited|browsed|viewed|clicked|opened url|urls|page|pages|site|sites|item_list|goods_list
        """
    ),
    py=terms("lljl, ssjl, llls, ssls, ssgjc, ssgjz, fwjl, fwls, llgj, gkjl, swjl, zjll, ssnr"),
    fits=either(regex(r"^\s*\["), regex(r"https?://"), regex(r"\p{Han}{2,}")),
    with_header=0.4,
)
