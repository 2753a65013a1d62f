"""Digital certificates issued to a person: serial number, key, PEM text."""

from classifiers._cell_tests import regex
from classifiers._recognizer import Recognizer, terms

RECOGNIZER = Recognizer(
    type="digital_certificate",
    zh=terms(
        """
        个人|用户|客户|操作员|签名|网银|CA+数字证书|数字证书编号|数字证书序列号|证书DN|CA证书|数字证书号,
        数字证书|数字证书号|UKEY编号|UKEY序列号|UKey号|CA证书编号|电子签名证书|USBKey序列号
        """
    ),
    en=terms(
        """
        personal|user|client|customer|digital|ca|signing digital_certificate|digital_cert|ca_cert|
        ca_certificate|x509|x509_cert|cert_dn, digital_certificate|digital_cert|ukey_no|usbkey_no|ukey_sn|
        ukey_serial
        """
    ),
    py=terms("szzs|szzsbh|ukeybh"),
    fits=regex(
        r"^-----BEGIN |^MII[A-Za-z0-9+/=]{40,}|^(?:[0-9A-Fa-f]{2}[: ]?){8,32}$|^[A-Za-z0-9-]{8,64}$"
        r"|^(?:CN|C|O|E)=",
        ignore_case=False,
    ),
    with_header=0.4,
)
