/**
 * The only place in the browser that reads the device's clock. Device clocks in clinics are often wrong and a
 * demonstration may move the server's, so deadlines are measured with the server's instant, kept here as an offset.
 */
const keptUnder = 'jieli-clock-offset'

/** After a restart without a network the last known offset is the best there is. */
const keptOffset = (): number => {
  try {
    return Number(localStorage.getItem(keptUnder) ?? 0) || 0
  } catch {
    return 0
  }
}

let offsetMs = typeof window === 'undefined' ? 0 : keptOffset()

const worthKeepingMs = 1000

/** The device's instant in ms since 1970: for backoff and ages on this device, never for a deadline of a case. */
export const deviceNow = (): number => Date.now()

/** The server's present instant, ms since 1970, as exact as half a round trip. */
export const serverNow = (): number => deviceNow() + offsetMs

/** How far the server's clock is ahead of this device's, ms, as last known. */
export const clockOffset = (): number => offsetMs

/**
 * Reads an `x-jieli-now` header: an ISO instant or ms since 1970. Null when it is neither.
 */
export const instantOf = (header: string | null): number | null => {
  if (header === null || header.trim() === '') return null
  const ms = /^\d+$/.test(header) ? Number(header) : Date.parse(header)
  return Number.isFinite(ms) ? ms : null
}

/**
 * Sets the offset from one answer. The server wrote its instant between sending and receiving, so the middle is taken.
 */
export const noteServerInstant = (header: string | null, sentAt: number, receivedAt: number): void => {
  const instant = instantOf(header)
  if (instant === null) return
  const before = offsetMs
  offsetMs = instant - (sentAt + receivedAt) / 2
  if (Math.abs(offsetMs - before) < worthKeepingMs || typeof window === 'undefined') return
  try {
    localStorage.setItem(keptUnder, String(Math.round(offsetMs)))
  } catch {
    // A full storage only loses the help for the next time without a network.
  }
}
