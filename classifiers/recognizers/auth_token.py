"""Session, access and refresh tokens."""

from classifiers._cell_tests import regex
from classifiers._recognizer import Recognizer

RECOGNIZER = Recognizer(
    type="auth_token",
    zh=("令牌", "会话标识", "访问令牌", "会话KEY", "微信登录会话KEY", "授权令牌", "刷新令牌"),
    en=(
        "token",
        "access token",
        "session id",
        "refresh token",
        "session key",
        "auth token",
        "jwt",
        "id token",
        "session token",
        "api token",
        "bearer token",
        "sessionid",
        "user token",
        "ticket",
        "auth key",
    ),
    py=("lp_token", "lingpai", "hhbs", "fwlp"),
    match=regex(r"^(?:Bearer )?eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{4,}", ignore_case=False),
    fits=regex(r"^\S{8,}$"),
    alone=0.4,
    with_header=0.4,
    checked=True,
)
