"""Real-estate certificates: 省(年)区不动产权第N号."""

from classifiers._cell_tests import masked, regex
from classifiers._recognizer import Recognizer, terms

RECOGNIZER = Recognizer(
    type="property_cert",
    zh=terms(
        """
        不动产权证号, 房产证号, 不动产证号, 不动产权证书号, 房屋产权证号, 房产证, 产权证号, 不动产证编号,
        不动产证, 不动产权证, 不动产单元证号, 产权证书号, 产权证, 房产证编号, 房产证号码, 房屋所有权证号,
        房屋所有权证, 不动产权证书, 房屋产权证, 房产|房屋|不动产|产权|房屋产权|房地产|土地使用权|土地|
        国有土地使用|房屋所有权|宅基地+证|证号|证书号|权证号|证书编号|权证|产权证号|证件号
        """
    ),
    en=terms(
        """
        property cert no, house cert, property cert, real estate cert no, house cert no,
        property certificate, title deed no, real estate cert, house property no, property right cert,
        property right cert no, deed no, house deed no, property deed, estate cert no, housing cert no,
        property ownership cert, property|real_estate|realty|house|housing|home|land|land_use|title|deed|
        estate|real_property|house_property|homestead cert|certificate|cert_no|certificate_no|deed_no|
        title_no|ownership_cert|right_cert|license_no
        """
    ),
    py=terms("bdcqzh, fczh, fcz, bdcqz, cqzh, bdczh, bdcz, fczbh, fwsyqz, fwsyqzh, cqzsh, fwcqzh"),
    match=regex(r"不动产权?第 ?[0-9]{4,}号|房权证.{0,12}字第? ?[0-9A-Za-z-]{4,}号?"),
    fits=masked,
    alone=0.3,
    with_header=0.15,
    checked=True,
)
