"""Medication and prescriptions; vaccines, which are medicines by law (药品管理法, article 2; 疫苗管理法)."""

from classifiers import lexicon
from classifiers._cell_tests import both, either, regex
from classifiers._recognizer import Recognizer, terms

_DRUG = rf"(?:^|[^A-Za-z])(?:{lexicon.alternation('medication_words')})(?:$|[^A-Za-z])"
_DOSE = r"(?:[0-9.]+ ?(?:(?:mg|g|ml|ug)\b|片|粒|支|袋|滴|丸)|每日|每次|\b(?:bid|tid|qd|qid)\b|口服|静滴|肌注)"
# Words for vaccines and their names mean what somebody was given in company only: stocks have them too.
_VACCINE = rf"疫苗|类毒素|^(?:{lexicon.alternation('vaccines')})(?:$|[^A-Za-z\p{{Han}}])"

RECOGNIZER = Recognizer(
    type="medication",
    zh=terms(
        """
        用药情况, 处方, 用药, 处方内容, 用药记录, 药物, 用药史, 服药情况, 用法用量, 处方明细, 医嘱,
        医嘱内容, 用药明细, 用药方案, 药品及用法, 药物及用法, 药物名称及用法, 开药情况, 处方信息, 处方药品,
        用药信息, 药方, 服药史, 服用药物, 长期用药, 当前用药, 给药方案, 用药|服药|给药|处方|药物|药品|开药|
        配药|医嘱|长期用药|临时医嘱|长期医嘱|出院带药|西药|中药+情况|记录|明细|内容|信息|处方|方案|清单|,
        正在服用药物|既往用药|合并用药|用药医嘱, ?疫苗, ?疫苗名称, ?疫苗种类, ?疫苗品种, ?接种疫苗,
        ?接种疫苗名称
        """
    ),
    en=terms(
        """
        medication, prescription, drug usage, medication history, medicine, rx, dosage,
        medicine prescription, herbal prescription, prescription str list, medications, drug order,
        drug info, drug orders, drug use, medicine usage, medicine info, prescription detail,
        prescription content, rx content, rx detail, medication detail, medication order, medical order,
        doctor order, medication usage, medicine history, prescribed|current|regular|concomitant|discharge|
        past|long_term|daily medication|drug|medicine|drugs|medications|medicines, prescription|medication|
        rx|dosage|dose drug|text|note|instruction|instructions|regimen|plan|list, ?vaccine,
        ?vaccine name, ?vaccine type, ?vaccines, ?vaccination name, ?immunization name
        """
    ),
    py=terms(
        """
        yyqk, cf, yongyao, chufang, yyjl, cfnr, yznr, yzmx, cfmx, yymx, yyxx, cfxx, yyfa, yongyaoqingkuang,
        ?ymmc, ?jzym
        """
    ),
    match=both(regex(_DRUG), regex(_DOSE)),
    fits=either(regex(_DRUG), regex(_VACCINE)),
    alone=0.5,
    with_header=0.3,
)
