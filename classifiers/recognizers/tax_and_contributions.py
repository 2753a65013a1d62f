"""Income tax and contributions that a person pays."""

from classifiers._cell_tests import number
from classifiers._recognizer import Recognizer, terms

RECOGNIZER = Recognizer(
    type="tax_and_contributions",
    zh=terms(
        """
        个人所得税|个税|个人社保|社保|养老保险|医疗保险|失业保险|公积金|住房公积金|企业年金|个人养老金+金额|
        税额|缴费额|缴存额|缴费基数|基数|月缴额|个人缴费|个人缴纳|缴纳额|扣款|扣缴额, 应纳税所得额|应纳个税|
        代扣个税|个税扣除|专项附加扣除|个人所得税|个税
        """
    ),
    en=terms(
        """
        personal_income|individual_income|income|withheld_income tax|tax_amount|tax_withheld|tax_paid,
        iit|iit_amount|taxable_income|withholding_tax_personal, social_security|social_insurance|pension|
        housing_fund|provident_fund|medical_insurance|annuity contribution|base|payment_base|
        contribution_base|deduction|paid|withheld
        """
    ),
    py=terms("gsje|grsds|sbjs|gjjjce|ylbxje|sbgrjf"),
    fits=number(0, 1e9),
    with_header=0.7,
)
