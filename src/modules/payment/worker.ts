import { setTimeout as wait } from 'node:timers/promises'
import { asSystem } from '../../platform/database/as-system.ts'
import type { House } from '../../platform/house.ts'
import { makeCircuit } from './circuit.ts'
import type { Notice } from './filing/notice.ts'
import { claimNotices, putOffNotice } from './filing/notice-store.ts'
import { sendNotice } from './filing/send-notice.ts'
import type { Bill } from './payment.ts'
import { sandboxWallet } from './providers/wallet.ts'
import { advance, type Links } from './saga.ts'
import { claimWork, putOff } from './store.ts'
import { makeTradeClient, NotNow, type Link } from './trade-client.ts'

/** The loop that moves bills on, and notices of filings. */
export type PaymentWork = { readonly links: Links; readonly close: () => Promise<void> }
export type WorkerOptions = {
  readonly parallel?: number
  readonly idleMs?: number
  readonly leaseMs?: number
  readonly waitMsMost?: number
}

const PARALLEL = 6
const IDLE_MS = 300
/** Longer than all messages of one state may take; then another server may take the bill up. */
const LEASE_MS = 120_000
const WAIT_MS_MOST = 60_000
const CIRCUIT_REST_MS = 3_000
/** How often it is asked whether a person has paid. */
const LOOK_MS = 1_000
const DOUBLINGS_MOST = 12

/** The platform and the wallet as one link says them; both share what is known of their silence. */
export const linksOf = (house: House, link: Link): Links => ({
  trades: makeTradeClient(house, link, makeCircuit(CIRCUIT_REST_MS)),
  wallet: sandboxWallet(link, makeCircuit(CIRCUIT_REST_MS)),
  area: link.area,
})

/** Something that the house is at work on: what it is, one step of it, and when it is taken up again where the step ended nowhere. */
type Task = {
  readonly what: { readonly [key: string]: string }
  readonly move: () => Promise<void>
  readonly putOff: () => Promise<unknown>
}

const waitAfter = (tries: number, firstMs: number, mostMs: number): number =>
  Math.min(mostMs, firstMs * 2 ** Math.min(tries, DOUBLINGS_MOST))

/** What is due now, bills first, each leased to who asks. */
const claimTasks = async (
  { house, links, link }: { house: House; links: Links; link: Link },
  { room, leaseMs, waitMsMost }: { room: number; leaseMs: number; waitMsMost: number },
): Promise<Task[]> => {
  const database = asSystem(house.database)
  const laterBy = ({ state, tries }: Bill): number =>
    state === 'collecting' ? Math.min(LOOK_MS, waitMsMost) : waitAfter(tries, link.firstWaitMs, waitMsMost)
  const ofBill = (bill: Bill): Task => ({
    what: { bill: bill.id, state: bill.state },
    move: () => advance(house, links, bill),
    putOff: () => putOff(database, bill, laterBy(bill)),
  })
  const ofNotice = (notice: Notice): Task => ({
    what: { filing: notice.filing, state: notice.state },
    move: () => sendNotice(house, links, notice),
    putOff: () => putOffNotice(database, notice, waitAfter(notice.tries, link.firstWaitMs, waitMsMost)),
  })
  const bills = await claimWork(database, room, leaseMs)
  const notices = room > bills.length ? await claimNotices(database, room - bills.length, leaseMs) : []
  return [...bills.map(ofBill), ...notices.map(ofNotice)]
}

/**
 * Moves bills and notices of filings on until closed, several at a time. Several servers may do so at once: each is leased, and whoever is
 * killed lets go of it when the lease ends.
 */
export const startPaymentWork = (house: House, link: Link, options: WorkerOptions = {}): PaymentWork => {
  const { parallel = PARALLEL, idleMs = IDLE_MS, leaseMs = LEASE_MS, waitMsMost = WAIT_MS_MOST } = options
  const links = linksOf(house, link)
  const underWay = new Set<Promise<void>>()
  let isClosed = false
  const carry = async ({ what, move, putOff: later }: Task): Promise<void> => {
    try {
      await move()
    } catch (error) {
      if (!(error instanceof NotNow)) house.log('error', 'payment.not-moved', { ...what, error: (error as Error).message })
      await later()
    }
  }
  const start = (task: Task): void => {
    const work: Promise<void> = carry(task)
      .catch((error: Error) => house.log('warn', 'payment.put-off-failed', { ...task.what, error: error.message }))
      .finally(() => underWay.delete(work))
    underWay.add(work)
  }
  const round = async (): Promise<void> => {
    const room = parallel - underWay.size
    const tasks = room > 0 ? await claimTasks({ house, links, link }, { room, leaseMs, waitMsMost }) : []
    for (const task of tasks) start(task)
    if (tasks.length < room || room <= 0) await (underWay.size > 0 ? Promise.race([...underWay, wait(idleMs)]) : wait(idleMs))
  }
  const loop = async (): Promise<void> => {
    while (!isClosed)
      await round().catch(async (error: Error) => {
        house.log('warn', 'payment.round-failed', { error: error.message })
        await wait(idleMs)
      })
  }
  const running = loop()
  return {
    links,
    close: async () => {
      isClosed = true
      await running
      await Promise.all(underWay)
    },
  }
}
