import assert from 'node:assert/strict'
import test, { type TestContext } from 'node:test'
import { testHouse } from '../../../tests/harness/house.ts'
import { actor, PLACES, setStage } from '../../../tests/harness/stage.ts'
import { madeUpCatalogue } from '../../../sim/audit-rules/catalogue.ts'
import { faultsOf } from '../../shapes/case.ts'
import { instantAt, plusDays } from '../../kernel/day.ts'
import { afterWorkDays } from '../record-access/index.ts'
import { millisecondsBetween, type Instant } from '../../kernel/clock.ts'
import { sql } from '../../platform/database/pool.ts'
import { lifecycle } from './lifecycle.ts'

const AUDITOR = actor('insurer', null, '审核员甲')
const SECOND = actor('insurer', null, '审核员乙')

const opened = async (t: TestContext) => {
  const house = await testHouse(t)
  const stage = await setStage(house)
  const items = [...madeUpCatalogue()].map(([code, knowledge]) => ({ code, zh: `演示项目 ${code}`, knowledge }))
  assert.deepEqual(await house.done('audit-rules.load-items', AUDITOR, { from: '2024-01-01', basis: '演示目录', items }), {
    loaded: items.length,
  })
  return { house, stage }
}
type Opened = Awaited<ReturnType<typeof opened>>

/** A bill of a man of the county hospital: what only women get, and what the fund does not pay. */
const bill = ({ stage }: Opened, ref: string, lines: readonly (readonly [item: string, fen: number])[]) => ({
  ref,
  gender: 'male',
  bornOn: '1970-01-01',
  stays: [
    {
      id: `stay-${ref}`,
      institution: PLACES.county,
      level: 'county',
      inpatient: false,
      insurance: 'resident',
      admittedOn: plusDays(stage.today, -3),
      dischargedOn: plusDays(stage.today, -3),
      diagnoses: ['I10'],
      procedures: 0,
      lines: lines.map(([item, fen], at) => ({
        id: `${ref}-${at}`,
        item,
        day: plusDays(stage.today, -3),
        quantity: 1,
        priceFen: fen,
        amountFen: fen,
      })),
    },
  ],
})

const refusalOf = async ({ house }: Opened, form: string, who: typeof AUDITOR, input: object): Promise<string | null> => {
  const outcome = await house.ask(form as never, who, input as never)
  return outcome.ok ? null : (outcome.refusals[0]?.code ?? '')
}

/** What was booked of a hit: each transfer with its accounts. */
const bookedOf = async ({ house }: Opened, key: object): Promise<[kind: string, postings: Record<string, number>][]> =>
  (await house.done('audit-rules.hit', AUDITOR, key)).transfers.map(
    ({ kind, postings }: { kind: string; postings: [string, number][] }) => [kind, Object.fromEntries(postings)],
  )

const HOUR_MS = 3_600_000
/** Moves the clock past the end of the time in which a hit has to be moved on; answers how long that was, in hours. */
const toTheEnd = async ({ house }: Opened, key: object, before = 0): Promise<number> => {
  const [{ now } = { now: '' }] = await house.database.rows<{ now: Instant }>(sql`select platform.jieli_now() as now`)
  const { dueAt } = await house.done('audit-rules.hit', AUDITOR, key)
  const hours = Math.ceil(millisecondsBetween(now as Instant, dueAt) / HOUR_MS) + 1 - before
  await house.later(hours)
  return hours
}

test('the life of a hit has no dead end', () => assert.deepEqual(faultsOf(lifecycle), []))

test('a batch is audited once; a hit is told, disputed, decided and recovered, and a large one needs a second person', async (t) => {
  const all = await opened(t)
  const { house, stage } = all
  const batch = {
    batch: '2026-10',
    persons: [
      bill(all, 'a', [
        ['women', 12_000],
        ['beauty', 2_000_000],
      ]),
    ],
  }
  const audited = await house.done('audit-rules.submit', AUDITOR, batch)
  assert.deepEqual(audited.rules, { gender: 1, 'not-payable': 1 })
  assert.deepEqual([audited.lines, audited.hits, audited.amountFen], [2, 2, 2_012_000])
  assert.equal(await refusalOf(all, 'audit-rules.submit', SECOND, batch), 'audit-rules.batch-audited')

  const { hits } = await house.done('audit-rules.hits', AUDITOR, {})
  const of = (rule: string) => {
    const { org, id } = hits.find((hit: { rule: string }) => hit.rule === rule)
    return { org, hit: id }
  }
  const [small, large] = [of('gender'), of('not-payable')]
  assert.deepEqual((await house.done('audit-rules.hits', stage.desk, {})).hits, [], 'the hospital sees what it was told of')
  assert.equal(await refusalOf(all, 'audit-rules.appeal', stage.desk, { ...small, reason: '登记错误' }), 'platform.not-found')

  await house.done('audit-rules.tell', AUDITOR, small)
  const told = (await house.done('audit-rules.hits', stage.desk, {})).hits
  assert.deepEqual(
    told.map(({ rule, state, number }: { rule: string; state: string; number: number }) => [rule, state, number]),
    [['gender', 'told', 15]],
  )
  const shown = await house.done('audit-rules.hit', stage.desk, small)
  assert.equal(shown.clause.grade, 'sourced')
  assert.deepEqual(
    shown.stays[0].lines.map(({ item }: { item: string }) => item),
    ['women'],
  )
  assert.equal(await refusalOf(all, 'audit-rules.appeal', stage.tcmDesk, { ...small, reason: '不是我院' }), 'platform.not-found')
  await house.done('audit-rules.appeal', stage.desk, { ...small, reason: '性别登记有误,附病历' })
  assert.equal(
    await refusalOf(all, 'audit-rules.decide', AUDITOR, { ...small, reason: '证据不足', recoverFen: 12_001 }),
    'audit-rules.more-than-found',
  )
  assert.equal(
    (await house.done('audit-rules.decide', AUDITOR, { ...small, reason: '申诉不成立', recoverFen: 12_000 })).state,
    'recovering',
  )
  assert.deepEqual(await bookedOf(all, small), [['decided', { [`owed:${PLACES.county}`]: -12_000, 'fund:recovery': 12_000 }]])
  await house.done('audit-rules.recover', AUDITOR, { ...small, recoveredFen: 11_999 })
  assert.deepEqual((await bookedOf(all, small)).slice(1), [
    ['paid', { [`institution:${PLACES.county}`]: -11_999, [`owed:${PLACES.county}`]: 11_999 }],
    ['waived', { 'fund:recovery': -1, [`owed:${PLACES.county}`]: 1 }],
  ])
  assert.equal(await refusalOf(all, 'audit-rules.drop', AUDITOR, { ...small, reason: '再看一次' }), 'platform.move-not-possible')

  await house.done('audit-rules.tell', AUDITOR, large)
  await house.done('audit-rules.accept', stage.desk, large)
  assert.equal(
    (await house.done('audit-rules.decide', AUDITOR, { ...large, reason: '非支付范围', recoverFen: 2_000_000 })).state,
    'proposed',
  )
  assert.deepEqual(await bookedOf(all, large), [], 'a proposal moves nothing')
  assert.equal(await refusalOf(all, 'audit-rules.confirm', AUDITOR, large), 'audit-rules.same-person')
  assert.equal((await house.done('audit-rules.confirm', SECOND, large)).state, 'recovering')
  const { counts } = await house.done('audit-rules.hits', AUDITOR, {})
  assert.deepEqual(
    counts.map(({ state, rule, recoveredFen }: { state: string; rule: string; recoveredFen: number }) => [
      state,
      rule,
      recoveredFen,
    ]),
    [
      ['closed', 'gender', 11_999],
      ['recovering', 'not-payable', 0],
    ],
  )
})

test('a won review takes a decision back by somebody else, and the books stand as if it had not been', async (t) => {
  const all = await opened(t)
  const { house, stage } = all
  await house.done('audit-rules.submit', AUDITOR, { batch: 'r', persons: [bill(all, 'one', [['women', 700]])] })
  const [{ org, id }] = (await house.done('audit-rules.hits', AUDITOR, {})).hits
  const key = { org, hit: id }
  const reason = '复议成立:登记机关已更正'
  assert.equal(await refusalOf(all, 'audit-rules.revoke', SECOND, { ...key, reason }), 'platform.move-not-possible')
  await house.done('audit-rules.tell', AUDITOR, key)
  await house.done('audit-rules.accept', stage.desk, key)
  await house.done('audit-rules.decide', AUDITOR, { ...key, reason: '认可', recoverFen: 600 })
  assert.equal(await refusalOf(all, 'audit-rules.revoke', AUDITOR, { ...key, reason }), 'audit-rules.same-person')
  assert.equal((await house.done('audit-rules.revoke', SECOND, { ...key, reason })).state, 'dropped')
  const sums = new Map<string, number>()
  for (const [, postings] of await bookedOf(all, key))
    for (const [account, fen] of Object.entries(postings)) sums.set(account, (sums.get(account) ?? 0) + fen)
  assert.deepEqual([...sums.values()], [0, 0])
  assert.equal(await refusalOf(all, 'audit-rules.recover', AUDITOR, { ...key, recoveredFen: 1 }), 'platform.move-not-possible')
  assert.equal((await house.done('audit-rules.hit', stage.desk, key)).transfers.length, 2, 'the institution sees its books')
})

test('who does not answer in time is decided without; a fraud case is not seen by the institution before it is decided', async (t) => {
  const all = await opened(t)
  const { house, stage } = all
  await house.done('audit-rules.submit', AUDITOR, {
    batch: 'b',
    persons: [bill(all, 'one', [['women', 100]]), bill(all, 'two', [['beauty', 500]])],
  })
  const { hits } = await house.done('audit-rules.hits', AUDITOR, {})
  const of = (ref: string) => {
    const { org, id } = hits.find(({ personRef }: { personRef: string }) => personRef === ref)
    return { org, hit: id }
  }
  const [first, second] = [of('one'), of('two')]
  await house.done('audit-rules.tell', AUDITOR, first)
  await toTheEnd(all, first)
  assert.deepEqual(
    (await house.done('audit-rules.hits', AUDITOR, { state: 'review' })).hits.map(({ reply }: { reply: string }) => reply),
    ['silent'],
  )
  assert.equal(await refusalOf(all, 'audit-rules.appeal', stage.desk, { ...first, reason: '迟了' }), 'platform.move-not-possible')
  await house.done('audit-rules.investigate', AUDITOR, { ...second, reason: '多人同日' })
  assert.equal(await refusalOf(all, 'audit-rules.hit', stage.desk, second), 'platform.not-found')
  await house.done('audit-rules.decide', AUDITOR, { ...second, reason: '查实', recoverFen: 500 })
  assert.equal((await house.done('audit-rules.hit', stage.desk, second)).isFraudCase, true)
  await house.done('audit-rules.revoke', SECOND, { ...second, reason: '复议成立' })
  assert.equal(
    (await house.done('audit-rules.hit', stage.desk, second)).state,
    'dropped',
    'who was told of it sees it taken back',
  )
})

test('times are working days; an institution is told before one is up; what is late stays late and is told of again', async (t) => {
  const all = await opened(t)
  const { house, stage } = all
  await house.done('audit-rules.submit', AUDITOR, { batch: 'n', persons: [bill(all, 'one', [['women', 700]])] })
  const [{ org, id }] = (await house.done('audit-rules.hits', AUDITOR, {})).hits
  const key = { org, hit: id }
  const waiting = async (who: typeof AUDITOR) => {
    const { waiting: count, near, late, appealed } = await house.done('audit-rules.waiting', who)
    return [count, near, late, appealed]
  }
  const told = async (type: string) =>
    (
      await house.database.rows(
        sql`select from platform.trace_event where type = ${`audit-rules.hit-${type}`} and ${org}::bigint = any (seen_by)`,
      )
    ).length
  assert.deepEqual(await waiting(stage.desk), [0, 0, 0, 0], 'nothing was told yet')
  await house.done('audit-rules.tell', AUDITOR, key)
  assert.deepEqual(
    [await waiting(stage.desk), await waiting(stage.tcmDesk)],
    [
      [1, 0, 0, 0],
      [0, 0, 0, 0],
    ],
    'only who billed it',
  )
  const { dueAt } = await house.done('audit-rules.hit', stage.desk, key)
  assert.equal(dueAt, instantAt(afterWorkDays(stage.today, 10), '23:59', 'Asia/Shanghai'), 'the end of the tenth working day')

  await toTheEnd(all, key, 26)
  assert.equal(await told('near'), 1, 'the institution was told two working days before')
  assert.deepEqual(await waiting(stage.desk), [1, 1, 0, 0])
  assert.equal((await house.done('audit-rules.hit', stage.desk, key)).dueAt, dueAt, 'telling moves no time')
  await house.done('audit-rules.appeal', stage.desk, { ...key, reason: '性别登记有误' })
  assert.deepEqual(
    [await waiting(stage.desk), await waiting(AUDITOR)],
    [
      [0, 0, 0, 0],
      [1, 0, 0, 1],
    ],
    'the insurer has an appeal',
  )

  await toTheEnd(all, key)
  assert.deepEqual(await waiting(AUDITOR), [1, 0, 1, 1], 'late')
  const once = await told('remind')
  assert.equal(once, 1)
  await house.later(24 * 60)
  assert.ok((await told('remind')) > once, 'told of again')
  assert.deepEqual(await waiting(AUDITOR), [1, 0, 1, 1], 'and still late')
  assert.equal((await house.done('audit-rules.hits', AUDITOR, { isOverdue: true })).hits.length, 1)
})

test('a bill of an unknown institution, an id that stands twice, an item loaded again: each is refused by name', async (t) => {
  const all = await opened(t)
  const { house } = all
  const one = bill(all, 'x', [['women', 100]])
  const [stay] = one.stays
  const cases: readonly (readonly [string, string, object])[] = [
    [
      'audit-rules.submit',
      'audit-rules.institution-unknown',
      { batch: 'c', persons: [{ ...one, stays: [{ ...stay, institution: '9999999' }] }] },
    ],
    ['audit-rules.submit', 'audit-rules.lines-twice', { batch: 'c', persons: [{ ...one, stays: [stay, stay] }] }],
    [
      'audit-rules.load-items',
      'audit-rules.item-known',
      { from: '2024-01-01', basis: '再装', items: [{ code: 'women', zh: '演示', knowledge: {} }] },
    ],
  ]
  const taken = { batch: 'desk:1:2026-01-01', persons: [one] }
  await assert.rejects(house.ask('audit-rules.submit', AUDITOR, taken), /kept for what is found at a desk/)
  for (const [form, code, input] of cases) assert.equal(await refusalOf(all, form, AUDITOR, input), code)
})

test('while ordering the doctor is told what the lines would break, and nothing is kept', async (t) => {
  const all = await opened(t)
  const { house, stage } = all
  const person = await stage.person('演示开单者', '2020-01-01')
  const asked = await house.done('audit-rules.check-order', stage.villageDoctor, {
    person,
    diagnoses: ['J06'],
    lines: [
      { item: 'cold-medicine', quantity: 1, priceFen: 1_000, supplyDays: 30 },
      { item: 'unknown-item', quantity: 1, priceFen: 1_000 },
    ],
  })
  assert.deepEqual(
    asked.hits.map(({ rule, lines }: { rule: string; lines: number[] }) => [rule, lines]),
    [['supply', [1]]],
  )
  assert.deepEqual(asked.unknown, ['unknown-item'])
  assert.deepEqual((await house.done('audit-rules.hits', AUDITOR, {})).hits, [])
  assert.equal(
    await refusalOf(all, 'audit-rules.check-order', stage.cityDesk, {
      person,
      diagnoses: [],
      lines: [{ item: 'women', quantity: 1, priceFen: 1 }],
    }),
    'platform.not-found',
  )
})
