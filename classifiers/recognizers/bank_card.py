"""Bank card numbers by issuer prefix, length and Luhn check digit. Source: ISO/IEC 7812-1."""

from classifiers._cell_tests import either, kernel, not_sequential, regex, scientific
from classifiers._recognizer import Recognizer, terms

# A Luhn digit is right by chance in one of ten numbers: without a header the issuer prefix must speak too.
_ISSUED = r"^(?:62[0-9]{14,17}|[345][0-9]{15}|9[0-9]{15,18})$"

RECOGNIZER = Recognizer(
    type="bank_card",
    zh=terms(
        """
        银行卡号, 卡号, 储蓄卡号, 银行卡, 信用卡号, 借记卡号, 银行卡卡号, 工资卡号, 绑定银行卡, 收款卡号,
        交易卡号, 贷记卡号, 结算卡号, 还款卡号, 代扣卡号, 绑卡卡号, 绑卡号, 信用卡卡号, 银行卡号码, 卡号码,
        付款卡号, 转入卡号, 转出卡号, 提现卡号, 主卡号, 附属卡号, 工资卡, 主账号PAN, 扣款卡号, 银行卡|
        储蓄卡|借记卡|信用卡|贷记卡|准贷记卡|金融卡|提款卡|工资卡|绑定卡|还款卡|收款卡|付款卡|扣款卡|
        社保金融卡|主卡|副卡|附属卡|本行卡|他行卡+|号|号码|编号|账号|PAN, 卡PAN|银联卡号|支付卡号|刷卡卡号
        """
    ),
    en=terms(
        """
        bank card, bank card no, card no, debit card, card number, credit card, credit card no, bankcard,
        bank card number, pan, debit card no, card num, bind card, card id no, card account, crd no,
        bank card id, card acct no, pay card no, repay card no, withdraw card, withdraw card no, card pan,
        primary account number, debit card number, main card no, salary card no, bank card code,
        bankcardnum, bank|debit|credit|payment|pay|saving|savings|payroll|salary|atm|unionpay|union_pay|
        bound|binding|repayment|withdrawal|settlement|linked|visa|master card|card_no|card_number|card_num|
        card_pan|card_id, card pan|no|number|acct_no, pan|primary_account|dpan|fpan no|number|
        """
    ),
    py=terms(
        """
        yhkh, kh, yhk, yinhangka, bdyhk, xykh, jjkh, yhkhm, cxkh, kahao, hkkh, gzkh, xykkh, skkh, jsyhkh,
        fkkh, bkkh, cxkkh, yinhangkahao, yhkkh
        """
    ),
    match=not_sequential(kernel("bank_card", _ISSUED)),
    fits=either(
        kernel("bank_card"),
        scientific(16, 17, 18, 19),
        regex(r"^[0-9]{1,8}[ -]?[*#xX•][*#xX• -]{3,16}[0-9]{0,6}$"),
    ),
    alone=0.35,
    with_header=0.15,
    by_chance=True,
)
