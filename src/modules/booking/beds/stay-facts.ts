import { dayOf, instantAt, plusDays, type Day } from '../../../kernel/day.ts'
import type { OrgId } from '../../../kernel/id.ts'
import type { Tx } from '../../../platform/database/pool.ts'
import type { Act, CaseWait } from '../../../platform/forms/form.ts'
import type { Drawn } from '../store.ts'
import { saveState } from '../store.ts'
import type { Bed, BedClass, BedId, BedSpan, GroupId, Stay } from './beds.ts'
import { readClassDays, type KnownClass } from './class-days.ts'
import type { BedDay } from './rules/plan-stay.ts'
import type { Mate } from './rules/bed-fits.ts'
import {
  claimsOf,
  lockGroup,
  lockStay,
  occupantOf,
  type GroupUnit,
  type StayChange,
  type UnitMove,
  saveMoves,
  saveStayChange,
} from './stay-store.ts'
import * as store from './store.ts'
import { saveDraws } from './together.ts'

/** A stay with its bookings, and, where a bed is asked for, what decides on it. */
export type StayFacts = {
  readonly stay: Stay
  readonly units: readonly GroupUnit[]
  /** From which day what is decided counts: today, or the first day of a stay that has not begun. */
  readonly from: Day
}
export type BedFacts = StayFacts & {
  readonly bed: Bed | null
  readonly mates: readonly Mate[]
  readonly isOccupied: boolean
  /** The class of the bed on the days of the stay, without the stay's own earlier bed in its rooms. */
  readonly of: KnownClass | null
}

export const readStay = async (tx: Tx, input: { org: string; stay: string }, act: Act): Promise<StayFacts | null> => {
  const [org, id] = [input.org as OrgId, input.stay as GroupId]
  const stay = await lockStay(tx, org, id)
  if (!stay) return null
  const from = stay.fromOn > act.today ? stay.fromOn : act.today
  return { stay, from, units: await lockGroup(tx, org, id) }
}

/** The same with a bed and its room, in an institution's own act. */
export const readBedOfStay = async (
  tx: Tx,
  input: { org: string; stay: string; bed?: string | null | undefined },
  act: Act,
): Promise<BedFacts | null> => {
  const facts = await readStay(tx, input, act)
  if (!facts) return null
  const { stay, from } = facts
  const wanted = (input.bed ?? stay.bed) as BedId | null
  const bed = wanted && (await store.lockBed(tx, stay.org, wanted))
  if (!bed || from >= stay.untilOn) return { ...facts, bed, mates: [], isOccupied: false, of: null }
  const occupant = await occupantOf(tx, stay.org, bed.id)
  const of: BedClass = { org: stay.org, id: bed.classId, ward: bed.ward, sex: bed.sex, isolation: bed.isolation }
  // One after the other: a lock that loses a race must be the error that is told, so that the act is repeated.
  const known = await lockClassDays(tx, stay, of, from, stay.untilOn, act)
  const mates = await store.roomMates(tx, bed, from, stay.untilOn)
  return { ...facts, bed, mates, isOccupied: occupant !== null && occupant.id !== stay.id, of: known }
}

/** A class on some days with its pools locked, so that nothing else is drawn meanwhile; the stay's own named bed is left out of its rooms. */
export const lockClassDays = async (tx: Tx, stay: Stay, of: BedClass, from: Day, until: Day, act: Act): Promise<KnownClass> => {
  const [start, end] = [instantAt(from, '00:00', act.zone), instantAt(until, '00:00', act.zone)]
  const pools = await store.lockPools(tx, { org: stay.org, units: [], classes: [of.id], from: start, until: end })
  const [known] = await readClassDays(tx, { org: stay.org, classes: [of], from, until, zone: act.zone }, pools)
  const own = stay.bed ? await ownRoom(tx, stay, stay.bed, from, until) : null
  return { ...(known as KnownClass), days: (known as KnownClass).days.map((day) => withoutOwn(day, stay, own)) }
}

type OwnRoom = { readonly room: string; readonly spans: readonly BedSpan[] }

const ownRoom = async (tx: Tx, stay: Stay, bed: BedId, from: Day, until: Day): Promise<OwnRoom | null> => {
  const found = await store.findBed(tx, stay.org, bed)
  const spans = await store.spansOfBeds(tx, stay.org, [bed], from, until)
  return found && { room: found.room, spans: spans.filter((span) => span.stay === stay.id) }
}

const withoutOwn = (of: BedDay, stay: Stay, own: OwnRoom | null): BedDay => {
  if (!own?.spans.some(({ from, until }) => from <= of.day && of.day < until)) return of
  const rooms = of.rooms.map((room) =>
    room.room === own.room
      ? { ...room, [stay.sex === 'male' ? 'men' : 'women']: room[stay.sex === 'male' ? 'men' : 'women'] - 1 }
      : room,
  )
  return { ...of, rooms }
}

/** Days on which the person has a bed by another booking. */
export const takenDays = async (tx: Tx, stay: Stay, days: readonly Day[], act: Act): Promise<ReadonlySet<Day>> => {
  const claims = await claimsOf(
    tx,
    stay.person,
    days.map((day) => instantAt(day, '00:00', act.zone)),
  )
  return new Set(claims.map((at) => dayOf(at, act.zone)))
}

export const dayOfUnit = (unit: GroupUnit, act: Pick<Act, 'zone'>): Day => dayOf(unit.startsAt, act.zone)

/** The bed-days of a stay that still hold a unit. */
export const liveDays = ({ units }: StayFacts): GroupUnit[] =>
  units.filter(({ booking, unitKind }) => unitKind === 'bed-day' && ['held', 'confirmed', 'checked-in'].includes(booking.state))

/** When a stay that is under way must be looked at: at the end of its last bed-day. */
export const lastDayWait = (stay: Pick<Stay, 'org' | 'id'>, until: Day, act: Act): CaseWait => ({
  name: 'expected-discharge',
  command: 'booking.keep-overdue-stay',
  input: { org: stay.org, stay: stay.id },
  dueAt: instantAt(until, '00:00', act.zone),
})

/** What becomes of a stay: bookings that move on, bed-days drawn anew, its named bed, its own row. */
export type StayMove = {
  readonly stay: Stay
  readonly change: StayChange
  readonly moves: readonly UnitMove[]
  readonly draws: readonly Drawn[]
  /** Whether days drawn anew are of somebody who lies there already. */
  readonly isIn: boolean
  readonly span?:
    | { readonly bed: BedId; readonly from: Day; readonly until: Day }
    | { readonly endsOn: Day }
    | { readonly prolongedFrom: Day; readonly prolongedTo: Day }
  /** A bed that somebody has left. */
  readonly left?: BedId | null
  readonly reason?: string
}

/** Saves it: what goes back first, so that its days may be drawn anew; the constraint on named beds has the last word. */
export const saveStayMove = async (tx: Tx, move: StayMove, act: Act): Promise<void> => {
  const { stay, span } = move
  await saveMoves(tx, move.moves, act.now, move.reason ?? null)
  await saveDraws(tx, move.draws, act)
  if (move.isIn) for (const drawn of move.draws) await saveState(tx, drawn, 'checked-in', act.now, null)
  if (span && 'endsOn' in span) await store.endSpans(tx, stay.org, stay.id, span.endsOn)
  if (span && 'prolongedTo' in span && stay.bed)
    await store.prolongSpan(tx, stay.org, stay.bed, stay.id, { from: span.prolongedFrom, until: span.prolongedTo })
  if (span && 'bed' in span) {
    await store.endSpans(tx, stay.org, stay.id, span.from)
    await store.saveSpan(tx, stay.org, span.bed, stay.id, span.from, span.until)
  }
  if (move.left) await store.saveCleaning(tx, stay.org, move.left, act.now)
  await saveStayChange(tx, stay, move.change, act.now)
}

export const nextDay = (day: Day): Day => plusDays(day, 1)

/** The named bed of a stay, locked. */
export const bedOf = (tx: Tx, stay: Stay): Promise<Bed | null> =>
  stay.bed ? store.lockBed(tx, stay.org, stay.bed) : Promise.resolve(null)

/** The class of a stay on some days, and who else has a named bed of its room then. */
export const roomOfDays = async (
  tx: Tx,
  stay: Stay,
  bed: Bed | null,
  from: Day,
  until: Day,
  act: Act,
): Promise<[KnownClass | null, Mate[]]> => {
  const classes = await store.classesOf(tx, stay.org, [stay.ward])
  const of = classes.find(({ id }) => id === stay.classId)
  const known = of ? await lockClassDays(tx, stay, of, from, until, act) : null
  return [known, bed ? await store.roomMates(tx, bed, from, until) : []]
}
