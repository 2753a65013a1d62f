"""Postcodes of six digits."""

from classifiers._cell_tests import kernel
from classifiers._recognizer import Recognizer

RECOGNIZER = Recognizer(
    type="postcode",
    zh=("邮编", "邮政编码", "邮递区号", "收货人邮编"),
    en=("postcode", "zip code", "zip", "post code", "postal code", "zipcode", "postalcode"),
    py=("yb", "yzbm", "youbian"),
    fits=kernel("postcode"),
    strict=True,
    with_header=0.5,
)
