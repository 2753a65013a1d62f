"""Numbers of licences to practise and of professional qualifications."""

from classifiers._cell_tests import either, masked, regex
from classifiers._recognizer import Recognizer, terms

RECOGNIZER = Recognizer(
    type="professional_certificate",
    zh=terms(
        """
        执业|执业医师|医师资格|教师资格|律师执业|护士执业|职业资格|从业资格|职称|专业技术资格|注册会计师|
        建造师|导游|安全员|特种作业+证号|证书号|证书编号|证编号|证书|资格证号,
        资格证书号|执业证书编号|从业资格证号|上岗证号
        """
    ),
    en=terms(
        """
        practice|practicing|practising|professional|qualification|vocational|occupational|teacher|doctor|
        lawyer|nurse|guide license_no|licence_no|certificate_no|cert_no|qualification_no|qualification_cert|
        practice_no
        """
    ),
    py=terms("zyzh|zyzsbh|zgzsh|cyzgzh|jszgzh|yszgzh"),
    fits=either(regex(r"^[A-Za-z\p{Han}()（）]{0,8}[0-9][0-9A-Za-z-]{5,26}号?$"), masked),
    with_header=0.4,
)
