"""Medical record, outpatient and inpatient numbers."""

from classifiers._cell_tests import either, masked, regex
from classifiers._recognizer import Recognizer, terms

RECOGNIZER = Recognizer(
    type="medical_record_no",
    zh=terms(
        """
        病历号, 门诊号, 住院号, 病案号, 就诊号, 诊疗卡号, 就诊卡号, 患者编号, 病人编号, 患者ID, 登记号,
        病历编号, 住院流水号, 门诊流水号, 就诊流水号, 病历卡号, 病案编号, 病案号码, 住院编号, 门诊编号,
        门诊病历号, 患者号, 患者卡号, 病人号, 病人ID, 诊疗号, 挂号单号, 检查号, 体检编号, 体检号, 就诊编号,
        影像号, 病理号, 化验单号, 健康档案号, 健康档案编号, 就诊序号, 登记流水号, 病案|病历|病志|门诊|住院|
        急诊|就诊|挂号|诊疗|患者|病人|病员|体检|影像检查|检验|化验|标本|健康档案|电子病历|孕产妇保健|
        透析+号|编号|号码|卡号|登记号|档案号, 床位患者号|MRN号|EMPI号|患者主索引|就医号|病案首页号
        """
    ),
    en=terms(
        """
        medical record no, mrn, patient no, medical record, patient id, inpatient no, outpatient no,
        ?record no, ?case no, ?visit no, medical no, admission no, hospital no, medical record number,
        patient number, clinic no, med rec no, medrec no, clinic id, patient code, patient card no,
        inpatient id, outpatient id, hospitalization no, hosp no, admission number, medical record id,
        medical card, chart no, inpatient number, patient record no, emr no, inp no, outp no,
        medical_record|med_record|inpatient|outpatient|emergency|hospital|hospitalization|clinic|clinical|
        chart|case_history|medical_case|health_record|ehr|emr|empi|mrn|opd|ipd|specimen|pathology|
        radiology no|number|id|code|card_no|file_no|chart_no,
        patient|medical master_index|file|file_no|chart
        """
    ),
    py=terms(
        """
        blh, mzh, zyh, bah, jzh, hzbh, bingli, binglihao, jzkh, zylsh, mzlsh, jzlsh, blbh, babh, zyhm, mzhm,
        blkh, jzbh, hzkh, hzid, brid, brbh, brh, tjbh, zlkh, jkdah
        """
    ),
    fits=either(regex(r"^[A-Za-z]{0,4}[-_]?[0-9]{4,20}$"), masked),
    with_header=0.4,
)
