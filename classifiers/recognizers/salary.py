"""Wages, salary and personal income."""

from classifiers._cell_tests import number
from classifiers._recognizer import Recognizer, terms

RECOGNIZER = Recognizer(
    type="salary",
    zh=terms(
        """
        工资, 月薪, 应发工资, 实发工资, 薪资, 薪酬, 基本工资, 年收入, 月收入, 年薪, 收入, 个人收入, 奖金,
        绩效工资, 税前工资, 家庭年收入, 税后工资, 实发金额, 应发金额, 税前月薪, 税后月薪, 月工资, 岗位工资,
        年终奖, 绩效奖金, 绩效薪资, 月均收入, 家庭月收入, 薪水, 工资总额, 个人年收入, 税前收入, 税后收入,
        期望薪资, 月收入额, 加班费, 应发|实发|税前|税后|基本|岗位|绩效|月|年|底|基础|加班|固定|计件|计时|
        转正|试用期|期望|合计|到手|合同|计税|缴费|社保缴费|职级|津补贴|应付|实付|本月|上月|年度|月度+工资|
        薪资|薪酬|薪水|薪金|薪|薪俸|薪级工资|收入, 薪级|津贴|补贴金额|提成|佣金收入|劳务费|课酬|年收入额|
        家庭人均收入|工薪收入|工资基数|缴费工资
        """
    ),
    en=terms(
        """
        salary, monthly income, wage, wages, income, base salary, net salary, gross salary, annual income,
        pay salary, bonus, salary money, bonus money, base pay, payroll amount, month income, year income,
        remuneration, net pay, gross pay, pay roll, payroll, take home pay, take home, month salary,
        annual salary, yearly salary, salary amount, income amount, year salary, net income, gross income,
        wage amount, pre tax salary, after tax salary, expected salary, family income, household income,
        basic salary, overtime pay, salary month, ansal, bet01,
        gross|net|base|basic|monthly|month|annual|yearly|year|
        weekly|hourly|daily|total|take_home|pre_tax|after_tax|post_tax|taxable|fixed|performance|actual|
        expected|contract|overtime|position salary|wage|wages|pay|income|earnings|compensation|remuneration|
        payroll|stipend|paycheck amount|amt|value|total|sum, salary|wage|wages|remuneration|payroll|stipend|
        paycheck amount|amt|value|total|sum, gross|net|base|basic|monthly|annual|yearly|weekly|hourly|
        take_home|pre_tax|after_tax|taxable|actual|expected|total salary|wage|wages|pay|earnings|
        compensation|remuneration|stipend, personal|individual|household|family|disposable|person income|
        earnings|annual_income|monthly_income, allowance|commission_income|annual_bonus|year_end_bonus|
        performance_pay|bonus_amt
        """
    ),
    py=terms(
        """
        gz, yfgz, gongzi, yx_gz, xinzi, sfgz, ysr, nsr, gzsr, jbgz, jxgz, shgz, sqgz, yfje, nianxin, yuexin,
        gzze, jtsr, grsr, gwgz, yuegongzi
        """
    ),
    fits=number(0, 1e9),
    with_header=0.7,
)
