"""Pregnancy, births, contraception."""

from classifiers._cell_tests import either, number, regex
from classifiers._recognizer import Recognizer, terms

RECOGNIZER = Recognizer(
    type="fertility",
    zh=terms(
        """
        生育|怀孕|妊娠|孕产|避孕|月经|流产|分娩|孕期|计划生育+情况|状态|状况|史|次数|方式|周期|天数|信息|
        措施, 孕周|孕次|产次|末次月经|末次月经日期|预产期|初潮年龄|绝经年龄|孕天|怀孕周数|胎次|孕妇状态|
        是否怀孕|是否孕妇|是否流产
        """
    ),
    en=terms(
        """
        pregnancy|pregnant|gestational|gestation|fertility|contraceptive|contraception|menstrual|
        menstruation|abortion|delivery_mode|maternity status|state|history|weeks|week|days|age|cycle|method|
        count|flag|test, gravidity|parity|lmp|last_menstrual_period|estimated_due_date|is_pregnant|
        contraception|gestational_age|menarche_age
        """
    ),
    py=terms("yunzhou|mcyj|ycq|yunci|chanci|sfhy|byfs|syqk_y"),
    fits=either(
        number(0, 60),
        regex(r"^[0-9+ 周天wdWD]{1,8}$|^(?:19|20)[0-9]{2}[-/.年]?[0-9]{1,2}"),
        regex(r"^\p{Han}{1,20}$"),
    ),
    with_header=0.5,
    coded=True,
)
