type Tier = 'village' | 'township' | 'county' | 'city' | 'province'
type Urgency = 'routine' | 'soon' | 'urgent' | 'emergency'
export type ConditionSeed = { key: string; zh: string; en: string; aliases: string[]; icd10: string[]; specialty: string; lowestTier: Tier; urgency: Urgency; source: string }

// key | zh | en | aliases | ICD-10 | specialty | lowest tier | urgency. Written from open clinical knowledge: editorial, to be
// replaced by the region's own 疾病分级诊疗目录. The criteria of hypertension, diabetes, COPD, coronary disease and stroke
// follow the national county guides as far as the domain facts quote them.
const TABLE = `
hypertension-stable|高血压(稳定期)|Hypertension, stable|血压高,原发性高血压|I10|0200|village|routine
hypertension-uncontrolled|高血压(控制不佳)|Hypertension, not controlled|难治性高血压,血压降不下来,3级高血压|I10-I15|0304|county|soon
hypertensive-emergency|高血压急症|Hypertensive emergency|血压180,高血压危象|I10,I16|2000|county|emergency
diabetes-stable|2型糖尿病(稳定期)|Type 2 diabetes, stable|血糖高,消渴|E11|0200|township|routine
diabetes-uncontrolled|2型糖尿病(控制不佳)|Type 2 diabetes, not controlled|血糖控制不好|E11|0307|county|soon
diabetic-ketoacidosis|糖尿病酮症酸中毒|Diabetic ketoacidosis|酮症|E10.1,E11.1|2000|county|emergency
diabetic-foot|糖尿病足|Diabetic foot|烂脚|E11.5|0307|county|soon
copd-stable|慢阻肺(稳定期)|COPD, stable|老慢支,肺气肿|J44|0200|township|routine
copd-exacerbation|慢阻肺急性加重|COPD exacerbation|喘得厉害|J44.0-J44.1|0301|county|urgent
asthma|支气管哮喘|Asthma|哮喘|J45|0301|county|soon
pneumonia|肺炎|Pneumonia|肺部感染|J12-J18|0301|township|urgent
upper-respiratory|上呼吸道感染|Upper respiratory infection|感冒,咽喉炎|J00-J06|0200|village|routine
bronchitis|急性支气管炎|Acute bronchitis|支气管炎|J20-J21|0200|township|routine
tuberculosis|肺结核|Pulmonary tuberculosis|痨病|A15-A16|1700|county|soon
angina-stable|稳定性心绞痛|Stable angina|冠心病|I20.8,I25|0304|county|soon
acute-coronary|急性冠脉综合征|Acute coronary syndrome|心梗,胸痛,心肌梗死|I20.0,I21|2000|county|emergency
heart-failure|心力衰竭|Heart failure|心衰|I50|0304|county|urgent
arrhythmia|心律失常|Arrhythmia|心慌,房颤|I47-I49|0304|county|soon
stroke-acute|急性脑卒中|Acute stroke|中风,脑梗,偏瘫|I60-I64|2000|county|emergency
stroke-recovery|脑卒中恢复期|Stroke, recovery|中风后遗症,康复|I69|2100|township|routine
tia|短暂性脑缺血发作|Transient ischaemic attack|小中风|G45|0303|county|urgent
epilepsy|癫痫|Epilepsy|羊癫疯|G40-G41|0303|county|soon
headache|头痛待查|Headache|头疼|R51,G43-G44|0303|county|routine
vertigo|眩晕|Vertigo|头晕|R42,H81|0303|county|routine
gastritis|慢性胃炎|Chronic gastritis|胃痛,胃病|K29|0302|township|routine
peptic-ulcer|消化性溃疡|Peptic ulcer|胃溃疡|K25-K27|0302|county|soon
gi-bleeding|消化道出血|Gastrointestinal bleeding|呕血,黑便|K92.2|2000|county|emergency
hepatitis-b|慢性乙型肝炎|Chronic hepatitis B|乙肝|B18.1|1600|county|routine
cirrhosis|肝硬化|Cirrhosis|肝腹水|K74|0302|county|soon
cholecystitis|胆囊炎/胆石症|Cholecystitis or gallstones|胆结石|K80-K81|0401|county|urgent
appendicitis|急性阑尾炎|Acute appendicitis|盲肠炎,右下腹痛|K35|0401|county|urgent
hernia|腹股沟疝|Inguinal hernia|疝气|K40|0401|county|routine
kidney-stone|泌尿系结石|Urinary stones|肾结石|N20-N22|0404|county|soon
chronic-kidney|慢性肾脏病|Chronic kidney disease|肾病,肾功能不全|N18|0306|county|soon
urinary-infection|泌尿道感染|Urinary tract infection|尿频尿急|N39.0|0200|township|routine
prostate|前列腺增生|Prostatic hyperplasia|尿不出|N40|0404|county|routine
fracture|骨折|Fracture|摔伤,骨裂|S52,S72,S82|0403|county|urgent
disc|腰椎间盘突出|Lumbar disc herniation|腰痛,坐骨神经痛|M51|0403|county|routine
osteoarthritis|骨关节炎|Osteoarthritis|膝盖痛|M15-M19|0403|township|routine
severe-trauma|严重创伤|Severe trauma|车祸,多发伤|T07|2000|county|emergency
head-injury|颅脑损伤|Head injury|头部外伤|S06|0402|county|emergency
pregnancy-normal|正常妊娠产检|Antenatal care|产检,怀孕|Z34|0502|township|routine
pregnancy-high-risk|高危妊娠|High-risk pregnancy|妊娠高血压,高龄产妇|O10-O16|0502|county|urgent
obstetric-emergency|产科急症|Obstetric emergency|大出血,子痫|O15,O72|2000|county|emergency
gynaecology|妇科炎症/月经异常|Gynaecological complaints|白带,月经不调|N70-N94|0501|county|routine
newborn-critical|危重新生儿|Critical newborn|早产儿|P07,P22|0701|city|emergency
child-fever|儿童发热|Fever in a child|小孩发烧|R50|0700|township|soon
child-pneumonia|儿童肺炎|Pneumonia in a child|小儿肺炎|J12-J18|0700|county|urgent
cataract|白内障|Cataract|眼睛看不清|H25|1000|county|routine
glaucoma-acute|急性青光眼|Acute glaucoma|眼胀痛|H40.2|1000|county|emergency
otitis|中耳炎|Otitis media|耳朵流脓|H65-H66|1100|county|routine
dental|龋齿/牙周病|Dental disease|牙痛|K02,K05|1200|township|routine
dermatitis|湿疹/皮炎|Dermatitis|皮肤痒|L20-L30|1300|county|routine
depression|抑郁障碍|Depression|情绪低落,失眠|F32-F33|1500|city|soon
schizophrenia|精神分裂症|Schizophrenia|精神病|F20|1500|city|urgent
lung-cancer|肺癌|Lung cancer|肺部肿块|C34|1900|city|soon
breast-cancer|乳腺癌|Breast cancer|乳房肿块|C50|1900|city|soon
colorectal-cancer|结直肠癌|Colorectal cancer|便血|C18-C20|1900|city|soon
liver-cancer|肝癌|Liver cancer|肝脏肿块|C22|1900|city|soon
leukaemia|白血病|Leukaemia|血癌|C91-C95|0305|city|urgent
heart-surgery|需心脏手术的心脏病|Heart disease needing surgery|心脏瓣膜病,先心病|I34-I37,Q20-Q24|0406|city|soon
transplant|器官移植评估|Transplant assessment|换肾,换肝|Z94|0404|province|soon
sepsis|脓毒症|Sepsis|败血症|A40-A41|2800|county|emergency
rehabilitation|术后/病后康复|Rehabilitation|康复|Z50|2100|township|routine
hospice|安宁疗护|Hospice care|临终关怀|Z51.5|2400|county|routine
health-check|健康体检/随访|Health check|体检|Z00|0100|village|routine
`

/** Condition groups with the lowest level that may treat each (疾病分级诊疗目录, editorial). */
export const CONDITIONS: readonly ConditionSeed[] = TABLE.trim()
  .split('\n')
  .map((line) => {
    const [key = '', zh = '', en = '', aliases = '', icd10 = '', specialty = '', lowestTier = '', urgency = ''] = line.split('|')
    return {
      key,
      zh,
      en,
      aliases: aliases.split(','),
      icd10: icd10.split(','),
      specialty,
      lowestTier: lowestTier as Tier,
      urgency: urgency as Urgency,
      source: 'editorial',
    }
  })
