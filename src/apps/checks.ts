import type { Words } from '../kernel/words.ts'
import { raw, sql, type Queryable } from '../platform/database/pool.ts'
import { accessChecks } from './checks/access.ts'
import { auditRulesChecks } from './checks/audit-rules.ts'
import { bedsChecks } from './checks/beds.ts'
import { bookingChecks } from './checks/booking.ts'
import { bookingProofChecks } from './checks/booking-proof.ts'
import { cardChecks } from './checks/cards.ts'
import type { Check } from './checks/check.ts'
import { dockingChecks } from './checks/docking.ts'
import { fundChecks } from './checks/fund.ts'
import { identityChecks } from './checks/identity.ts'
import { paymentChecks } from './checks/payment.ts'
import { promiseChecks } from './checks/promises.ts'
import { recordAccessChecks } from './checks/record-access.ts'
import { caseChecks } from './checks/referral.ts'
import { settlementChecks } from './checks/settlement.ts'
import { talkChecks } from './checks/talk.ts'
import { waitChecks } from './checks/waits.ts'

export type { Check } from './checks/check.ts'

/** What became of a check: on how many rows it was evaluated, how many break it, and the first of those. */
export type CheckOutcome = Words & {
  readonly name: string
  readonly proves: readonly string[]
  readonly evaluated: number
  readonly breaches: number
  readonly examples: readonly Readonly<Record<string, unknown>>[]
}

/** Every check of the house, for tests and for operators: `sql` lists what breaks the sentence. */
export const checks: readonly Check[] = [
  ...bookingChecks,
  ...bookingProofChecks,
  ...auditRulesChecks,
  ...bedsChecks,
  ...talkChecks,
  ...caseChecks,
  ...promiseChecks,
  ...waitChecks,
  ...accessChecks,
  ...recordAccessChecks,
  ...identityChecks,
  ...cardChecks,
  ...dockingChecks,
  ...settlementChecks,
  ...paymentChecks,
  ...fundChecks,
]

const EXAMPLES_MOST = 5

/** Runs all checks; only reads. A check that holds has no breaches. */
export const runChecks = async (db: Queryable): Promise<CheckOutcome[]> => {
  const outcomes: CheckOutcome[] = []
  for (const { name, proves, over, zh, en, sql: text } of checks) {
    const counted = await db.row<{ evaluated: number }>(sql`select count(*)::int as evaluated from ${raw(over)}`)
    const examples = await db.rows<{ total: number }>(
      sql`select breach.*, (count(*) over ())::int as total from (${raw(text)}) breach limit ${EXAMPLES_MOST}`,
    )
    outcomes.push({ name, proves, zh, en, evaluated: counted?.evaluated ?? 0, breaches: examples[0]?.total ?? 0, examples })
  }
  return outcomes
}
