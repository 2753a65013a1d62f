"""Sexual orientation and sex life."""

from classifiers._cell_tests import either, regex
from classifiers._recognizer import Recognizer, terms

RECOGNIZER = Recognizer(
    type="sexual_orientation",
    zh=terms("性取向|性倾向|性向|性生活|性生活史|性伴侣数|性行为史|性伴数|性经历"),
    en=terms("sexual|sex orientation|preference|life|history|behavior|activity|partners|partner_count"),
    py=terms("xqx|xsh_s|xbls"),
    fits=either(regex(r"^(?:[0-9]{1,3}|\p{Han}{1,20}|[A-Za-z /-]{3,30})$"), regex(r"\p{Han}{2,}")),
    with_header=0.5,
    coded=True,
)
