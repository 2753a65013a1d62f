"""E-mail addresses, by shape. Source: RFC 5321, section 4.5.3.1 (lengths)."""

from classifiers._cell_tests import kernel, regex
from classifiers._recognizer import Recognizer

RECOGNIZER = Recognizer(
    type="email",
    zh=(
        "邮箱",
        "电子邮箱",
        "电子邮件",
        "邮件地址",
        "邮箱地址",
        "电邮",
        "用户邮箱",
        "联系邮箱",
        "Email地址",
        "E-mail",
    ),
    en=(
        "email",
        "mail",
        "e mail",
        "email address",
        "mail address",
        "mailbox",
        "user email",
        "email addr",
    ),
    py=("yx", "dzyx", "youxiang", "dzyj", "yxdz"),
    match=kernel("email"),
    fits=regex(r"^[^@ ]{0,10}[*#xX•]{1,}[^@ ]{0,64}@?[^@ ]*\.?[a-z]*$"),
    alone=0.2,
    with_header=0.12,
    checked=True,
)
