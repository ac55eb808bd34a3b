import { plusDays } from '../../../kernel/day.ts'
import type { OrgId } from '../../../kernel/id.ts'
import { ok, refuse, refuseAll, type Refusal } from '../../../kernel/result.ts'
import { relationsTo } from '../../../platform/access.ts'
import type { Tx } from '../../../platform/database/pool.ts'
import { command, type Act, type TraceEvent } from '../../../platform/forms/form.ts'
import { consortiumKindOf } from '../../organisations/index.ts'
import { readClassDays, type KnownClass } from './class-days.ts'
import type { Bed, BedClass, BedId, BedSpan } from './beds.ts'
import { bedInput, closeBedInput } from './contract.ts'
import { publishUntil, type Consortium } from './publish.ts'
import { saveShares } from './publish-store.ts'
import { roomsHold } from './rules/room-rule.ts'
import * as store from './store.ts'
import { capacityChanged, resizeAll } from './ward-forms.ts'

type BedFacts = {
  readonly bed: Bed
  readonly of: KnownClass
  readonly spans: readonly BedSpan[]
  readonly consortium: Consortium
}

const KEEPERS = ['ward@own', 'referral-desk@own', 'consortium-manager@own'] as const

const bedEvent = (type: string, bed: Bed, reason?: string): TraceEvent => ({
  type,
  case: { kind: 'bed', org: bed.org, id: bed.id },
  person: null,
  seenBy: [bed.org],
  data: { ward: bed.ward, room: bed.room, label: bed.label },
  ...(reason ? { reason } : {}),
})

const THE_FAR_FUTURE = 3_660

const readBed = async (tx: Tx, input: { org: string; bed: string }, act: Act): Promise<BedFacts | null> => {
  const org = input.org as OrgId
  const found = await store.lockBed(tx, org, input.bed as BedId)
  if (!found) return null
  const of: BedClass = { org, id: found.classId, ward: found.ward, sex: found.sex, isolation: found.isolation }
  const pools = await store.lockBedDays(tx, org, [of.id], act.now)
  const days = await readClassDays(tx, { org, classes: [of], from: act.today, until: publishUntil(act), zone: act.zone }, pools)
  return {
    bed: found,
    of: days[0] as KnownClass,
    spans: await store.spansOfBeds(tx, org, [found.id], act.today, plusDays(act.today, THE_FAR_FUTURE)),
    consortium: await consortiumKindOf(tx, org, act.today),
  }
}

const relation = ({ bed }: { bed: Bed }, { actor }: Act) => relationsTo(actor, { org: bed.org })

// Without the bed, men and women who have drawn a day must still find rooms of their own.
const daysThatWouldNotHold = ({ bed, of }: BedFacts): Refusal[] =>
  bed.sex === 'any'
    ? of.days.flatMap(({ day, rooms, men, women }) => {
        const left = rooms.map((room) => (room.room === bed.room ? { ...room, beds: room.beds - 1 } : room))
        return roomsHold(left, men, women) ? [] : [{ code: 'booking.rooms-would-not-hold', detail: { day } }]
      })
    : []

const resized = ({ of, consortium }: BedFacts, by: number, act: Act) =>
  resizeAll(
    of.days.flatMap(({ pool }) => (pool ? [pool] : [])),
    (pool) => pool.capacity + by,
    consortium,
    act,
  )

export const closeBed = command({
  name: 'booking.close-bed',
  by: KEEPERS,
  basis: '床位停用 (设计值)',
  does: {
    zh: '停用一张空床;今后各天的床位随之减少,不会少于已约出的。',
    en: 'Closes an empty bed; the bed-days of the coming days shrink with it, never below what is booked.',
  },
  input: closeBedInput,
  read: readBed,
  relation,
  decide: (facts, { reason }, act) => {
    const { bed, spans } = facts
    if (bed.closedAt) return refuse('booking.bed-state-otherwise')
    const [taken] = spans
    if (taken) return refuse('booking.bed-taken-until', { from: taken.from, until: taken.until })
    const mixed = daysThatWouldNotHold(facts)
    const smaller = resized(facts, -1, act)
    if (!smaller.ok) return smaller
    if (mixed.length > 0) return refuseAll(mixed)
    return ok({
      change: { bed, resized: smaller.value, reason: reason as string | null },
      answer: { bed: bed.id, days: smaller.value.length },
      events: [
        bedEvent('booking.bed-closed', bed, reason),
        ...smaller.value.map(({ pool, shares }) => capacityChanged(pool, shares, reason)),
      ],
    })
  },
  write: async (tx, { bed, resized: pools, reason }, act) => {
    await store.saveBedClosed(tx, bed, act.now, reason)
    for (const { pool, shares } of pools) await saveShares(tx, pool, shares)
  },
})

export const reopenBed = command({
  name: 'booking.reopen-bed',
  by: KEEPERS,
  basis: '床位停用 (设计值)',
  does: { zh: '重新启用一张停用的床位。', en: 'Opens a closed bed again.' },
  input: bedInput,
  read: readBed,
  relation,
  decide: (facts, _input, act) => {
    if (!facts.bed.closedAt) return refuse('booking.bed-state-otherwise')
    const larger = resized(facts, 1, act)
    if (!larger.ok) return larger
    return ok({
      change: { bed: facts.bed, resized: larger.value },
      answer: { bed: facts.bed.id, days: larger.value.length },
      events: [
        bedEvent('booking.bed-reopened', facts.bed),
        ...larger.value.map(({ pool, shares }) => capacityChanged(pool, shares, '床位启用')),
      ],
    })
  },
  write: async (tx, { bed, resized: pools }) => {
    await store.saveBedClosed(tx, bed, null, null)
    for (const { pool, shares } of pools) await saveShares(tx, pool, shares)
  },
})

export const bedReady = command({
  name: 'booking.bed-ready',
  by: KEEPERS,
  basis: '终末消毒后备床 (设计值)',
  does: { zh: '床位已整理备好,可以收治。', en: 'A bed has been made ready and may be given again.' },
  input: bedInput,
  read: async (tx, input) => {
    const bed = await store.lockBed(tx, input.org as OrgId, input.bed as BedId)
    return bed && { bed }
  },
  relation,
  decide: ({ bed }) =>
    bed.cleaningSince
      ? ok({ change: bed, answer: { bed: bed.id }, events: [bedEvent('booking.bed-made-ready', bed)] })
      : refuse('booking.bed-state-otherwise'),
  write: async (tx, { org, id }) => void (await store.saveCleaning(tx, org, id, null)),
})
