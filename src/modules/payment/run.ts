import { plusHours } from '../../kernel/clock.ts'
import { instantAt, plusDays } from '../../kernel/day.ts'
import { newId } from '../../kernel/id.ts'
import { SYSTEM } from '../../platform/access.ts'
import { asSystem } from '../../platform/database/as-system.ts'
import { beginAct } from '../../platform/forms/run.ts'
import type { House } from '../../platform/house.ts'
import { uncompared } from './ledger-store.ts'
import { compareDay } from './reconcile.ts'
import type { Link } from './trade-client.ts'
import { startPaymentWork, type PaymentWork } from './worker.ts'

const LOOK_EVERY_MS = 15_000
const FIRST_WAIT_MS = 500

/** Days that nobody compared, because no server ran at night, are looked for so far back. Design: as long as a platform keeps its lists at hand. */
const CATCH_UP_DAYS = 7

/** Books that are still to be compared, the oldest day first: yesterday's from the hour of policy on, and earlier ones that were missed. */
const dueNow = (house: House): ReturnType<typeof uncompared> =>
  asSystem(house.database).transaction(async (tx) => {
    const act = await beginAct(house, tx, { actor: SYSTEM, request: newId() })
    const isTime = act.now >= plusHours(instantAt(act.today, '00:00', act.zone), act.policy('payment.compare-hour'))
    const last = plusDays(act.today, isTime ? -1 : -2)
    return uncompared(tx, plusDays(last, 1 - CATCH_UP_DAYS), last)
  })

/** Payment as a server runs it: the work on bills, and the comparison of books each night. */
export const startPayment = (house: House, link: Omit<Link, 'firstWaitMs'>): PaymentWork => {
  const work = startPaymentWork(house, { ...link, firstWaitMs: FIRST_WAIT_MS })
  let looking: Promise<void> | null = null
  const lookOnce = async (): Promise<void> => {
    for (const { day, org } of await dueNow(house)) await compareDay(house, work.links, org, day)
  }
  const look = (): void => {
    looking ??= lookOnce()
      .catch((error: Error) => house.log('warn', 'payment.not-compared', { error: error.message }))
      .finally(() => (looking = null))
  }
  const timer = setInterval(look, LOOK_EVERY_MS)
  look()
  return {
    links: work.links,
    close: async () => {
      clearInterval(timer)
      await Promise.all([looking, work.close()])
    },
  }
}
