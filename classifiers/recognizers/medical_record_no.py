"""Medical record, outpatient and inpatient numbers."""

from classifiers._cell_tests import regex
from classifiers._recognizer import Recognizer

RECOGNIZER = Recognizer(
    type="medical_record_no",
    zh=(
        "病历号",
        "门诊号",
        "住院号",
        "病案号",
        "就诊号",
        "诊疗卡号",
        "就诊卡号",
        "患者编号",
        "病人编号",
        "?患者ID",
        "登记号",
        "病历编号",
    ),
    en=(
        "medical record no",
        "mrn",
        "patient no",
        "medical record",
        "?patient id",
        "inpatient no",
        "outpatient no",
        "?record no",
        "?case no",
        "?visit no",
        "medical no",
        "admission no",
        "hospital no",
        "medical record number",
        "patient number",
        "clinic no",
    ),
    py=("blh", "mzh", "zyh", "bah", "jzh", "hzbh", "bingli", "binglihao", "jzkh"),
    fits=regex(r"^[A-Za-z]{0,4}[-_]?[0-9]{4,20}$"),
    with_header=0.4,
)
