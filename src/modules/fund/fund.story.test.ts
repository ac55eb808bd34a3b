import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { testHouse, type TestHouse } from '../../../tests/harness/house.ts'
import { actor, PLACES, setStage, type Stage } from '../../../tests/harness/stage.ts'
import { sql } from '../../platform/database/pool.ts'

let house: TestHouse
let stage: Stage
const endings: (() => unknown)[] = []
const insurer = actor('insurer', null, '医保经办')
const bureau = actor('health-bureau', null)
const manager = actor('consortium-manager', 'county', '县医院管理员')
const MILLION = 100_000_000

before(async () => {
  house = await testHouse({ after: (work) => void endings.push(work as () => unknown) })
  stage = await setStage(house)
})
after(async () => {
  for (const end of endings.toReversed()) await end()
})

const year = () => Number(stage.today.slice(0, 4))
const codes = async (name: Parameters<TestHouse['ask']>[0], who: typeof insurer, input: object) => {
  const outcome = await house.ask(name, who, input)
  return outcome.ok ? 'done' : outcome.refusals.map(({ code }) => code).join()
}

describe('a consortium’s year', () => {
  test('only the insurer sets a budget, for a consortium’s lead, once', async () => {
    const sources = {
      method: 'income',
      incomeFen: 100 * MILLION,
      seriousIllnessFen: 8 * MILLION,
      otherFen: 2 * MILLION,
      covered: 60_000,
      insured: 100_000,
    }
    const input = { org: PLACES.county, year: year(), sources }
    assert.equal(await codes('fund.set-budget', manager, input), 'platform.role-may-not')
    assert.equal(await codes('fund.set-budget', bureau, input), 'platform.role-may-not')
    assert.equal(await codes('fund.set-budget', insurer, { ...input, org: PLACES.township }), 'fund.no-consortium')
    assert.equal(
      await codes('fund.set-budget', insurer, { ...input, sources: { ...sources, covered: 100_001 } }),
      'fund.nobody-covered',
    )
    assert.equal(
      await codes('fund.book', insurer, { org: PLACES.county, year: year(), month: 1, kind: 'outside', fen: 1 }),
      'fund.no-budget',
    )
    const set = await house.done('fund.set-budget', insurer, input)
    // 5 % of the income is kept as a reserve by the rulebook: (100 − 5 − 8 − 2) × 60 %.
    assert.equal(set.totalFen, 51 * MILLION)
    assert.equal(await codes('fund.set-budget', insurer, input), 'fund.budget-already-set')
  })

  test('spend inside is a member’s, a deduction is no more than the spend, and every transfer sums to zero', async () => {
    const entry = { org: PLACES.county, year: year(), month: 1 }
    assert.equal(
      await codes('fund.book', insurer, { ...entry, kind: 'inside', institution: PLACES.city, fen: MILLION }),
      'fund.not-a-member',
    )
    assert.equal(await codes('fund.book', insurer, { ...entry, kind: 'inside', fen: MILLION }), 'fund.not-a-member')
    await house.done('fund.book', insurer, { ...entry, kind: 'inside', institution: PLACES.county, fen: 3 * MILLION })
    await house.done('fund.book', insurer, { ...entry, kind: 'inside', institution: PLACES.township, fen: MILLION })
    await house.done('fund.book', insurer, { ...entry, kind: 'outside', fen: MILLION })
    await house.done('fund.book', insurer, { ...entry, kind: 'prepay', fen: 4 * MILLION })
    assert.equal(
      await codes('fund.book', insurer, { ...entry, kind: 'deduct', institution: PLACES.township, fen: MILLION + 1 }),
      'fund.deducts-too-much',
    )
    await house.done('fund.book', insurer, { ...entry, kind: 'deduct', institution: PLACES.township, fen: MILLION / 2 })
    const ledger = await house.done('fund.ledger', manager, {})
    assert.deepEqual(ledger.months[0], { month: 1, insideFen: 3.5 * MILLION, outsideFen: MILLION, prepaidFen: 4 * MILLION })
    assert.deepEqual(
      ledger.spentAt.map((one: { org: string; fen: number }) => [one.org, one.fen]),
      [
        [PLACES.county, 3 * MILLION],
        [PLACES.township, 0.5 * MILLION],
      ],
    )
    assert.ok(ledger.transfers.every((one: { fen: number[] }) => one.fen.reduce((sum, fen) => sum + fen, 0) === 0))
    assert.equal(ledger.steps.at(-1).is, ledger.totalFen)
  })

  test('without whole past years the months count evenly, and there is no band', async () => {
    const { forecast, end } = await house.done('fund.ledger', insurer, { org: PLACES.county })
    assert.deepEqual(
      [forecast.method, forecast.monthsKnown, forecast.yearFen, forecast.band],
      ['even-months', 1, 54 * MILLION, null],
    )
    // An overrun of 3 of 51 million is 5.88 %: 50 % of the first 2 %, 40 % of the next, 30 % of the rest.
    assert.equal(end.poolBearsFen + end.networkBearsFen, 3 * MILLION)
    assert.equal(end.poolBearsFen, Math.round(0.5 * 1.02 * MILLION + 0.4 * 1.02 * MILLION + 0.3 * 0.96 * MILLION))
  })

  test('a wrong transfer is taken back once, by one of its own that says why', async () => {
    const { transfer } = await house.done('fund.book', insurer, {
      org: PLACES.county,
      year: year(),
      month: 2,
      kind: 'outside',
      fen: 7 * MILLION,
    })
    const back = { org: PLACES.county, transfer, note: '金额录错' }
    await assert.rejects(codes('fund.reverse', insurer, { ...back, note: '' }), /note/)
    const both = await Promise.all([codes('fund.reverse', insurer, back), codes('fund.reverse', insurer, back)])
    assert.deepEqual(both.toSorted(), ['done', 'fund.already-reversed'])
    const ledger = await house.done('fund.ledger', insurer, { org: PLACES.county })
    assert.equal(ledger.months[1].outsideFen, 0)
    const found = ledger.transfers as { id: string; kind: string; reverses: string | null; isReversed: boolean }[]
    const reversal = found.find(({ reverses }) => reverses === transfer)
    assert.ok(reversal && found.find(({ id }) => id === transfer)?.isReversed)
    assert.equal(await codes('fund.reverse', insurer, { ...back, transfer: reversal.id }), 'fund.not-reversible')
    const grant = found.find(({ kind }) => kind === 'grant')
    assert.equal(await codes('fund.reverse', insurer, { ...back, transfer: grant?.id }), 'fund.not-reversible')
  })

  test('three whole past years give the forecast its shape and its band', async () => {
    for (let back = 1; back <= 3; back++) {
      const past = year() - back
      await house.done('fund.set-budget', insurer, {
        org: PLACES.county,
        year: past,
        sources: { method: 'last-budget', lastFen: 50 * MILLION, growth: 0 },
      })
      for (let month = 1; month <= 12; month++)
        await house.done('fund.book', insurer, {
          org: PLACES.county,
          year: past,
          month,
          kind: 'outside',
          fen: (3 + ((month + back) % 3)) * MILLION,
        })
    }
    const { forecast } = await house.done('fund.ledger', insurer, { org: PLACES.county })
    assert.equal(forecast.method, 'shape-of-past-years')
    assert.ok(forecast.band.lowFen < forecast.yearFen && forecast.yearFen < forecast.band.highFen)
    assert.equal(forecast.path.length, 12)
  })

  test('the lead’s manager sees its books, another institution’s finds nothing; insurer and bureau compare', async () => {
    const other = actor('consortium-manager', 'countyTcm')
    assert.equal(await codes('fund.ledger', other, { org: PLACES.county }), 'platform.not-found')
    assert.equal(await codes('fund.ledger', other, {}), 'platform.not-found')
    assert.equal(await codes('fund.budgets', manager, {}), 'platform.role-may-not')
    for (const who of [insurer, bureau]) {
      const { budgets } = await house.done('fund.budgets', who, {})
      assert.deepEqual(
        budgets.map((one: { org: string; totalFen: number; outsideFen: number }) => [one.org, one.totalFen, one.outsideFen]),
        [[PLACES.county, 51 * MILLION, MILLION]],
      )
    }
  })

  test('the database itself takes no transfer that does not sum to zero', async () => {
    const insert = house.database.run(sql`insert into fund.transfer (org_id, id, year, month, kind, accounts, fen, booked_at)
      values (${PLACES.county}, gen_random_uuid(), ${year()}, 1, 'outside', '{budget,outside}', '{-1,2}', now())`)
    await assert.rejects(insert, /check constraint/)
  })
})
