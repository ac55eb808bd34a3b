import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Instant } from '../../../kernel/clock.ts'
import type { Day } from '../../../kernel/day.ts'
import { loadRulebook } from '../../../platform/rulebook.ts'
import { valueOn } from '../../../shapes/rulebook.ts'
import { UP_REFERRAL_PAGES } from '../up-referral-book.ts'
import {
  criterionSaid,
  decideUpReferral,
  type UpReferralCriterion,
  type UpReferralDecided,
  type UpReferralFacts,
} from './up-referral-criteria.ts'
import { isOfCode } from './three-valued.ts'

const TODAY = '2026-11-22' as Day
const rulebook = await loadRulebook()
const limits = {
  bound: (key: string): number => valueOn(rulebook, 'up-referral.bound', TODAY, key),
  days: (key: string): number => valueOn(rulebook, 'up-referral.recent-days', TODAY, key),
  times: (key: string): number => valueOn(rulebook, 'up-referral.times', TODAY, key),
}

const at = (day: string): Instant => `${day}T02:00:00.000Z` as Instant
type Records = UpReferralFacts['record']
type Part = { [Key in keyof Records]?: Records[Key] } & { bornOn?: string | null }
const words = { zh: '词', en: 'word' }
const series = (code: string, unit: string, points: [day: string, value: number][]): Records['series'][number] => ({
  code,
  words,
  unit,
  panel: null,
  low: null,
  high: null,
  points: points.map(([day, value]) => ({ at: at(day), value, comparator: null, flag: null })),
})
const pressure = (day: string, systolic: number, diastolic: number): Part => ({
  series: [series('8480-6', 'mm[Hg]', [[day, systolic]]), series('8462-4', 'mm[Hg]', [[day, diastolic]])],
})
const glucose = (...points: [string, number][]): Part => ({ series: [series('2339-0', 'mmol/L', points)] })
const hba1c = (...points: [string, number][]): Part => ({ series: [series('4548-4', '%', points)] })
const oxygen = (day: string, value: number): Part => ({ series: [series('59408-5', '%', [[day, value]])] })
const ill = (...found: [code: string, since: string, isActive?: boolean][]): Part => ({
  problems: found.map(([code, since, isActive = true]) => ({
    id: code,
    words,
    code,
    status: 'active',
    since: at(since),
    isActive,
  })),
})
const takes = (...codes: string[]): Pick<Records, 'medicines'> => ({
  medicines: codes.map((code) => ({ id: code, words, code, status: 'active', since: null, dose: null, isActive: true })),
})

const criterionOf = (id: string): UpReferralCriterion => {
  const found = UP_REFERRAL_PAGES.flatMap(({ criteria }) => criteria).find((one) => one.id === id)
  assert.ok(found, `the criterion ${id} is written down`)
  return found
}
const decide = (id: string, { bornOn = '1960-01-01', ...record }: Part): UpReferralDecided => {
  const facts = {
    record: { problems: [], medicines: [], series: [], ...record },
    bornOn: bornOn as Day | null,
    today: TODAY,
    zone: 'Asia/Shanghai',
  }
  return decideUpReferral([criterionOf(id)], facts, limits)[0] as UpReferralDecided
}

const THREE = takes('C09AA02', 'C08CA01', 'C03AA03')
const TWO = takes('C09AA02', 'C08CA01')
const THREE_WITHOUT = takes('C09AA02', 'C08CA01', 'C07AB02')

// criterion | record | state | the sentence
const TABLE: [string, Part, UpReferralDecided['state'], string][] = [
  ['htn-severe', pressure('2026-11-22', 180, 90), 'met', '高血压:收缩压 180 本身已达 ≥180'],
  ['htn-severe', pressure('2026-11-22', 179, 109), 'not-met', '高血压:179/109 差一点都不算'],
  ['htn-severe', pressure('2026-11-22', 150, 110), 'met', '高血压:舒张压一项达到即可'],
  ['htn-severe', pressure('2026-11-15', 190, 90), 'met', '七天前的测量还算'],
  ['htn-severe', pressure('2026-11-14', 190, 90), 'unknown', '八天前的测量不说明今天'],
  [
    'htn-severe',
    { series: [series('8480-6', 'mmHg', [['2026-11-22', 150]])] },
    'unknown',
    '只有收缩压且不高,舒张压未知:不能说不符合',
  ],
  ['htn-severe', { series: [series('8480-6', 'kPa', [['2026-11-22', 190]])] }, 'unknown', '别的单位不比较'],
  ['htn-severe', {}, 'unknown', '没有测量是未知,不是不符合'],
  ['htn-severe-signs', pressure('2026-11-22', 190, 100), 'unknown', '急救:血压够高,症状要您现场看'],
  ['htn-severe-signs', pressure('2026-11-22', 150, 90), 'not-met', '急救:血压不够高,此条不成立'],
  ['htn-young', { ...ill(['I10', '2010-01-01']), bornOn: '1980-01-02' }, 'met', '疑继发:29 岁起病'],
  ['htn-young', { ...ill(['I10', '2010-01-02']), bornOn: '1980-01-02' }, 'not-met', '疑继发:30 岁当天起病不算'],
  ['htn-young', { ...ill(['I10', '2010-01-02']), bornOn: null }, 'unknown', '出生日期未登记'],
  ['htn-potassium', { series: [series('2823-3', 'mmol/L', [['2026-11-01', 3.4]])] }, 'met', '疑继发:血钾 3.4'],
  ['htn-potassium', { series: [series('2823-3', 'mmol/L', [['2026-11-01', 3.5]])] }, 'not-met', '疑继发:血钾 3.5 不低'],
  ['htn-pregnant', ill(['O13', '2026-08-01']), 'met', '孕产妇:档案有妊娠诊断'],
  ['htn-pregnant', ill(['O13', '2025-01-01']), 'unknown', '上一次妊娠不算这一次'],
  ['htn-three-drugs', { ...pressure('2026-11-22', 130, 70), ...THREE }, 'met', '难控制:三药含利尿剂,67 岁目标 130 未达标'],
  ['htn-three-drugs', { ...pressure('2026-11-22', 129, 79), ...THREE }, 'not-met', '难控制:129/79 已达标'],
  [
    'htn-three-drugs',
    { ...pressure('2026-11-22', 149, 89), ...THREE, bornOn: '1946-11-22' },
    'not-met',
    '80 岁当天起目标放宽到 150/90',
  ],
  ['htn-three-drugs', { ...pressure('2026-11-22', 149, 79), ...THREE, bornOn: '1946-11-23' }, 'met', '79 岁仍按 130/80'],
  ['htn-three-drugs', { ...pressure('2026-11-22', 150, 70), ...THREE, bornOn: '1940-01-01' }, 'met', '80 岁以上 150 未达标'],
  ['htn-three-drugs', { ...pressure('2026-11-22', 160, 95), ...TWO }, 'not-met', '只用两种药,先在基层加药'],
  ['htn-three-drugs', { ...pressure('2026-11-22', 160, 95), ...THREE_WITHOUT }, 'not-met', '三种药里没有利尿剂'],
  ['htn-three-drugs', pressure('2026-11-22', 160, 95), 'unknown', '档案里没有用药:未知'],
  ['t2dm-acute-low', glucose(['2026-11-22', 3.8]), 'met', '低血糖 3.8'],
  ['t2dm-acute-low', glucose(['2026-11-22', 3.9]), 'not-met', '3.9 不是低血糖'],
  ['t2dm-acute-high', glucose(['2026-11-22', 16.7]), 'met', '高血糖 16.7 疑急性并发症'],
  ['t2dm-acute-high', glucose(['2026-11-22', 16.6]), 'not-met', '16.6 未到'],
  ['t2dm-child', { bornOn: '2008-11-23' }, 'met', '17 岁按儿童青少年'],
  ['t2dm-child', { bornOn: '2008-11-22' }, 'not-met', '满 18 岁不算'],
  ['t2dm-repeated-low', glucose(['2026-10-01', 3.2], ['2026-11-20', 3.5]), 'met', '三个月内两次低血糖'],
  ['t2dm-repeated-low', glucose(['2026-08-01', 3.2], ['2026-11-20', 3.5]), 'not-met', '一次在三个月以前,只算一次'],
  ['t2dm-off-target', hba1c(['2026-08-01', 7], ['2026-11-01', 7.4]), 'met', '92 天里一直未达标'],
  ['t2dm-off-target', hba1c(['2026-09-01', 8], ['2026-11-01', 7.4]), 'not-met', '未达标才 61 天'],
  ['t2dm-off-target', hba1c(['2026-05-01', 8], ['2026-08-01', 6.9], ['2026-11-01', 7.4]), 'not-met', '中间达标过,从头算'],
  ['t2dm-off-target', hba1c(['2026-05-01', 8], ['2026-11-01', 6.9]), 'not-met', '现已达标'],
  ['t2dm-chronic', ill(['E11.5', '2026-03-01']), 'met', '足并发症在档'],
  ['t2dm-chronic', ill(['E11.9', '2026-03-01']), 'unknown', '无并发症的糖尿病不算'],
  ['copd-oxygen', oxygen('2026-11-22', 89), 'met', '血氧 89%'],
  ['copd-oxygen', oxygen('2026-11-22', 90), 'not-met', '血氧 90% 不低于界限'],
  [
    'copd-exacerbations',
    ill(['J44.1', '2026-02-01', false], ['J44.1', '2026-09-01', false]),
    'met',
    '一年两次急性加重,已缓解的也算',
  ],
  [
    'copd-exacerbations',
    ill(['J44.1', '2025-11-01', false], ['J44.1', '2026-09-01', false]),
    'unknown',
    '一年内在档只有一次,档案外的不知道',
  ],
  ['chd-first', ill(['I20.9', '2026-11-10']), 'met', '近期首次心绞痛'],
  ['chd-infarct', ill(['I21.9', '2020-01-01']), 'unknown', '多年前的心梗不是急症'],
  ['stroke-tia', ill(['G45.9', '2026-11-16']), 'met', '六天前的 TIA'],
  ['stroke-tia', ill(['G45.9', '2026-11-14']), 'unknown', '八天前的 TIA 不在此条'],
  ['stroke-fast', pressure('2026-11-22', 200, 120), 'unknown', '中风 120 只能现场看'],
  ['maternal-pressure', pressure('2026-11-22', 139, 90), 'met', '孕妇舒张压 90'],
  ['maternal-pressure', pressure('2026-11-22', 139, 89), 'not-met', '孕妇 139/89'],
]

for (const [id, part, state, sentence] of TABLE)
  test(`${id}: ${sentence} → ${state}`, () => {
    const told = decide(id, part)
    assert.equal(told.state, state)
    // Whoever reads “met” or “not met” sees by which fact; whoever reads “not known” sees what is missing.
    assert.equal(told.state === 'unknown' ? told.missing.length > 0 : told.facts.length > 0, true)
  })

test('a met criterion names its value and day', () => {
  const { facts } = decide('htn-severe', pressure('2026-11-20', 186, 104))
  assert.deepEqual(facts, [{ words: { zh: '收缩压 186 mmHg', en: 'systolic pressure 186 mmHg' }, at: at('2026-11-20') }])
})

test('every bound that a page names stands in the rulebook, and each sentence is filled in both languages', () => {
  const criteria = UP_REFERRAL_PAGES.flatMap((page) => page.criteria)
  assert.equal(new Set(criteria.map(({ id }) => id)).size, criteria.length, 'no two criteria share an id')
  const record = { problems: [], medicines: [], series: [] }
  const decided = decideUpReferral(criteria, { record, bornOn: null, today: TODAY, zone: 'Asia/Shanghai' }, limits)
  assert.ok(
    decided.every(({ state }) => state === 'unknown'),
    'an empty record meets nothing and excludes nothing',
  )
  for (const { words: said } of criteria) {
    const filled = criterionSaid(said, limits)
    assert.doesNotMatch(filled.zh + filled.en, /[{}]|NaN|undefined/)
  }
  assert.deepEqual(
    UP_REFERRAL_PAGES.map(({ key }) => key),
    ['copd', 'coronary-heart-disease', 'hypertension', 'maternal', 'stroke', 'type-2-diabetes'],
  )
})

test('a code lies in a category, a range with both ends, or under a longer code', () => {
  const table: [string, string, boolean][] = [
    ['I10', 'I10-I15', true],
    ['I15.9', 'I10-I15', true],
    ['I16', 'I10-I15', false],
    ['E11.9', 'E11', true],
    ['J44.1', 'J44.1', true],
    ['J44.9', 'J44.1', false],
  ]
  for (const [code, range, isInside] of table) assert.equal(isOfCode(code, range), isInside, `${code} in ${range}`)
})
