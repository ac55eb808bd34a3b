import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { testHouse, type TestHouse } from '../../../../tests/harness/house.ts'
import { settleByExample, stayOf } from '../../../../tests/harness/settling.ts'
import { actor, PLACES, setStage, type Stage } from '../../../../tests/harness/stage.ts'
import type { OrgId, PersonId } from '../../../kernel/id.ts'
import { databaseNow, sql } from '../../../platform/database/pool.ts'
import { areaClaim, bookOfArea, settleBatch } from '../../settlement/index.ts'

const COLUMNS = [
  'BAH',
  'ZYCS',
  'BRXM',
  'XB',
  'CSRQ',
  'RYRQ',
  'CYRQ',
  'CYSZYZD',
  'JBDM',
  'SSJCZBM1',
  'SSJCZMC1',
  'SHJB1',
  'LYFS',
  'ZFY',
] as const
const YEAR = 2025
const line = (differs: Partial<Record<(typeof COLUMNS)[number], string>>): string =>
  COLUMNS.map(
    (name) =>
      ({
        ZYCS: '1',
        BRXM: `演示${differs.BAH}`,
        XB: '1',
        CSRQ: '1961-05-04',
        RYRQ: `${YEAR}-03-02`,
        CYRQ: `${YEAR}-03-10`,
        CYSZYZD: '肺炎',
        JBDM: 'J18.900',
        LYFS: '1',
        ZFY: '3000',
        ...differs,
      })[name as 'ZYCS'] ?? '',
  ).join(',')

let house: TestHouse
let stage: Stage
const endings: (() => unknown)[] = []
const administrator = actor('administrator', 'county')
const insurer = actor('insurer', null)
const manager = actor('consortium-manager', 'county')

before(async () => {
  const t = { after: (work: () => unknown) => void endings.push(work) }
  settleByExample(t)
  house = await testHouse(t)
  stage = await setStage(house)
})
after(async () => {
  for (const end of endings.toReversed()) await end()
})

const upload = async (...lines: string[]): Promise<void> => {
  const base64 = Buffer.from([COLUMNS.join(','), ...lines].join('\n')).toString('base64')
  await house.done('intake.upload', administrator, { org: PLACES.county, kind: 'front-page', base64 })
  await house.settle()
}
/** Settles the bill of 3 000 yuan of the stay that a page tells of. */
const settle = async (recordNo: string, billNo: string): Promise<void> => {
  const book = await bookOfArea('example', 'residents')
  const row = await house.database.row<{ person: string }>(
    sql`select person_id as person from intake.front_page where record_no = ${recordNo}`,
  )
  assert.ok(book && row)
  await house.database.run(sql`update residents.person set insurance = 'resident' where person_id = ${row.person}`)
  const { person, claim } = stayOf(row.person, billNo, 30, { level: 'level2', care: 'inpatient', day: `${YEAR}-03-10` })
  await house.database.transaction(async (tx) => {
    await tx.run(sql`select platform.open_act(null, null, 'system', null)`)
    const at = { now: await databaseNow(tx), today: stage.today }
    await settleBatch(
      tx,
      book,
      [{ org: PLACES.county as OrgId, person: person as PersonId, billNo, claim: areaClaim.parse(claim) }],
      at,
    )
  })
}
const pages = () => house.done('fund.dip-pages', insurer, { year: YEAR })
const discharges = () =>
  house.database.rows<{ number: string; treatment: string; days: number; cost: number; person: string; sex: string }>(
    sql`select number, treatment, days, cost_fen::float8 as cost, person_code as person, sex from fund.discharge order by number`,
  )

test('front pages become discharges once their bill is settled, each once; what keeps the others is told', async () => {
  await upload(
    line({ BAH: 'P1' }),
    line({ BAH: 'P2', SSJCZBM1: '47.0100', SHJB1: '2' }),
    line({ BAH: 'P3', SSJCZBM1: '45.2300' }),
    line({ BAH: 'P4', ZFY: '2999.99' }),
  )
  assert.deepEqual((await pages()).lacks, [
    { lack: 'bill', count: 4 },
    { lack: 'treatment', count: 1 },
  ])
  for (const [record, bill] of [
    ['P1', 'B1'],
    ['P2', 'B2'],
    ['P3', 'B3'],
    ['P4', 'B4'],
  ] as const)
    await settle(record, bill)
  assert.deepEqual(await house.done('fund.take-pages', manager, { year: YEAR }), { tried: 4, taken: 2 })
  const taken = await discharges()
  assert.deepEqual(
    taken.map(({ person, ...one }) => [/^own-\d+$/.test(person), one]),
    [
      [true, { number: 'B1', treatment: 'conservative', days: 8, cost: 300_000, sex: 'male' }],
      [true, { number: 'B2', treatment: 'surgical', days: 8, cost: 300_000, sex: 'male' }],
    ],
  )
  const left = await pages()
  assert.deepEqual(
    [left.taken, left.waiting, left.lacks],
    [
      2,
      2,
      [
        { lack: 'cost', count: 1 },
        { lack: 'treatment', count: 1 },
      ],
    ],
  )
  assert.deepEqual(
    left.pages.map(({ record, lacks }: { record: string; lacks: string[] }) => [record, lacks]),
    [
      ['P3-1', ['treatment']],
      ['P4-1', ['cost']],
    ],
  )
  assert.deepEqual(await house.done('fund.take-pages', insurer, { year: YEAR }), { tried: 2, taken: 0 })

  // The right page comes: taken as it comes. A page that is a discharge changes nothing when it comes again with something else.
  await upload(line({ BAH: 'P4' }), line({ BAH: 'P1', LYFS: '2' }))
  assert.deepEqual(
    (await discharges()).map(({ number }) => number),
    ['B1', 'B2', 'B4'],
  )
  assert.deepEqual([(await pages()).taken, (await pages()).waiting], [3, 1])
})

test('a hospital sees and tries its own pages only', async () => {
  const other = actor('consortium-manager', 'city')
  assert.deepEqual(await house.done('fund.take-pages', other, { year: YEAR }), { tried: 0, taken: 0 })
  assert.deepEqual((await house.done('fund.dip-pages', other, { year: YEAR })).pages, [])
  const outcome = await house.ask('fund.dip-pages', other, { year: YEAR, org: PLACES.county })
  assert.equal(outcome.ok, false)
})

test('a page that waits for its bill becomes a discharge by itself when that is settled', async () => {
  await upload(line({ BAH: 'P7' }))
  const { waiting } = await pages()
  await settle('P7', 'B7')
  await house.settle()
  assert.equal((await pages()).waiting, waiting - 1)
  assert.ok((await discharges()).some(({ number }) => number === 'B7'))
})
