import { daysBetween } from '../../../kernel/day.ts'
import { ok, refuse, refuseAll, type Result } from '../../../kernel/result.ts'
import { relationsTo } from '../../../platform/access.ts'
import { command, type Act } from '../../../platform/forms/form.ts'
import type { Drawn } from '../store.ts'
import type { Stay } from './beds.ts'
import { admitInput, giveBedInput, stayInput } from './contract.ts'
import { givenBack, groupCase, groupEvent } from './group-forms.ts'
import { dayWithoutRooms, faultsOfBed, type Purpose } from './rules/bed-fits.ts'
import { drawDays } from './rules/plan-stay.ts'
import * as facts from './stay-facts.ts'
import type { BedFacts, StayFacts, StayMove } from './stay-facts.ts'
import { takingBed, type GroupUnit, type UnitMove } from './stay-store.ts'
import { drawnDay } from './together.ts'

export const HERE = ['ward@own', 'referral-desk@own'] as const

export const relation = ({ stay }: StayFacts, { actor }: Act) => relationsTo(actor, { org: stay.org })
export const subject = ({ stay }: StayFacts) => ({ person: stay.person, case: stay.id })
/** Saves what becomes of a stay; an overlap on a named bed is a refusal. */
export const save = (tx: Parameters<typeof facts.saveStayMove>[0], move: StayMove, act: Act): Promise<void> =>
  takingBed(() => facts.saveStayMove(tx, move, act))

/** For whom bed-days of a stay are drawn. */
export const whomOf = (stay: Stay) => ({
  group: stay.id,
  person: { id: stay.person, sex: stay.sex },
  madeByOrg: stay.madeByOrg,
  caseId: stay.caseId,
  channel: stay.channel,
  holdUntil: null,
})

export const backToShare = ({ booking }: GroupUnit): UnitMove => ({ booking, state: 'cancelled', endedBy: 'institution' })

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

/** Whether the stay waits to be confirmed. */
export const isHeld = (found: StayFacts): boolean => facts.liveDays(found).some(({ booking }) => booking.state === 'held')

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
