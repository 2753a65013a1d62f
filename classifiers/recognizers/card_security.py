"""What proves a payment card: verification code, expiry date, magnetic track. Track layout: ISO/IEC 7813."""

from classifiers._cell_tests import either, masked, regex
from classifiers._recognizer import Recognizer, terms

RECOGNIZER = Recognizer(
    type="card_security",
    zh=terms(
        """
        信用卡|银行卡|卡片|卡+安全码|验证码|有效期|有效期限|到期年月|到期月|校验码, CVV|CVV2|CVN|CVN2|CVC|
        CVC2|卡背三位|磁道信息|磁道数据|二磁道|二磁道数据|三磁道|磁条信息|芯片数据|等效二磁道
        """
    ),
    en=terms(
        """
        cvv|cvv2|cvc|cvc2|cvn|cvn2|cid_code|track2|track1|track_2|track_1|track_data|magstripe|mag_stripe|
        magnetic_stripe|track2_data|track2_equivalent, credit_card|bank_card|card|cc verification_code|
        verification_value|security_code|expiry|expiration|exp_date|expiry_date|expiration_date|valid_thru|
        exp_month
        """
    ),
    py=terms("cvvm|cdxx|ecdsj|xykyxq|kyxq|kaqm"),
    match=regex(
        r"^;?[0-9]{13,19}[=D][0-9]{2}(?:0[1-9]|1[0-2])[0-9]{3}[0-9]*\??$|^%?B[0-9]{13,19}\^[^^]{2,26}\^[0-9]{7}"
    ),
    fits=either(
        regex(
            r"^[0-9]{3,4}$|^(?:0[1-9]|1[0-2]) ?/?-? ?(?:20)?[0-9]{2}$|^(?:20)?[0-9]{2}[-/]?(?:0[1-9]|1[0-2])$"
        ),
        masked,
    ),
    alone=0.3,
    with_header=0.4,
    checked=True,
)
