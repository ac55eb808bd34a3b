const second = 1000
const minute = 60 * second
const hour = 60 * minute
const two = (count: number): string => `${count}`.padStart(2, '0')

/** A running clock's figures, `1:02:09` or `12:30`; never negative. */
export const clockFigures = (spanMs: number): string => {
  const span = Math.max(0, spanMs)
  const [hours, minutes, seconds] = [
    Math.floor(span / hour),
    Math.floor((span % hour) / minute),
    Math.floor((span % minute) / second),
  ]
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds)}` : `${minutes}:${two(seconds)}`
}

const timeForm = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', timeStyle: 'short' })

/** The time of day of an ISO instant in Beijing: `08:05`. */
export const timeOfDay = (instant: string): string => timeForm.format(Date.parse(instant))

const minuteForm = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short', timeStyle: 'short' })

/** What a `datetime-local` control holds for an instant, in Beijing time. */
export const localOf = (ms: number): string => minuteForm.format(ms).replace(' ', 'T')

/** The instant that a `datetime-local` control means, in Beijing time; null while it is not whole. */
export const instantOfLocal = (local: string): string | null => {
  const ms = Date.parse(`${local}:00+08:00`)
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(local) && Number.isFinite(ms) ? new Date(ms).toISOString() : null
}
