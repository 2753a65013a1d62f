"""Medication and prescriptions."""

from classifiers import lexicon
from classifiers._cell_tests import both, regex
from classifiers._recognizer import Recognizer

_DRUG = rf"(?:^|[^A-Za-z])(?:{lexicon.alternation('medication_words')})(?:$|[^A-Za-z])"
_DOSE = r"(?:[0-9.]+ ?(?:(?:mg|g|ml|ug)\b|片|粒|支|袋|滴|丸)|每日|每次|\b(?:bid|tid|qd|qid)\b|口服|静滴|肌注)"

RECOGNIZER = Recognizer(
    type="medication",
    zh=(
        "用药情况",
        "处方",
        "用药",
        "处方内容",
        "用药记录",
        "药物",
        "用药史",
        "服药情况",
        "用法用量",
        "处方明细",
    ),
    en=(
        "medication",
        "prescription",
        "drug usage",
        "medication history",
        "medicine",
        "rx",
        "dosage",
        "medicine prescription",
        "herbal prescription",
        "prescription str list",
        "medications",
        "drug order",
    ),
    py=("yyqk", "cf", "yongyao", "chufang", "yyjl", "cfnr"),
    match=both(regex(_DRUG), regex(_DOSE)),
    fits=regex(_DRUG),
    alone=0.5,
    with_header=0.3,
)
