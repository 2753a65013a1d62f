"""Diagnoses, complaints and medical histories in words."""

from classifiers import lexicon
from classifiers._cell_tests import regex, where_seen
from classifiers._recognizer import Recognizer, terms

# Many names end in the same characters: 肾病, 强迫症, 骨髓炎, 淋巴瘤, 带状疱疹.
_ENDING = (
    r"\p{Han}(?:病|症|炎|癌|瘤|疹|疮|癣|痔|疝|疖|痛|痒|麻木|狼疮)"
    r"(?:$|[^\p{Han}]|伴|术后|可能|待查|[ⅠⅡⅢⅣ]|[0-9]期|急性|慢性|史)"
)
_DISEASE = rf"(?:{lexicon.alternation('diseases')}|{_ENDING})"

RECOGNIZER = Recognizer(
    type="diagnosis_text",
    zh=terms(
        """
        诊断, 主诉, 现病史, 既往史, 病史, 过敏史, 诊断名称, 临床诊断, 出院诊断, 入院诊断, 初步诊断,
        疾病诊断, 家族史, 诊断结果, 病情描述, 治疗史, 诊断描述, 症状, 症状描述, 体检结果, 健康状况,
        主要诊断, 主诊断, 门诊诊断, 既往病史, 疾病史, 个人病史, 入院情况, 出院情况, 病情, 体征描述, 病症,
        疾病, 疾病名, 医生诊断, 确诊疾病, 并发症, 病理诊断, 影像诊断, 检查结果, 检查所见, 诊断意见,
        诊断内容, 次要诊断, 其他诊断, 诊断说明, 手术史, 慢性病, 慢病名称, 病因, 死因, 患病情况, 残疾情况,
        就诊原因, 就医原因, 病种, 疾病|病情|患病|发病|就诊|临床|中医|西医|初步|术前|术后|最终|确定|主要|
        次要|出院|入院|门诊|急诊|病理|影像|超声|检验|心理+诊断|诊断名称|诊断结果|诊断描述|印象, 手术|过敏|
        药物过敏|疫苗接种|住院|外伤|输血|婚育|生育|月经|家族遗传|传染病|慢性病|既往疾病|个人疾病|家族+史|
        病史, 手术名称|手术记录|麻醉记录|护理记录|病程记录|入院记录|出院小结|出院记录|病历摘要|诊疗经过|
        诊疗记录|就诊记录|查体所见|检查结论|检验结论|症状体征|不适症状|过敏原|过敏药物|过敏源|病史摘要|
        体检结论|体检异常项
        """
    ),
    en=terms(
        """
        diagnosis, chief complaint, diag desc, history of present illness, past history, medical history,
        allergies, allergy, diagnosis name, diag name, diagnosis desc, clinical diagnosis, symptom,
        symptoms, illness, history of treatment, disease, disease name, family history, discharge diagnosis,
        check result, test result, health checkup, dise str list, priliminary dise, definite dise,
        present illness, ?diag, main diag, main diagnosis, primary diagnosis, admission diagnosis,
        admit diag, diag result, diagnosis result, diagnosis text, symptom desc, illness desc, disease desc,
        past medical history, clinical diag, complaint, patient condition, condition desc, chronic disease,
        pathology diagnosis, final diagnosis, outpatient diagnosis, diag content, present history,
        complication, cause of death, medical condition, clinical|final|working|provisional|preliminary|
        differential|secondary|principal|preoperative|postoperative|tcm|admitting|discharge|medical|
        psychiatric diagnosis|dx|impression|diag, surgical|surgery|allergy|drug_allergy|immunization|
        obstetric|menstrual|social_medical|vaccination|health|illness|disease history|hx|record,
        operation_note|progress_note|nursing_note|nursing_record|discharge_summary|admission_note|
        medical_note|clinical_note|physical_exam|exam_finding|lab_finding|allergen|drug_allergies|
        reason_for_visit|presenting_complaint|health_condition|underlying_disease|comorbidity|comorbidities|
        medical_conditions|disease_description
        """
    ),
    py=terms(
        """
        zd, zs, xbs, jws, zdmc, zdjg, lczd, bingshi, bqms, gms, cyzd, ryzd, zyzd, mzzd, bqmsh, jwbs, cbzd,
        jbmc, zhusu, xianbingshi, jiwangshi, zdms, zdnr, zznr, zdyj, jzyy
        """
    ),
    match=regex(_DISEASE),
    fits=where_seen(regex(r"\p{Han}{2,}"), regex(_DISEASE), share=0.03),
    alone=0.5,
    with_header=0.25,
)
