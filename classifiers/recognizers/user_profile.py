"""What is inferred about a person: interests, tags, habits."""

from classifiers._cell_tests import regex
from classifiers._recognizer import Recognizer, terms

RECOGNIZER = Recognizer(
    type="user_profile",
    zh=terms(
        """
        用户|客户|会员|人群|消费|个人|消费者|兴趣|阅读|购物|行为+画像|画像标签|偏好|兴趣|兴趣标签|偏好标签|
        习惯|特征标签, 兴趣爱好|爱好|特长|个人爱好|业余爱好|画像|画像标签|生活习惯|驾驶习惯|驾驶行为|
        驾驶评分|饮食习惯
        """
    ),
    en=terms(
        """
        user|customer|member|consumer|audience|personal|consumption|shopping|reading persona|portrait_tag|
        portrait_tags|interest|interests|preference|preferences|habit|habits|interest_tags|profile_tags,
        hobby|hobbies|interests|driving_behavior|driving_behaviour|driving_habit|driving_score|
        harsh_braking_count
        """
    ),
    py=terms("xqah|aihao|yhhx|hxbq|jsxg"),
    fits=regex(r"\p{Han}{2,}|[A-Za-z]{3,}|^\s*[\[{]|^[0-9.]{1,6}$"),
    with_header=0.5,
)
