"""Taxpayer identification numbers."""

from classifiers._cell_tests import either, kernel, masked, regex
from classifiers._recognizer import Recognizer, terms

RECOGNIZER = Recognizer(
    type="tax_id",
    zh=terms(
        """
        纳税人识别号, 税号, 纳税识别号, 纳税人税号, 税务登记号, 纳税人编号, 税务识别号, 纳税号, 税务号,
        税号码, 税务登记证号, 税务登记证, 企业税号, 公司税号, 发票税号, 纳税人识别码, 纳税人编码, 开票税号,
        购方税号, 销方税号, 地税号, 国税号, 纳税人|税务|纳税|企业税务|开票|购方|销方|单位纳税人|地税|
        国税+识别号|识别码|登记号|编号|税号|登记证号|税务登记号
        """
    ),
    en=terms(
        """
        tax no, taxpayer id, tax id, tax num, tax number, taxpayer no, tax code,
        taxpayer identification number, tax registration no, tin, tax reg no, taxpayer number,
        taxpayer code, tax id no, tax id number, vat no, vat number, vat id, company tax no, buyer tax no,
        seller tax no, tax identification no, invoice tax no, tax|taxpayer|tax_payer|taxation|vat|fiscal|
        buyer_tax|seller_tax|corporate_tax|company_tax|state_tax|local_tax id|no|number|code|
        identification_no|identification_number|identifier|registration_no|reg_no|file_no
        """
    ),
    py=terms(
        """
        nsrsbh, sh_no, shuihao, nsrbh, swdjh, nssbh, nsrh, nsbh, qysh, kpsh, swdjzh, gfsh, xfsh, nsrsbm, swh
        """
    ),
    fits=either(kernel("tax_id"), kernel("uscc"), regex(r"^[0-9]{6}[0-9A-Za-z]{8,14}$"), masked),
    with_header=0.4,
)
