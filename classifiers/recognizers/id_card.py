"""Resident identity card numbers of 18 or 15 digits, by date and check character. Source: GB 11643-1999."""

from classifiers._cell_tests import either, kernel, regex, scientific
from classifiers._recognizer import Recognizer, terms

RECOGNIZER = Recognizer(
    type="id_card",
    zh=terms(
        """
        身份证, 身份证号, 身份证号码, 公民身份号码, 公民身份证号, 居民身份证, 居民身份证号, 证件号码,
        证件号, 证件编号, 身份号码, 身份证件号码, 二代证, 患者证件号, 身份证编号, 证件号码加密,
        身份证明号码, 身份证明号, 身份证号码密文, 身份标识号码, 二代证号, 二代身份证号, 居民证号,
        借款人身份证, 法人身份证号, 法人身份证, 投保人证件号, 监护人身份证, 监护人身份证号, 学生身份证号,
        患者身份证, 客户证件号, 客户证件号码, 持卡人证件号, 本人身份证, 公民身份证, 有效证件号码,
        有效证件号, 身份证|居民身份证|公民身份证|身份证件|二代证|二代身份证|身分证|身份+号|号码|编号|证号|
        证号码|证件号|识别号|字号, 身份证明文件号码|国民身份证号|身份识别号码|居民身份号码|公民号码
        """
    ),
    en=terms(
        """
        id card, id card no, idcard, id no, id number, idcard no, identity no, identity card, identity number,
        cert no, certificate no, certificate number, identification no, identification number, citizen id,
        national id, idnum, id num, sfz, person id no, credential no, document no, id document no, cert num,
        cert code, id cert no, identity card no, identity code, identity id, resident id, resident id no,
        citizen id no, cred num, ic no, ident no, cert id, id nbr, id card code, certificate code, id code,
        aac002, aae135, aac147,
        legal id no, ident number, identity num, id card id, national|citizen|resident|identity|
        identification|prc|chinese|civil|personal|legal|second_gen id|identity|identification|id_card|
        identity_card|identification_card|id_number|identity_number|identity_code, id_doc|identity_doc|
        identity_document|identification_document no|number, sfzh|nric|shenfenzheng no|
        """
    ),
    py=terms(
        """
        sfzh, sfzhm, zjhm, zjh, shenfenzheng, shenfenzhenghao, sfzjh, sfzjhm, gmsfhm, gmsfzh, sfz, zjbh,
        id_sfz, etid, khzjhm, jkrsfz, sfzbh, brsfzh, zjhao, shenfenz, sfzhao, sfhm, gmsf, shenfenzhenghaoma
        """
    ),
    match=kernel("id_card"),
    fits=either(regex(r"^[0-9]{1,10}[*#xX•]{3,16}[0-9]{0,6}[0-9xX*]$"), scientific(15, 18)),
    alone=0.2,
    with_header=0.1,
    checked=True,
    by_chance=True,
)
