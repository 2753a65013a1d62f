"""Bank account numbers that are not cards."""

from classifiers._cell_tests import either, kernel, masked, regex, unless
from classifiers._recognizer import Recognizer, terms

RECOGNIZER = Recognizer(
    type="bank_account",
    zh=terms(
        """
        银行账号, ?账号, 银行帐号, 开户账号, 对公账号, 结算账号, 收款账号, 付款账号, 银行账户, 存款账号,
        贷款账号, 结算账户, 收款账户, 付款账户, 收款银行账号, 付款银行账号, 开户银行账号, 对方账号,
        对方账户, 对方银行账号, 还款账号, 还款账户, 扣款账号, 代扣账号, 转入账号, 转出账号, 交易账号,
        交易账户, 工资账号, 存折号, 存折账号, 资金账号, 资金账户, 基金账号, 证券账号, 股东账号, 开户行账号,
        个人结算账户, 打款账号, 退款账号, 银行|开户|结算|存款|储蓄|定期|活期|贷款|还款|扣款|代扣|收款|付款|
        打款|汇款|转账|转入|转出|入账|出账|对方|交易对手|对公|保证金|工资|证券|基金|期货|股东|资金|理财|
        信托|退款+账号|账户|帐号|账户号|户号|账号号码, IBAN号|账户IBAN|对手账号
        """
    ),
    en=terms(
        """
        bank account, account no, bank account no, account number, acct no, bank acct, bank account number,
        acct num, iban, deposit account, payee account, payer account, payee account no, payer account no,
        payee bank account, settle account, settlement account, settlement account no, repay account,
        loan account, loan account no, acct number, saving account, savings account no, opposite account,
        counterparty account, counter account no, receive account, collection account, pay account,
        from account, to account, fund account, securities account, receiving account, bank account id,
        bank|deposit|savings|saving|current|checking|cheque|settlement|settle|payee|payer|beneficiary_bank|
        remitter|remittance|loan|repayment|payout|receiving|receive|paying|wire|transfer|corporate|
        securities|fund|margin|futures|brokerage|counterparty|counter|opposite|opponent|refund|
        salary_bank account|acct|account_no|acct_no|account_number|acct_num,
        iban|acct|bban no|num|number|code|
        """
    ),
    py=terms(
        """
        yhzh, zh_no, yhzhh, khzh, skzh, yinhangzhanghao, fkzh, dfzh, hkzh, jszhh, skzhh, yhzhhm, zjzh, cxzh,
        dkzh
        """
    ),
    match=unless(regex(r"^(?:[0-9][ -]?){12,30}$"), kernel("bank_card", r"^62")),
    fits=either(regex(r"^[0-9][0-9 -]{7,30}$"), masked),
    with_header=0.35,
)
