import { instantAt, type Day } from '../../kernel/day.ts'
import { newId } from '../../kernel/id.ts'
import { SYSTEM } from '../../platform/access.ts'
import { asSystem } from '../../platform/database/as-system.ts'
import { databaseNow } from '../../platform/database/pool.ts'
import { beginAct, run } from '../../platform/forms/run.ts'
import type { House } from '../../platform/house.ts'
import { plusHours } from '../../kernel/clock.ts'
import { compare, dayBefore } from './commands.ts'
import type { Comparison } from './docking.ts'
import { fetchBook, type Platform } from './platform.ts'
import { startSender } from './sender.ts'
import { isCompared } from './store.ts'

/** Docking as a server runs it: the sender, and the comparison of books each night. */
export type Docking = { readonly close: () => Promise<void> }

const LOOK_EVERY_MS = 60_000

/**
 * Asks the platform for its book of a day and compares it with ours.
 * @throws Error when the platform does not answer.
 */
export const compareDay = async (house: House, platform: Platform, day: Day): Promise<Comparison> => {
  const there = await fetchBook(platform, day)
  const outcome = await run(house, compare, { day, there }, { actor: SYSTEM, request: newId() })
  if (!outcome.ok)
    throw new Error(`The books of ${day} could not be compared: ${outcome.refusals.map(({ code }) => code).join(', ')}`)
  return JSON.parse(outcome.value.text) as Comparison
}

/** Compares yesterday’s books once the hour of policy has come by the one clock; a platform that is silent is asked again later. */
const compareWhenDue = async (house: House, platform: Platform): Promise<void> => {
  const { day, isDue } = await asSystem(house.database).transaction(async (tx) => {
    const act = await beginAct(house, tx, { actor: SYSTEM, request: newId() })
    const midnight = instantAt(act.today, '00:00', act.zone)
    const from = plusHours(midnight, act.policy('docking.compare-hour'))
    const yesterday = dayBefore({ now: await databaseNow(tx), zone: act.zone })
    return { day: yesterday, isDue: act.now >= from && !(await isCompared(tx, yesterday, midnight)) }
  })
  if (isDue) await compareDay(house, platform, day)
}

/** Starts telling the platform; `close` waits for what is under way. */
export const startDocking = (house: House, platform: Platform): Docking => {
  const sender = startSender(house, platform)
  let looking: Promise<void> | null = null
  const look = (): void => {
    looking ??= compareWhenDue(house, platform)
      .catch((error: Error) => house.log('warn', 'docking.not-compared', { error: error.message }))
      .finally(() => (looking = null))
  }
  const timer = setInterval(look, LOOK_EVERY_MS)
  look()
  return {
    close: async () => {
      clearInterval(timer)
      await Promise.all([looking, sender.close()])
    },
  }
}
