"""Passwords and their digests."""

from classifiers._cell_tests import regex
from classifiers._recognizer import Recognizer

RECOGNIZER = Recognizer(
    type="password",
    zh=(
        "密码",
        "登录密码",
        "口令",
        "支付密码",
        "用户密码",
        "登陆密码",
        "旧密码",
        "新密码",
        "交易密码",
        "密码密文",
    ),
    en=(
        "password",
        "passwd",
        "pwd",
        "pass",
        "login password",
        "pay password",
        "password hash",
        "pass word",
        "old password",
        "user password",
        "pwd hash",
        "passwd hash",
        "user pwd",
        "user pass",
        "encrypted password",
        "trade password",
        "passcode",
    ),
    py=("mm", "dlmm", "mima", "zfmm", "kl"),
    match=regex(
        r"^\$2[abxy]?\$[0-9]{2}\$[./A-Za-z0-9]{20,}$|^\{(?:bcrypt|SSHA|MD5)\}|^\$(?:1|5|6|argon2id?)\$",
        ignore_case=False,
    ),
    fits=regex(r"^\S{3,128}$"),
    alone=0.4,
    with_header=0.4,
    checked=True,
)
