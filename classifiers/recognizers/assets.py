"""What a person owns or owes: balances of deposits, funds, loans."""

from classifiers._cell_tests import number
from classifiers._recognizer import Recognizer, terms

RECOGNIZER = Recognizer(
    type="assets",
    zh=terms(
        """
        存款|活期|定期|储蓄|理财|基金|股票|证券|资金|贷款|房贷|车贷|借款|信用卡|欠款|负债|保证金|持仓+余额|
        市值|总余额|本金余额|未还余额|剩余本金, 个人资产|资产总额|总资产余额|家庭资产|净资产额|月末AUM|
        日均存款|存款总额|贷款总额|欠款金额|负债总额|个人负债|金融资产
        """
    ),
    en=terms(
        """
        deposit|saving|savings|loan|mortgage|fund|securities|wealth|margin|principal|debt|credit_card|
        outstanding_loan|bank_account balance|balance_amt|bal|market_value|outstanding, aum|personal_assets|
        net_worth|household_assets|total_debt|personal_debt|outstanding_principal
        """
    ),
    py=terms("ckye|dkye|lcye|jkye|hqye|dqye"),
    fits=number(-1e12, 1e12),
    with_header=0.7,
    of_things=True,
)
