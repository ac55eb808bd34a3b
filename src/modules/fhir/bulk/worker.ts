import { asSystem } from '../../../platform/database/as-system.ts'
import type { House } from '../../../platform/house.ts'
import type { Faces } from '../server/face.ts'
import { exportStep } from './export-step.ts'
import { importStep } from './import-step.ts'
import type { BulkJob } from './job.ts'
import { actorsOfAccounts } from '../../security/index.ts'
import type { AccountId } from '../../../kernel/id.ts'
import * as store from './store.ts'

/** A claim outlives any step; after a crash another process takes the job up when it has ended. */
const LEASE_MS = 30_000
/** Other jobs get their turn after this many steps. */
const STEPS_MOST = 50

/** Works on one job for a while, by the rights that its account has now; answers whether there was one. */
export const workOnBulk = async (house: House, faces: Faces, leaseMs = LEASE_MS): Promise<boolean> => {
  const system = asSystem(house.database)
  const job = await store.claimJob(system, leaseMs)
  if (!job) return false
  for (let step = 0; step < STEPS_MOST; step += 1) {
    const now = await store.findJob(system, job.id)
    if (now?.state !== 'running') return true
    const standing = (await actorsOfAccounts(system, [now.account as AccountId])).get(now.account as AccountId)
    if (!standing || standing.actor.role !== now.caller.actor.role) {
      await system.transaction((tx) => store.deleteJob(tx, now))
      return true
    }
    await stepOf(house, faces, now, leaseMs)
  }
  await store.releaseJob(system, job)
  return true
}

const stepOf = (house: House, faces: Faces, job: BulkJob, leaseMs: number): Promise<void> =>
  job.kind === 'export' ? exportStep(house, faces, job, leaseMs) : importStep(house, faces, job, leaseMs)

/** Bulk work as a server runs it. */
export type BulkWork = { readonly wake: () => void; readonly close: () => Promise<void> }

const LOOK_EVERY_MS = 1_000
const EXPIRE_EVERY_LOOKS = 60

/** Starts working on bulk jobs until closed; several processes may do so at once. */
export const startBulk = (house: House, faces: Faces): BulkWork => {
  let closed = false
  let running: Promise<void> | null = null
  let looks = 0
  const look = (): void => {
    if (closed || running) return
    looks += 1
    running = round()
      .catch((error: Error) => house.log('warn', 'fhir.bulk-round-failed', { error: error.message }))
      .finally(() => (running = null))
  }
  const round = async (): Promise<void> => {
    if (looks % EXPIRE_EVERY_LOOKS === 0) await store.deleteExpired(asSystem(house.database))
    while (!closed && (await workOnBulk(house, faces)));
  }
  const timer = setInterval(look, LOOK_EVERY_MS)
  return {
    wake: look,
    close: async () => {
      closed = true
      clearInterval(timer)
      await running
    },
  }
}
