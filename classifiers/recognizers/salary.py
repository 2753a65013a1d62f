"""Wages, salary and personal income."""

from classifiers._cell_tests import number
from classifiers._recognizer import Recognizer

RECOGNIZER = Recognizer(
    type="salary",
    zh=(
        "工资",
        "月薪",
        "应发工资",
        "实发工资",
        "薪资",
        "薪酬",
        "基本工资",
        "年收入",
        "月收入",
        "年薪",
        "收入",
        "个人收入",
        "奖金",
        "绩效工资",
        "税前工资",
        "家庭年收入",
    ),
    en=(
        "salary",
        "monthly income",
        "wage",
        "wages",
        "income",
        "base salary",
        "net salary",
        "gross salary",
        "annual income",
        "pay salary",
        "bonus",
        "salary money",
        "bonus money",
        "base pay",
        "payroll amount",
        "month income",
        "year income",
        "remuneration",
    ),
    py=("gz", "yfgz", "gongzi", "yx_gz", "xinzi", "sfgz", "ysr", "nsr", "gzsr"),
    fits=number(0, 1e9),
    with_header=0.7,
)
