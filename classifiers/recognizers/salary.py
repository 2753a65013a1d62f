"""Wages, salary and personal income."""

from classifiers._cell_tests import number
from classifiers._recognizer import Recognizer, terms

RECOGNIZER = Recognizer(
    type="salary",
    zh=terms(
        """
        工资, 月薪, 应发工资, 实发工资, 薪资, 薪酬, 基本工资, 年收入, 月收入, 年薪, 收入, 个人收入,
        奖金, 绩效工资, 税前工资, 家庭年收入, 税后工资, 实发金额, 应发金额, 税前月薪, 税后月薪, 月工资,
        岗位工资, 年终奖, 绩效奖金, 绩效薪资, 月均收入, 家庭月收入, 薪水, 工资总额, 个人年收入,
        税前收入, 税后收入, 期望薪资, 月收入额, 加班费
        """
    ),
    en=terms(
        """
        salary, monthly income, wage, wages, income, base salary, net salary, gross salary,
        annual income, pay salary, bonus, salary money, bonus money, base pay, payroll amount,
        month income, year income, remuneration, net pay, gross pay, pay roll, payroll, take home pay,
        take home, month salary, annual salary, yearly salary, salary amount, income amount,
        year salary, net income, gross income, wage amount, pre tax salary, after tax salary,
        expected salary, family income, household income, basic salary, overtime pay, salary month
        """
    ),
    py=terms(
        """
        gz, yfgz, gongzi, yx_gz, xinzi, sfgz, ysr, nsr, gzsr, jbgz, jxgz, shgz, sqgz, yfje, nianxin,
        yuexin, gzze, jtsr, grsr, gwgz, yuegongzi
        """
    ),
    fits=number(0, 1e9),
    with_header=0.7,
)
