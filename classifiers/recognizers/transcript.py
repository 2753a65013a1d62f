"""Marks of pupils, students and candidates."""

from classifiers._cell_tests import either, number, regex
from classifiers._recognizer import Recognizer, terms

RECOGNIZER = Recognizer(
    type="transcript",
    zh=terms(
        """
        考试|期中|期末|平时|总评|课程|单科|高考|中考|笔试|面试|综合|毕业|补考|入学|语文|数学|英语|体育测试|
        学业+成绩|成绩总分|成绩分数, 成绩|成绩单|绩点|平均绩点|学分绩点|高考分数|考试分数|GPA|考试得分|
        面试得分|笔试得分
        """
    ),
    en=terms(
        """
        exam|examination|test|course|final|midterm|term|quiz|entrance|subject|math|english|student score|
        grade|mark|marks|result_score, gpa|grade_point|transcript|transcripts|school_grades|academic_score
        """
    ),
    py=terms("kscj|qmcj|pscj|zpcj|jidian|chengji"),
    fits=either(number(0, 1000), regex(r"^(?:[A-F][+-]?|优秀?|良好?|中等?|合格|不?及格|通过)$")),
    with_header=0.7,
    coded=True,
)
