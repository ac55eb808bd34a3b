import type { OrgId } from '../../../kernel/id.ts'
import { REGION } from '../../../platform/register.ts'
import type { TraceEvent } from '../../../platform/forms/form.ts'
import type { Filing } from './filing.ts'

const told = (one: Filing, type: string, data: NonNullable<TraceEvent['data']>): TraceEvent => ({
  type,
  case: { kind: 'filing', org: one.filedOrg ?? REGION, id: one.id },
  person: one.person,
  seenBy: one.filedOrg === null ? [] : [one.filedOrg],
  data,
})

/** Care away from home was filed; `receiver` is the institution that a referral leads to. */
export const filedEvent = (one: Filing, receiver: OrgId | null = null): TraceEvent =>
  told(one, 'settlement.filed', { kind: one.kind, receiver })

/** A filing was withdrawn. */
export const filingWithdrawnEvent = (one: Filing): TraceEvent => told(one, 'settlement.filing-withdrawn', {})
