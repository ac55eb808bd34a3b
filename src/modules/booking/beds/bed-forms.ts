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
import type { BedDay } from './rules/plan-stay.ts'
import { soldOf } from './rules/resized-pool.ts'
import { roomsHold } from './rules/room-rule.ts'
import { daysWithout, staysToTakeBack } from './rules/take-back.ts'
import { saveGroupEnd } from './group-forms.ts'
import * as store from './store.ts'
import { lockOffered, takingBack, type Offered } from './take-back.ts'
import { capacityChanged, resizeAll } from './ward-forms.ts'

type BedFacts = {
  readonly bed: Bed
  readonly of: KnownClass
  readonly spans: readonly BedSpan[]
  readonly consortium: Consortium
  /** What is offered of the class to those who wait, in their order. */
  readonly offered: readonly Offered[]
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
    offered: await lockOffered(tx, of),
  }
}

const relation = ({ bed }: { bed: Bed }, { actor }: Act) => relationsTo(actor, { org: bed.org })

// Without the bed, men and women who have drawn a day must still find rooms of their own.
const roomsWithout =
  (bed: Bed) =>
  ({ rooms, men, women }: BedDay): boolean =>
    bed.sex !== 'any' ||
    roomsHold(
      rooms.map((room) => (room.room === bed.room ? { ...room, beds: room.beds - 1 } : room)),
      men,
      women,
    )

const daysThatWouldNotHold = ({ bed, of }: BedFacts): Refusal[] =>
  of.days.filter((day) => !roomsWithout(bed)(day)).map(({ day }) => ({ code: 'booking.rooms-would-not-hold', detail: { day } }))

/** The class once what is offered of it has made room for a bed that closes, and what goes back for that. */
const afterTakingBack = (facts: BedFacts): { facts: BedFacts; back: readonly Offered[] } => {
  const { bed, of, offered } = facts
  const hasRoom = (day: BedDay): boolean => (!day.pool || soldOf(day.pool) < day.pool.capacity) && roomsWithout(bed)(day)
  const taken = staysToTakeBack(
    of.days,
    offered.map(({ held }) => held),
    hasRoom,
  )
  const back = offered.filter(({ held }) => taken.includes(held))
  return { facts: { ...facts, of: { ...of, days: daysWithout(of.days, taken) } }, back }
}

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
    zh: '停用一张空床;今后各天的床位随之减少,不会少于已约出的。只是提供给候床者、尚未接受的,由后往前收回并告知。',
    en: 'Closes an empty bed; the bed-days of the coming days shrink with it, never below what is booked. What is only offered from the waiting list is taken back, the last in order first, and the person is told.',
  },
  input: closeBedInput,
  read: readBed,
  relation,
  decide: (found, { reason }, act) => {
    const { bed, spans } = found
    if (bed.closedAt) return refuse('booking.bed-state-otherwise')
    const [taken] = spans
    if (taken) return refuse('booking.bed-taken-until', { from: taken.from, until: taken.until })
    const { facts, back } = afterTakingBack(found)
    const mixed = daysThatWouldNotHold(facts)
    const smaller = resized(facts, -1, act)
    if (!smaller.ok) return smaller
    if (mixed.length > 0) return refuseAll(mixed)
    const taking = takingBack(back, reason)
    return ok({
      change: { bed, resized: smaller.value, reason: reason as string | null, ends: taking.ends },
      answer: { bed: bed.id, days: smaller.value.length, takenBack: back.length },
      events: [
        bedEvent('booking.bed-closed', bed, reason),
        ...smaller.value.map(({ pool, shares }) => capacityChanged(pool, shares, reason)),
        ...taking.events,
      ],
      waits: taking.waits,
    })
  },
  // What was offered goes back first: the pools are sized by what is left.
  write: async (tx, { bed, resized: pools, reason, ends }, act) => {
    for (const end of ends) await saveGroupEnd(tx, end, act.now)
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
