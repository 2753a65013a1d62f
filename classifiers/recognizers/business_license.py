"""Business licence registration numbers of 15 digits, with check digit. Source: GS 15-2006."""

from classifiers._cell_tests import either, kernel, masked
from classifiers._recognizer import Recognizer, terms

RECOGNIZER = Recognizer(
    type="business_license",
    zh=terms(
        """
        营业执照号, 注册号, 工商注册号, 营业执照注册号, 营业执照, 营业执照编号, 工商登记号, 工商登记证号,
        企业注册号, 公司注册号, 营业执照号码, 执照号, 执照编号, 执照注册号, 营业执照代码, 登记注册号,
        个体工商户注册号, 营业执照证号, 营业执照|工商|工商登记|工商执照|企业工商|公司注册|市场主体|执照|
        个体户执照+注册号|登记号|编号|号|号码|注册登记号|证号
        """
    ),
    en=terms(
        """
        business license no, reg no, business license, business licence, license reg no,
        business registration no, company reg no, business reg no, registration no, biz license no,
        biz license, biz lic no, business lic no, enterprise reg no, company registration no, corp reg no,
        industrial registration no, trade license no, trade licence, company license no, ?license no,
        aic reg no, biz reg no, registration number, business reg code, company reg code,
        business registration code, business|company|enterprise|corporate|commercial|trade|industrial|aic|
        saic|biz license|licence|lic|registration|reg|license_reg|registry no|number|code|id|cert_no
        """
    ),
    py=terms("yyzzh, gszch, zch, yyzz, qyzch, yyzzbh, yyzzzch, gsdjh, zzbh, gszzh, gongshangzhuce, qygszch"),
    fits=either(kernel("business_license"), kernel("uscc"), masked),
    with_header=0.4,
)
