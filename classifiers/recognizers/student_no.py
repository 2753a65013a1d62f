"""Student numbers, school-roll and examination numbers."""

from classifiers._cell_tests import regex
from classifiers._recognizer import Recognizer

RECOGNIZER = Recognizer(
    type="student_no",
    zh=("学号", "学籍号", "准考证号", "考号", "学生编号", "考生号", "学生学号", "学生证号"),
    en=(
        "student no",
        "student id",
        "student number",
        "stu no",
        "stu id",
        "exam no",
        "examinee no",
        "admission ticket no",
        "school roll no",
        "xuehao",
        "student code",
    ),
    py=("xh", "xjh", "zkzh", "ksh", "xuehao", "xsbh"),
    fits=regex(r"^[A-Za-z]{0,3}[0-9]{5,20}$"),
    with_header=0.4,
)
