/**
 * One condition a line: key | zh | en | aliases | ICD-10 | specialty | lowest tier | urgency | source.
 * Rows of source `editorial` are our own choice of tier, made after the five-level goal, and claim no clinical authority.
 */
export const CONDITION_TABLE = `
hypertension | 高血压(稳定期) | Hypertension, stable | 血压高,原发性高血压 | I10 | 0200 | village | routine | 县域慢病管理方案: 村卫生室随访
hypertension-uncontrolled | 高血压控制不佳 | Hypertension, not controlled | 血压降不下来,难治性高血压,3级高血压 | I10-I15 | 0304 | county | soon | 国家基层高血压防治管理指南: 随访转诊
type-2-diabetes | 2型糖尿病(稳定期) | Type 2 diabetes, stable | 糖尿病,血糖高 | E11 | 0200 | village | routine | 县域慢病管理方案: 村卫生室随访
type-2-diabetes-uncontrolled | 2型糖尿病血糖不达标 | Type 2 diabetes, not at target | 血糖控制不好,血糖降不下来 | E11 | 0307 | county | soon | 国家基层糖尿病防治管理指南: 上转
upper-respiratory-infection | 上呼吸道感染 | Upper respiratory infection | 感冒,咽痛,鼻塞 | J00-J06 | 0200 | village | routine | editorial
acute-gastroenteritis | 急性胃肠炎 | Acute gastroenteritis | 腹泻,拉肚子 | A09,K52 | 0200 | village | soon | editorial
low-back-pain | 腰痛 | Low back pain | 腰肌劳损 | M54 | 0200 | village | routine | editorial
minor-wound | 浅表外伤 | Minor wound | 擦伤,小伤口 | T14.0,T14.1 | 0200 | village | soon | editorial
headache | 头痛 | Headache | 偏头痛,紧张性头痛 | R51,G43-G44 | 0200 | village | routine | editorial
old-age-checkup | 老年人健康体检 | Check-up of the elderly | 体检 | Z00 | 0100 | village | routine | 国家基本公共卫生服务规范(第三版)
vaccination | 预防接种 | Vaccination | 打疫苗 | Z23-Z27 | 0100 | township | routine | 国家基本公共卫生服务规范(第三版)
copd | 慢性阻塞性肺疾病 | Chronic obstructive pulmonary disease | 慢阻肺,老慢支 | J44 | 0301 | township | routine | 县域慢病管理方案: 乡镇治疗轻中度急性加重
bronchitis | 急性支气管炎 | Acute bronchitis | 支气管炎,咳嗽 | J20-J21 | 0300 | township | soon | editorial
gastritis | 慢性胃炎 | Chronic gastritis | 胃痛,胃炎 | K29 | 0300 | township | routine | editorial
urinary-infection | 泌尿道感染 | Urinary tract infection | 尿频,尿急 | N30,N39.0 | 0300 | township | soon | editorial
anaemia | 缺铁性贫血 | Iron deficiency anaemia | 贫血 | D50 | 0300 | township | routine | editorial
child-fever | 儿童发热 | Fever in a child | 小儿发烧 | R50 | 0700 | township | soon | editorial
child-diarrhoea | 小儿腹泻 | Diarrhoea in a child | 小儿腹泻病 | A08 | 0700 | township | soon | editorial
hand-foot-mouth | 手足口病 | Hand, foot and mouth disease | 手足口 | B08.4 | 0700 | township | soon | editorial
caries | 龋齿 | Dental caries | 牙痛,蛀牙 | K02,K04 | 1200 | township | routine | editorial
shoulder-neck-pain | 颈肩痛 | Neck and shoulder pain | 颈椎病,肩周炎 | M47,M75 | 5000 | township | routine | editorial
facial-palsy | 周围性面瘫 | Peripheral facial palsy | 面瘫,贝尔麻痹 | G51 | 5000 | township | soon | editorial
stroke-sequelae | 脑卒中后遗症 | Sequelae of stroke | 中风后遗症,偏瘫康复 | I69 | 2100 | township | routine | 双向转诊下转标准: 需康复护理
soft-tissue-infection | 皮肤软组织感染 | Soft tissue infection | 疖,痈,蜂窝织炎 | L02-L03 | 0400 | township | soon | editorial
child-development | 儿童生长发育评估 | Child growth assessment | 儿保 | Z00.1 | 0900 | township | routine | 国家基本公共卫生服务规范(第三版)
normal-pregnancy | 正常妊娠 | Normal pregnancy | 产检,怀孕 | Z34 | 0500 | township | routine | 孕产妇妊娠风险评估: 绿色
coronary-heart-disease | 冠心病 | Coronary heart disease | 心绞痛,冠状动脉粥样硬化 | I20,I25 | 0304 | county | soon | 县域慢病管理方案: 县级确诊
heart-failure | 心力衰竭 | Heart failure | 心衰,心功能不全 | I50 | 0304 | county | urgent | editorial
atrial-fibrillation | 心房颤动 | Atrial fibrillation | 房颤,心律失常 | I48 | 0304 | county | soon | editorial
acute-myocardial-infarction | 急性心肌梗死 | Acute myocardial infarction | 心梗,胸痛 | I21-I22 | 0304 | county | emergency | 胸痛中心
stroke | 急性脑卒中 | Acute stroke | 中风,脑梗死,脑出血 | I60-I64 | 0303 | county | emergency | 卒中中心
transient-ischaemic-attack | 短暂性脑缺血发作 | Transient ischaemic attack | 小中风 | G45 | 0303 | county | urgent | 双向转诊上转标准
epilepsy | 癫痫 | Epilepsy | 羊癫疯 | G40-G41 | 0303 | county | soon | editorial
pneumonia | 社区获得性肺炎 | Community-acquired pneumonia | 肺炎 | J12-J18 | 0301 | county | urgent | editorial
copd-severe-exacerbation | 慢阻肺重度急性加重 | Severe exacerbation of COPD | 呼吸衰竭 | J44.1,J96 | 0301 | county | emergency | 县域慢病管理方案: 县级治疗重症
asthma | 支气管哮喘 | Asthma | 哮喘 | J45 | 0301 | county | soon | editorial
peptic-ulcer | 消化性溃疡 | Peptic ulcer | 胃溃疡,十二指肠溃疡 | K25-K27 | 0302 | county | soon | editorial
gastrointestinal-bleeding | 消化道出血 | Gastrointestinal bleeding | 呕血,黑便 | K92 | 0302 | county | emergency | editorial
cirrhosis | 肝硬化 | Cirrhosis of the liver | 肝腹水 | K74 | 0302 | county | soon | editorial
chronic-kidney-disease | 慢性肾脏病 | Chronic kidney disease | 肾功能不全,慢性肾病 | N18 | 0306 | county | soon | editorial
diabetic-complication | 糖尿病慢性并发症 | Chronic complication of diabetes | 糖尿病肾病,糖尿病足 | E11.2-E11.7 | 0307 | county | soon | 国家基层糖尿病防治管理指南: 上转
hyperthyroidism | 甲状腺功能亢进症 | Hyperthyroidism | 甲亢 | E05 | 0307 | county | soon | editorial
appendicitis | 急性阑尾炎 | Acute appendicitis | 阑尾炎,右下腹痛 | K35 | 0401 | county | emergency | editorial
gallstones | 胆囊结石 | Gallstones | 胆结石,胆囊炎 | K80-K81 | 0401 | county | soon | editorial
inguinal-hernia | 腹股沟疝 | Inguinal hernia | 疝气 | K40 | 0401 | county | routine | editorial
fracture | 四肢骨折 | Fracture of a limb | 骨折 | S42,S52,S72,S82 | 0403 | county | urgent | editorial
disc-disease | 腰椎间盘突出症 | Lumbar disc disease | 椎间盘突出,坐骨神经痛 | M50-M51 | 0403 | county | routine | editorial
urinary-stones | 泌尿系结石 | Urinary stones | 肾结石,输尿管结石 | N20-N22 | 0404 | county | soon | editorial
head-injury | 颅脑损伤 | Head injury | 脑外伤 | S06 | 0402 | county | emergency | 创伤中心
uterine-fibroid | 子宫肌瘤 | Uterine fibroid | 肌瘤 | D25 | 0501 | county | routine | editorial
high-risk-pregnancy | 高危妊娠 | High-risk pregnancy | 妊娠期高血压,妊娠期糖尿病 | O10-O16,O24 | 0502 | county | urgent | 孕产妇妊娠风险评估: 橙色至县级以上危重中心
neonatal-jaundice | 新生儿黄疸 | Neonatal jaundice | 黄疸 | P59 | 0701 | county | urgent | editorial
cataract | 白内障 | Cataract | 视物模糊 | H25-H26 | 1000 | county | routine | editorial
hearing-loss | 突发性耳聋 | Sudden hearing loss | 突聋,听力下降 | H91 | 1100 | county | urgent | editorial
psoriasis | 银屑病 | Psoriasis | 牛皮癣 | L40 | 1300 | county | routine | editorial
viral-hepatitis | 病毒性肝炎 | Viral hepatitis | 乙肝,丙肝 | B15-B19 | 1600 | county | soon | editorial
tuberculosis | 肺结核 | Pulmonary tuberculosis | 结核病,痨病 | A15-A16 | 1700 | county | soon | 国家基本公共卫生服务规范(第三版): 定点医院
severe-mental-disorder | 严重精神障碍 | Severe mental disorder | 精神分裂症,双相障碍 | F20,F22,F25,F31 | 1500 | city | urgent | 国家基本公共卫生服务规范(第三版)
rheumatoid-arthritis | 类风湿关节炎 | Rheumatoid arthritis | 类风湿 | M05-M06 | 0308 | city | soon | editorial
leukaemia | 白血病 | Leukaemia | 血癌 | C91-C95 | 0305 | city | urgent | editorial
lung-cancer | 肺癌 | Lung cancer | 肺部肿瘤,肺结节 | C34 | 0405 | city | soon | editorial
solid-tumour | 恶性实体肿瘤 | Malignant solid tumour | 癌症,胃癌,肝癌,肠癌 | C15-C26,C50 | 1900 | city | soon | editorial
valve-surgery | 心脏瓣膜病手术 | Heart valve surgery | 瓣膜置换 | I34-I37 | 0406 | city | soon | editorial
extensive-burn | 大面积烧伤 | Extensive burn | 烧伤,烫伤 | T29-T31 | 0407 | city | emergency | editorial
infertility | 不孕不育 | Infertility | 不孕症,试管婴儿 | N97 | 0505 | city | routine | editorial
congenital-heart-disease | 小儿先天性心脏病 | Congenital heart disease in a child | 先心病 | Q20-Q26 | 0705 | province | soon | editorial
child-leukaemia | 儿童血液肿瘤 | Blood cancer in a child | 小儿白血病 | C91.0 | 0707 | province | urgent | editorial
`
