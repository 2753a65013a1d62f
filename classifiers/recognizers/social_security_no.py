"""Social security card numbers: a letter and 8 digits, 10 digits, or the resident identity number."""

from classifiers._cell_tests import either, kernel, masked, regex
from classifiers._recognizer import Recognizer, terms

RECOGNIZER = Recognizer(
    type="social_security_no",
    zh=terms(
        """
        社保卡号, 社会保障号, 社保号, 社会保障卡号, 社会保障号码, 社保编号, 社保账号, 社会保险号,
        社会保险号码, 个人社保号, 社保个人编号, 社会保险编号, 社保编码, 社保电脑号, 个人社保编号,
        社会保险登记号, 社保|社会保障|社会保险|人社|社保个人|社保参保+卡|号|编号|账号|账户|卡号|号码|证号|
        电脑号|卡片号
        """
    ),
    en=terms(
        """
        social security no, social security number, ssn, social security, social insurance no, si card no,
        ss card no, social insurance number, si no, si number, social sec no, social ins no,
        social security card no, social security id, social_security|social_insurance|social_sec|social_ins|
        socialsec|social_guarantee|ss|si|shebao card|no|id|account|personal_no|computer_no
        """
    ),
    py=terms("sbkh, shbzh, shbzhm, sbh, shbzkh, grsbh, shbxh, shebaohao, shbxhm, sbdnh, sbzh"),
    fits=either(regex(r"^[A-Za-z]?[0-9]{8,10}[Xx]?$"), kernel("id_card"), masked),
    with_header=0.3,
)
