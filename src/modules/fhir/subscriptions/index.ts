import type { House } from '../../../platform/house.ts'
import { queueWritten, tellDue, type Telling } from './sender.ts'

export { queueWritten, tellDue } from './sender.ts'
export type { Telling } from './sender.ts'

/** Telling subscribers, as a server runs it. */
export type Subscribers = { readonly close: () => Promise<void> }

const LOOK_EVERY_MS = 500

/** Starts telling subscribers of what is written, until closed; several processes may do so at once. */
export const startSubscriptions = (house: House, telling: Telling): Subscribers => {
  let closed = false
  let running: Promise<void> | null = null
  const round = async (): Promise<void> => {
    while (!closed && (await queueWritten(house)));
    while (!closed && (await tellDue(house, telling)) > 0);
  }
  const timer = setInterval(() => {
    if (closed || running) return
    running = round()
      .catch((error: Error) => house.log('warn', 'fhir.subscription-round-failed', { error: error.message }))
      .finally(() => (running = null))
  }, LOOK_EVERY_MS)
  return {
    close: async () => {
      closed = true
      clearInterval(timer)
      await running
    },
  }
}
