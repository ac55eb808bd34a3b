import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { madeDischarges } from '../../../../sim/fund/discharges.ts'
import { testHouse, type TestHouse } from '../../../../tests/harness/house.ts'
import { settleByExample, stayOf } from '../../../../tests/harness/settling.ts'
import { actor, PLACES, setStage, type Stage } from '../../../../tests/harness/stage.ts'
import type { OrgId } from '../../../kernel/id.ts'
import { databaseNow, sql } from '../../../platform/database/pool.ts'
import { areaClaim, bookOfArea, settleBatch } from '../../settlement/index.ts'
import { DISCHARGE_COLUMNS } from './discharge-columns.ts'

let house: TestHouse
let stage: Stage
const endings: (() => unknown)[] = []
const insurer = actor('insurer', null, '医保经办甲')
const second = actor('insurer', null, '医保经办乙')
const bureau = actor('health-bureau', null)
const manager = actor('consortium-manager', 'county', '县医院管理员')
const cityManager = actor('consortium-manager', 'city', '市医院管理员')
const SEED = process.env['JIELI_SEED'] ?? 'dip-story'
const BATCH = 500

before(async () => {
  const t = { after: (work: () => unknown) => void endings.push(work) }
  settleByExample(t)
  house = await testHouse(t)
  stage = await setStage(house)
})
after(async () => {
  for (const end of endings.toReversed()) await end()
})

const hospitals = [
  { org: PLACES.city, level: 3, stays: 700 },
  { org: PLACES.county, level: 2, stays: 600 },
  { org: PLACES.township, level: 1, stays: 200 },
]
type Grouped = { readonly key: string; readonly kind: string }
type OfOrg = { readonly org: string; readonly claimedFen: number; readonly dueFen: number; readonly paidFen: number }
/** The year that is over: it is priced by the three before. */
const priced = () => Number(stage.today.slice(0, 4)) - 1
const codes = async (name: Parameters<TestHouse['ask']>[0], who: typeof insurer, input: object) => {
  const outcome = await house.ask(name, who, input)
  return outcome.ok ? 'done' : outcome.refusals.map(({ code }) => code).join()
}
/** Settles a bill of 3 000 yuan at the county under a number; answers its id. */
const settled = async (billNo: string, care: string): Promise<string> => {
  const book = await bookOfArea('example', 'residents')
  assert.ok(book)
  const person = await stage.person(`演示${billNo}`, '1960-05-06')
  await house.database.run(sql`update residents.person set insurance = 'resident' where person_id = ${person}`)
  const { claim } = stayOf(person, billNo, 30, { level: 'level2', care })
  await house.database.transaction(async (tx) => {
    await tx.run(sql`select platform.open_act(null, null, 'system', null)`)
    const at = { now: await databaseNow(tx), today: stage.today }
    await settleBatch(tx, book, [{ org: PLACES.county as OrgId, person, billNo, claim: areaClaim.parse(claim) }], at)
  })
  const made = await house.database.row<{ id: string }>(sql`select id from settlement.bill where bill_no = ${billNo}`)
  return made?.id ?? ''
}
const sendYear = async (year: number): Promise<void> => {
  const rows = madeDischarges(hospitals, year, SEED)
  for (let at = 0; at < rows.length; at += BATCH)
    await house.done('fund.send-discharges', insurer, { discharges: rows.slice(at, at + BATCH) })
}
const groupYear = async (): Promise<void> => {
  for (;;) if ((await house.done('fund.group-discharges', insurer, { year: priced(), month: 12 })).left === 0) return
}

describe('payment by disease through a year', () => {
  test('a table is taken whole or not at all, row by row with what is wrong; the same table again changes nothing', async () => {
    const heading = DISCHARGE_COLUMNS.map(({ zh }) => zh).join(',')
    const row = (number: string, more: { org?: string; day?: string; cost?: string } = {}) =>
      `${more.org ?? PLACES.county},${number},${more.day ?? '2020-03-01'},I10.x05,高血压3级,,保守治疗,7,${more.cost ?? '3210.50'},2000,71,,,,,`
    const table = (...rows: readonly string[]) => [heading, ...rows].join('\n')
    const good = table(row('T-1'), row('T-2'))
    const tried = await house.done('fund.import-discharges', manager, { text: good, dryRun: true })
    assert.deepEqual([tried.isKept, tried.taken], [false, 2])
    const mixed = table(row('T-1'), row('T-2', { cost: '三千' }), row('T-3', { org: PLACES.city }), row('T-4', { day: '2099-01-01' }))
    const bad = await house.done('fund.import-discharges', manager, { text: mixed })
    assert.deepEqual([bad.isKept, bad.taken, bad.bad], [false, 1, 3])
    assert.deepEqual(
      bad.faults.map(({ line, column }: { line: number; column: string }) => [line, column]),
      [[3, '总费用'], [4, '机构编号'], [5, '出院日期']],
    )
    const some = await house.done('fund.import-discharges', manager, { text: mixed, goodRows: true })
    assert.deepEqual([some.isKept, some.taken, some.bad], [true, 1, 3])
    const whole = await house.done('fund.import-discharges', manager, { text: good })
    assert.deepEqual([whole.isKept, whole.taken, whole.known], [true, 1, 1])
    const again = await house.done('fund.import-discharges', insurer, { text: good })
    assert.deepEqual([again.taken, again.known, again.bad], [0, 2, 0])
    const differs = await house.done('fund.import-discharges', insurer, { text: table(row('T-1', { cost: '9999' })), goodRows: true })
    assert.deepEqual([differs.taken, differs.faults[0].line, differs.faults[0].column], [0, 2, '病例号'])
    assert.equal(await codes('fund.import-discharges', bureau, { text: good }), 'platform.role-may-not')
  }) // prettier-ignore

  test('discharges are taken once; a hospital sends its own; what differs is refused', async () => {
    const year = priced() - 1
    const [one] = madeDischarges([{ org: PLACES.county, level: 2, stays: 1 }], year, 'first')
    assert.ok(one)
    assert.equal(await codes('fund.build-dip-catalogue', insurer, { year: priced() }), 'fund.no-discharges')
    assert.equal(await codes('fund.send-discharges', bureau, { discharges: [one] }), 'platform.role-may-not')
    assert.deepEqual(await house.done('fund.send-discharges', manager, { discharges: [one] }), { taken: 1, known: 0 })
    assert.deepEqual(await house.done('fund.send-discharges', insurer, { discharges: [one] }), { taken: 0, known: 1 })
    assert.notEqual(await codes('fund.send-discharges', cityManager, { discharges: [one] }), 'done')
    const dearer = { ...one, costFen: one.costFen + 1 }
    assert.equal(await codes('fund.send-discharges', insurer, { discharges: [dearer] }), 'fund.discharge-differs')
    const nobody = { ...one, org: '1' }
    assert.equal(await codes('fund.send-discharges', insurer, { discharges: [nobody] }), 'fund.discharge-of-nobody')
    const early = { ...one, number: 'x', dischargedOn: `${priced() + 2}-01-01` }
    assert.equal(await codes('fund.send-discharges', insurer, { discharges: [early] }), 'fund.discharge-in-future')
    await house.done('fund.take-back-discharge', insurer, { org: PLACES.county, number: one.number, why: '演示:填错费用' })
    const again = { org: PLACES.county, number: one.number, why: '再撤一次' }
    assert.equal(await codes('fund.take-back-discharge', insurer, again), 'fund.discharge-already-back')
    assert.equal(await codes('fund.build-dip-catalogue', insurer, { year: priced() }), 'fund.no-discharges')
  })

  test('a catalogue is built from three years, published by a second person, and stays', async () => {
    for (const back of [3, 2, 1]) await sendYearWithoutFirst(priced() - back)
    const built = await house.done('fund.build-dip-catalogue', insurer, { year: priced() })
    const twin = await house.done('fund.build-dip-catalogue', insurer, { year: priced() })
    assert.equal(twin.hash, built.hash, 'the same discharges give the same catalogue')
    assert.ok(built.core > 10 && built.groups > built.core, `${built.core} core of ${built.groups}`)
    const { groups } = await house.done('fund.dip-groups', bureau, { catalogue: built.catalogue, text: '阑尾炎' })
    const appendix = groups.find(({ key }: Grouped) => key === 'K35.9:47.0100')
    assert.ok(appendix && groups.some(({ kind }: Grouped) => kind === 'comprehensive'))
    const listed = await house.done('fund.dip-group', bureau, { catalogue: built.catalogue, key: 'J18.9:n' })
    assert.deepEqual([listed.pricing, listed.pricingBecause?.includes('fund.dip-basic-level')], ['basic-level', true])
    assert.equal(appendix.pricing, 'level', 'an operation is priced by the hospital’s level')
    const hard = await house.done('fund.dip-group', bureau, { catalogue: built.catalogue, key: 'I21.0:36.0600+88.5500' })
    assert.ok(hard.uplift > 10_000, 'difficult and critical diseases weigh more')
    assert.equal(listed.uplift, 10_000)
    const ownPrice = { catalogue: built.catalogue, key: 'E11.9:n', pricing: 'level', why: '演示:本地清单未列' }
    await house.done('fund.price-dip-group', insurer, ownPrice)
    const own = await house.done('fund.dip-group', bureau, { catalogue: built.catalogue, key: 'E11.9:n' })
    assert.ok(new Set(own.prices.map(({ coefficient }: { coefficient: number }) => coefficient)).size > 1)
    const price = { catalogue: built.catalogue, key: 'I10.x:n', pricing: 'basic-level', why: '演示:县乡同病同价清单' }
    await house.done('fund.price-dip-group', insurer, price)
    assert.equal(await codes('fund.price-dip-group', insurer, { ...price, key: 'Z99.9:n' }), 'fund.no-dip-group')
    const publish = { catalogue: built.catalogue, decision: 'publish', why: '演示:公布' }
    assert.equal(await codes('fund.decide-dip-catalogue', insurer, publish), 'fund.second-person-decides')
    assert.equal(await codes('fund.group-discharges', insurer, { year: priced(), month: 12 }), 'fund.no-dip-catalogue')
    await house.done('fund.decide-dip-catalogue', second, publish)
    assert.equal(await codes('fund.price-dip-group', insurer, price), 'fund.dip-catalogue-decided')
    assert.equal(await codes('fund.build-dip-catalogue', insurer, { year: priced() }), 'fund.dip-catalogue-published')
    assert.equal(
      await codes('fund.decide-dip-catalogue', second, { ...publish, catalogue: twin.catalogue }),
      'fund.dip-catalogue-published',
    )
    await house.done('fund.decide-dip-catalogue', insurer, { catalogue: twin.catalogue, decision: 'drop', why: '重复测算' })
    const group = await house.done('fund.dip-group', manager, { catalogue: built.catalogue, key: 'I10.x:n' })
    assert.deepEqual(new Set(group.prices.map(({ coefficient }: { coefficient: number }) => coefficient)), new Set([10_000]))
    assert.equal(group.steps.at(-1)?.is, group.scoreE4)
  })

  test('cases of the year are scored, each with its steps; a hospital sees its own only', async () => {
    await sendYear(priced())
    assert.equal(await codes('fund.prepay-dip-month', insurer, { year: priced(), month: 1 }), 'fund.not-all-grouped')
    await groupYear()
    const { cases, more } = await house.done('fund.dip-cases', manager, { year: priced() })
    assert.ok(more && cases.length === 50)
    assert.equal(await codes('fund.dip-cases', manager, { year: priced(), org: PLACES.city }), 'platform.not-found')
    for (const kind of ['low', 'usual', 'high'] as const) {
      const found = await house.done('fund.dip-cases', insurer, { year: priced(), org: PLACES.county, kind })
      const [one] = found.cases
      assert.ok(one, `there are ${kind} cases`)
      const shown = await house.done('fund.dip-case', bureau, { org: PLACES.county, number: one.number })
      assert.equal(shown.steps.at(-1)?.is, one.scoreE4, 'the steps end at the score that was kept')
    }
  })

  test('what a hospital is paid for a settled bill: by the score of its case, by item where there is none', async () => {
    const { cases } = await house.done('fund.dip-cases', insurer, { year: priced(), org: PLACES.county })
    const number = (cases as { number: string }[])[0]?.number ?? ''
    const inCase = await settled(number, 'inpatient')
    const paid = await house.done('fund.pay-for-bill', insurer, { org: PLACES.county, bill: inCase })
    const shown = await house.done('fund.dip-case', insurer, { org: PLACES.county, number })
    assert.equal(paid.method, 'dip')
    assert.deepEqual(paid.steps.slice(0, shown.steps.length), shown.steps, 'the steps of the score come first')
    assert.equal(paid.standardFen, Math.round((shown.scoreE4 * shown.catalogue.pointFen) / 10_000))
    assert.equal(paid.fundFen, Math.max(0, paid.standardFen - (paid.totalFen - paid.basicFen)))
    assert.equal(paid.institutionFen, paid.fundFen + paid.totalFen - paid.basicFen - paid.totalFen)
    const own = paid.levels.find(({ level }: { level: number }) => level === 2)
    assert.ok(own && paid.levels.length === 3)
    for (const [billNo, care, because] of [['没有送', 'inpatient', 'not-sent'], ['门诊', 'outpatient', 'no-stay']] as const) {
      const byItem = await house.done('fund.pay-for-bill', manager, { org: PLACES.county, bill: await settled(billNo, care) })
      assert.deepEqual([byItem.method, byItem.byItemBecause, byItem.fundFen, byItem.institutionFen], ['item', because, byItem.basicFen, 0])
    }
    assert.equal(await codes('fund.pay-for-bill', cityManager, { org: PLACES.county, bill: inCase }), 'platform.not-found')
    assert.equal(await codes('fund.pay-for-bill', bureau, { org: PLACES.county, bill: inCase }), 'platform.role-may-not')
  }) // prettier-ignore

  test('the directory of supervision marks stays that are too cheap or too long, and deaths, by the group’s mean of the year', async () => {
    const { hospitals: shown } = await house.done('fund.dip-supervision', bureau, { year: priced() })
    assert.equal(await codes('fund.dip-supervision', manager, { year: priced() }), 'platform.role-may-not')
    const stays = await house.database.rows<{ org: string; key: string; cost: number; days: number }>(sql`
      select c.org_id as org, c.key, d.cost_fen::float8 as cost, d.days from fund.dip_case c join fund.discharge d on d.org_id = c.org_id and d.number = c.number
      where c.year = ${priced()} and c.key is not null`)
    const groups = Map.groupBy(stays, ({ key }) => key)
    const meanOf = (key: string, of: 'cost' | 'days') => {
      const own = groups.get(key) ?? []
      return own.reduce((sum, one) => sum + one[of], 0) / own.length
    }
    assert.deepEqual(shown.map(({ org }: { org: string }) => org).toSorted(), [...new Set(stays.map(({ org }) => org))].toSorted())
    for (const one of shown as { org: string; cases: number; cheap: { marked: number }; long: { marked: number }; death: { marked: number } }[]) {
      const own = stays.filter(({ org }) => org === one.org)
      const cheap = own.filter(({ key, cost }) => cost / meanOf(key, 'cost') < 0.7).length
      const long = own.filter(({ key, days }) => days / meanOf(key, 'days') > 1.5).length
      assert.deepEqual([one.cases, one.cheap.marked, one.long.marked, one.death.marked], [own.length, cheap, long, 0])
    }
  }) // prettier-ignore

  test('a return to the same hospital within the days counts, a planned one does not; a front page that contradicts itself is counted once', async () => {
    const of = async () => {
      const { hospitals: shown } = await house.done('fund.dip-supervision', insurer, { year: priced() })
      const own = shown.find(({ org }: { org: string }) => org === PLACES.township)
      assert.ok(own)
      return { named: own.named, again: own.again.marked, same: own.again.steps[0]?.is, record: own.record.steps.slice(0, -1).map(({ is }: { is: number }) => is) }
    }
    const before = await of()
    assert.ok(before.named > 0 && before.again > 0, 'the year’s invented people come back now and then')
    const [made] = madeDischarges([{ org: PLACES.township, level: 1, stays: 1 }], priced(), 'again')
    const sane = { ...made, diagnosis: 'J18.900', zh: '肺炎', procedures: [], treatment: 'conservative', days: 3, sex: 'male', ageYears: 50, returnPlanned: false }
    const stay = (number: string, day: string, more: object) => ({ ...sane, number, dischargedOn: `${priced()}-${day}`, personCode: number.slice(0, 10), ...more })
    const discharges = [
      stay('returner-1', '03-01', {}),
      // Admitted on the 31st day after, and on the 32nd.
      stay('returner-1b', '04-04', {}),
      stay('returner-2', '03-01', {}),
      stay('returner-2b', '04-05', {}),
      stay('returner-3', '03-01', { returnPlanned: true }),
      stay('returner-3b', '03-10', {}),
      stay('returner-4', '03-01', {}),
      stay('returner-4b', '03-10', { diagnosis: 'E11.900', zh: '2型糖尿病' }),
      stay('faulty-one-1', '05-01', { diagnosis: 'O82.000', procedures: ['74.1x00'], treatment: 'surgical' }),
      stay('faulty-two-1', '05-01', { diagnosis: 'O82.000', procedures: ['74.1x00'], treatment: 'surgical', sex: 'female', ageYears: 61 }),
      stay('faulty-six-1', '05-01', { ageYears: 0 }),
    ]
    await house.done('fund.send-discharges', insurer, { discharges })
    await groupYear()
    const then = await of()
    assert.deepEqual([then.named - before.named, then.again - before.again, then.same - before.same], [discharges.length, 2, 1])
    assert.deepEqual(then.record.map((is: number, at: number) => is - before.record[at]), [1, 1, 0, 0, 0, 1])
    const identity = { ...sane, number: 'returner-5', personCode: '110101199003070012' }
    await assert.rejects(() => codes('fund.send-discharges', insurer, { discharges: [identity] }), /discharges\.0\.personCode/, 'no identity number is taken')
    const other = { ...discharges[0], personCode: 'somebody-else' }
    assert.equal(await codes('fund.send-discharges', insurer, { discharges: [other] }), 'fund.discharge-differs')
    await house.done('fund.take-back-discharge', insurer, { org: PLACES.township, number: 'returner-1', why: '演示:撤回' })
    assert.equal((await of()).again - before.again, 1, 'a stay that was taken back is nobody’s earlier stay')
  }) // prettier-ignore

  test('a month is paid once, by its share, less what is taken off', async () => {
    const year = await house.done('fund.dip-year', insurer, { year: priced() })
    const january = year.months[0]
    assert.ok(january && january.cases > 0)
    const off = [{ org: PLACES.county, fen: 100 }]
    assert.equal(
      await codes('fund.prepay-dip-month', insurer, { year: priced(), month: 1, takenOff: [{ org: PLACES.village, fen: 1 }] }),
      'fund.takes-off-too-much',
    )
    const paid = await house.done('fund.prepay-dip-month', insurer, { year: priced(), month: 1, takenOff: off })
    assert.ok(Math.abs(paid.paidFen - (january.claimedFen * 0.9 - 100)) <= hospitals.length)
    assert.equal(await codes('fund.prepay-dip-month', insurer, { year: priced(), month: 1 }), 'fund.month-paid')
    assert.equal(await codes('fund.prepay-dip-month', insurer, { year: priced() + 1, month: 12 }), 'fund.not-over-yet')
  })

  test('the year is cleared by two people to the fen, and stays', async () => {
    const before = await house.done('fund.dip-year', insurer, { year: priced() })
    const claimed = before.hospitals.reduce((sum: number, one: OfOrg) => sum + one.claimedFen, 0)
    const input = { year: priced(), fundFen: claimed, reserveFen: 0, assessments: [{ org: PLACES.city, share: 9_800 }] }
    const proposed = await house.done('fund.propose-dip-clearing', insurer, input)
    assert.equal(proposed.paidFen + proposed.leftFen, claimed)
    assert.equal(await codes('fund.propose-dip-clearing', insurer, input), 'fund.clearing-open')
    const decide = { clearing: proposed.clearing, decision: 'approve', why: '演示:批准' }
    assert.equal(await codes('fund.decide-dip-clearing', insurer, decide), 'fund.second-person-decides')
    const [late] = madeDischarges([{ org: PLACES.county, level: 2, stays: 1 }], priced(), 'late')
    assert.ok(late)
    await house.done('fund.send-discharges', insurer, { discharges: [{ ...late, number: '演示-补报' }] })
    await groupYear()
    assert.equal(await codes('fund.decide-dip-clearing', second, decide), 'fund.cases-changed')
    await house.done('fund.decide-dip-clearing', second, { ...decide, decision: 'return', why: '有补报病例' })
    const again = await house.done('fund.propose-dip-clearing', insurer, input)
    await house.done('fund.decide-dip-clearing', second, { ...decide, clearing: again.clearing })
    const { clearing } = await house.done('fund.dip-year', bureau, { year: priced() })
    assert.equal(clearing?.state, 'decided')
    const sum = (of: 'dueFen' | 'paidFen') => clearing?.parts.reduce((total: number, one: OfOrg) => total + one[of], 0)
    assert.equal(sum('dueFen'), claimed)
    assert.equal((sum('paidFen') ?? 0) + (clearing?.leftFen ?? 0), claimed)
    for (const part of clearing?.parts ?? []) assert.equal(part.steps.at(-1)?.is, part.balanceFen)
    const own = await house.done('fund.dip-year', cityManager, { year: priced() })
    assert.deepEqual(
      own.clearing?.parts.map(({ org }: OfOrg) => org),
      [PLACES.city],
    )
    assert.deepEqual(
      own.hospitals.map(({ org }: OfOrg) => org),
      [PLACES.city],
    )
    assert.equal(await codes('fund.send-discharges', insurer, { discharges: [{ ...late, number: '更晚' }] }), 'fund.year-cleared')
    assert.equal(
      await codes('fund.take-back-discharge', insurer, { org: PLACES.county, number: '演示-补报', why: '晚了' }),
      'fund.year-cleared',
    )
    assert.equal(await codes('fund.prepay-dip-month', insurer, { year: priced(), month: 2 }), 'fund.year-cleared')
  })
})

/** The first discharge of the county in the last year was sent and taken back: its number is used up. */
const sendYearWithoutFirst = async (year: number): Promise<void> => {
  const rows = madeDischarges(hospitals, year, SEED).filter(
    ({ org, number }) => org !== PLACES.county || !number.endsWith('-000001'),
  )
  for (let at = 0; at < rows.length; at += BATCH)
    await house.done('fund.send-discharges', insurer, { discharges: rows.slice(at, at + BATCH) })
}
