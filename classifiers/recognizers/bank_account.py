"""Bank account numbers that are not cards."""

from classifiers._cell_tests import regex
from classifiers._recognizer import Recognizer

RECOGNIZER = Recognizer(
    type="bank_account",
    zh=(
        "银行账号",
        "?账号",
        "银行帐号",
        "开户账号",
        "对公账号",
        "结算账号",
        "收款账号",
        "付款账号",
        "银行账户",
        "存款账号",
        "贷款账号",
    ),
    en=(
        "bank account",
        "account no",
        "bank account no",
        "account number",
        "acct no",
        "bank acct",
        "bank account number",
        "acct num",
        "iban",
        "deposit account",
    ),
    py=("yhzh", "zh_no", "yhzhh", "khzh", "skzh", "yinhangzhanghao"),
    fits=regex(r"^[0-9][0-9 -]{7,30}$"),
    with_header=0.5,
)
