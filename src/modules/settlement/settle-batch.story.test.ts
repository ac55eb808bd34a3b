import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { testHouse, type TestHouse } from '../../../tests/harness/house.ts'
import { settleByExample, stayOf } from '../../../tests/harness/settling.ts'
import { PLACES, setStage, type Stage } from '../../../tests/harness/stage.ts'
import type { OrgId, PersonId } from '../../kernel/id.ts'
import { databaseNow, sql } from '../../platform/database/pool.ts'
import { Refused } from '../../platform/forms/form.ts'
import { bookOfArea, settleBatch } from './index.ts'
import { statedClaim } from './contract.ts'

let house: TestHouse
let stage: Stage
const endings: (() => unknown)[] = []

before(async () => {
  const t = { after: (work: () => unknown) => void endings.push(work) }
  settleByExample(t)
  house = await testHouse(t)
  stage = await setStage(house)
})
after(async () => {
  for (const end of endings.toReversed()) await end()
})

const insured = async (zh: string, insurance = 'resident'): Promise<PersonId> => {
  const id = await stage.person(zh, '1960-05-06')
  await house.database.run(sql`update residents.person set insurance = ${insurance} where person_id = ${id}`)
  return id
}
/** Settles bills at once; answers the code of the refusal, or what is kept of each in their order. */
const batch = async (person: PersonId, bills: readonly (readonly [billNo: string, more: object])[], org: string = PLACES.township) => {
  const book = await bookOfArea('example', 'residents')
  assert.ok(book)
  const stated = bills.map(([billNo, more]) => {
    const { claim } = stayOf(person, billNo, 105, more)
    return { org: org as OrgId, person, billNo, claim: statedClaim.parse(claim) }
  })
  try {
    await house.database.transaction(async (tx) => {
      await tx.run(sql`select platform.open_act(null, null, 'system', null)`)
      await settleBatch(tx, book, stated, { now: await databaseNow(tx), today: stage.today })
    })
  } catch (error) {
    if (error instanceof Refused) return error.refusals.map(({ code }) => code).join()
    throw error
  }
  return house.database.rows<{ bill: string; result: unknown; claim: { status: string; age: number } }>(sql`
    select b.id as bill, b.claim, r.result from settlement.bill b join settlement.revision r on r.org_id = b.org_id and r.bill_id = b.id
    where b.person_id = ${person} order by b.seq`)
} // prettier-ignore

describe('bills settled many at once', () => {
  test('come out as the form settles the same bills one after another', async () => {
    const [one, other] = [await insured('演示甲'), await insured('演示乙')]
    const kept = await batch(one, [['P-1', {}], ['P-2', { day: '2024-05-10' }]]) // prettier-ignore
    assert.ok(Array.isArray(kept))
    const forms = []
    for (const [billNo, day] of [
      ['P-3', '2024-03-10'],
      ['P-4', '2024-05-10'],
    ] as const)
      // prettier-ignore
      forms.push(await house.done('settlement.settle', stage.familyDoctor, stayOf(other, billNo, 105, { day })))
    const sums = (result: { funds?: unknown; cashFen: number; deductibleFen: number }) => [result.cashFen, result.deductibleFen]
    assert.deepEqual(kept.map(({ result }) => sums(result as never)), forms.map(({ settlement }) => sums(settlement))) // prettier-ignore
    assert.deepEqual(kept.map(({ claim }) => claim.age), [63, 64]) // prettier-ignore
  })

  test('go on from a stay of the same batch as the form goes on from a settled one', async () => {
    const [one, other] = [await insured('演示庚'), await insured('演示辛')]
    const up = { day: '2024-03-20', episode: { move: 'up', slip: true, gapDays: 3 } }
    const book = await bookOfArea('example', 'residents')
    assert.ok(book)
    const first = {
      org: PLACES.township as OrgId,
      person: one,
      billNo: 'C-1',
      claim: statedClaim.parse(stayOf(one, 'C-1', 105).claim),
    }
    const second = {
      org: PLACES.township as OrgId,
      person: one,
      billNo: 'C-2',
      claim: statedClaim.parse(stayOf(one, 'C-2', 105, up).claim),
      goesOnFrom: [first],
    }
    const settle = (bills: Parameters<typeof settleBatch>[2]) =>
      house.database.transaction(async (tx) => {
        await tx.run(sql`select platform.open_act(null, null, 'system', null)`)
        await settleBatch(tx, book, bills, { now: await databaseNow(tx), today: stage.today })
      })
    await assert.rejects(settle([second, first]), /an earlier stay of the batch/)
    await settle([first, second])
    const form = await house.done('settlement.settle', stage.familyDoctor, stayOf(other, 'C-3', 105))
    const desk = await house.done('settlement.settle', stage.familyDoctor, {
      ...stayOf(other, 'C-4', 105, up),
      goesOnFrom: [form.bill],
    })
    const kept = await house.database.rows<{ bill: string; from: string[]; cash: number; result: { deductibleFen: number } }>(sql`
      select b.id as bill, b.goes_on_from as from, r.cash_fen::float8 as cash, r.result from settlement.bill b
        join settlement.revision r on r.org_id = b.org_id and r.bill_id = b.id where b.person_id = ${one} order by b.seq`)
    assert.deepEqual(kept.map(({ from }) => from), [[], [kept[0]?.bill]]) // prettier-ignore
    assert.deepEqual(kept.map(({ cash }) => cash), [form.settlement.cashFen, desk.settlement.cashFen]) // prettier-ignore
    assert.notEqual(desk.settlement.cashFen, form.settlement.cashFen)
  })

  test('are refused whole for what the form refuses in one of them', async () => {
    const person = await insured('演示丙')
    const rows: readonly (readonly [more: object, code: string])[] = [
      [{ level: 'level3' }, 'settlement.other-level'],
      [{ day: '2999-01-01' }, 'settlement.day-ahead'],
      [{ lines: [{ amountFen: 100, list: 'A', ownPayFen: 200 }] }, 'settlement.claim-refused'],
    ]
    for (const [more, code] of rows) assert.equal(await batch(person, [['R-1', {}], ['R-2', more]]), code) // prettier-ignore
    assert.equal(await batch(await insured('演示丁', 'employee'), [['R-3', {}]]), 'settlement.not-insured')
    assert.equal((await house.database.rows(sql`select from settlement.bill where bill_no like 'R-%'`)).length, 0)
  })

  test('away from home are settled by what is filed', async () => {
    const [filed, unfiled] = [await insured('演示戊'), await insured('演示己')]
    await house.database.run(
      sql`insert into settlement.filing (person_id, id, kind, places, from_on, reason, filed_org, filed_at)
        values (${filed}, gen_random_uuid(), 'long-term', '{43}', '2024-01-01', '随子女居住', ${PLACES.county}, now())`,
    )
    const away = { region: 'in-province', status: 'unreferred' }
    const statusOf = async (person: PersonId, billNo: string) => {
      const kept = await batch(person, [[billNo, away]])
      return Array.isArray(kept) ? kept.map(({ claim }) => claim.status).join() : kept
    }
    assert.deepEqual([await statusOf(filed, 'A-1'), await statusOf(unfiled, 'A-2')], ['filed-long-term', 'unreferred'])
  })

  test('are told one by one, so that the fund’s year takes them up', async () => {
    const person = await insured('演示庚')
    const kept = await batch(person, [['E-1', {}], ['E-2', {}]]) // prettier-ignore
    assert.ok(Array.isArray(kept))
    const told = await house.database.rows<{ bill: string; fen: number }>(sql`
      select case_id as bill, (data->>'fundFen')::float8 as fen from platform.outbox where person_id = ${person} and type = 'settlement.settled' order by id`)
    assert.deepEqual(told.map(({ bill }) => bill), kept.map(({ bill }) => bill)) // prettier-ignore
    assert.equal(told[0]?.fen, 890_000)
    const traced = await house.database.rows(
      sql`select from platform.person_event where person_id = ${person} and type = 'settlement.settled'`,
    )
    assert.equal(traced.length, 2)
  })
})
