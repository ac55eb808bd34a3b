/** How a cell of a table of discharges is read. */
export type CellKind = 'text' | 'day' | 'number' | 'yuan' | 'codes' | 'treatment' | 'illness' | 'tumour' | 'sex' | 'yes-no'

/** A column of a table of discharges: its field, what a heading may call it, and whether a row may leave it empty. */
export type DischargeColumn = {
  readonly field: string
  readonly zh: string
  readonly en: string
  readonly kind: CellKind
  readonly isRequired: boolean
}

const column = (field: string, zh: string, en: string, kind: CellKind, isRequired = true): DischargeColumn => ({
  field,
  zh,
  en,
  kind,
  isRequired,
})

/** The columns of a table of discharges, in any order, under the Chinese or the English heading. Amounts are in yuan. */
export const DISCHARGE_COLUMNS: readonly DischargeColumn[] = [
  column('org', '机构编号', 'institution', 'text'),
  column('number', '病例号', 'number', 'text'),
  column('dischargedOn', '出院日期', 'discharged on', 'day'),
  column('diagnosis', '主要诊断编码', 'diagnosis', 'text'),
  column('zh', '主要诊断名称', 'diagnosis name', 'text'),
  column('procedures', '手术操作编码', 'procedures', 'codes', false),
  column('treatment', '治疗方式', 'treatment', 'treatment'),
  column('days', '住院天数', 'days', 'number'),
  column('costFen', '总费用', 'cost', 'yuan'),
  column('claimedFen', '基金申报', 'claimed', 'yuan'),
  column('ageYears', '年龄', 'age', 'number'),
  column('ageDays', '年龄天数', 'age in days', 'number', false),
  column('comorbidity', '合并症指数', 'comorbidity', 'number', false),
  column('illness', '病情分级', 'illness', 'illness', false),
  column('tumour', '肿瘤分级', 'tumour', 'tumour', false),
  column('intensiveCareDays', '重症监护天数', 'intensive care days', 'number', false),
  column('personCode', '人员代码', 'person code', 'text', false),
  column('sex', '性别', 'sex', 'sex', false),
  column('returnPlanned', '有计划再住院', 'return planned', 'yes-no', false),
] // prettier-ignore

/** What a hospital may write instead of a code. */
export const CELL_WORDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  treatment: { 保守治疗: 'conservative', 保守: 'conservative', 诊断性操作: 'diagnostic', 治疗性操作: 'therapeutic', 手术: 'surgical', 相关手术: 'surgical' },
  sex: { 男: 'male', 女: 'female' },
  illness: { 轻: 'light', 器官功能受损: 'organ', 衰竭: 'failure', 死亡: 'death' },
  tumour: { 其他: 'other', 器官: 'organ', 转移: 'metastasis', 衰竭: 'failure', 药物: 'drug', 治疗: 'treatment', 死亡: 'death' },
} // prettier-ignore
