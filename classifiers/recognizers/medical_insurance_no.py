"""Medical insurance numbers."""

from classifiers._cell_tests import either, masked, regex
from classifiers._recognizer import Recognizer, terms

RECOGNIZER = Recognizer(
    type="medical_insurance_no",
    zh=terms(
        """
        医保卡号, 医保编号, 医保号, 医保证号, 医疗保险号, 医疗保险卡号, 医疗证号, 医保个人编号, 参保号,
        参保编号, 医疗保险编号, 医保账号, 医保证件号, 医保电脑号, 健康卡号, 居民健康卡号, 合作医疗证号,
        新农合证号, 医保|医疗保险|医疗保障|城乡医保|职工医保|居民医保|新农合|合作医疗|健保|医疗+卡|卡号|
        编号|账号|账户|证号|个人编号|电子凭证|电子凭证号, 就医卡号
        """
    ),
    en=terms(
        """
        medical insurance no, mi card no, medical insurance, health insurance no, insurance card no,
        medicare no, medical card no, med insurance no, medical insurance card no, health card no,
        yb card no, yb no, health insurance card no, medical insurance id, insured no, medicare card,
        medicare id, mi no, medical_insurance|health_insurance|med_insurance|medical_ins|health_ins|
        medicare|healthcare|health_care|medical_care|medical_security|yibao card|no|id|account|member_no|
        cert|personal_no, insurance|insured personal|person no
        """
    ),
    py=terms("ybkh, ybbh, ybh, ylbxh, ybgrbh, ybzh, yibaohao, ybkhm, ylbxkh, jkkh, cbh"),
    fits=either(regex(r"^[A-Za-z]{0,4}[0-9]{6,20}$"), masked),
    with_header=0.3,
)
