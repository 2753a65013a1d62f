"""Body and laboratory measurements."""

from classifiers._cell_tests import either, number, regex
from classifiers._recognizer import Recognizer, terms

RECOGNIZER = Recognizer(
    type="health_measure",
    zh=terms(
        """
        身高, 体重, 血压, 血糖, 心率, 体温, 收缩压, 舒张压, 脉搏, 血氧, BMI, 体质指数, 胆固醇, 视力,
        空腹血糖, 尿酸, 身高cm, 体重kg, 脉率, 呼吸频率, 餐后血糖, 随机血糖, 糖化血红蛋白, 甘油三酯,
        血红蛋白, 腰围, 血氧饱和度, 收缩压值, 体温值, 裸眼视力, 左眼视力, 右眼视力, 体脂率, 心跳,
        静息心率, 血压值, 检验结果值, 步数, 肺活量, 出生体重
        """
    ),
    en=terms(
        """
        ?height, ?weight, height cm, weight kg, blood pressure, glucose, blood glucose, heart rate,
        body temperature, bmi, systolic, diastolic, pulse, spo2, cholesterol, blood sugar, uric acid,
        sbp, dbp, body weight, body height, body temp, bmi value, pulse rate, systolic pressure,
        diastolic pressure, sys bp, dia bp, bp, fasting glucose, resp rate, respiratory rate,
        blood oxygen, oxygen saturation, waist, waistline, vision left, vision right, hemoglobin, hba1c,
        triglyceride, weight in kg, height in cm, body fat
        """
    ),
    py=terms(
        """
        sg, tz, xy, xt_no, xueya, xuetang, tiwen, xl_hr, ssy, szy, shengao, tizhong, xinlv, kfxt,
        shousuoya, shuzhangya, xueyang, maibo
        """
    ),
    match=regex(r"^(?:[89][0-9]|1[0-9]{2}|2[0-4][0-9])/(?:[4-9][0-9]|1[0-3][0-9])(?: ?mmHg)?$"),
    fits=either(number(0.1, 500), regex(r"^[0-9.]{2,6}(?:/[0-9]{2,3})? ?(?:cm|kg|mmHg|mmol/L|℃|bpm)?$")),
    alone=0.6,
    strict=True,
    with_header=0.6,
    of_things=True,
)
