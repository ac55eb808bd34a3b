import { plusHours } from '../../kernel/clock.ts'
import type { OrgId } from '../../kernel/id.ts'
import { ok, refuse, type Result } from '../../kernel/result.ts'
import type { Relation } from '../../platform/access.ts'
import type { Tx } from '../../platform/database/pool.ts'
import { command, query, type Act, type CaseKey, type Decision, type TraceEvent } from '../../platform/forms/form.ts'
import { findInstitution, heightOf, institutionsOf } from '../organisations/index.ts'
import type { Allotment, AllotmentId, Pool, PoolId, Voucher } from './booking.ts'
import { allotmentInput, allotVouchersInput, noInput } from './contract.ts'
import { shownSlot } from './forms.ts'
import { freeUnitsOf } from './rules/draw-unit.ts'
import { lockPool } from './store.ts'
import * as store from './voucher-store.ts'
import { newVoucherNumber } from './vouchers.ts'

const OWNERS = ['referral-desk@own', 'consortium-manager@own'] as const
const BASIS = '村医断网时也能承诺一个真实号源 (设计);S4 为基层预留号源'
const LISTED_MOST = 200

const caseOf = ({ org, id }: Pick<Allotment, 'org' | 'id'>): CaseKey => ({ kind: 'allotment', org, id })

const told = (type: string, allotment: Allotment, units: number): TraceEvent => ({
  type,
  case: caseOf(allotment),
  person: null,
  seenBy: [allotment.org, allotment.holder],
  data: { pool: allotment.pool, units },
})

const relationsToOwner = ({ pool }: { pool: Pool }, { actor }: Act): Relation[] => (pool.org === actor.org ? ['own'] : [])

export const allotVouchers = command({
  name: 'booking.allot-vouchers',
  by: OWNERS,
  basis: BASIS,
  does: {
    zh: '从预留号源中划出少量凭证给一家基层机构,断网时也能承诺患者;到期未用自动退回。',
    en: 'Lends a few units of the reserve to a primary-care institution, which may promise them while cut off; unused ones return by themselves.',
  },
  input: allotVouchersInput,
  read: async (tx, input) => {
    const pool = await lockPool(tx, input.org as OrgId, input.pool as PoolId)
    if (!pool) return null
    const holder = await findInstitution(tx, input.holder as OrgId)
    return { pool, holder, held: await store.openVouchersOf(tx, pool.org, pool.id, input.holder as OrgId) }
  },
  relation: relationsToOwner,
  decide: ({ pool, holder, held }, input, act) => {
    const isOpen = holder !== null && holder.from <= act.today && (holder.until === null || act.today < holder.until)
    if (!isOpen || holder.id === pool.org || heightOf(holder.tier) > heightOf('regional-centre'))
      return refuse('booking.holder-not-primary')
    const validHours = act.policy('booking.voucher-valid-hours')
    const validUntil = plusHours(pool.startsAt, -validHours)
    if (act.now >= validUntil || act.now >= pool.releaseAt) return refuse('booking.voucher-too-late', { hours: validHours })
    const most = act.policy('booking.voucher-units-most')
    if (held + input.units > most) return refuse('booking.vouchers-too-many', { most, held })
    const free = freeUnitsOf(pool, act.now).reserved
    if (free < input.units) return refuse('booking.reserve-too-small', { units: input.units, free })
    const allotment: Allotment = {
      org: pool.org,
      id: act.newId<AllotmentId>(),
      pool: pool.id,
      holder: holder.id,
      units: input.units,
      validUntil,
    }
    const numbers = Array.from({ length: input.units }, () => newVoucherNumber(pool.org))
    const back = {
      name: 'return',
      command: 'booking.return-vouchers',
      input: { org: pool.org, allotment: allotment.id },
      dueAt: validUntil,
    }
    return ok({
      change: { allotment, numbers, at: act.now },
      answer: { org: pool.org, allotment: allotment.id, units: input.units, validUntil },
      events: [told('booking.vouchers-allotted', allotment, input.units)],
      waits: [{ case: caseOf(allotment), open: [back] }],
    })
  },
  write: store.saveAllotment,
})

type BackFacts = {
  readonly allotment: Allotment
  readonly pool: Pool
  readonly vouchers: readonly Voucher[]
}

const lockBack = async (tx: Tx, input: { org: string; allotment: string }): Promise<BackFacts | null> => {
  const allotment = await store.findAllotment(tx, input.org as OrgId, input.allotment as AllotmentId)
  const pool = allotment && (await lockPool(tx, allotment.org, allotment.pool))
  if (!pool) return null
  const vouchers = await store.lockOpenVouchers(tx, allotment.org, allotment.id)
  return { allotment, pool, vouchers }
}

const givenBack = (
  { allotment, pool, vouchers }: BackFacts,
  state: 'returned' | 'withdrawn',
  act: Act,
): Result<Decision<store.GivenBack, { units: number }>> => {
  if (vouchers.length === 0) return refuse('booking.no-open-voucher')
  return ok({
    change: { pool, vouchers, state, at: act.now },
    answer: { units: vouchers.length },
    events: [told(`booking.vouchers-${state}`, allotment, vouchers.length)],
    waits: [{ case: caseOf(allotment), open: [] }],
  })
}

export const withdrawVouchers = command({
  name: 'booking.withdraw-vouchers',
  by: OWNERS,
  basis: BASIS,
  does: {
    zh: '收回未使用的凭证,号源退回;已使用的不受影响。',
    en: 'Takes unused vouchers back; their units return, used ones stand.',
  },
  input: allotmentInput,
  read: lockBack,
  relation: relationsToOwner,
  decide: (facts, _input, act) => givenBack(facts, 'withdrawn', act),
  write: store.saveGivenBack,
})

export const returnVouchers = command({
  name: 'booking.return-vouchers',
  by: ['system@anyone'],
  basis: BASIS,
  does: {
    zh: '凭证到期未用,号源退回原处。',
    en: 'Vouchers that nobody used in time end; their units go back to where they came from.',
  },
  input: allotmentInput,
  read: lockBack,
  decide: (facts, _input, act) => givenBack(facts, 'returned', act),
  write: store.saveGivenBack,
})

export const vouchersMine = query({
  name: 'booking.vouchers-mine',
  by: ['village-doctor@anyone', 'family-doctor@anyone', 'referral-desk@anyone'],
  basis: BASIS,
  does: {
    zh: '本机构手中可用的号源凭证,断网前缓存在设备上。',
    en: 'The vouchers that one’s own institution may promise; the device keeps them for when it is cut off.',
  },
  input: noInput,
  read: async (tx, _input, act) => {
    if (!act.actor.org) return null
    const held = await store.vouchersHeldBy(tx, act.actor.org, act.now, LISTED_MOST)
    return { held, places: await institutionsOf(tx, [...new Set(held.map(({ voucher }) => voucher.org))]) }
  },
  answer: ({ held, places }, _input, act) => ({
    vouchers: held.map(({ voucher, pool }) => {
      const { free: _free, reservedFree: _reservedFree, ...slot } = shownSlot(pool, act.now)
      return {
        number: voucher.number,
        validUntil: voucher.validUntil,
        ...slot,
        institution: places.find(({ id }) => id === voucher.org)?.name ?? null,
      }
    }),
  }),
})

export const vouchersGiven = query({
  name: 'booking.vouchers-given',
  by: ['referral-desk@anyone', 'consortium-manager@anyone'],
  basis: BASIS,
  does: { zh: '本机构划出的凭证及其去向。', en: 'The vouchers that one’s own institution has lent, and what became of them.' },
  input: noInput,
  read: (tx, _input, act) =>
    act.actor.org ? store.allotmentsOf(tx, act.actor.org, act.now, LISTED_MOST) : Promise.resolve(null),
  answer: (allotments) => ({ allotments }),
})
