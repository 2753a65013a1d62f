"""Landline and fax numbers with an area code."""

from classifiers._cell_tests import either, kernel, masked, regex
from classifiers._recognizer import Recognizer, terms

RECOGNIZER = Recognizer(
    type="landline",
    zh=terms(
        """
        固定电话, 座机, 办公电话, 固话, 传真, 传真号, 传真号码, 家庭电话, 单位电话, 座机号, 宅电, 住宅电话,
        公司电话, 单位联系电话, 办公室电话, 固话号码, 固定电话号码, 家庭固话, 联系固话, 公司座机, 座机号码,
        座机电话, 住宅座机, 单位固话, 工作电话, 传真电话, 固定|座机|住宅|家庭|办公|办公室|单位|公司|宅|市内|
        有线|室内|公务+电话|电话号码|电话号|座机|固话, 坐机|坐机号|传真机号|图文传真|市话|市内电话
        """
    ),
    en=terms(
        """
        landline, office phone, office tel, fax, fax no, fixed phone, home phone, home tel, work phone,
        ?tel, ?telephone, company phone, fixed line, home telephone, work tel, work telephone,
        company phone no, fixed tel, fixed telephone, unit phone, unit tel, office telephone, tel home,
        tel office, house phone, fax number, fixed line no, landline no, phone home, fixed|land|land_line|
        home|house|residential|office|company|business|desk|work|unit|wired phone|telephone|tel|line|
        phone_line|telephone_no, facsimile|telefax|fax_line no|number|, fix|fixline tel|phone|
        """
    ),
    py=terms(
        """
        gddh, bgdh, zj_dh, zuoji, chuanzhen, czhm, jtdh, zzdh, dwdh, guhua, gdhm, zhaidian, jtgh, dwgh,
        bgsdh, zuojihao, czdh, dwlxdh
        """
    ),
    match=kernel("landline"),
    fits=either(
        kernel("landline"),
        regex(r"^[(（]?0[0-9]{2,3}[)）]?[- ]?[0-9*#xX]{3,8}(?:-[0-9]{1,5})?$"),
        regex(r"^[2-8][0-9]{6,7}$"),
        masked,
    ),
    alone=0.5,
    with_header=0.2,
    of_things=True,
    by_chance=True,
)
