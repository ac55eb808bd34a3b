import type { Instant } from '../../kernel/clock.ts'
import { newId, type OrgId } from '../../kernel/id.ts'
import { SYSTEM } from '../access.ts'
import { sql, type Tx } from '../database/pool.ts'
import type { TraceEvent } from './form.ts'

/** Accounts without an institution, residents for instance, keep their keys and audit rows under this key. */
export const NO_ORG = '0' as OrgId

/** An event as `platform.record_act` takes it. */
export const eventRow = (event: TraceEvent) => ({
  id: newId(),
  type: event.type,
  kind: event.case.kind,
  org: event.case.org,
  case: event.case.id,
  person: event.person,
  seenBy: [...new Set(event.seenBy)],
  reason: event.reason ?? null,
  occurredAt: event.occurredAt ?? null,
  data: event.data ?? {},
})

/**
 * Tells the first event of each of many new cases that a batch of the house's own made, as an act tells its own: kept for ever, and
 * passed on to whoever reacts. A case that has an event already fails the batch.
 */
export const tellNewCases = (tx: Tx, events: readonly TraceEvent[], now: Instant): Promise<number> =>
  tx.run(sql`select platform.tell_new_cases(${now}, ${JSON.stringify(SYSTEM)}, ${JSON.stringify(events.map(eventRow))})`)
