"""Student numbers, school-roll and examination numbers."""

from classifiers._cell_tests import either, masked, regex
from classifiers._recognizer import Recognizer, terms

RECOGNIZER = Recognizer(
    type="student_no",
    zh=terms(
        """
        学号, 学籍号, 准考证号, 考号, 学生编号, 考生号, 学生学号, 学生证号, 学员编号, 学员号, 学生编码,
        学籍编号, 学籍号码, 考生编号, 准考证, 全国学籍号, 学员学号, 学生号, 考籍号, 学生|学员|学籍|考生|
        考试|准考|报考|校园卡|一卡通|研究生|新生|培训学员+号|编号|证号|号码, 学籍卡号|学生卡号|校园卡号|
        报名号|考试证号|准考证编号|座位考号
        """
    ),
    en=terms(
        """
        student no, student id, student number, stu no, stu id, exam no, examinee no, admission ticket no,
        school roll no, xuehao, student code, student num, school roll, ?school no, learner no, pupil no,
        exam number, enroll no, candidate no, student card no, matric no, student roll no, student|stu|
        pupil|learner|scholar|trainee|school_roll|campus_card|campus|examinee|candidate|exam_ticket|
        test_ticket|enrollment|enrolment|matriculation|college_student no|id|number|code|card_no|
        registration_no, school_roll|student_status no|number
        """
    ),
    py=terms("xh, xjh, zkzh, ksh, xuehao, xsbh, xybh, xsh, xsxh, xjhm, zkz, xyh, kjh, xsbm"),
    fits=either(regex(r"^[A-Za-z]{0,3}[0-9]{5,20}$"), masked),
    with_header=0.4,
)
