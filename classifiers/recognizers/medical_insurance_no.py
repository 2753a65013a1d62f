"""Medical insurance numbers."""

from classifiers._cell_tests import regex
from classifiers._recognizer import Recognizer

RECOGNIZER = Recognizer(
    type="medical_insurance_no",
    zh=("医保卡号", "医保编号", "医保号", "医保证号", "医疗保险号", "医疗保险卡号", "医疗证号"),
    en=(
        "medical insurance no",
        "mi card no",
        "medical insurance",
        "health insurance no",
        "insurance card no",
        "medicare no",
        "medical card no",
    ),
    py=("ybkh", "ybbh", "ybh", "ylbxh"),
    fits=regex(r"^[A-Za-z]{0,4}[0-9]{6,20}$"),
    with_header=0.3,
)
