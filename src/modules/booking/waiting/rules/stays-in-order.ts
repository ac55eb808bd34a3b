import type { Instant } from '../../../../kernel/clock.ts'
import { plusDays, type Day } from '../../../../kernel/day.ts'
import type { Pool, Share } from '../../booking.ts'
import type { BedClass, StaySex, WardId } from '../../beds/beds.ts'
import { classesFor } from '../../beds/rules/classes-for.ts'
import { drawDays, type BedDay, type DrawnDay } from '../../beds/rules/plan-stay.ts'
import { afterDrawing, type InLine } from './next-in-line.ts'
import { compareInOrder } from './order.ts'

/** Days of a stay that was offered once; `until` is not one of them. */
export type StayOffered = { readonly ward: WardId; readonly from: Day; readonly until: Day }

/** Somebody who waits for a bed: for how long, of which kind, between which first days, and what stands in the way. */
export type StayWish = InLine & {
  readonly sex: StaySex
  readonly isolation: boolean
  readonly nights: number
  readonly earliestOn: Day
  readonly latestOn: Day
  /** Days on which the person is elsewhere or may not book. */
  readonly taken: ReadonlySet<Day>
  readonly offered: readonly StayOffered[]
}

/** A class of beds on the days that are open for booking; all classes of a place know the same days. */
export type WardClass = BedClass & { readonly days: readonly BedDay[] }
export type FoundStay = { readonly of: WardClass; readonly from: Day; readonly days: readonly DrawnDay[] }

/** What holds for everybody who waits at a place. */
export type StayTimes = {
  readonly now: Instant
  /** Whether there is time left to ask somebody about a stay that begins on a day. */
  readonly mayBegin: (day: Day) => boolean
}

const isIn = (day: Day, { from, until }: { readonly from: Day; readonly until: Day }): boolean => from <= day && day < until
const wasOffered = ({ offered }: StayWish, ward: WardId, day: Day): boolean =>
  offered.some((one) => one.ward === ward && isIn(day, one))
const askedOf = ({ sex, channel, taken }: StayWish, { days }: WardClass) => ({ sex, channel, taken, ahead: days.length })

/** Days on which a stay of the wish may begin in a class, by what the person accepts and was offered before. */
const firstDays = (of: WardClass, wish: StayWish, { mayBegin }: StayTimes): number[] =>
  of.days.flatMap(({ day }, at) =>
    day >= wish.earliestOn && day <= wish.latestOn && mayBegin(day) && !wasOffered(wish, of.ward, day) ? [at] : [],
  )

const nightsFrom = (of: WardClass, at: number, { nights }: StayWish): readonly BedDay[] => of.days.slice(at, at + nights)

/** Every stay that a wish could have, the earliest first; of one day in beds for one's own sex before beds for any. */
const staysFor = (classes: readonly WardClass[], wish: StayWish, times: StayTimes): FoundStay[] =>
  classesFor(classes, wish)
    .flatMap((of) => firstDays(of, wish, times).map((at) => ({ of, nights: nightsFrom(of, at, wish) })))
    .flatMap(({ of, nights }) => {
      const [first] = nights
      if (!first || nights.length < wish.nights) return []
      const drawn = drawDays({ sex: of.sex, days: nights }, askedOf(wish, of), times.now)
      return drawn.ok ? [{ of, from: first.day, days: drawn.value }] : []
    })
    .toSorted((one, other) => compareText(one.from, other.from))

const compareText = (one: string, other: string): number => (one < other ? -1 : Number(one > other))

// A day of a stay that the wish could have if nobody else were booked: published, free of other duties, not offered before.
const couldLie = (of: WardClass, wish: StayWish, day: Day, times: StayTimes): boolean =>
  !wasOffered(wish, of.ward, day) &&
  firstDays(of, wish, times).some((at) => {
    const nights = nightsFrom(of, at, wish)
    return (
      nights.length === wish.nights &&
      nights.some((one) => one.day === day) &&
      nights.every((one) => one.pool !== null && !wish.taken.has(one.day))
    )
  })

/** Whether somebody could draw this very unit, and needs it for a stay. */
const needsUnit = (of: WardClass, day: BedDay, share: Share, wish: StayWish, times: StayTimes): boolean => {
  if (classesFor([of], wish).length === 0 || !couldLie(of, wish, day.day, times)) return false
  const drawn = drawDays({ sex: of.sex, days: [day] }, askedOf(wish, of), times.now)
  return drawn.ok && drawn.value[0]?.share === share
}

/** Whether a stay takes a bed-day that somebody who stands before needs too. */
const takesFrom = (first: StayWish, { of, days }: FoundStay, times: StayTimes): boolean =>
  days.some(({ pool, share }) => {
    const day = of.days.find((one) => one.pool?.id === pool.id)
    return day !== undefined && needsUnit(of, day, share, first, times)
  })

/** The classes after a stay of somebody has been drawn. */
const afterStay = (classes: readonly WardClass[], { of, days }: FoundStay, sex: StaySex): WardClass[] => {
  const shareOf = new Map(days.map(({ pool, share }) => [pool.id, share]))
  const drawn = (day: BedDay): BedDay => {
    const share = day.pool && shareOf.get(day.pool.id)
    if (!share) return day
    const [men, women] = sex === 'male' ? [day.men + 1, day.women] : [day.men, day.women + 1]
    return { ...day, pool: afterDrawing(day.pool as Pool, share), men, women }
  }
  return classes.map((one) => (one.id === of.id ? { ...one, days: one.days.map(drawn) } : one))
}

/**
 * Who gets which stay at a place: everybody in order the earliest whose bed-days are free on all nights. Whoever finds none, for
 * the number of nights for instance, keeps the place and is passed by nobody who would take a bed-day that they need; others, of
 * another sex or isolation or in days that they do not want, go on. Source: design; a shorter stay goes first only by hand, with a reason.
 */
export const staysInOrder = <One extends StayWish>(
  classes: readonly WardClass[],
  line: readonly One[],
  times: StayTimes,
): { readonly one: One; readonly stay: FoundStay }[] => {
  const given: { one: One; stay: FoundStay }[] = []
  const unfit: One[] = []
  let left = classes
  for (const one of line.toSorted(compareInOrder)) {
    const stay = staysFor(left, one, times).find((found) => !unfit.some((first) => takesFrom(first, found, times)))
    if (stay) {
      left = afterStay(left, stay, one.sex)
      given.push({ one, stay })
    } else unfit.push(one)
  }
  return given
}

/** The stay of a wish that begins in a ward on a day, or null: by hand, whoever else waits. */
export const stayThere = (
  classes: readonly WardClass[],
  wish: StayWish,
  place: { readonly ward: WardId; readonly from: Day },
  times: StayTimes,
): FoundStay | null =>
  staysFor(classes, wish, times).find(({ of, from }) => of.ward === place.ward && from === place.from) ?? null

/** Where a wish could be met now: the first stay of each ward and day, whoever else waits. */
export const staysOpenTo = (classes: readonly WardClass[], wish: StayWish, times: StayTimes): FoundStay[] => {
  const found = Map.groupBy(staysFor(classes, wish, times), ({ of, from }) => `${from} ${of.ward}`)
  return [...found.values()].map(([first]) => first as FoundStay)
}

/** How many stand before somebody and need a bed-day of the stay that is given out of the order. */
export const staysPassedOver = (line: readonly StayWish[], chosen: StayWish, stay: FoundStay, times: StayTimes): number =>
  line.filter((one) => one.id !== chosen.id && compareInOrder(one, chosen) < 0 && takesFrom(one, stay, times)).length

/** The day after the last night of a stay. */
export const endOfStay = ({ from, days }: FoundStay): Day => plusDays(from, days.length)
