import { plusHours } from '../../../kernel/clock.ts'
import { instantAt, plusDays, type Day } from '../../../kernel/day.ts'
import type { OrgId } from '../../../kernel/id.ts'
import { quotaOf } from '../../../kernel/share.ts'
import type { Relation } from '../../../platform/access.ts'
import type { Tx } from '../../../platform/database/pool.ts'
import { query, type Act } from '../../../platform/forms/form.ts'
import { consortiumKindOf, supervisorsOf } from '../../organisations/index.ts'
import { quotaBoardInput, quotaSlotsInput, type ShownQuota } from './contract.ts'
import { reserveClause, type QuotaOn } from './shares.ts'
import * as store from './store.ts'

const READERS = ['referral-desk@own', 'consortium-manager@own', 'consortium-manager@supervisor'] as const
const HOURS_A_DAY = 24
/** More slots of one service on one day than any clinic runs. */
const SLOTS_MOST = 300

type Place = { readonly org: OrgId; readonly consortium: QuotaOn['consortium']; readonly relations: readonly Relation[] }

/** Whose quotas are asked for, and how the actor stands to them. */
const placeOf = async (tx: Tx, asked: string | undefined, act: Act): Promise<Place | null> => {
  const org = (asked as OrgId | undefined) ?? act.actor.org
  if (!org) return null
  return { org, consortium: await consortiumKindOf(tx, org, act.today), relations: await relationsToPlace(tx, org, act) }
}

const relationsToPlace = async (tx: Tx, org: OrgId, { actor, today }: Act): Promise<Relation[]> => {
  if (org === actor.org) return ['own']
  return actor.org && (await supervisorsOf(tx, org, today)).includes(actor.org) ? ['supervisor'] : []
}

const shownQuota = (row: store.QuotaRow, consortium: QuotaOn['consortium'], act: Act): ShownQuota => {
  const clause = reserveClause(act, { ...row, consortium })
  const { serviceZh, serviceEn, ...counted } = row
  return {
    ...counted,
    service: serviceZh === null ? null : { zh: serviceZh, en: serviceEn },
    open: row.capacity - row.reserved - row.emergency,
    least: quotaOf(row.capacity, clause.amount),
    share: clause.amount,
    clause: clause.basis,
    isLaw: clause.grade === 'sourced',
  }
}

export const quotaBoard = query({
  name: 'booking.quota-board',
  by: READERS,
  basis: 'S3 门诊号源1/3、床位1/4;S4 专家号源、床位、检查各预留20%以上',
  does: {
    zh: '按日、按服务看容量、预留、急诊、公开、已用、释放和划出的号源,以及规定的最低预留。',
    en: 'By day and service: capacity, reserved, emergency, open, used, released and lent units, and the least that the law reserves.',
  },
  input: quotaBoardInput,
  read: async (tx, input, act) => {
    const place = await placeOf(tx, input.org, act)
    if (!place) return null
    const from = instantAt((input.from as Day | undefined) ?? act.today, '00:00', act.zone)
    const until = plusHours(from, input.days * HOURS_A_DAY)
    const by = { org: place.org, from, until, specialty: input.specialty ?? null, zone: act.zone }
    return { place, rows: await store.quotaRows(tx, by) }
  },
  relation: ({ place }) => place.relations,
  answer: ({ place, rows }, _input, act) => ({
    org: place.org,
    consortium: place.consortium,
    quotas: rows.map((row) => shownQuota(row, place.consortium, act)),
  }),
})

export const quotaSlots = query({
  name: 'booking.quota-slots',
  by: READERS,
  basis: 'S3、S4 号源预留',
  does: {
    zh: '一个服务一天中各时段的份额和已用数。',
    en: 'The slots of one service on one day with their shares and what is used of each.',
  },
  input: quotaSlotsInput,
  read: async (tx, input, act) => {
    const place = await placeOf(tx, input.org, act)
    if (!place) return null
    const day = input.day as Day
    const by = {
      org: place.org,
      specialty: input.specialty,
      unitKind: input.unitKind,
      kind: input.kind,
      serviceZh: input.service ?? null,
      from: instantAt(day, '00:00', act.zone),
      until: instantAt(plusDays(day, 1), '00:00', act.zone),
    }
    return { place, pools: await store.poolsOfServiceDay(tx, by, SLOTS_MOST) }
  },
  relation: ({ place }) => place.relations,
  answer: ({ pools }, _input, act) => ({
    slots: pools.map((pool) => ({
      org: pool.org,
      pool: pool.id,
      startsAt: pool.startsAt,
      endsAt: pool.endsAt,
      doctor: pool.doctorZh ? { zh: pool.doctorZh, en: pool.doctorEn } : null,
      capacity: pool.capacity,
      reserved: pool.reserved,
      usedReserved: pool.usedReserved,
      lent: pool.allotted,
      emergency: pool.emergency,
      usedEmergency: pool.usedEmergency,
      open: pool.capacity - pool.reserved - pool.emergency,
      usedOpen: pool.usedOpen,
      isReleased: act.now >= pool.releaseAt,
      hasBegun: act.now >= pool.startsAt,
      isStopped: pool.stoppedAt !== null,
    })),
  }),
})
