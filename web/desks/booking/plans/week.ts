/** A session as it is edited: minutes of the day; `key` tells it from the others while it is drawn. */
export type Drawn = {
  readonly key: number
  readonly weekday: number
  readonly from: number
  readonly to: number
  readonly capacity: number
}

const dayMinutes = 1440
const two = (number: number): string => String(number).padStart(2, '0')

/** Minutes of the day as `08:30`. */
export const timeOf = (minutes: number): string => `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`

/** `08:30` as minutes of the day; null when it is no time. */
export const minutesOf = (time: string): number | null => {
  const found = /^(\d\d):(\d\d)$/.exec(time)
  return found ? Number(found[1]) * 60 + Number(found[2]) : null
}

/** The nearest whole slot. */
export const snapped = (minutes: number, slot: number): number => Math.round(minutes / slot) * slot

const within = (weekday: number): number => Math.min(7, Math.max(1, weekday))

/** Moved by minutes and weekdays, kept inside the day and the week. */
export const movedBy = (session: Drawn, minutes: number, weekdays: number): Drawn => {
  const length = session.to - session.from
  const from = Math.min(dayMinutes - 1 - length, Math.max(0, session.from + minutes))
  return { ...session, weekday: within(session.weekday + weekdays), from, to: from + length }
}

/** Its end moved by minutes: at least one slot long, and not past the day. */
export const resizedBy = (session: Drawn, minutes: number, slot: number): Drawn => ({
  ...session,
  to: Math.min(dayMinutes - 1, Math.max(session.from + slot, session.to + minutes)),
})

/** A session between two moments of one weekday, in whatever order they were drawn. */
export const drawnBetween = (key: number, weekday: number, a: number, b: number, slot: number): Drawn => {
  const from = Math.max(0, snapped(Math.min(a, b), slot))
  return { key, weekday: within(weekday), from, to: Math.max(from + slot, snapped(Math.max(a, b), slot)), capacity: 4 }
}

/** One day's sessions on other days instead of what these had. */
export const copiedTo = (sessions: readonly Drawn[], weekday: number, targets: readonly number[]): Drawn[] => {
  let key = Math.max(0, ...sessions.map((one) => one.key))
  const others = targets.filter((one) => one !== weekday)
  const source = sessions.filter((one) => one.weekday === weekday)
  const kept = sessions.filter((one) => !others.includes(one.weekday))
  return [...kept, ...others.flatMap((target) => source.map((one) => ({ ...one, key: (key += 1), weekday: target })))]
}

/** Whether another session of the same weekday shares a moment with it. */
export const isClashing = (session: Drawn, sessions: readonly Drawn[]): boolean =>
  sessions.some(
    (one) => one.key !== session.key && one.weekday === session.weekday && one.from < session.to && session.from < one.to,
  )

/** By weekday and time. */
export const inOrder = (sessions: readonly Drawn[]): Drawn[] =>
  sessions.toSorted((a, b) => a.weekday - b.weekday || a.from - b.from)
