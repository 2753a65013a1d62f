"""Occupation, post or professional title."""

from classifiers import lexicon
from classifiers._cell_tests import either, regex
from classifiers._recognizer import Recognizer, terms

_TITLE = rf"(?:{lexicon.alternation('occupations')})"

RECOGNIZER = Recognizer(
    type="occupation",
    zh=terms(
        """
        职业, 职务, 职称, 职位, 岗位, 工种, 从事职业, 担任职务, 工作经历, 工作岗位, 职业名称, 职业类别,
        职业代码, 担任职务名称, 职务名称, 职位名称, 职称名称, 专业技术职务, 工作职务, 岗位职务, 从事工作,
        任职岗位, 职业|职务|职称|职位|岗位|工种|行当|工作|任职|从业|现任|担任|兼任|行政|专业技术|技术+名称|
        职务|职位|职称|岗位|类别|身份|, 就业状况|从业类型|职衔|官衔|头衔|警衔|军衔|职级
        """
    ),
    en=terms(
        """
        occupation, job title, position title, ?job, profession, ?position, positional titles, career, duty,
        work experience, post title, work post, position name, job position, work position, vocation,
        occupation name, occupation code, post name, title name, job post, professional title, duty name,
        job|work|career|professional|occupational|employment|technical|current|duty|official|academic|
        military title|position|role_title|post|occupation|profession|rank, occupation|profession|vocation|
        trade_profession|job|employment name|title|type|category|desc, job_title|jobtitle|designation|occup
        """
    ),
    py=terms("zy, zw, zhiye, zhiwu, zc, gw, zymc, zwmc, gwmc, zhicheng, zydm, zcmc, csgz"),
    fits=either(regex(_TITLE), regex(r"^\p{Han}{2,8}(?:员|师|长|工|家|人)$")),
    with_header=0.3,
    coded=True,
    labels=lexicon.words("occupations"),
    of_things=True,
)
