import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { testHouse, type TestHouse } from '../../../../tests/harness/house.ts'
import { actor, PLACES, setStage, type Stage } from '../../../../tests/harness/stage.ts'
import { settleByExample, stayOf } from '../../../../tests/harness/settling.ts'
import { runChecks } from '../../../apps/checks.ts'
import type { Day } from '../../../kernel/day.ts'
import type { OrgId } from '../../../kernel/id.ts'
import { databaseNow, sql } from '../../../platform/database/pool.ts'
import { areaClaim, bookOfArea, settleBatch } from '../../settlement/index.ts'

let house: TestHouse
let stage: Stage
const endings: (() => unknown)[] = []
const insurer = actor('insurer', null, '医保经办甲')
const second = actor('insurer', null, '医保经办乙')
const system = actor('system', null)
const BUDGET_FEN = 10_000_000

before(async () => {
  const t = { after: (work: () => unknown) => void endings.push(work) }
  settleByExample(t)
  house = await testHouse(t)
  stage = await setStage(house)
  const items = [{ code: 'women', zh: '演示检查', knowledge: { gender: 'female' } }]
  await house.done('audit-rules.load-items', insurer, { from: '2024-01-01', basis: '演示目录', items })
})
after(async () => {
  for (const end of endings.toReversed()) await end()
})

/** A stay settled at the county hospital; answers its bill. */
const settledAt = async (billNo: string, day: Day): Promise<string> => {
  const person = await stage.person(`演示${billNo}`, '1960-05-06')
  await house.database.run(sql`update residents.person set insurance = 'resident' where person_id = ${person}`)
  const book = await bookOfArea('example', 'residents')
  assert.ok(book)
  const { claim } = stayOf(person, billNo, 30, { level: 'level2', day })
  await house.database.transaction(async (tx) => {
    await tx.run(sql`select platform.open_act(null, null, 'system', null)`)
    const at = { now: await databaseNow(tx), today: stage.today }
    await settleBatch(tx, book, [{ org: PLACES.county as OrgId, person, billNo, claim: areaClaim.parse(claim) }], at)
  })
  await house.settle()
  const made = await house.database.row<{ id: string }>(sql`select id from settlement.bill where bill_no = ${billNo}`)
  return made?.id ?? ''
}

type Key = { readonly org: string; readonly hit: string }

/** A hit at an institution that is told and accepted, so that it can be decided. */
const hitOf = async (ref: string, day: Day, institution: string, fen: number, id = `stay-${ref}`): Promise<Key> => {
  const line = { id: `${ref}-1`, item: 'women', day, quantity: 1, priceFen: fen, amountFen: fen }
  const stay = { id, institution, level: 'county', inpatient: false, insurance: 'resident', admittedOn: day, dischargedOn: day, diagnoses: ['I10'], procedures: 0, lines: [line] } // prettier-ignore
  const persons = [{ ref, gender: 'male', bornOn: '1970-01-01', stays: [stay] }]
  await house.done('audit-rules.submit', insurer, { batch: ref, persons })
  const { hits } = await house.done('audit-rules.hits', insurer, {})
  const found = hits.find(({ personRef }: { personRef: string }) => personRef === ref)
  const key = { org: found.org, hit: found.id }
  await house.done('audit-rules.tell', insurer, key)
  await house.done('audit-rules.accept', stage.desk, key)
  return key
}
const decided = async (key: Key, recoverFen: number): Promise<void> => {
  await house.done('audit-rules.decide', insurer, { ...key, reason: '认可', recoverFen })
  await house.settle()
}
const lines = async (where: object): Promise<[kind: string, month: number, fen: number, hit: string][]> =>
  (await house.done('fund.ledger', insurer, where)).transfers
    .filter(({ source }: { source: string | null }) => source === 'audit')
    .map((one: { kind: string; month: number; fen: number[]; hit: string }) => [one.kind, one.month, one.fen[1], one.hit])

describe('what audits bring back', () => {
  test('a decision is deducted from the member’s spend of the month of the bill, less when less comes, given back when it is revoked; once each', async () => {
    const day = `${stage.today.slice(0, 4)}-01-01` as Day
    const [year, month] = day.split('-').map(Number) as [number, number]
    const where = { org: PLACES.county, year }
    await house.done('fund.set-budget', insurer, { ...where, sources: { method: 'last-budget', lastFen: BUDGET_FEN, growth: 0 } })
    await house.done('fund.book', insurer, { ...where, month, kind: 'inside', institution: PLACES.county, fen: 50_000 })
    const paid = await hitOf('paid', day, PLACES.county, 12_000)
    const revoked = await hitOf('revoked', day, PLACES.county, 700)
    assert.deepEqual(await house.done('fund.take-up-spend', insurer, where), { transfers: 0, fen: 0 })
    await decided(paid, 12_000)
    await decided(revoked, 700)
    for (const _again of [1, 2]) await house.done('fund.note-recovery', system, paid)
    assert.deepEqual(await house.done('fund.take-up-spend', insurer, where), { transfers: 2, fen: -12_700 })
    assert.deepEqual(await house.done('fund.take-up-spend', insurer, where), { transfers: 0, fen: 0 })
    assert.equal((await house.done('fund.ledger', insurer, where)).months[month - 1].insideFen, 50_000 - 12_700)

    await house.done('audit-rules.recover', insurer, { ...paid, recoveredFen: 11_000 })
    await house.done('audit-rules.revoke', second, { ...revoked, reason: '复议成立:登记已更正' })
    await house.settle()
    // By night, by itself.
    await house.later(30)
    assert.equal((await house.done('fund.ledger', insurer, where)).months[month - 1].insideFen, 50_000 - 11_000)
    const booked = await lines(where)
    assert.deepEqual(
      booked.map(([kind, at, fen]) => [kind, at, fen]).toSorted(([, , one], [, , other]) => Number(one) - Number(other)),
      [
        ['deduct', month, -1_000],
        ['deduct', month, -700],
        ['deduct', month, 700],
        ['deduct', month, 12_000],
      ],
    )
    const [audited] = (await house.done('fund.ledger', insurer, where)).transfers.filter(
      ({ source }: { source: string | null }) => source === 'audit',
    )
    const undone = await house.ask('fund.reverse', insurer, { org: where.org, transfer: audited.id, note: '演示' })
    assert.equal(undone.ok ? 'done' : undone.refusals[0]?.code, 'fund.not-reversible')
  })

  test('a bill of a closed year: what its audit brings back is booked in the open one, and the closed one stays', async () => {
    const year = Number(stage.today.slice(0, 4)) - 1
    const where = { org: PLACES.county, year }
    await house.done('fund.set-budget', insurer, { ...where, sources: { method: 'last-budget', lastFen: BUDGET_FEN, growth: 0 } })
    for (const indicator of ['costGrowth', 'reimbursed', 'primaryVisits', 'fundInside', 'fundPrimary'])
      await house.done('fund.enter-indicator', insurer, { ...where, indicator, value: 7_000, evidence: '演示年报' })
    const members = [{ org: PLACES.county, workload: 1, quality: 1, heads: 1 }]
    const { close } = await house.done('fund.propose-close', insurer, { ...where, members })
    await house.done('fund.decide-close', second, { org: where.org, close, decision: 'approve', why: '核对无误' })
    const before = await house.done('fund.ledger', insurer, where)
    await decided(await hitOf('late', `${year}-05-06` as Day, PLACES.county, 900), 800)
    const now = { org: PLACES.county, year: year + 1 }
    assert.deepEqual(await house.done('fund.take-up-spend', insurer, now), { transfers: 1, fen: -800 })
    assert.deepEqual(await house.done('fund.ledger', insurer, where), before)
    const last = (await lines(now)).find(([, , fen]) => fen === 800)
    const month = Number(stage.today.slice(5, 7))
    // The clock of the test moved on by a night.
    assert.ok(last?.[0] === 'deduct' && [month, month + 1].includes(last[1]))
  })

  test('an audit and a reversal of the same bill together take back what it cost and no more, whichever comes first', async () => {
    const day = `${stage.today.slice(0, 4)}-01-02` as Day
    const where = { org: PLACES.county, year: Number(day.slice(0, 4)) }
    const month = async () => (await house.done('fund.ledger', insurer, where)).months[0].insideFen as number
    await house.done('fund.take-up-spend', insurer, where)
    const start = await month()
    for (const [ref, isAuditFirst] of [['RB-1', true], ['RB-2', false]] as const) {
      const bill = await settledAt(ref, day)
      await house.done('fund.take-up-spend', insurer, where)
      const cost = (await month()) - start
      assert.ok(cost > 0)
      const [one, other] = [await hitOf(`${ref}-a`, day, PLACES.county, cost, bill), await hitOf(`${ref}-b`, day, PLACES.county, cost, bill)]
      const audit = async () => {
        await decided(one, cost - 100)
        await decided(other, 900)
        await house.done('fund.take-up-spend', insurer, where)
      }
      const reverse = async () => {
        await house.done('settlement.reverse', stage.desk, { org: PLACES.county, bill, reason: '录错了人' })
        await house.settle()
        await house.done('fund.take-up-spend', insurer, where)
      }
      for (const act of isAuditFirst ? [audit, reverse] : [reverse, audit]) {
        await act()
        assert.equal(await month(), start, `${ref}: two hits and a reversal take the bill back once`)
      }
    }
    assert.deepEqual((await runChecks(house.database)).filter(({ breaches }) => breaches > 0), []) // prettier-ignore
  }) // prettier-ignore
})
