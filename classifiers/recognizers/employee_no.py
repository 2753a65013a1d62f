"""Employee numbers."""

from classifiers._cell_tests import either, masked, regex
from classifiers._recognizer import Recognizer, terms

RECOGNIZER = Recognizer(
    type="employee_no",
    zh=terms(
        """
        工号, 员工编号, 职工号, 员工号, 职工编号, 员工工号, 人员编号, 教工号, 教职工号, 职员编号, 职员工号,
        员工代码, 员工ID, 员工编码, 柜员号, 人员工号, 警号, 职员号, 雇员编号, 操作员工号, 业务员编号,
        客户经理工号, 医生工号, 教师工号, 教师编号, 员工|职工|雇员|职员|人员|教职工|人事|工作人员|员工档案|
        店员|司机|医护|护士|医师|客服|坐席+工号|编号|号码|代码|卡号|胸牌号|证号, 工牌号|胸卡号|胸牌号|
        工作证号|工作证|坐席工号|座席号|人事编号|厂牌号|考勤号|执法证号,
        医生|教师|老师|教练|驾驶员|骑手|快递员|配送员|送货员|业务员|销售员|销售|导购|导购员|客户经理|技师|技工|维修工|
        维修员|工程师|护工|护理员|月嫂|保姆|家政员|服务员|保安|保洁员|导游|网格员|民警|辅警|律师|经纪人|顾问|
        督导|辅导员|班主任|监考|监考员|考官|评委|装维员|安装员|美容师|理发师|摄影师|化妆师|讲师|导师|飞行员|乘务员|船员|
        质检员|巡检员|调度员|收银员|核保员|查勘员|催收员|审核员|咨询师+工号|编号|代码|编码|员工号
        """
    ),
    en=terms(
        """
        emp no, employee id, staff no, employee no, employee number, work no, job number, staff id, emp id,
        emp code, yg no, employee code, worker no, job no, staff code, badge no, teller no, employee num,
        ?job id, ?work id,
        worker id, personnel no, staff num, employee card no, personnel id, gonghao, emp num,
        ehr no, clerk no, pernr, employee|emp|staff|worker|personnel|crew|associate|clerk|teller|faculty|hr|
        payroll|agent|job|work|badge|attendance|operator|cashier no|number|badge_no|card_no|badge|
        badge_number|payroll_no,
        doctor|physician|surgeon|nurse|therapist|pharmacist|caregiver|teacher|instructor|lecturer|driver|
        salesman|salesperson|technician|engineer|inspector|dispatcher|trainer|lawyer|guard|cleaner|waiter|
        consultant|adjuster|counselor|counsellor|courier|deliveryman|recruiter|conductor|coach|pilot|attendant|
        stylist|barber|photographer|nanny|housekeeper|installer|invigilator|examiner
        no|code|number|staff_no|employee_no,
        staff|employee|worker|work id|card|pass
        """
    ),
    py=terms("gh, ygbh, gonghao, ygh, zgh, zgbh, rybh, gyh, ygdm, rygh, zygh, yggh"),
    fits=either(regex(r"^[A-Za-z]{0,4}[-_]?[0-9]{2,14}$"), masked),
    with_header=0.4,
)
