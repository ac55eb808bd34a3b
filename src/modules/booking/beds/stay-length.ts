import { daysBetween, type Day } from '../../../kernel/day.ts'
import { ok, refuse, refuseAll, type Refusal, type Result } from '../../../kernel/result.ts'
import { command, type Act } from '../../../platform/forms/form.ts'
import type { Drawn } from '../store.ts'
import { expectDischargeInput, stayInput } from './contract.ts'
import { givenBack, groupCase, groupEvent, missedWait } from './group-forms.ts'
import { dayWithoutRooms } from './rules/bed-fits.ts'
import { daysOfStay } from './rules/days-of-stay.ts'
import { drawDays } from './rules/plan-stay.ts'
import * as facts from './stay-facts.ts'
import type { BedFacts, StayMove } from './stay-facts.ts'
import { backToShare, HERE, isHeld, relation, save, subject, whomOf } from './stay-forms.ts'
import { drawnDay } from './together.ts'

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
      ...(stay.bed ? { span: isLonger ? { prolongedFrom: found.from, prolongedTo: on } : { endsOn: on } } : {}),
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
      ...(drawn.ok ? { span: { prolongedFrom: found.from, prolongedTo: until } } : {}),
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
