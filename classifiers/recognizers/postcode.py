"""Postcodes of six digits."""

from classifiers._cell_tests import kernel
from classifiers._recognizer import Recognizer, terms

RECOGNIZER = Recognizer(
    type="postcode",
    zh=terms(
        """
        邮编, 邮政编码, 邮递区号, 收货人邮编, 邮编号码, 邮政编号, 通讯邮编, 通讯邮政编码, 家庭邮编,
        单位邮编, 收件邮编
        """
    ),
    en=terms(
        """
        postcode, zip code, zip, post code, postal code, zipcode, postalcode, postal, postal no,
        post no, mail code, zip no
        """
    ),
    py=terms("yb, yzbm, youbian, txyb, yzbh, jtyb, dwyb, youzhengbianma"),
    fits=kernel("postcode"),
    strict=True,
    with_header=0.5,
)
