"""Body and laboratory measurements."""

from classifiers._cell_tests import either, number, numbers_about, regex
from classifiers._recognizer import Recognizer, terms

# Parcels and goods have a weight and a height too, though rarely those of people: kg, jin; cm, m.
_OF_A_PERSON = (
    (r"^(?:wt|weight)\b", numbers_about(2, 12, 300)),
    (r"^(?:ht|height)\b", either(numbers_about(0.4, 0.8, 2.3), numbers_about(40, 80, 230))),
)

RECOGNIZER = Recognizer(
    type="health_measure",
    zh=terms(
        """
        身高, 体重, 血压, 血糖, 心率, 体温, 收缩压, 舒张压, 脉搏, 血氧, BMI, 体质指数, 胆固醇, 视力,
        空腹血糖, 尿酸, 身高cm, 体重kg, 脉率, 呼吸频率, 餐后血糖, 随机血糖, 糖化血红蛋白, 甘油三酯,
        血红蛋白, 腰围, 血氧饱和度, 收缩压值, 体温值, 裸眼视力, 左眼视力, 右眼视力, 体脂率, 心跳, 静息心率,
        血压值, 检验结果值, 步数, 肺活量, 出生体重, 收缩压|舒张压|血压|血糖|空腹血糖|餐后血糖|心率|脉搏|
        体温|血氧|身高|体重|腰围|臀围|体脂|视力|血脂|尿酸|胆固醇|甘油三酯|血红蛋白|白细胞|红细胞|血小板|
        转氨酶|肌酐|尿素氮|糖化血红蛋白|眼压|肺活量|骨密度|心电|听力+值|测量值|检测值|检测结果|检查结果|
        读数|数值|结果|指标|
        """
    ),
    en=terms(
        """
        ?height, ?weight, height cm, weight kg, blood pressure, glucose, blood glucose, heart rate,
        body temperature, bmi, systolic, diastolic, pulse, spo2, cholesterol, blood sugar, uric acid, sbp,
        dbp, body weight, body height, body temp, bmi value, pulse rate, systolic pressure,
        diastolic pressure, sys bp, dia bp, bp, fasting glucose, resp rate, respiratory rate, blood oxygen,
        oxygen saturation, waist, waistline, vision left, vision right, hemoglobin, hba1c, triglyceride,
        weight in kg, height in cm, body fat, bp|blood_pressure|systolic|diastolic|heart_rate|pulse|
        blood_glucose|blood_sugar|glucose|bmi|body_temp|body_weight|body_height|spo2|oxygen|cholesterol|
        hba1c|creatinine|hemoglobin|triglyceride|uric_acid|wbc|rbc|platelet|hdl|ldl|eye_pressure|
        lung_capacity|body_fat reading|value|measure|measurement|level|result|rate|mmhg, vital_signs|vitals|
        lab_value|lab_result_value|stature|hip|waist|eyesight|vision|visual_acuity|weight_kg|height_cm|
        wt_kg|ht_cm|pulse_bpm|hr_bpm
        """
    ),
    py=terms(
        """
        sg, tz, xy, xt_no, xueya, xuetang, tiwen, xl_hr, ssy, szy, shengao, tizhong, xinlv, kfxt, shousuoya,
        shuzhangya, xueyang, maibo
        """
    ),
    match=regex(r"^(?:[89][0-9]|1[0-9]{2}|2[0-4][0-9])/(?:[4-9][0-9]|1[0-3][0-9])(?: ?mmHg)?$"),
    fits=either(number(0.1, 500), regex(r"^[0-9.]{2,6}(?:/[0-9]{2,3})? ?(?:cm|kg|mmHg|mmol/L|℃|bpm)?$")),
    fits_of=_OF_A_PERSON,
    alone=0.6,
    strict=True,
    with_header=0.6,
    of_things=True,
)
