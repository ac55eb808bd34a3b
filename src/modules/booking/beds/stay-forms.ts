import { daysBetween, type Day } from '../../../kernel/day.ts'
import { ok, refuse, refuseAll, type Refusal, type Result } from '../../../kernel/result.ts'
import { relationsTo } from '../../../platform/access.ts'
import { command, type Act } from '../../../platform/forms/form.ts'
import type { Drawn } from '../store.ts'
import type { Stay } from './beds.ts'
import { admitInput, expectDischargeInput, giveBedInput, stayInput } from './contract.ts'
import { givenBack, groupCase, groupEvent, missedWait } from './group-forms.ts'
import { dayWithoutRooms, faultsOfBed, type Purpose } from './rules/bed-fits.ts'
import { daysOfStay } from './rules/days-of-stay.ts'
import { drawDays } from './rules/plan-stay.ts'
import * as facts from './stay-facts.ts'
import type { BedFacts, StayFacts, StayMove } from './stay-facts.ts'
import { takingBed, type GroupUnit, type UnitMove } from './stay-store.ts'
import { drawnDay } from './together.ts'

const HERE = ['ward@own', 'referral-desk@own'] as const

const relation = ({ stay }: StayFacts, { actor }: Act) => relationsTo(actor, { org: stay.org })
const subject = ({ stay }: StayFacts) => ({ person: stay.person, case: stay.id })
const save = (tx: Parameters<typeof facts.saveStayMove>[0], move: StayMove, act: Act): Promise<void> =>
  takingBed(() => facts.saveStayMove(tx, move, act))

const whomOf = (stay: Stay) => ({
  group: stay.id,
  person: { id: stay.person, sex: stay.sex },
  madeByOrg: stay.madeByOrg,
  caseId: stay.caseId,
  channel: stay.channel,
  holdUntil: null,
})

const backToShare = ({ booking }: GroupUnit): UnitMove => ({ booking, state: 'cancelled', endedBy: 'institution' })

type InBed = { readonly moves: readonly UnitMove[]; readonly draws: readonly Drawn[]; readonly back: readonly GroupUnit[] }

/** Whether a stay may have the bed on all its days to come; where the bed is of another class, its days are drawn anew there. */
const inBed = (found: BedFacts, purpose: Purpose, act: Act): Result<InBed> => {
  const { stay, bed, mates, isOccupied, of, from } = found
  if (!bed || !of) return refuse('booking.bed-wanted')
  const faults = faultsOfBed({ stay, bed, purpose, mates, isOccupied })
  if (faults.length > 0) return refuseAll(faults)
  const isMoved = bed.classId !== stay.classId
  const drawn = isMoved ? drawDays(of, { sex: stay.sex, channel: stay.channel, taken: new Set(), ahead: 0 }, act.now) : null
  if (drawn && !drawn.ok) return drawn
  const added = isMoved ? 1 : 0
  const counted = of.days.map((day) => ({
    ...day,
    men: day.men + (stay.sex === 'male' ? added : 0),
    women: day.women + (stay.sex === 'female' ? added : 0),
  }))
  const day = bed.sex === 'any' ? dayWithoutRooms(counted, bed.room, stay.sex) : null
  if (day) return refuse('booking.room-needed', { day })
  const back = isMoved ? facts.liveDays(found).filter((unit) => facts.dayOfUnit(unit, act) >= from) : []
  const draws = (drawn?.ok ? drawn.value : []).map((one) => drawnDay(one, whomOf(stay), act))
  return ok({ back, draws, moves: back.map(backToShare) })
}

const isHeld = (found: StayFacts): boolean => facts.liveDays(found).some(({ booking }) => booking.state === 'held')

const MOVED = '换床'

export const admit = command({
  name: 'booking.admit',
  by: HERE,
  basis: 'S0 患者转诊治疗过程可追溯;住院登记 (设计值)',
  does: { zh: '按约定办理入院,安排到具体床位。', en: 'Admits a planned stay to a named bed.' },
  input: admitInput,
  read: facts.readBedOfStay,
  relation,
  subject,
  decide: (found, _input, act) => {
    const { stay } = found
    if (stay.state !== 'planned') return refuse('booking.stay-state-otherwise', { state: stay.state })
    if (isHeld(found)) return refuse('booking.stay-unconfirmed')
    if (act.today < stay.fromOn || act.today >= stay.untilOn)
      return refuse('booking.stay-not-today', { from: stay.fromOn, until: stay.untilOn })
    const bed = inBed(found, 'now', act)
    if (!bed.ok || !found.bed) return bed.ok ? refuse('booking.bed-wanted') : bed
    const { back, draws, moves } = bed.value
    const kept = facts.liveDays(found).filter((unit) => !back.includes(unit))
    const move: StayMove = {
      stay,
      change: { state: 'admitted', bed: found.bed.id, classId: found.bed.classId },
      moves: [...moves, ...kept.map(({ booking }): UnitMove => ({ booking, state: 'checked-in' }))],
      draws,
      isIn: true,
      span: { bed: found.bed.id, from: act.today, until: stay.untilOn },
    }
    return ok({
      change: move,
      answer: { stay: stay.id, bed: found.bed.id, until: stay.untilOn },
      events: [
        groupEvent('booking.stay-admitted', stay, { bed: found.bed.id }),
        ...back.map((unit) => givenBack(unit, 'booking.cancelled', MOVED)),
      ],
      waits: [{ case: groupCase(stay), open: [facts.lastDayWait(stay, stay.untilOn, act)] }],
    })
  },
  write: save,
})

export const giveBed = command({
  name: 'booking.give-bed',
  by: HERE,
  basis: '床位调配 (设计值)',
  does: {
    zh: '为已约的住院预排床位,或为在院患者换床;不同类床位的,其余各天改占新床位。',
    en: 'Names a bed for a planned stay, or moves somebody to another bed; where it is of another class the days to come are drawn anew.',
  },
  input: giveBedInput,
  read: facts.readBedOfStay,
  relation,
  subject,
  decide: (found, _input, act) => {
    const { stay, from } = found
    const isIn = stay.state === 'admitted'
    if (!isIn && stay.state !== 'planned') return refuse('booking.stay-state-otherwise', { state: stay.state })
    if (!isIn && isHeld(found)) return refuse('booking.stay-unconfirmed')
    if (stay.overdueSince && from >= stay.untilOn) return refuse('booking.discharge-too-early', { least: act.today })
    const given = inBed(found, isIn ? 'now' : 'later', act)
    if (!given.ok || !found.bed) return given.ok ? refuse('booking.bed-wanted') : given
    const { back, draws, moves } = given.value
    const { bed } = found
    const left = isIn && stay.bed !== bed.id ? stay.bed : null
    const change: StayMove = {
      stay,
      change: { bed: bed.id, classId: bed.classId },
      moves,
      draws,
      isIn,
      left,
      span: { bed: bed.id, from, until: stay.untilOn },
    }
    return ok({
      change,
      answer: { stay: stay.id, bed: bed.id },
      events: [
        groupEvent('booking.bed-given', stay, { bed: bed.id, before: stay.bed }),
        ...back.map((unit) => givenBack(unit, 'booking.cancelled', MOVED)),
      ],
    })
  },
  write: save,
})

type LongerFacts = BedFacts & { readonly taken: ReadonlySet<Day> }

/** Bed-days that a stay needs beyond what it has: all of them, or every day that fails and why. */
export const longer = (found: LongerFacts, until: Day, act: Act): Result<Drawn[]> => {
  const { stay, bed, of, mates } = found
  if (!of) return ok([])
  const asked = { sex: stay.sex, channel: stay.channel, taken: found.taken, ahead: act.policy('booking.bed-days-ahead') }
  const drawn = drawDays(of, asked, act.now)
  const others = bed ? mates.filter((mate) => mate.stay !== stay.id) : []
  const onBed = others.find((mate) => mate.bed === bed?.id)
  const faults: Refusal[] = onBed ? [{ code: 'booking.bed-taken-until', detail: { from: onBed.from, until: onBed.until } }] : []
  if (others.some((mate) => mate.sex !== stay.sex)) faults.push({ code: 'booking.bed-other-sex-room' })
  if (!drawn.ok || faults.length > 0) return refuseAll([...(drawn.ok ? [] : drawn.refusals), ...faults])
  const counted = of.days.map((day) => ({
    ...day,
    men: day.men + (stay.sex === 'male' ? 1 : 0),
    women: day.women + (stay.sex === 'female' ? 1 : 0),
  }))
  const tight = bed?.sex === 'any' ? dayWithoutRooms(counted, bed.room, stay.sex) : null
  if (tight && tight < until) return refuse('booking.room-needed', { day: tight })
  return ok(drawn.value.map((one) => drawnDay(one, whomOf(stay), act)))
}

/** Facts for the days from the end of a stay, or from today where it is over, up to another day. */
export const readLonger = async (
  tx: Parameters<typeof facts.readStay>[0],
  input: { org: string; stay: string },
  until: Day | null,
  act: Act,
): Promise<LongerFacts | null> => {
  const found = await facts.readStay(tx, input, act)
  if (!found) return null
  const { stay } = found
  const from = stay.untilOn > act.today ? stay.untilOn : act.today
  const last = until ?? facts.nextDay(act.today)
  const none = { ...found, from, bed: null, mates: [], isOccupied: false, of: null, taken: new Set<Day>() }
  if (last <= from || stay.org !== (act.actor.org ?? stay.org)) return none
  const bed = stay.bed && (await facts.bedOf(tx, stay))
  const [of, mates] = await facts.roomOfDays(tx, stay, bed, from, last, act)
  return {
    ...found,
    from,
    bed,
    of,
    mates,
    isOccupied: false,
    taken: await facts.takenDays(tx, stay, daysOfStay(from, last), act),
  }
}

export const expectDischarge = command({
  name: 'booking.expect-discharge',
  by: HERE,
  basis: '预计出院日 (设计值)',
  does: {
    zh: '改预计出院日:延长的每一天都要有床,一天没有就都不改;缩短的各天退回。',
    en: 'Changes the expected discharge: every day more needs a bed or nothing changes; days that fall away go back.',
  },
  input: expectDischargeInput,
  read: (tx, input, act) => readLonger(tx, input, input.on as Day, act),
  relation,
  subject,
  decide: (found, input, act) => {
    const { stay } = found
    const on = input.on as Day
    const isIn = stay.state === 'admitted'
    if (!isIn && stay.state !== 'planned') return refuse('booking.stay-state-otherwise', { state: stay.state })
    if (isHeld(found)) return refuse('booking.stay-unconfirmed')
    const least = isIn && act.today > stay.fromOn ? act.today : stay.fromOn
    if (on <= least) return refuse('booking.discharge-too-early', { least })
    const drawn = longer(found, on, act)
    if (!drawn.ok) return drawn
    const back = facts.liveDays(found).filter((unit) => facts.dayOfUnit(unit, act) >= on)
    const isLonger = on > stay.untilOn
    const gap = isLonger ? Math.max(0, daysBetween(stay.untilOn, found.from)) : 0
    const move: StayMove = {
      stay,
      change: { untilOn: on, overdueSince: null, uncovered: stay.uncovered + gap },
      moves: back.map(backToShare),
      draws: drawn.value,
      isIn,
      ...(stay.bed ? { span: isLonger ? { prolongedTo: on } : { endsOn: on } } : {}),
    }
    return ok({
      change: move,
      answer: { stay: stay.id, until: on },
      events: [
        groupEvent('booking.stay-changed', stay, {
          before: stay.untilOn,
          until: on,
          drawn: drawn.value.length,
          back: back.length,
        }),
        ...back.map((unit) => givenBack(unit, 'booking.cancelled', '预计出院日提前')),
      ],
      waits: [{ case: groupCase(stay), open: [isIn ? facts.lastDayWait(stay, on, act) : missedWait(stay, act)] }],
    })
  },
  write: save,
})

export const discharge = command({
  name: 'booking.discharge',
  by: HERE,
  basis: 'S0 患者转诊治疗过程可追溯;出院登记 (设计值)',
  does: {
    zh: '办理出院:今天起未用的床位退回,床位待整理。',
    en: 'Discharges somebody: bed-days from today on go back, and the bed is to be made ready.',
  },
  input: stayInput,
  read: facts.readStay,
  relation,
  subject,
  decide: (found, _input, act) => {
    const { stay } = found
    if (stay.state !== 'admitted') return refuse('booking.stay-state-otherwise', { state: stay.state })
    // Whoever comes and goes on one day has used that day.
    const end = act.today > stay.fromOn ? act.today : facts.nextDay(stay.fromOn)
    const days = facts.liveDays(found)
    const used = days.filter((unit) => facts.dayOfUnit(unit, act) < end)
    const back = days.filter((unit) => !used.includes(unit))
    const gap = Math.max(0, daysBetween(stay.untilOn, end))
    const move: StayMove = {
      stay,
      change: { state: 'discharged', untilOn: end, overdueSince: null, uncovered: stay.uncovered + gap },
      moves: [...used.map(({ booking }): UnitMove => ({ booking, state: 'attended' })), ...back.map(backToShare)],
      draws: [],
      isIn: true,
      span: { endsOn: act.today },
      left: stay.bed,
    }
    return ok({
      change: move,
      answer: { stay: stay.id, days: used.length, givenBack: back.length },
      events: [
        groupEvent('booking.stay-discharged', stay, { days: used.length, back: back.length }),
        ...back.map((unit) => givenBack(unit, 'booking.cancelled', '出院')),
      ],
      waits: [{ case: groupCase(stay), open: [] }],
    })
  },
  write: save,
})

/** A stay that lasts longer than expected keeps its bed from day to day, as long as there is a bed-day for it. */
export const keepOverdueStay = command({
  name: 'booking.keep-overdue-stay',
  by: ['system@anyone'],
  basis: '超期住院按天顺延 (设计值)',
  does: {
    zh: '到预计出院日仍在院的,按天顺延占床;没有床位可占的如实标为超期。',
    en: 'Whoever is still in after the expected discharge keeps the bed for another day; where no bed-day is left it is shown as over time.',
  },
  input: stayInput,
  read: (tx, input, act) => readLonger(tx, input, null, act),
  decide: (found, _input, act) => {
    const { stay } = found
    if (stay.state !== 'admitted' || stay.untilOn > act.today)
      return refuse('booking.stay-state-otherwise', { state: stay.state })
    const until = facts.nextDay(act.today)
    const drawn = longer(found, until, act)
    const gap = daysBetween(stay.untilOn, act.today)
    const since = stay.overdueSince ?? stay.untilOn
    const kept = { untilOn: until, overdueSince: since, uncovered: stay.uncovered + gap }
    const move: StayMove = {
      stay,
      change: drawn.ok ? kept : { overdueSince: since },
      moves: [],
      draws: drawn.ok ? drawn.value : [],
      isIn: true,
      ...(drawn.ok ? { span: { prolongedTo: until } } : {}),
    }
    return ok({
      change: move,
      answer: { stay: stay.id, kept: drawn.ok },
      events: [groupEvent(drawn.ok ? 'booking.stay-kept' : 'booking.stay-over-time', stay, { since })],
      waits: [{ case: groupCase(stay), open: [facts.lastDayWait(stay, until, act)] }],
    })
  },
  write: save,
})
