"""Diagnosis codes of ICD-10 and its Chinese extensions. Source: GB/T 14396-2016."""

from classifiers._cell_tests import regex
from classifiers._recognizer import Recognizer

RECOGNIZER = Recognizer(
    type="icd10_code",
    zh=("诊断编码", "ICD编码", "疾病编码", "诊断代码", "ICD10编码", "疾病代码", "主要诊断编码", "ICD码"),
    en=(
        "icd code",
        "icd10",
        "diag code",
        "icd",
        "icd 10",
        "diagnosis code",
        "icd10 code",
        "disease code",
        "icd no",
        "icd 10 code",
    ),
    py=("zdbm", "icdbm", "jbbm", "zddm", "jbdm"),
    match=regex(r"^[A-TV-Z][0-9]{2}\.[0-9x][0-9x]{0,2}[0-9]{0,3}(?:[+*]|x[0-9]{3})?$"),
    fits=regex(r"^[A-Z][0-9]{2}(?:\.?[0-9x]{0,6})?[+*]?$"),
    alone=0.6,
    with_header=0.4,
)
