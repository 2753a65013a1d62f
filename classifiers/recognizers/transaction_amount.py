"""Amounts a person paid, received or transferred."""

from classifiers._cell_tests import number
from classifiers._recognizer import Recognizer, terms

RECOGNIZER = Recognizer(
    type="transaction_amount",
    zh=terms(
        """
        交易金额, 支付金额, 付款金额, 实付金额, 应付金额, 退款金额, 转账金额, 消费金额, 充值金额,
        实际退款金额, 实付费用, 还款金额, 贷款金额, 提现金额, 交易额, 借款金额, 放款金额, 转账额, 消费额,
        充值额, 支付总额, 付款总额, 实付款, 实付总额, 收款金额, 汇款金额, 缴费金额, 缴费额, 刷卡金额,
        扣款金额, 打款金额, 入账金额, 支出金额, 取款金额, 存款金额, 交易总额, 订单实付金额, 报销金额,
        理赔金额, 保费金额, 赔付金额, 投资金额, 结算金额, 消费总金额, 消费总额, 交易|支付|付款|实付|应付|
        转账|汇款|消费|充值|提现|取现|取款|存款|还款|借款|放款|贷款|缴费|缴款|扣款|收款|入账|出账|退款|打赏|
        投注|保费缴纳|理赔|赔付|结算|刷卡|花费|购物|转入|转出|发生+金额|额|款额|数额|总额|发生额|总金额|
        钱数|费用, 捐赠|捐款|保障|补助|补贴|救助|资助+金额|总额
        """
    ),
    en=terms(
        """
        trade amount, pay amount, txn amt, transaction amount, txn amount, trans amount, trans amt,
        payment amount, refund amount, trade amt, pay amt, paid amount, actual price, transfer amount, ?amt,
        order pay amount, return amount, actual amount, withdraw amount, loan amount, consume amount,
        consume amt, consumption amount, trade money, payment money, pay money, recharge amount,
        repay amount, repayment amount, deposit amount, remit amount, remittance amount, charge amount,
        deduct amount, spend amount, tran amount, tran amt, payment amt, refund amt, settle amount,
        claim amount, fee paid, paid money, order amount, order paid amount, borrow amount, debit amount,
        transaction|txn|trans|tran|trade|payment|pay|paid|spend|spending|spent|consume|consumed|consumption|
        transfer|remit|remittance|recharge|top_up|topup|withdraw|withdrawal|deposit|refund|repay|repayment|
        settlement|payout|disbursement|loan|borrow|claim|charge|charged|deducted|debit|checkout|received|
        outgoing|incoming amount|amt|amnt|value|money|sum|fee|total,
        donation|donated|premium|subsidy|allowance|fare amount|amt|money
        """
    ),
    py=terms(
        """
        jyje, zfje, fkje, xfje, je_jy, sfje, tkje, zzje, jkje, hkje, jye, czje, fkzje, jyjine, zhzje, cjje,
        skje, jsje, kkje, qkje, ckje, tzje, zfzje
        """
    ),
    fits=number(-1e12, 1e12),
    with_header=0.7,
    of_things=True,
)
