import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DISCHARGE_COLUMNS } from './discharge-columns.ts'
import { readDischarges } from './discharge-table.ts'

const HEADING = DISCHARGE_COLUMNS.map(({ zh }) => zh).join(',')
const ROW = '10,A-1,2025/3/1,K35.900x002,急性阑尾炎,47.0100;54.2100,手术,6,12345.60,9000,34,,2,轻,,,YB-000001,女,否'
const row = (more: Readonly<Record<string, string>>): string => {
  const cells = ROW.split(',')
  for (const [zh, cell] of Object.entries(more)) cells[DISCHARGE_COLUMNS.findIndex((one) => one.zh === zh)] = cell
  return cells.join(',')
}
const table = (...rows: readonly string[]): string => [HEADING, ...rows].join('\r\n')

test('a row is read as the form takes it: yuan as fen, days however they are written, words for grades', () => {
  for (const day of ['2025-03-01', '2025/3/1', '20250301', '2025年3月1日', '２０２５-０３-０１']) {
    const { rows, faults } = readDischarges(table(row({ 出院日期: day })))
    assert.deepEqual(faults, [], day)
    const { procedures, treatment, costFen, claimedFen, dischargedOn, illness, ageDays, tumour, personCode, sex, returnPlanned } =
      rows[0]?.given ?? ({} as never)
    assert.deepEqual([personCode, sex, returnPlanned], ['YB-000001', 'female', false])
    assert.deepEqual(
      [procedures, treatment, costFen, claimedFen, dischargedOn, illness, ageDays, tumour],
      [['47.0100', '54.2100'], 'surgical', 1_234_560, 900_000, '2025-03-01', 'light', null, null],
    )
  }
})

test('columns may stand in any order, in English, with units behind and a mark before; tabs do as well', () => {
  const english = DISCHARGE_COLUMNS.filter(({ isRequired }) => isRequired).toReversed()
  const cells: Readonly<Record<string, string>> = { org: '10', number: 'B-1', dischargedOn: '2025-01-31', diagnosis: 'I10.x05', zh: '高血压3级', treatment: 'conservative', days: '7', costFen: '100', claimedFen: '60.5', ageYears: '71' } // prettier-ignore
  const text = `\uFEFF${english.map(({ en, kind }) => (kind === 'yuan' ? `${en} (yuan)` : en)).join('\t')}\n${english.map(({ field }) => cells[field] ?? '').join('\t')}\n\n`
  const { rows, faults } = readDischarges(text)
  assert.deepEqual(faults, [])
  assert.deepEqual([rows.length, rows[0]?.line, rows[0]?.given.claimedFen, rows[0]?.given.procedures], [1, 2, 6_050, []])
})

const WRONG: readonly (readonly [more: Readonly<Record<string, string>>, column: string, says: RegExp])[] = [
  [{ 出院日期: '2025-02-30' }, '出院日期', /2025-02-30.*日期/],
  [{ 主要诊断编码: 'k35' }, '主要诊断编码', /ICD-10/],
  [{ 手术操作编码: '47.0100;阑尾切除' }, '手术操作编码', /ICD-9-CM-3/],
  [{ 治疗方式: '开刀' }, '治疗方式', /开刀.*保守治疗/],
  [{ 总费用: '12345.678' }, '总费用', /两位小数/],
  [{ 总费用: '-5' }, '总费用', /元/],
  [{ 基金申报: '99999' }, '基金申报', /不能多于总费用/],
  [{ 住院天数: '六' }, '住院天数', /整数/],
  [{ 病例号: '' }, '病例号', /没有填/],
  [{ 机构编号: 'X' }, '机构编号', /编号/],
  [{ 病情分级: '重' }, '病情分级', /器官功能受损/],
  [{ 人员代码: '430321196001011234' }, '人员代码', /不能填身份证号/],
  [{ 性别: '不详' }, '性别', /男、女/],
  [{ 有计划再住院: '也许' }, '有计划再住院', /是 或 否/],
]
for (const [more, column, says] of WRONG)
  test(`a bad row says its line, its column and what to do: ${Object.entries(more).flat().join(' ')}`, () => {
    const { rows, faults } = readDischarges(table(row({}), row(more)))
    assert.equal(rows.length, 1)
    assert.deepEqual([faults.length, faults[0]?.line, faults[0]?.column], [1, 3, column])
    assert.match(faults[0]?.zh ?? '', says)
    assert.match(faults[0]?.en ?? '', /[a-z]/)
    assert.doesNotMatch(faults[0]?.en ?? '', /[\u4e00-\u9fff](?![^“]*”)/, 'English but for what was written')
  })

const HEADINGS: readonly (readonly [text: string, says: RegExp])[] = [
  ['', /空的/],
  [table(row({})).replace('治疗方式', '治疗方法'), /不认识的列“治疗方法”/],
  [table(row({})).replace('年龄天数', '年龄'), /出现了两次/],
  [`病例号,出院日期\nA-1,2025-03-01`, /缺少列“机构编号”/],
  [table(row({ 主要诊断名称: '"急性阑尾炎' })), /引号没有闭合/],
]
for (const [text, says] of HEADINGS)
  test(`a table without a whole heading is refused: ${says.source}`, () => {
    const { rows, faults } = readDischarges(text)
    assert.equal(rows.length, 0)
    assert.ok(faults.some(({ zh }) => says.test(zh)))
  })

test('an identity number in the wrong column is not said again', () => {
  const { faults } = readDischarges(table(row({ 人员代码: '430321196001011234' })))
  assert.doesNotMatch(JSON.stringify(faults), /430321196001011234/)
})
