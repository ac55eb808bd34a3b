import assert from 'node:assert/strict'
import test from 'node:test'
import { becomes, control, paymentWorld } from '../../../tests/harness/payment.ts'
import { actor } from '../../../tests/harness/stage.ts'
import type { PersonId } from '../../kernel/id.ts'
import { sql } from '../../platform/database/pool.ts'
import { cashNumber } from './index.ts'

const LINES = [{ kind: 'drug', code: 'D-1', zh: '演示退热药', class: '01', priceFen: 2_800 }]
const self = (person: PersonId) => actor('resident', null, '演示监护人', person)

test('a guardian sees, prices, pays and refunds the bill of a child; nobody else does, and no longer once it has ended', async (t) => {
  const world = await paymentWorld(t, { seed: '2' })
  const { house, stage } = world
  const [mother, child, stranger] = [await world.person(1), await world.person(2), await world.person(3)]
  await house.database.run(sql`update residents.person set born_on = current_date - 2000 where person_id = ${child}`)
  const made = await house.done('payment.open-bill', stage.villageDoctor, { person: child, lines: LINES })
  const key = { org: made.org as string, bill: made.bill as string }
  const code = async (name: Parameters<typeof house.ask>[0], who: PersonId, input: object): Promise<string> => {
    const outcome = await house.ask(name, self(who), input)
    return outcome.ok ? 'done' : outcome.refusals.map((one) => one.code).join()
  }
  const reason = '演示理由'
  const closed = async (who: PersonId) => {
    for (const [name, input] of [
      ['payment.bill', key],
      ['payment.quote', key],
      ['payment.pay', { ...key, app: 'wechat' }],
      ['payment.refund', { ...key, reason }],
      ['payment.cancel', { ...key, reason }],
      ['payment.bills', { person: child }],
    ] as const)
      assert.equal(await code(name, who, input), 'platform.not-found', name)
  }
  await closed(mother)

  const { representative } = await house.done('record-access.register-representative', stage.villageDoctor, {
    person: child,
    by: mother,
    kind: 'guardian',
    document: '出生医学证明',
  })
  await closed(stranger)
  const { bills } = await house.done('payment.bills', self(mother), { person: child })
  assert.deepEqual(
    bills.map(({ id, person }: { id: string; person: string }) => [id, person]),
    [[key.bill, child]],
  )
  assert.deepEqual((await house.done('payment.bills', self(mother), {})).bills, [], 'her own list stays her own')
  assert.equal(await code('payment.quote', mother, { ...key, channel: 'window' }), 'payment.desk-only')
  assert.equal(await code('payment.quote', mother, key), 'done')
  await world.standsIn(key, ['quoted'])
  await house.done('payment.pay', self(mother), { ...key, app: 'wechat' })
  // Who has an account that covers it pays no cash: the seed decides who is insured how.
  const { split } = await house.done('payment.bill', self(mother), key)
  const tap = async () => (await control(world.url, { tap: cashNumber({ id: key.bill as never, round: 1 }) })).tapped
  if (split.cashFen > 0) await becomes('she taps', tap)
  await world.standsIn(key, ['settled'])
  assert.equal((await house.done('payment.released', stage.villageDoctor)).lines.length, 1)

  await house.done('payment.refund', self(mother), { ...key, reason: '不需要了' })
  const waits = await house.database.rows(sql`select 1 from payment.line where bill_id = ${key.bill} and released_at is not null`)
  assert.deepEqual(waits, [], 'nothing is dispensed while the money goes back')
  await world.standsIn(key, ['reversed'])
  const looks = await house.database.rows<{ basis: string }>(
    sql`select distinct basis from platform.audit where person_id = ${child} and form = 'payment.pay' and outcome = 'done'`,
  )
  assert.deepEqual(looks, [{ basis: '代理人办理 (representative)' }])

  await house.done('record-access.end-representative', stage.villageDoctor, {
    person: child,
    representative,
    reason: '演示结束监护',
  })
  await closed(mother)
})
