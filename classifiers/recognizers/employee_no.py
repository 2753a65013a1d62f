"""Employee numbers."""

from classifiers._cell_tests import regex
from classifiers._recognizer import Recognizer

RECOGNIZER = Recognizer(
    type="employee_no",
    zh=("工号", "员工编号", "职工号", "员工号", "职工编号", "员工工号", "人员编号", "教工号", "教职工号"),
    en=(
        "emp no",
        "employee id",
        "staff no",
        "employee no",
        "employee number",
        "work no",
        "job number",
        "staff id",
        "emp id",
        "emp code",
        "employee code",
        "worker no",
        "job no",
        "staff code",
        "badge no",
    ),
    py=("gh", "ygbh", "gonghao", "ygh", "zgh", "zgbh", "rybh"),
    fits=regex(r"^[A-Za-z]{0,4}[-_]?[0-9]{2,14}$"),
    with_header=0.4,
)
