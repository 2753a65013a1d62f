"""User agents of browsers and apps."""

from classifiers._cell_tests import regex
from classifiers._recognizer import Recognizer, terms

RECOGNIZER = Recognizer(
    type="user_agent",
    zh=terms(
        """
        浏览器UA, 用户代理, 浏览器登录类型, UA, 浏览器标识UA, UA信息, UA标识, 客户端UA, 客户端标识UA,
        浏览器信息, 用户代理信息, 用户代理字符串, 浏览器代理, 浏览器|客户端|用户|请求|访问|终端+UA|
        UserAgent|代理串|代理信息|代理标识|标头
        """
    ),
    en=terms(
        """
        user agent, ua, useragent, browser ua, http user agent, client ua, ua string, ua str, ua info,
        client agent, browser agent, browser user agent, browser info, req user agent, agent string,
        http ua, visitor ua, request ua, user|client|browser|http|request|req|ua agent|useragent|
        agent_string|user_agent|ua|ua_string|agent_info|agent_header
        """
    ),
    py=terms("yhdl, llqua, uaxx, llqxx, yhdlxx, uazf"),
    match=regex(r"^(?:Mozilla/[0-9]|Dalvik/|okhttp/|Opera/|MicroMessenger/|[A-Za-z]+/[0-9.]+ \(.*\))"),
    fits=regex(r"^[A-Za-z]"),
    alone=0.4,
    with_header=0.3,
    checked=True,
)
