/** Fields of an inpatient front page (住院病案首页), and the headings that systems give them; the first is that of the upload tables. */
export const COLUMNS = {
  recordNo: ['BAH', '病案号'],
  stayNo: ['ZYCS', '住院次数'],
  name: ['BRXM', 'XM', '姓名', '患者姓名'],
  sex: ['XB', '性别'],
  bornOn: ['CSRQ', '出生日期'],
  idNumber: ['SFZJHM', 'SFZH', '身份证号', '证件号码'],
  healthCard: ['JKKH', '健康卡号'],
  phone: ['DH', '电话', '联系电话'],
  address: ['XZZ', '现住址'],
  division: ['XZZDM', 'XZZXZQH', '现住址区划代码'],
  postcode: ['XZZYB', '现住址邮编'],
  payment: ['YLFKFS', '医疗付费方式'],
  wayIn: ['RYTJ', '入院途径'],
  admittedAt: ['RYRQ', 'RYSJ', '入院时间', '入院日期'],
  departmentIn: ['RYKBDM', 'RYKB', '入院科别'],
  dischargedAt: ['CYRQ', 'CYSJ', '出院时间', '出院日期'],
  departmentOut: ['CYKBDM', 'CYKB', '出院科别'],
  firstName: ['MJZZD', 'MZZD', '门急诊诊断'],
  firstCode: ['JBBM', '门急诊诊断编码'],
  mainName: ['CYSZYZD', 'ZYZD', '出院主要诊断'],
  mainCode: ['JBDM', '主要诊断编码'],
  mainOnAdmission: ['RYBQ', '入院病情'],
  wayOut: ['LYFS', '离院方式'],
  total: ['ZFY', '总费用'],
  own: ['ZFJE', '自付金额'],
} as const satisfies Readonly<Record<string, readonly string[]>>
export type Column = keyof typeof COLUMNS

/** Columns without which a line is no stay. */
export const NEEDED: readonly Column[] = ['recordNo', 'stayNo', 'name', 'sex', 'bornOn', 'admittedAt', 'dischargedAt', 'mainCode']

/** Numbered columns: other diagnoses with what they were at admission, operations with code, name, day and level. */
export const SERIES = {
  otherName: /^(?:CYSQTZD|QTZD|其他诊断)(\d{1,2})$/,
  otherCode: /^(?:JBDM|其他诊断编码)(\d{1,2})$/,
  otherOnAdmission: /^(?:RYBQ|其他诊断入院病情)(\d{1,2})$/,
  operationCode: /^(?:SSJCZBM|手术操作编码)(\d{1,2})$/,
  operationName: /^(?:SSJCZMC|手术操作名称)(\d{1,2})$/,
  operationOn: /^(?:SSJCZRQ|手术操作日期)(\d{1,2})$/,
  operationLevel: /^(?:SHJB|SSJB|手术级别)(\d{1,2})$/,
} as const satisfies Readonly<Record<string, RegExp>>
export type SeriesColumn = keyof typeof SERIES

/** Fee lines, as the page of 2011 has them (from memory: 卫医政发〔2011〕84号), with their headings in the upload tables. */
export const FEES: Readonly<Record<string, string>> = {
  YLFUF: '一般医疗服务费',
  ZLCZF: '一般治疗操作费',
  HLF: '护理费',
  QTFY: '综合医疗服务其他费用',
  BLZDF: '病理诊断费',
  SYSZDF: '实验室诊断费',
  YXXZDF: '影像学诊断费',
  LCZDXMF: '临床诊断项目费',
  FSSZLXMF: '非手术治疗项目费',
  WLZLF: '临床物理治疗费',
  SSZLF: '手术治疗费',
  MAF: '麻醉费',
  SSF: '手术费',
  KFF: '康复费',
  ZYZLF: '中医治疗费',
  XYF: '西药费',
  KJYWF: '抗菌药物费',
  ZCYF: '中成药费',
  ZCYF1: '中草药费',
  XF: '血费',
  BDBLZPF: '白蛋白类制品费',
  QDBLZPF: '球蛋白类制品费',
  NXYZLZPF: '凝血因子类制品费',
  XBYZLZPF: '细胞因子类制品费',
  HCYYCLF: '检查用一次性材料费',
  YYCLF: '治疗用一次性材料费',
  YCXYYCLF: '手术用一次性材料费',
  QTF: '其他费',
}

/** Codes of the page (from memory, as above), with their words. */
export const PAYMENTS: Readonly<Record<string, string>> = {
  '1': '城镇职工基本医疗保险',
  '2': '城镇居民基本医疗保险',
  '3': '新型农村合作医疗',
  '4': '贫困救助',
  '5': '商业医疗保险',
  '6': '全公费',
  '7': '全自费',
  '8': '其他社会保险',
  '9': '其他',
}
export const WAYS_IN: Readonly<Record<string, string>> = { '1': '急诊', '2': '门诊', '3': '其他医疗机构转入', '9': '其他' }
export const WAYS_OUT: Readonly<Record<string, string>> = {
  '1': '医嘱离院',
  '2': '医嘱转院',
  '3': '医嘱转社区卫生服务机构/乡镇卫生院',
  '4': '非医嘱离院',
  '5': '死亡',
  '9': '其他',
}
export const ON_ADMISSION: Readonly<Record<string, string>> = { '1': '有', '2': '临床未确定', '3': '情况不明', '4': '无' }
