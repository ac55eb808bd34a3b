import assert from 'node:assert/strict'
import test from 'node:test'
import { sql } from '../../platform/database/pool.ts'
import { actor, PLACES } from '../../../tests/harness/stage.ts'
import { becomes, control, paymentWorld, type PaymentWorld } from '../../../tests/harness/payment.ts'
import { cashNumber } from './index.ts'

const LINES = [
  { kind: 'examination', code: 'E-1', zh: '心电图', class: '01', priceFen: 2_550 },
  { kind: 'drug', code: 'D-1', zh: '氨氯地平片', class: '02', priceFen: 1_233, count: 2 },
  { kind: 'other', code: 'O-1', zh: '健康教育手册', class: '03', priceFen: 301 },
]
const TOTAL = 2_550 + 2 * 1_233 + 301

/** A person of the insured type: the platform's seed decides who has which. */
const insuredAs = async (world: PaymentWorld, type: '310' | '390', from: number) => {
  for (let count = from; count < from + 40; count += 1) {
    const person = await world.person(count)
    const bill = await world.house.done('payment.open-bill', world.stage.villageDoctor, { person, lines: LINES })
    await world.house.done('payment.quote', world.stage.villageDoctor, { org: bill.org, bill: bill.bill })
    await world.standsIn(bill, ['quoted'])
    const shown = await world.house.done('payment.bill', world.stage.villageDoctor, { org: bill.org, bill: bill.bill })
    if (shown.insuredType === type) return { key: { org: bill.org as string, bill: bill.bill as string }, person, shown }
  }
  throw new Error('nobody is insured so')
}

const sums = async ({ house }: PaymentWorld): Promise<Record<string, number>> =>
  Object.fromEntries(
    (
      await house.database.rows<{ account: string; fen: number }>(sql`select account, sum(moved)::float8 as fen
        from payment.transfer, unnest(accounts, fen) as side(account, moved) group by 1 having sum(moved) <> 0`)
    ).map(({ account, fen }) => [account, fen]),
  )

test('a bill is priced, paid in one order, released, refunded whole, and the books stand as if nothing had been', async (t) => {
  const world = await paymentWorld(t)
  const { house, stage } = world
  const { key, person, shown } = await insuredAs(world, '310', 0)
  const self = actor('resident', null, '演示付费者', person)
  assert.equal(shown.totalFen, TOTAL)
  const { fundFen, accountFen, cashFen, familyPoolFen, hospitalFen } = shown.split
  assert.equal(fundFen + accountFen + cashFen + familyPoolFen + hospitalFen, TOTAL)
  // 60 % of 甲 25.50 and of 乙 24.66 less a tenth: the published rule of the simulated area (areas/workers.yaml), by hand.
  assert.equal(fundFen, Math.round((2_550 + 2_466 - 247) * 0.6))

  assert.deepEqual(
    (await house.done('payment.released', stage.villageDoctor)).lines,
    [],
    'nothing is carried out before it is paid',
  )
  await house.done('payment.pay', self, { ...key, app: 'wechat' })
  if (cashFen > 0) {
    const link: string = await becomes(
      'there is a place to tap',
      async () => (await house.done('payment.bill', self, key)).payLink,
    )
    assert.match(await (await fetch(link)).text(), new RegExp(`¥ ${(cashFen / 100).toFixed(2)}`))
    await fetch(link, { method: 'POST' })
  }
  await world.standsIn(key, ['settled'])
  const { lines } = await house.done('payment.released', stage.villageDoctor, { kind: 'examination' })
  assert.deepEqual(
    lines.map(({ code }: { code: string }) => code),
    ['E-1'],
  )
  const booked = await sums(world)
  assert.equal(booked[`institution:${key.org}`], TOTAL)
  assert.equal(booked['fund:310100'], -fundFen)
  assert.equal(booked[`account:${person}`] ?? 0, accountFen === 0 ? 0 : -accountFen)
  assert.equal(booked['clearing:wechat'] ?? 0, 0)

  await house.done('payment.refund', self, { ...key, reason: '不做检查了' })
  await world.standsIn(key, ['reversed'])
  assert.deepEqual(await sums(world), {}, 'every account is where it was')
  assert.deepEqual((await house.done('payment.released', stage.villageDoctor)).lines, [])
  const order = await house.database.rows<{ kind: string }>(
    sql`select kind from payment.transfer where bill_id = ${key.bill} order by booked_at`,
  )
  assert.deepEqual(
    order.map(({ kind }) => kind),
    cashFen > 0 ? ['collect', 'settle', 'return', 'reverse'] : ['settle', 'reverse'],
    'cash goes back before account and fund',
  )
})

test('residents’ insurance has no personal account; what was carried out is not refunded', async (t) => {
  const world = await paymentWorld(t, { seed: '2' })
  const { house, stage } = world
  const { key, shown } = await insuredAs(world, '390', 0)
  assert.equal(shown.split.accountFen, 0)
  assert.ok(shown.split.cashFen > 0)
  await house.done('payment.pay', stage.villageDoctor, { ...key, app: 'alipay' })
  const number = cashNumber({ id: key.bill as never, round: 1 })
  await becomes('the person taps', async () => (await control(world.url, { tap: number })).tapped)
  await world.standsIn(key, ['settled'])
  await house.done('payment.fulfil', stage.villageDoctor, { ...key, line: 2 })
  const refused = await house.ask('payment.refund', stage.villageDoctor, { ...key, reason: '退药' })
  assert.equal(!refused.ok && refused.refusals[0]?.code, 'payment.already-fulfilled')
  const twice = await house.ask('payment.fulfil', stage.villageDoctor, { ...key, line: 2 })
  assert.equal(!twice.ok && twice.refusals[0]?.code, 'payment.line-not-released')
})

test('at the window the desk takes the cash; 2207 settles and 2208 voids; who cancels in time pays nothing', async (t) => {
  const world = await paymentWorld(t, { seed: '3' })
  const { house, stage } = world
  const person = await world.person(1)
  const made = await house.done('payment.open-bill', stage.villageDoctor, { person, visitKind: 'chronic', lines: LINES })
  const key = { org: made.org, bill: made.bill }
  await house.done('payment.quote', stage.villageDoctor, { ...key, channel: 'window' })
  await world.standsIn(key, ['quoted'])
  const unfit = await house.ask('payment.pay', stage.villageDoctor, { ...key, app: 'wechat' })
  assert.equal(!unfit.ok && unfit.refusals[0]?.code, 'payment.way-does-not-fit')
  await house.done('payment.pay', stage.villageDoctor, { ...key, app: 'window' })
  await world.standsIn(key, ['settled'])
  await house.done('payment.refund', stage.villageDoctor, { ...key, reason: '开错' })
  await world.standsIn(key, ['reversed'])
  assert.deepEqual(await sums(world), {})

  const other = await house.done('payment.open-bill', stage.villageDoctor, { person, lines: LINES })
  const second = { org: other.org, bill: other.bill }
  await house.done('payment.quote', stage.villageDoctor, second)
  await world.standsIn(second, ['quoted'])
  await house.done('payment.pay', stage.villageDoctor, { ...second, app: 'wechat' })
  await house.later(3)
  await world.standsIn(second, ['cancelled'])
  assert.deepEqual(await sums(world), {})
})

test('payment by telephone is open where the register says so', async (t) => {
  const { house, stage, person } = await paymentWorld(t)
  const desk = stage.familyDoctor
  const somebody = await person(7)
  const made = await house.done('payment.open-bill', desk, { person: somebody, lines: LINES })
  const key = { org: made.org, bill: made.bill }
  const closed = await house.ask('payment.quote', desk, key)
  assert.equal(!closed.ok && closed.refusals[0]?.code, 'payment.not-open-here')
  await house.done('payment.propose-point', actor('insurer', null), {
    from: '2020-01-01',
    body: { code: 'P-1', kind: 'pharmacy', zh: '演示药店' },
  })
  const { tiers, pharmacies } = await house.done('payment.coverage', actor('health-bureau', null))
  assert.equal(pharmacies, 1)
  const village = tiers.find(({ tier }: { tier: string }) => tier === 'village')
  assert.equal(village.open, 1)
  assert.ok(village.institutions >= 1 && village.share > 0)
  assert.equal(tiers.find(({ tier }: { tier: string }) => tier === 'county').open, 0)
  assert.ok(PLACES.village)
})
