"""Student numbers, school-roll and examination numbers."""

from classifiers._cell_tests import either, masked, regex
from classifiers._recognizer import Recognizer, terms

RECOGNIZER = Recognizer(
    type="student_no",
    zh=terms(
        """
        学号, 学籍号, 准考证号, 考号, 学生编号, 考生号, 学生学号, 学生证号, 学员编号, 学员号, 学生编码,
        学籍编号, 学籍号码, 考生编号, 准考证, 全国学籍号, 学员学号, 学生号, 考籍号
        """
    ),
    en=terms(
        """
        student no, student id, student number, stu no, stu id, exam no, examinee no,
        admission ticket no, school roll no, xuehao, student code, student num, school roll, ?school no,
        learner no, pupil no, exam number, enroll no, candidate no, student card no, matric no,
        student roll no
        """
    ),
    py=terms("xh, xjh, zkzh, ksh, xuehao, xsbh, xybh, xsh, xsxh, xjhm, zkz, xyh, kjh, xsbm"),
    fits=either(regex(r"^[A-Za-z]{0,3}[0-9]{5,20}$"), masked),
    with_header=0.4,
)
