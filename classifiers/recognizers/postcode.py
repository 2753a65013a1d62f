"""Postcodes of six digits."""

from classifiers._cell_tests import kernel
from classifiers._recognizer import Recognizer, terms

RECOGNIZER = Recognizer(
    type="postcode",
    zh=terms(
        """
        邮编, 邮政编码, 邮递区号, 收货人邮编, 邮编号码, 邮政编号, 通讯邮编, 通讯邮政编码, 家庭邮编,
        单位邮编, 收件邮编, 邮政|邮递|邮寄|邮件|邮区|通信|收件地址|家庭|户籍+编码|区码|区号|邮码|邮编|
        邮政编码, 邮码|邮区编号
        """
    ),
    en=terms(
        """
        postcode, zip code, zip, post code, postal code, zipcode, postalcode, postal, postal no, post no,
        mail code, zip no, post|postal|zip|mail|mailing|pin|address_post code|code_no|zone|index|number|
        zipcode, zip4|zip5|postcode|zipcode no|num|
        """
    ),
    py=terms("yb, yzbm, youbian, txyb, yzbh, jtyb, dwyb, youzhengbianma"),
    fits=kernel("postcode"),
    strict=True,
    with_header=0.5,
)
