import assert from 'node:assert/strict'
import test from 'node:test'
import { control, paymentWorld, becomes, stateOf, linkTo } from '../../../../tests/harness/payment.ts'
import { asSystem } from '../../../platform/database/as-system.ts'
import { sql } from '../../../platform/database/pool.ts'
import { cashNumber, linksOf, type Links } from '../index.ts'
import { advance } from '../saga.ts'
import { findBill } from '../store.ts'
import { NotNow, type TradeClient } from '../trade-client.ts'

const LINES = [{ kind: 'examination', code: 'E-1', zh: '心电图', class: '01', priceFen: 2_550 }]

/** A platform that settles and says it refused, and a house that is killed as soon as the settlement was voided. */
const interrupted = (links: Links, of: { settle: string; giveBack: string }): Links => {
  const killed = new Set<string>()
  const call: TradeClient['call'] = async (about, infno, input) => {
    const answer = await links.trades.call(about, infno, input)
    if (infno === of.settle) return { ok: false, says: '演示:已结算却答复失败' }
    if (infno !== of.giveBack || killed.has(about.step)) return answer
    killed.add(about.step)
    throw new NotNow('killed between the platform and the note')
  }
  return { ...links, trades: { call } }
}

for (const [channel, app, trades] of [
  ['mobile', 'wechat', { settle: '6202', giveBack: '6203' }],
  ['window', 'window', { settle: '2207', giveBack: '2208' }],
] as const)
  test(`${channel}: what the platform settled unasked and voided is in the books of the day, also after a kill in between`, async (t) => {
    const world = await paymentWorld(t, { seed: '5' })
    const { house, stage } = world
    const made = await house.done('payment.open-bill', stage.villageDoctor, { person: await world.person(1), lines: LINES })
    const key = { org: made.org as string, bill: made.bill as string }
    await house.done('payment.quote', stage.villageDoctor, { ...key, channel })
    await world.standsIn(key, ['quoted'])
    await world.work.close()
    await house.done('payment.pay', stage.villageDoctor, { ...key, app })
    const links = interrupted(linksOf(house.house, linkTo(world.url)), trades)
    await becomes('the bill is withdrawn', async () => {
      if (channel === 'mobile') await control(world.url, { tap: cashNumber({ id: key.bill as never, round: 1 }) })
      const found = await findBill(asSystem(house.database), key.org as never, key.bill as never)
      await advance(house.house, links, found?.bill as never).catch((error: Error) =>
        assert.ok(error instanceof NotNow, error.message),
      )
      return (await stateOf(house, key)) === 'cancelled' ? true : null
    })
    assert.deepEqual(
      await house.database.rows(
        sql`select total_fen::int as total, voided_on = settled_on as "sameDay" from payment.settlement where bill_id = ${key.bill}`,
      ),
      [{ total: 2_550, sameDay: true }],
    )
  })
