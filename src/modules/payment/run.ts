import { plusHours } from '../../kernel/clock.ts'
import { instantAt, plusDays, type Day } from '../../kernel/day.ts'
import { newId } from '../../kernel/id.ts'
import { SYSTEM } from '../../platform/access.ts'
import { asSystem } from '../../platform/database/as-system.ts'
import { beginAct } from '../../platform/forms/run.ts'
import type { House } from '../../platform/house.ts'
import { isCompared, orgsOn } from './ledger-store.ts'
import { compareDay } from './reconcile.ts'
import type { Link } from './trade-client.ts'
import { startPaymentWork, type PaymentWork } from './worker.ts'

const LOOK_EVERY_MS = 15_000
const FIRST_WAIT_MS = 500

/** Institutions whose books of yesterday are still to be compared; none before the hour of policy. */
const dueNow = (house: House): Promise<{ day: Day; orgs: Awaited<ReturnType<typeof orgsOn>> }> =>
  asSystem(house.database).transaction(async (tx) => {
    const act = await beginAct(house, tx, { actor: SYSTEM, request: newId() })
    const day = plusDays(act.today, -1)
    if (act.now < plusHours(instantAt(act.today, '00:00', act.zone), act.policy('payment.compare-hour'))) return { day, orgs: [] }
    const orgs = []
    for (const org of await orgsOn(tx, day)) if (!(await isCompared(tx, org, day))) orgs.push(org)
    return { day, orgs }
  })

/** Payment as a server runs it: the work on bills, and the comparison of books each night. */
export const startPayment = (house: House, link: Omit<Link, 'firstWaitMs'>): PaymentWork => {
  const work = startPaymentWork(house, { ...link, firstWaitMs: FIRST_WAIT_MS })
  let looking: Promise<void> | null = null
  const lookOnce = async (): Promise<void> => {
    const { day, orgs } = await dueNow(house)
    for (const org of orgs) await compareDay(house, work.links, org, day)
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
