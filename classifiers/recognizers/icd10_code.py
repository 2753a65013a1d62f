"""Diagnosis codes of ICD-10 and its Chinese extensions. Source: GB/T 14396-2016."""

from classifiers._cell_tests import regex
from classifiers._recognizer import Recognizer, terms

RECOGNIZER = Recognizer(
    type="icd10_code",
    zh=terms(
        """
        诊断编码, ICD编码, 疾病编码, 诊断代码, ICD10编码, 疾病代码, 主要诊断编码, ICD码, 诊断ICD编码,
        主诊断编码, ICD代码, 疾病ICD编码, 诊断编码ICD10, 出院诊断编码, 入院诊断编码, 疾病分类编码,
        疾病诊断编码, 门诊诊断编码, 疾病|诊断|主诊断|主要诊断|次诊断|其他诊断|出院诊断|入院诊断|门诊诊断|
        病种|死因|损伤中毒|病理诊断+编码|代码|ICD|ICD10|ICD码|ICD编码|国标码|医保编码|编码ICD10,
        ICD十编码|国际疾病分类码|国际疾病编码|疾病分类代码
        """
    ),
    en=terms(
        """
        icd code, icd10, diag code, icd, icd 10, diagnosis code, icd10 code, disease code, icd no,
        icd 10 code, main diag code, main diagnosis code, icd10 cd, icd diagnosis code, disease icd,
        icd10 no, primary diag code, discharge diag code, icd10 diag, icd|icd_10|icd10|icd_ten|icdten|
        icd10cm|icd_10_cm|icd_9|icd10_gb code|cd|no|diagnosis|diag|, diagnosis|diag|dx|disease|illness|
        condition|principal_diagnosis|primary_diagnosis|main_diagnosis|discharge_diagnosis|
        admission_diagnosis|secondary_diagnosis icd|icd10|icd_code|code|icd10_code, dx1|dx2|dx_code
        """
    ),
    py=terms("zdbm, icdbm, jbbm, zddm, jbdm, zyzdbm, icd10bm, jbzdbm, cyzdbm, icddm"),
    match=regex(r"^[A-TV-Z][0-9]{2}\.[0-9x][0-9x]{0,2}[0-9]{0,3}(?:[+*]|x[0-9]{3})?$"),
    fits=regex(r"^[A-Z][0-9]{2}(?:\.?[0-9x]{0,6})?[+*]?$"),
    alone=0.6,
    with_header=0.4,
)
