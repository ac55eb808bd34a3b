import { setTimeout as wait } from 'node:timers/promises'
import { asSystem } from '../../platform/database/as-system.ts'
import type { House } from '../../platform/house.ts'
import { makeCircuit } from './circuit.ts'
import type { Bill } from './payment.ts'
import { sandboxWallet } from './providers/wallet.ts'
import { advance, type Links } from './saga.ts'
import { claimWork, putOff } from './store.ts'
import { makeTradeClient, NotNow, type Link } from './trade-client.ts'

/** The loop that moves bills on. */
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

/**
 * Moves bills on until closed, several at a time. Several servers may do so at once: each bill is leased, and whoever is killed lets go of
 * it when the lease ends.
 */
export const startPaymentWork = (house: House, link: Link, options: WorkerOptions = {}): PaymentWork => {
  const { parallel = PARALLEL, idleMs = IDLE_MS, leaseMs = LEASE_MS, waitMsMost = WAIT_MS_MOST } = options
  const links = linksOf(house, link)
  const database = asSystem(house.database)
  const underWay = new Set<Promise<void>>()
  let isClosed = false
  const laterBy = (bill: Bill): number =>
    bill.state === 'collecting'
      ? Math.min(LOOK_MS, waitMsMost)
      : Math.min(waitMsMost, link.firstWaitMs * 2 ** Math.min(bill.tries, DOUBLINGS_MOST))
  const move = async (bill: Bill): Promise<void> => {
    try {
      await advance(house, links, bill)
    } catch (error) {
      if (!(error instanceof NotNow))
        house.log('error', 'payment.not-moved', { bill: bill.id, state: bill.state, error: (error as Error).message })
      await putOff(database, bill, laterBy(bill))
    }
  }
  const start = (bill: Bill): void => {
    const work: Promise<void> = move(bill)
      .catch((error: Error) => house.log('warn', 'payment.put-off-failed', { bill: bill.id, error: error.message }))
      .finally(() => underWay.delete(work))
    underWay.add(work)
  }
  const round = async (): Promise<void> => {
    const room = parallel - underWay.size
    const claimed = room > 0 ? await claimWork(database, room, leaseMs) : []
    for (const bill of claimed) start(bill)
    if (claimed.length < room || room <= 0) await (underWay.size > 0 ? Promise.race([...underWay, wait(idleMs)]) : wait(idleMs))
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
