"""Credit scores, ratings and limits."""

from classifiers._cell_tests import either, number, regex
from classifiers._recognizer import Recognizer, terms

RECOGNIZER = Recognizer(
    type="credit_score",
    zh=terms(
        """
        信用分, 信用评分, 征信评分, 信用等级, 授信额度, 信用额度, 芝麻分, 信用评级, 征信分, 信用积分,
        信用得分, 芝麻信用分, 芝麻信用, 风控评分, 信用评估分, 征信等级, 征信结果, 授信金额, 授信总额,
        信用卡额度, 可用额度, 信用级别, 贷款额度, 授信等级, 个人信用等级, 信用|征信|资信|信贷|个人信用|
        人行征信|芝麻|芝麻信用|风险|反欺诈|小微信用|百行征信+分|评分|得分|分值|评级|等级|级别|分数|评估,
        授信|信用|贷款|借款|消费贷|透支|循环|剩余授信|可用|总授信+额度|额|限额|总额度|余额度
        """
    ),
    en=terms(
        """
        credit score, credit rating, credit limit, credit level, credit grade, fico, credit point,
        credit line, credit amount, zhima score, zhima, sesame score, fico score, credit scoring,
        credit quota, credit rank, credit value, credit eval, credit class, loan limit, credit|bureau|
        credit_bureau|fico|fico_like|sesame|zhima|scorecard|a_card|b_card|creditworthiness|loan|
        antifraud score|scoring|rating|grade|points|index|rank, credit|loan|overdraft|revolving|
        available_credit|total_credit|card_credit limit|line|quota|ceiling|amount_granted,
        bureau|internal score|rating
        """
    ),
    py=terms("xyf, xypf, xyed, sxed, xydj, zxpf, zmf, xypj, xyjf, sxje, sxdj, xypingfen"),
    fits=either(number(0, 1e9), regex(r"^[A-D]{1,3}[+-]?$")),
    with_header=0.5,
    coded=True,
)
