import type { SharedWords } from '../words/zh.ts'

// The Swedish form is the ISO one with a space: 2026-11-22 08:00, 24 hours.
const inChina = { timeZone: 'Asia/Shanghai' } as const
const minuteForm = new Intl.DateTimeFormat('sv-SE', { ...inChina, dateStyle: 'short', timeStyle: 'short' })
const dayForm = new Intl.DateTimeFormat('sv-SE', { ...inChina, dateStyle: 'short' })

/** An instant, ISO or ms since 1970, as people in the region read it: `2026-11-22 08:00`, Beijing time. */
export const formatInstant = (instant: string | number): string =>
  minuteForm.format(typeof instant === 'number' ? instant : Date.parse(instant))

/** The day of an ISO instant in Beijing: `2026-11-22`. */
export const formatDay = (instant: string): string => dayForm.format(Date.parse(instant))

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs

/**
 * A span in words, rounded down to two units: `3 天 4 小时`, `2 小时 5 分`, `9 分钟`; seconds under one minute.
 */
export const spanWords = (spanMs: number, words: SharedWords['time']): string => {
  const span = Math.max(0, spanMs)
  if (span >= dayMs) return words.days(Math.floor(span / dayMs), Math.floor((span % dayMs) / hourMs))
  if (span >= hourMs) return words.hours(Math.floor(span / hourMs), Math.floor((span % hourMs) / minuteMs))
  if (span >= minuteMs) return words.minutes(Math.floor(span / minuteMs))
  return words.seconds(Math.floor(span / 1000))
}

/** How an instant stands to now, or null when it is a day or more away and only the date itself helps. */
export const relativeWords = (instant: string, now: number, words: SharedWords['time']): string | null => {
  const age = now - Date.parse(instant)
  if (Math.abs(age) >= dayMs) return null
  if (Math.abs(age) < 5000) return words.now
  return age > 0 ? words.ago(spanWords(age, words)) : words.later(spanWords(-age, words))
}

/** How near a deadline is: `calm`, then `soon` when less than `soonMinutes` remain, then `over`. */
export type Nearness = 'calm' | 'soon' | 'over'

/**
 * A deadline against now, ms since 1970. The very instant of the deadline is still in time.
 */
export const nearnessOf = (deadline: number, now: number, soonMinutes: number): Nearness => {
  if (now > deadline) return 'over'
  return deadline - now < soonMinutes * minuteMs ? 'soon' : 'calm'
}

/** The countdown's sentence, so that the words change with the nearness and not only the colour. */
export const countdownWords = (deadline: number, now: number, soonMinutes: number, words: SharedWords['time']): string => {
  const span = spanWords(Math.abs(deadline - now), words)
  const sentence = { calm: words.left, soon: words.soon, over: words.over } satisfies Record<Nearness, (span: string) => string>
  return sentence[nearnessOf(deadline, now, soonMinutes)](span)
}
