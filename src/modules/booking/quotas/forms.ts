import { dayOf, instantAt, plusDays } from '../../../kernel/day.ts'
import type { Instant } from '../../../kernel/clock.ts'
import type { OrgId } from '../../../kernel/id.ts'
import { ok } from '../../../kernel/result.ts'
import type { Tx } from '../../../platform/database/pool.ts'
import { command, type Act, type Decision, type Json, type TraceEvent } from '../../../platform/forms/form.ts'
import type { Relation } from '../../../platform/access.ts'
import { consortiumKindOf } from '../../organisations/index.ts'
import type { Pool, PoolId } from '../booking.ts'
import { findPool } from '../store.ts'
import { changeCapacityInput, moveQuotaInput } from './contract.ts'
import { changedCapacity } from './rules/change-capacity.ts'
import { mayMoveQuota, type NewShares, type QuotaDay } from './rules/may-move-quota.ts'
import { unitClassOf } from './rules/unit-class.ts'
import { reserveClause, type QuotaOn } from './shares.ts'
import * as store from './store.ts'

const OWNERS = ['referral-desk@own', 'consortium-manager@own'] as const

type Facts = { readonly pool: Pool; readonly day: QuotaDay; readonly consortium: QuotaOn['consortium'] }

/** The pool and its whole day, locked in the order of their keys: two moves on one day wait for one another. */
const lockPoolWithDay = async (tx: Tx, input: { org: string; pool: string }, act: Act): Promise<Facts | null> => {
  const found = await findPool(tx, input.org as OrgId, input.pool as PoolId)
  if (!found || found.org !== act.actor.org) return null
  const pools = await store.lockServiceDay(tx, { ...found, ...dayAround(found.startsAt, act.zone) })
  const pool = pools.find(({ id }) => id === found.id)
  const consortium = await consortiumKindOf(tx, found.org, act.today)
  return pool ? { pool, day: quotaDay(pools), consortium } : null
}

const dayAround = (moment: Instant, zone: string): { from: Instant; until: Instant } => {
  const day = dayOf(moment, zone)
  return { from: instantAt(day, '00:00', zone), until: instantAt(plusDays(day, 1), '00:00', zone) }
}

const quotaDay = (pools: readonly store.PoolOfDay[]): QuotaDay => {
  const standing = pools.filter(({ stoppedAt }) => stoppedAt === null)
  return {
    capacity: standing.reduce((sum, { capacity }) => sum + capacity, 0),
    reserved: standing.reduce((sum, { reserved, reservedUntilRelease }) => sum + (reservedUntilRelease ?? reserved), 0),
  }
}

const relationToOwner = ({ pool }: Facts, { actor }: Act): Relation[] => (pool.org === actor.org ? ['own'] : [])

type Told = { readonly type: string; readonly reason: string; readonly data?: { readonly [key: string]: Json } }

/** A change of shares: told with the values after it, so that the events alone say how the pool came to be. */
const reshared = (
  pool: Pool,
  shares: NewShares,
  { type, reason, data = {} }: Told,
): Decision<store.SharesSaved, NewShares & { org: OrgId; pool: PoolId }> => {
  const event: TraceEvent = {
    type,
    case: { kind: 'pool', org: pool.org, id: pool.id },
    person: null,
    seenBy: [pool.org],
    reason,
    data: { ...shares, ...data },
  }
  return {
    change: { ...shares, org: pool.org, id: pool.id },
    answer: { org: pool.org, pool: pool.id, ...shares },
    events: [event],
  }
}

const save = async (tx: Tx, shares: store.SharesSaved): Promise<void> => void (await store.saveShares(tx, shares))

export const moveQuota = command({
  name: 'booking.move-quota',
  by: OWNERS,
  basis: 'S3 门诊号源1/3、床位1/4;S4 专家号源、床位、检查各预留20%以上',
  does: {
    zh: '把未用的号源从一个份额移到另一个;预留不低于规定,说明理由,留痕。',
    en: 'Moves unused units from one share to another; the reserve is never below the law, with a reason and a trace.',
  },
  input: moveQuotaInput,
  read: lockPoolWithDay,
  relation: relationToOwner,
  decide: ({ pool, day, consortium }, input, act) => {
    const shares = mayMoveQuota(pool, day, reserveClause(act, { ...pool, consortium }), input, act.now)
    if (!shares.ok) return shares
    const { from, to, units, reason } = input
    return ok(reshared(pool, shares.value, { type: 'booking.quota-moved', reason, data: { from, to, units } }))
  },
  write: save,
})

export const changeCapacity = command({
  name: 'booking.change-capacity',
  by: OWNERS,
  basis: '号源容量变动须有经办人和理由 (设计);S3、S4 预留不低于规定',
  does: {
    zh: '增减一个时段的容量;不低于已约出的数量,预留不低于规定,说明理由,留痕。',
    en: 'Changes the capacity of a slot; never below what is sold nor the reserve below the law, with a reason and a trace.',
  },
  input: changeCapacityInput,
  read: lockPoolWithDay,
  relation: relationToOwner,
  decide: ({ pool, day, consortium }, { capacity, reason }, act) => {
    const policy = {
      clause: reserveClause(act, { ...pool, consortium }),
      emergency: act.policy('booking.emergency-share', unitClassOf(pool.unitKind, pool.kind)),
    }
    const shares = changedCapacity(pool, day, policy, capacity, act.now)
    if (!shares.ok) return shares
    return ok(reshared(pool, shares.value, { type: 'booking.capacity-changed', reason, data: { before: pool.capacity } }))
  },
  write: save,
})
