import type { Standing } from '../visit-day.ts'

/** Where a queue stands: calls made, and how many of the last were emergencies. */
export type Counted = { readonly calls: number; readonly emergenciesInRow: number }

const first = (a: string | number, b: string | number): number => (a < b ? -1 : a > b ? 1 : 0)

/** Who of two that are no emergencies is called first: window of time, priority class, age, arrival. */
const before = (a: Standing, b: Standing): number =>
  first(a.windowAt, b.windowAt) ||
  first(a.rank, b.rank) ||
  first(Number(b.isElderly), Number(a.isElderly)) ||
  first(a.number, b.number)

const isEmergency = ({ rank }: Standing): boolean => rank === 0

/**
 * Those who wait, in the order in which they will be called if nobody comes or goes.
 * Emergencies first by arrival, but after `emergenciesMost` of them in a row one of the others; the others by window of time, then
 * priority class, then age, then arrival. Who was passed stands as many places behind as calls are missing to the turn.
 * Nobody starves: who is no emergency and takes a number after one's window has passed is never called first, so with m such others
 * before one, each called again at most p times, one is called within (m × (1 + p) + 1) × (emergenciesMost + 1) calls.
 * Source: S3 优先就诊; domain 候诊 (design).
 */
export const queueOrder = (
  tickets: readonly Standing[],
  { calls, emergenciesInRow }: Counted,
  emergenciesMost: number,
): Standing[] => {
  const waiting = tickets.filter(({ state }) => state === 'waiting')
  const emergencies = waiting.filter(isEmergency).toSorted((a, b) => first(a.number, b.number))
  const others = waiting.filter((one) => !isEmergency(one)).toSorted(before)
  const passed = tickets
    .filter(({ state }) => state === 'passed')
    .toSorted((a, b) => first(a.turnAfter ?? 0, b.turnAfter ?? 0) || first(a.number, b.number))
  const order: Standing[] = []
  let inRow = emergenciesInRow
  while (emergencies.length + others.length + passed.length > 0) {
    const [back] = passed
    const mayBeEmergency = inRow < emergenciesMost || others.length === 0
    const isDue =
      back !== undefined && ((back.turnAfter ?? 0) <= calls + order.length || emergencies.length + others.length === 0)
    const isTurn = isDue && (mayBeEmergency || !isEmergency(back))
    const next = emergencies.length > 0 && mayBeEmergency ? emergencies.shift() : isTurn ? passed.shift() : others.shift()
    if (next === undefined) break
    inRow = isEmergency(next) ? inRow + 1 : 0
    order.push(next)
  }
  return order
}

/** How many are called before a ticket of the order, those who were called or are inside not counted; null when it does not wait. */
export const aheadOf = (order: readonly Standing[], ticket: Pick<Standing, 'id'>): number | null => {
  const at = order.findIndex(({ id }) => id === ticket.id)
  return at < 0 ? null : at
}
