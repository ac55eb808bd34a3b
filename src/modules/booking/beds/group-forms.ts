import { plusHours, type Instant } from '../../../kernel/clock.ts'
import { instantAt, type Day } from '../../../kernel/day.ts'
import type { OrgId, PersonId } from '../../../kernel/id.ts'
import { ok, refuse } from '../../../kernel/result.ts'
import type { Relation } from '../../../platform/access.ts'
import type { Tx } from '../../../platform/database/pool.ts'
import { command, type Act, type CaseKey, type CaseWait, type TraceEvent } from '../../../platform/forms/form.ts'
import { findPerson } from '../../residents/index.ts'
import { readForPerson, relationsToTheirs, type Represented } from '../behalf.ts'
import type { PoolId } from '../booking.ts'
import type { GroupId, Stay, WardId } from './beds.ts'
import { bookTogetherInput, cancelGroupInput, groupInput, type TogetherInput } from './contract.ts'
import { lockGroup, lockStay, saveMoves, saveStayChange, type EndedBy, type GroupUnit, type UnitMove } from './stay-store.ts'
import { endSpans } from './store.ts'
import { lockTogether, planTogether, saveTogether, type Together, type TogetherWish } from './together.ts'

type Of = { readonly org: OrgId; readonly id: GroupId }

/** The case under which what is decided together is traced. */
export const groupCase = ({ org, id }: Of): CaseKey => ({ kind: 'booking-group', org, id })

export const groupEvent = (
  type: string,
  of: Of & { person: PersonId; madeByOrg: OrgId | null },
  data: TraceEvent['data'],
  reason?: string,
): TraceEvent => ({
  type,
  case: groupCase(of),
  person: of.person,
  seenBy: of.madeByOrg ? [of.org, of.madeByOrg] : [of.org],
  data: data ?? {},
  ...(reason ? { reason } : {}),
})

/** A unit that went back: told under its own booking, so that it may be offered to whoever waits. */
export const givenBack = (
  { booking, specialty }: GroupUnit,
  type: 'booking.cancelled' | 'booking.expired',
  reason: string,
): TraceEvent => ({
  type,
  case: { kind: 'booking', org: booking.org, id: booking.id },
  person: booking.person,
  seenBy: booking.madeByOrg ? [booking.org, booking.madeByOrg] : [booking.org],
  data: { pool: booking.pool, share: booking.share, specialty },
  reason,
})

/** Until when a person who has a bed may still come; then the stay ends by itself. */
export const missedWait = (stay: Pick<Stay, 'org' | 'id' | 'fromOn'>, act: Act): CaseWait => ({
  name: 'missed',
  command: 'booking.end-missed-stay',
  input: { org: stay.org, stay: stay.id },
  dueAt: plusHours(instantAt(stay.fromOn, '00:00', act.zone), act.policy('booking.stay-arrival-hours')),
})

const SENDERS = ['village-doctor@own', 'family-doctor@own', 'referral-desk@own', 'ward@own'] as const

const wishOf = (input: TogetherInput, person: TogetherWish['person'], act: Act): TogetherWish => ({
  org: input.org as OrgId,
  group: act.newId<GroupId>(),
  person,
  madeByOrg: act.actor.org,
  caseId: null,
  channel: input.channel,
  holdUntil: input.hold ? plusHours(act.now, act.policy('booking.together-hold-hours')) : null,
  units: input.units as PoolId[],
  stay: input.stay ? { ...input.stay, ward: input.stay.ward as WardId, from: input.stay.from as Day } : null,
})

const toldOf = ({ draws, stay }: Together, wish: TogetherWish) => ({
  state: wish.holdUntil ? 'held' : 'confirmed',
  units: draws.map(({ pool, id, share }) => ({ pool, booking: id, share })),
  stay: stay && { ward: stay.ward, class: stay.classId, from: stay.fromOn, until: stay.untilOn },
})

export const bookTogether = command({
  name: 'booking.book-together',
  by: SENDERS,
  basis: 'S0 实时号源,共享床位信息;S4 专家号源、住院床位和预约检查预留20%以上',
  does: {
    zh: '一次约定同一机构的就诊、检查和连续住院床位:全部约上,或逐项说明原因,什么也不留下。',
    en: 'Decides visit, exam and consecutive bed-days at one place together: all of them, or every reason why not and nothing remains.',
  },
  input: bookTogetherInput,
  read: async (tx, input, act) => {
    const person = await findPerson(tx, input.person as PersonId)
    if (!person || !act.actor.org) return null
    const wish = wishOf(input, { id: person.id, sex: person.sex }, act)
    return { wish, facts: await lockTogether(tx, wish, act) }
  },
  relation: () => ['own'],
  subject: ({ wish }) => ({ person: wish.person.id }),
  decide: ({ wish, facts }, input, act) => {
    if (input.channel === 'direct' && wish.org !== act.actor.org) return refuse('booking.direct-only-here')
    const planned = planTogether(facts, wish, act)
    if (!planned.ok) return planned
    const of = { org: wish.org, id: wish.group, person: wish.person.id, madeByOrg: wish.madeByOrg }
    const { stay, draws } = planned.value
    const hold = { name: 'hold', command: 'booking.expire-group', input: { org: wish.org, group: wish.group } }
    const open = wish.holdUntil ? [{ ...hold, dueAt: wish.holdUntil }] : stay ? [missedWait(stay, act)] : []
    return ok({
      change: planned.value,
      answer: {
        org: wish.org,
        group: wish.group,
        holdUntil: wish.holdUntil,
        bookings: draws.map(({ id, pool, startsAt, share }) => ({ booking: id, pool, startsAt, share })),
        stay: stay && { from: stay.fromOn, until: stay.untilOn, ward: stay.ward },
      },
      events: [groupEvent('booking.booked-together', of, toldOf(planned.value, wish))],
      waits: [{ case: groupCase(of), open }],
    })
  },
  write: (tx, planned, act) => saveTogether(tx, planned, act),
})

type GroupFacts = { readonly stay: Stay | null; readonly units: readonly GroupUnit[] }
type TheirGroup = GroupFacts & Represented

const readGroup = async (tx: Tx, input: { org: string; group: string }): Promise<GroupFacts | null> => {
  const [org, group] = [input.org as OrgId, input.group as GroupId]
  const stay = await lockStay(tx, org, group)
  const units = await lockGroup(tx, org, group)
  return units.length > 0 ? { stay, units } : null
}

const ofGroup = ({ units }: GroupFacts) => {
  const { org, group, person, madeByOrg } = (units[0] as GroupUnit).booking
  return { org, id: group as GroupId, person, madeByOrg }
}

const readTheirs = (tx: Tx, input: { org: string; group: string }, { actor }: Act): Promise<TheirGroup | null> =>
  readForPerson(tx, actor, () => readGroup(tx, input), (facts) => ofGroup(facts).person)

const relation = (facts: TheirGroup, { actor }: Act): Relation[] => {
  const { org, person, madeByOrg } = ofGroup(facts)
  return [...relationsToTheirs(actor, { org, person, isRepresented: facts.isRepresented }), ...(madeByOrg && madeByOrg === actor.org ? (['sender'] as const) : [])]
}

const PARTIES = [
  'resident@self',
  'resident@representative',
  'referral-desk@own',
  'ward@own',
  'village-doctor@sender',
  'family-doctor@sender',
  'referral-desk@sender',
  'ward@sender',
] as const

export const confirmGroup = command({
  name: 'booking.confirm-group',
  by: PARTIES,
  basis: 'S2 分时段预约',
  does: {
    zh: '确认一次约定的全部号源和床位;过了保留时间作废。',
    en: 'Confirms everything that was decided together; after its time by the database clock it is refused.',
  },
  input: groupInput,
  read: readTheirs,
  relation,
  subject: (facts) => ({ person: ofGroup(facts).person }),
  decide: (facts, _input, act) => {
    const of = ofGroup(facts)
    const areHeld = facts.units.every(
      ({ booking }) => booking.state === 'held' && booking.holdUntil && act.now < booking.holdUntil,
    )
    if (!areHeld)
      return refuse(
        facts.units.some(({ booking }) => booking.state === 'held' || booking.state === 'expired')
          ? 'booking.hold-ended'
          : 'booking.group-state-otherwise',
      )
    return ok({
      change: facts.units.map(({ booking }): UnitMove => ({ booking, state: 'confirmed' })),
      answer: { group: of.id, bookings: facts.units.length },
      events: [groupEvent('booking.group-confirmed', of, { units: facts.units.length })],
      waits: [{ case: groupCase(of), open: facts.stay ? [missedWait(facts.stay, act)] : [] }],
    })
  },
  write: (tx, moves, act) => saveMoves(tx, moves, act.now, null),
})

const LIVE = ['held', 'confirmed']

/** What ends a group: its live units go back, its stay is cancelled, its named bed is free again. */
export type GroupEnd = { readonly stay: Stay | null; readonly moves: readonly UnitMove[]; readonly reason: string }

export const saveGroupEnd = async (tx: Tx, { stay, moves, reason }: GroupEnd, at: Instant): Promise<void> => {
  await saveMoves(tx, moves, at, reason)
  if (!stay) return
  await endSpans(tx, stay.org, stay.id, stay.fromOn)
  await saveStayChange(tx, stay, { state: 'cancelled', bed: null, reason }, at)
}

const endedBy = (act: Act): EndedBy => (act.actor.role === 'resident' ? 'person' : 'institution')

export const cancelGroup = command({
  name: 'booking.cancel-group',
  by: PARTIES,
  basis: 'S2 分时段预约',
  does: {
    zh: '取消一次约定的全部号源和床位,各自退回原配额。已入院的请办理出院。',
    en: 'Cancels everything that was decided together; each unit goes back to its quota. Whoever is admitted is discharged instead.',
  },
  input: cancelGroupInput,
  read: readTheirs,
  relation,
  subject: (facts) => ({ person: ofGroup(facts).person }),
  decide: (facts, { reason }, act) => {
    const of = ofGroup(facts)
    const live = facts.units.filter(({ booking }) => LIVE.includes(booking.state))
    if (live.length === 0 || (facts.stay && facts.stay.state !== 'planned')) return refuse('booking.group-state-otherwise')
    return ok({
      change: {
        stay: facts.stay,
        reason,
        moves: live.map(({ booking }): UnitMove => ({ booking, state: 'cancelled', endedBy: endedBy(act) })),
      },
      answer: { group: of.id, cancelled: live.length },
      events: [
        groupEvent('booking.group-cancelled', of, { units: live.length }, reason),
        ...live.map((unit) => givenBack(unit, 'booking.cancelled', reason)),
      ],
      waits: [{ case: groupCase(of), open: [] }],
    })
  },
  write: (tx, end: GroupEnd, act) => saveGroupEnd(tx, end, act.now),
})

const HOLD_ENDED = 'hold ended'

export const expireGroup = command({
  name: 'booking.expire-group',
  by: ['system@anyone'],
  basis: 'S2 分时段预约',
  does: {
    zh: '保留到期未确认,全部号源和床位退回。',
    en: 'A hold of several units that nobody confirmed in time ends; all of them go back.',
  },
  input: groupInput,
  read: readGroup,
  decide: (facts, _input, act) => {
    const of = ofGroup(facts)
    const due = facts.units.filter(({ booking }) => booking.state === 'held' && booking.holdUntil && act.now >= booking.holdUntil)
    const isPlanned = facts.stay?.state === 'planned' && facts.units.every(({ booking }) => booking.state !== 'confirmed')
    if (due.length === 0 && !isPlanned) return refuse('booking.group-state-otherwise')
    return ok({
      change: {
        stay: isPlanned ? facts.stay : null,
        reason: HOLD_ENDED,
        moves: due.map(({ booking }): UnitMove => ({ booking, state: 'expired', endedBy: 'house' })),
      },
      answer: { group: of.id, expired: due.length },
      events: [
        groupEvent('booking.group-expired', of, { units: due.length }, HOLD_ENDED),
        ...due.map((unit) => givenBack(unit, 'booking.expired', HOLD_ENDED)),
      ],
    })
  },
  write: (tx, end: GroupEnd, act) => saveGroupEnd(tx, end, act.now),
})

/** Ends the stay of somebody who has not come: the first day counts as missed, the others go back. */
export const endMissedStay = command({
  name: 'booking.end-missed-stay',
  by: ['system@anyone'],
  basis: '爽约管理 (设计值)',
  does: {
    zh: '约好床位而逾期未到的,首日记为未到,其余各天退回。',
    en: 'Somebody who was expected and has not come: the first day counts as missed, the other days go back.',
  },
  input: groupInput.omit({ group: true }).extend({ stay: groupInput.shape.group }),
  read: (tx, input) => readGroup(tx, { org: input.org, group: input.stay }),
  decide: (facts, _input, act) => {
    const { stay } = facts
    if (stay?.state !== 'planned' || act.now < missedWait(stay, act).dueAt) return refuse('booking.group-state-otherwise')
    const of = ofGroup(facts)
    const days = facts.units.filter(({ booking, unitKind }) => unitKind === 'bed-day' && booking.state === 'confirmed')
    const [first, ...rest] = days
    const reason = '逾期未到'
    const missed: UnitMove[] = first ? [{ booking: first.booking, state: 'no-show' }] : []
    return ok({
      change: {
        stay,
        reason,
        moves: [...missed, ...rest.map(({ booking }): UnitMove => ({ booking, state: 'cancelled', endedBy: 'house' }))],
      },
      answer: { stay: stay.id, givenBack: rest.length },
      events: [
        groupEvent('booking.stay-missed', of, { from: stay.fromOn }, reason),
        ...rest.map((unit) => givenBack(unit, 'booking.cancelled', reason)),
      ],
      waits: [{ case: groupCase(of), open: [] }],
    })
  },
  write: (tx, end: GroupEnd, act) => saveGroupEnd(tx, end, act.now),
})
