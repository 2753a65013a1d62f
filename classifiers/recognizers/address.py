"""Postal addresses with road, house, village or room detail."""

from classifiers._cell_tests import both, either, masked, regex
from classifiers._recognizer import Recognizer, terms

_PLACE = r"\p{Han}{1,8}(?:省|市|区|县|州|旗|镇|乡|街道|村|路|街|道|巷|弄|大街|大道)"
_DETAIL = (
    r"(?:[0-9一二三四五六七八九十]+ ?(?:号|栋|幢|座|楼|层|室|单元|组|弄|巷|期|户|队)"
    r"|小区|花园|家园|公寓|大厦|村)"
)
_COARSE = r"\p{Han}{2,}(?:省|市|区|县|路|街|镇|乡|村|号)"

RECOGNIZER = Recognizer(
    type="address",
    zh=terms(
        """
        地址, 家庭住址, 联系地址, 收货地址, 住址, 详细地址, 通讯地址, 居住地址, 现住址, 家庭地址, 户籍地址,
        收货具体地址, 收件地址, 寄件地址, 常用地址, 邮寄地址, 通信地址, 单位地址, 办公地址, 注册地址,
        详细收货地址, 现居住地, 住所, 门牌号, 居住地, 现住地址, 现居地址, 实际居住地, 实际居住地址,
        居住详细地址, 户籍详细地址, 户口地址, 身份证地址, 证件地址, 收件人地址, 收件人详细地址, 配送地址,
        送货地址, 寄送地址, 房屋坐落, 坐落, 房屋地址, 房产地址, 暂住地址, 暂住地, 客户地址, 工作地址,
        公司地址, 账单地址, 街道地址, 住房地址, 上门地址, 装机地址, 安装地址, 用电地址, 单位详细地址,
        事发地址, 居住|常住|现住|暂住|户籍|户口|家庭|住家|住宅|通信|通讯|联系|联络|收货|收件|寄件|派送|投递|
        邮寄|办公|工作|账单|身份证|证件|注册|房产|房屋|装机|安装|租住|租赁|开票|发货|取件|上门|案发|事故|
        就诊人|出生+地址|住址|详址|地点|住所|处所|详细地址, 所住|门牌|住家|家住+地址|楼栋房号|信息,
        街道门牌|楼栋门牌|房号地址|寓所|住处|居所
        """
    ),
    en=terms(
        """
        address, home address, addr, delivery address, detail address, address detail, receiver address,
        shipping address, contact address, residence address, mailing address, street address, street,
        home addr, detail addr, full address, living address, work address, register address,
        aae006, aac010, residential address, domicile address,
        postal address, address line, live address, living addr,
        residence addr, house address, house addr, family address, family addr, reg address, recv address,
        receive address, consignee address, company address, office address, bill address, billing address,
        install address, cust addr, current address, present address, permanent address, id card address,
        location address, delivery place, addr1, address1, home|residence|residential|resident|living|
        dwelling|household|domicile|permanent|current|present|registered|postal|mailing|mail|contact|
        correspondence|delivery|shipping|ship_to|receiving|pickup|sender|billing|bill_to|invoice|office|
        work|business|street|id_card|birth|family|temporary|detail|detailed|property|install|service|
        pick_up address|addr|address_detail|street_address|full_address|addr_line,
        addr|address|street line|line1|line2|1|2|detail|full|text,
        abode|dwelling|house_number|house_no_street|door_no
        """
    ),
    py=terms(
        """
        dz, jtzz, lxdz, zhuzhi, jtdz, txdz, xxdz, shdz, jzdz, dizhi, xzz, hjdz, xjzdz, xjzd, hkdz, sfzdz,
        zzdz, khdz, dwdz, gsdz, psdz, shrdz, sjdz, jtdizhi, xxdizhi, azdz, txdizhi, lxdizhi
        """
    ),
    match=both(regex(_PLACE), regex(_DETAIL)),
    fits=either(
        regex(_COARSE), regex(r"[0-9]+.{0,40}\b(?:Road|Rd|Street|St|Avenue|Ave|District|Lane)\b"), masked
    ),
    lookalikes="地址|addr",
    alone=0.4,
    with_header=0.15,
    of_things=True,
)
