import { newId } from '../../../kernel/id.ts'
import type { Database } from '../../../platform/database/pool.ts'
import type { Log } from '../../../platform/house.ts'
import { notify } from './store.ts'

/** Where processes say to one another that they have committed something. */
export const CAPACITY_CHANNEL = 'jieli_capacity'

/** A message: who says it, and the how manieth of his it is. */
export type Notice = { readonly sender: string; readonly number: number }

export const writeNotice = ({ sender, number }: Notice): string => `${sender} ${number}`

/** Null for what is none of ours. */
export const readNotice = (payload: string): Notice | null => {
  const [, sender, number] = /^(\S+) (\d+)$/.exec(payload) ?? []
  return sender && number ? { sender, number: Number(number) } : null
}

/** The first is told at once; what comes within so many ms after a message is told together by the next, so that a rush costs ten a second. */
const APART_MS = 100

/** Tells other processes, outside of every booking's own transaction, that something was committed here. */
export type Notices = { readonly told: () => void; readonly close: () => Promise<void> }

/** Starts telling. A message that cannot be sent is left out: whoever listens misses its number, or finds out by looking. */
export const startNotices = (database: Database, log: Log): Notices => {
  const sender = newId()
  let number = 0
  let timer: NodeJS.Timeout | null = null
  let sending: Promise<void> | null = null
  let again = false
  let isClosed = false
  let nextAt = 0
  const send = async (): Promise<void> => {
    timer = null
    number += 1
    nextAt = performance.now() + APART_MS
    try {
      await notify(database, CAPACITY_CHANNEL, writeNotice({ sender, number }))
    } catch (error) {
      log('warn', 'capacity.notice-failed', { error: (error as Error).message })
    }
    sending = null
    if (again) told()
  }
  const told = (): void => {
    again = sending !== null
    if (!again && !isClosed) timer ??= setTimeout(() => void (sending = send()), Math.max(0, nextAt - performance.now()))
  }
  return {
    told,
    close: async () => {
      isClosed = true
      if (timer) clearTimeout(timer)
      await sending
    },
  }
}
