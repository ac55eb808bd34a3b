import { startNotices, sweepWaiting } from '../../modules/booking/index.ts'
import type { Navigator } from '../../modules/navigation/index.ts'
import { growAuditTree, handOutHead } from '../../platform/audit-tree/index.ts'
import { asSystem } from '../../platform/database/as-system.ts'
import { sql } from '../../platform/database/pool.ts'
import { fireDueDeadlines, runAsSystem } from '../../platform/deadlines.ts'
import type { Hub } from '../../platform/http/live.ts'
import type { House } from '../../platform/house.ts'
import { purgeTokens } from '../../modules/smart/index.ts'
import { countTreated } from './count-treated.ts'
import type { Metrics } from '../../platform/metrics.ts'
import { relayOutbox } from '../../platform/relay.ts'

/** The house's own work beside requests. */
export type Work = { readonly wake: () => void; readonly close: () => Promise<void> }

const TICK_MS = 1_000
const SECOND_MS = 1_000
/** Commits that come close together are relayed together: soon enough for a person, seldom enough for a rush. */
const GATHER_MS = 50
const RELEASE_EVERY_TICKS = 20
const MARK_EVERY_TICKS = 300
const SWEEP_WAITING_EVERY_TICKS = 5
const PURGE_EVERY_TICKS = 3_600
/** A new day of beds opens once a day; a round of it looks at a few classes of beds. */
const PUBLISH_BEDS_EVERY_TICKS = 30
const KEEP_PAST_EVERY_TICKS = 600
/** The region's matrix shows months: counting referrals a few times an hour is soon enough, and encounters, which are read through, once a day. */
const COUNT_REFERRALS_EVERY_TICKS = 900
const COUNT_ENCOUNTERS_EVERY_TICKS = 86_400
/** Not in the first seconds, when a start has other things to do. */
const COUNT_TREATED_AT = 45
const PUBLISH_EVERY_TICKS = 60
/** A head of the audit outside is at most a minute old. */
const GROW_AUDIT_EVERY_TICKS = 20
const GROW_AUDIT_AT = 5
/** So many rounds of plans at most before other work has its turn again. */
const PUBLISH_ROUNDS = 10
const KEYS_KEPT_DAYS = 30

/**
 * Starts deadlines, relay, release of reserves, the purge of old idempotency keys and the move of old bookings. Each round waits for the one
 * before; an act that has just committed wakes the relay at once. Several processes may do this at the same time.
 */
export const startWork = (house: House, metrics: Metrics, hub: () => Hub | null, navigator: Navigator, auditHeads: string): Work => {
  const notices = startNotices(house.database, house.log)
  let tick = 0
  let closed = false
  let running: Promise<void> | null = null
  let gathering: NodeJS.Timeout | null = null
  const relay = (): void => {
    gathering = null
    if (!closed && !running)
      running = relayOutbox(house)
        .then(() => {}, failed)
        .finally(() => (running = null))
  }
  const failed = (error: Error): void => house.log('warn', 'work.round-failed', { error: error.message })
  const round = async (): Promise<void> => {
    try {
      await relayOutbox(house)
      await fireDueDeadlines(house)
      if (tick % RELEASE_EVERY_TICKS === 0) await runAsSystem(house, 'booking.release-due', {}, async () => true)
      if (tick % MARK_EVERY_TICKS === 0) await runAsSystem(house, 'booking.mark-no-shows', {}, async () => true)
      if (tick % SWEEP_WAITING_EVERY_TICKS === 0) await sweepWaiting(house)
      if (tick % PUBLISH_BEDS_EVERY_TICKS === 0) await runAsSystem(house, 'booking.publish-bed-days', {}, async () => true)
      if (tick % PURGE_EVERY_TICKS === 0) await purge(house)
      if (tick % KEEP_PAST_EVERY_TICKS === 0) await runAsSystem(house, 'booking.keep-past', {}, async () => true)
      if (tick % PUBLISH_EVERY_TICKS === 1) await publishDue(house).catch(failed)
      if (tick % COUNT_REFERRALS_EVERY_TICKS === COUNT_TREATED_AT) await countTreated(house, 'referral').catch(failed)
      if (tick % COUNT_ENCOUNTERS_EVERY_TICKS === COUNT_TREATED_AT) await countTreated(house, 'encounter').catch(failed)
      if (tick % GROW_AUDIT_EVERY_TICKS === GROW_AUDIT_AT) await growAudit(house, auditHeads).catch(failed)
      await measure(house, metrics, hub()?.size() ?? 0)
      metrics.gauge('capacity_age_seconds', navigator.ageMs() / SECOND_MS)
    } catch (error) {
      failed(error as Error)
    }
  }
  const run = (): void => {
    if (closed || running) return
    tick += 1
    running = round().finally(() => (running = null))
  }
  const timer = setInterval(run, TICK_MS)
  return {
    wake: () => {
      hub()?.wake()
      notices.told()
      gathering ??= setTimeout(relay, GATHER_MS)
    },
    close: async () => {
      closed = true
      clearInterval(timer)
      if (gathering) clearTimeout(gathering)
      await Promise.all([running, notices.close()])
    },
  }
}

/** Publishes the next days of plans, a few plans in each transaction, until none is due. */
const publishDue = async (house: House): Promise<void> => {
  for (let round = 0; round < PUBLISH_ROUNDS; round += 1)
    if ((await runAsSystem(house, 'booking.publish-plans', {}, async () => true)) !== null) return
}

/** What was answered since enters the audit's tree, and the new head leaves the house. */
const growAudit = async ({ database, cipher }: House, folder: string): Promise<void> => {
  await growAuditTree(database, cipher.room)
  await handOutHead(database, folder)
}

const purge = async (house: House): Promise<void> => {
  await asSystem(house.database).run(
    sql`delete from platform.idempotency where created_at < platform.jieli_now() - ${KEYS_KEPT_DAYS} * interval '1 day'`,
  )
  await purgeTokens(asSystem(house.database))
  await asSystem(house.database).run(sql`delete from security.session where expires_at < now() - interval '1 day'`)
}

const measure = async (house: House, metrics: Metrics, streams: number): Promise<void> => {
  const waiting = await asSystem(house.database).row<{ outbox: number; overdue: number }>(sql`select
    (select count(*)::int from platform.outbox where sent_at is null) as outbox,
    (select count(*)::int from platform.deadline where ended_at is null and due_at < platform.jieli_now() - interval '1 minute') as overdue`)
  metrics.gauge('live_streams', streams)
  metrics.gauge('database_connections', house.database.counts().total)
  metrics.gauge('outbox_waiting', waiting?.outbox ?? 0)
  metrics.gauge('deadlines_overdue', waiting?.overdue ?? 0)
}
