"""Status that exposes a person: secrecy post, soldier, protected witness."""

from classifiers._cell_tests import regex
from classifiers._recognizer import Recognizer, terms

RECOGNIZER = Recognizer(
    type="special_identity",
    zh=terms(
        """
        特定身份|特殊身份|涉密身份|涉密人员|涉密岗位|涉密人员等级|军人身份+标识|标志|类别|类型|等级|,
        是否军人|是否现役|是否涉密人员|是否退役军人|退役军人标识|涉密等级人员|个人涉密等级
        """
    ),
    en=terms(
        """
        security|secrecy|secret clearance|clearance_level|post_level,
        special|specific identity|identity_type|identity_flag, veteran|military|active_duty|soldier flag|
        status|service_flag|service_status, protected_witness
        """
    ),
    py=terms("sfjr|smrydj|smgw|tdsf"),
    fits=regex(r"^(?:[0-9]{1,2}|\p{Han}{1,12}|[A-Za-z]{1,20})$"),
    strict=True,
    with_header=0.6,
    coded=True,
)
