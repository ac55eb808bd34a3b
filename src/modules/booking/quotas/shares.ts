import { plusHours, type Instant } from '../../../kernel/clock.ts'
import type { Act } from '../../../platform/forms/form.ts'
import type { Clause } from '../../../shapes/rulebook.ts'
import type { Consortium } from '../../organisations/index.ts'
import type { Pool, UnitKind } from '../booking.ts'
import { splitCapacity, type Split } from './rules/split-capacity.ts'
import { unitClassOf } from './rules/unit-class.ts'

/** The kind of consortium that asks for a quota; null outside of any. */
type Kind = Consortium['kind'] | null

/** The rulebook as an act asks it. */
type Policy = Pick<Act, 'policy' | 'clause'>

/** What quotas depend on. */
export type QuotaOn = { readonly consortium: Kind; readonly unitKind: UnitKind; readonly kind: Pool['kind'] }

/** Units that are to be published: how many, from when, and how many of the same day and service were published earlier. */
export type Unshared = QuotaOn & { readonly capacity: number; readonly startsAt: Instant; readonly before?: number }

/** The clause that asks for a reserve of this class of units, today; its amount in basis points. Throws RuleGap, RuleConflict. */
export const reserveClause = (act: Policy, { consortium, unitKind, kind }: QuotaOn): Clause =>
  act.clause('booking.reserved-share', `${consortium ?? 'none'}-${unitClassOf(unitKind, kind)}`)

/** When the unused reserve of units of a kind opens to all, by the rulebook of today. */
export const releaseAtOf = (act: Policy, unitKind: UnitKind, startsAt: Instant): Instant =>
  plusHours(startsAt, -act.policy('booking.release-hours', unitKind === 'visit' ? 'value' : unitKind))

/**
 * The shares that units are published with, by the rulebook of today: reserved for primary care (rounded up), kept for emergencies
 * (rounded down, at most what the reserve leaves), and when the unused reserve opens to all. Their sum never passes the capacity.
 * Throws RuleGap when the rulebook has no value for the day. Source: S3, S4.
 */
export const sharesFor = (act: Policy, units: Unshared): Split & { readonly releaseAt: Instant } => {
  const emergency = act.policy('booking.emergency-share', unitClassOf(units.unitKind, units.kind))
  const split = splitCapacity(units.capacity, { reserved: reserveClause(act, units).amount, emergency }, units.before)
  return { ...split, releaseAt: releaseAtOf(act, units.unitKind, units.startsAt) }
}
