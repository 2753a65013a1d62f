"""Unified social credit codes of organisations, with check character. Source: GB 32100-2015."""

from classifiers._cell_tests import kernel, masked
from classifiers._recognizer import Recognizer, terms

RECOGNIZER = Recognizer(
    type="uscc",
    zh=terms(
        """
        统一社会信用代码, 信用代码, 社会信用代码, 统一信用代码, 企业信用代码, 统一社会信用代码证,
        统一信用代码证号, 单位统一信用代码, 企业统一信用代码, 机构信用代码, 企业社会信用代码, 公司信用代码,
        统一社会信用号, 企业统一社会信用代码, 单位信用代码, 公司统一社会信用代码, 信用编码, 企业|单位|机构|
        公司|法人|组织|商户|供应商|客户|社会组织|统一|+统一社会信用代码|社会信用代码|统一信用代码|信用代码|
        统一代码|社会信用编码|社会统一信用代码
        """
    ),
    en=terms(
        """
        uscc, credit code, social credit code, unified social credit code, usci, uni credit code,
        enterprise credit code, unified credit code, unified code, org credit code, credit no,
        company credit code, corp credit code, social code, social credit no, enterprise uscc,
        unify credit code, uniform social credit code, uniform credit code, business credit code, unisc id,
        uniscid, unified|uniform|united|uni|national| social|social_organization|society|enterprise|
        corporate|org credit|credit_identifier code|identifier|cd|no,
        uscc|usci|uscid|usccode|shxydm code|no|
        """
    ),
    py=terms("tyshxydm, xydm, shxydm, tyxydm, dwxydm, qyxydm, gsxydm, tyshxydmz, shxyh, xinyongdaima, tyxyh"),
    match=kernel("uscc"),
    fits=masked,
    alone=0.3,
    with_header=0.15,
    checked=True,
    by_chance=True,
)
