"""Housing provident fund accounts."""

from classifiers._cell_tests import regex
from classifiers._recognizer import Recognizer

RECOGNIZER = Recognizer(
    type="housing_fund_no",
    zh=("公积金账号", "公积金帐号", "公积金号", "住房公积金账号", "公积金个人账号"),
    en=(
        "housing fund no",
        "provident fund no",
        "housing fund account",
        "gjj account",
        "provident fund account",
        "housing fund",
    ),
    py=("gjjzh", "gjj", "gjjzhh", "zfgjjzh"),
    fits=regex(r"^[A-Za-z]{0,4}[0-9]{6,20}$"),
    with_header=0.3,
)
