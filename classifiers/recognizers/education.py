"""Education level (GB/T 4658-2006), school or subject."""

from classifiers import lexicon
from classifiers._cell_tests import either, one_of_lexicon, only_if_varied, regex
from classifiers._recognizer import Recognizer, terms

RECOGNIZER = Recognizer(
    type="education",
    zh=terms(
        """
        学历, 最高学历, 教育程度, 文化程度, 学位, 毕业院校, 毕业学校, 学校, 院校, 所学专业, 教育经历,
        受教育程度, 最高学历名称, 学历名称, 学历代码, 学历编码, 学位名称, 毕业院校名称, 就读学校, 专业,
        第一学历, 毕业专业, 教育水平, 学历层次, 毕业学校名称, 学历|学位|最高学历|最高学位|文化程度|教育程度|
        受教育程度|文化水平|教育背景|学历学位|第一学历|全日制学历|在职学历+名称|层次|水平|情况|等级|, 毕业|
        就读|在读|所在|本科|硕士|博士|高中|原|录取|报考+院校|学校|学院|大学|专业|院系,
        培训经历|学习经历|院系专业|学科专业
        """
    ),
    en=terms(
        """
        education, degree, education level, edu level, educational background, highest degree,
        academic degree, graduate school, graduated school, ?school, university, college, ?major,
        education experience, edu, edu degree, highest education, diploma, highest edu, edu background,
        educational level, education degree, alma mater, school name, graduation school,
        graduate institution, education|educational|edu|academic|schooling|highest|final|max|degree|study|
        literacy level|attainment|background|qualification|degree|stage|status|education|edu_level|major,
        graduated|graduation|graduate|attended|current|last|bachelor|master school|university|college|
        institution|institute|from|major, education|edu|school|college experience|history|major|record|
        attended, alma_mater|field_of_study|study_major
        """
    ),
    py=terms("xl, zgxl, xueli, whcd, xw, byyx, jycd, xlmc, xldm, xlcc, byxx, jydj, jyspdm"),
    match=only_if_varied(one_of_lexicon("educations"), distinct=3),
    fits=either(
        one_of_lexicon("educations"),
        regex(r"(?:大学|学院|学校|中学|小学|一中|二中|专业)$"),
        regex("^[0-9]{1,2}$"),
    ),
    alone=0.45,
    with_header=0.5,
    coded=True,
    labels=lexicon.words("educations"),
    of_things=True,
)
