import assert from 'node:assert/strict'
import test from 'node:test'
import { runChecks } from '../../src/apps/checks.ts'
import type { PersonId } from '../../src/kernel/id.ts'
import { areaClaim, bookOfArea, settleYear, type YearBill } from '../../src/modules/settlement/index.ts'
import { sql } from '../../src/platform/database/pool.ts'
import { testHouse, type TestHouse } from '../harness/house.ts'
import { settleByExample, stayOf } from '../harness/settling.ts'
import { makeRegion, seeded, seedOfRun, STAFF } from './small-region.ts'

const PERSONS = 3
const ROUNDS = 40
const AT_ONCE = 4
const DAYS = ['2023-12-31', '2024-01-01', '2024-03-10', '2024-03-31', '2024-07-01'] as const
const STAFF_THERE = [STAFF.villageDoctor, STAFF.familyDoctor] as const

type Random = ReturnType<typeof seeded>
type Listed = {
  org: string
  bill: string
  person: string
  day: string
  level: YearBill['claim']['level']
  claim: object
  seq: number
}

const bill = (random: Random, person: string, number: number) => {
  const relatives = random.chance(0.2) ? [{ owner: 'spouse', balanceFen: random.below(300_000) }] : []
  const identities = random.chance(0.3) ? ['low-income'] : []
  const lines = Array.from({ length: 1 + random.below(6) }, () => ({
    amountFen: random.below(900_000),
    ...random.one([{ list: 'A' }, { list: 'B', selfShareBp: 1_000 }, { list: 'C' }]),
  }))
  return stayOf(person, `R-${number}`, 0, { day: random.one(DAYS), lines, relatives, identities })
}

/** The bills that stand, a person's year by year, settled by the engine alone, against what the books say of each. */
const sameAsEngine = async (house: TestHouse, person: string): Promise<number> => {
  const book = await bookOfArea('example', 'residents')
  assert.ok(book)
  const standing = await house.database.rows<Listed>(sql`select b.org_id as org, b.id as bill, b.person_id as person, b.day, b.level, b.claim, b.seq from settlement.bill b
    where b.person_id = ${person} and not exists (select from settlement.revision r where r.org_id = b.org_id and r.bill_id = b.id and r.kind = 'reversed') order by b.seq`)
  for (const year of Map.groupBy(standing, ({ day }) => day.slice(0, 4)).values()) {
    const bills = year.map((one): YearBill => ({ id: one.bill, hospital: one.org, claim: areaClaim.parse(withoutCodes(one.claim)) }))
    for (const { bill: { id, hospital }, settled } of settleYear(book, bills)) {
      const { revisions } = await house.done('settlement.bill', STAFF.insurer, { org: hospital, bill: id })
      const { funds, cashFen, relatives } = revisions[0]
      const layers = settled.layers.filter(({ amountFen }) => amountFen > 0).map(({ layer, amountFen }) => [layer, amountFen])
      assert.deepEqual(funds, Object.fromEntries([['basic', settled.basicFen], ...layers]))
      assert.deepEqual([cashFen, relatives], [settled.cashFen, settled.relatives.filter(({ amountFen }) => amountFen > 0)])
    }
  }
  return standing.length
} // prettier-ignore

const withoutCodes = (claim: object): object => {
  const { lines } = claim as { lines: readonly object[] }
  return { ...claim, lines: lines.map((line) => Object.fromEntries(Object.entries(line).filter(([name]) => name !== 'code' && name !== 'zh'))) } // prettier-ignore
}

test('bills settled and reversed at random, at the same time: the books are those of the standing bills in their order', async (t) => {
  settleByExample(t)
  const seed = seedOfRun()
  t.diagnostic(`JIELI_SEED=${seed}`)
  const random = seeded(seed)
  const house = await testHouse(t)
  const persons = (await makeRegion(house, PERSONS)) as PersonId[]
  await house.database.run(sql`update residents.person set insurance = 'resident'`)
  const made: { org: string; bill: string }[] = []
  const refused = new Map<string, number>()
  const ask = async (round: number): Promise<void> => {
    const who = random.one(STAFF_THERE)
    const isBack = made.length > 0 && random.chance(0.3)
    const outcome = isBack
      ? await house.ask('settlement.reverse', who, { ...random.one(made), reason: '随机冲正' })
      : await house.ask('settlement.settle', who, bill(random, random.one(persons), Math.floor(round / 2)))
    if (outcome.ok && !isBack) made.push({ org: outcome.value.org, bill: outcome.value.bill })
    if (!outcome.ok) for (const { code } of outcome.refusals) refused.set(code, (refused.get(code) ?? 0) + 1)
  }
  for (let round = 0; round < ROUNDS; round += 1) {
    await Promise.all(Array.from({ length: AT_ONCE }, (_none, one) => ask(round * AT_ONCE + one)))
    if (random.chance(0.3)) await house.settle()
  }
  await house.settle()
  assert.deepEqual((await runChecks(house.database)).filter(({ breaches }) => breaches > 0), [], `JIELI_SEED=${seed}`) // prettier-ignore
  let standing = 0
  for (const person of persons) standing += await sameAsEngine(house, person)
  const kinds = await house.database.rows<{ kind: string; count: number }>(sql`select kind, count(*)::int as count from settlement.revision group by 1 order by 1`) // prettier-ignore
  t.diagnostic(`${standing} stand; ${kinds.map(({ kind, count }) => `${kind} ${count}`).join(', ')}; refused ${[...refused].map(([code, times]) => `${code} ${times}`).join(', ')}`) // prettier-ignore
  assert.ok(standing > 10 && kinds.some(({ kind }) => kind === 'adjusted') && kinds.some(({ kind }) => kind === 'reversed'))
  assert.deepEqual([...refused.keys()].filter((code) => !['platform.not-found', 'settlement.already-settled', 'settlement.already-reversed'].includes(code)), []) // prettier-ignore
})
