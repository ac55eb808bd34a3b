import { call } from '../api/client.ts'

const keptUnder = 'jieli-find-list'
type KeptList = { list: string; institutions: readonly string[] }

/** Remembers, in this tab alone, the list that places were offered in, until one of them is booked. */
export const keepList = (kept: KeptList): void => {
  try {
    sessionStorage.setItem(keptUnder, JSON.stringify(kept))
  } catch {
    // A full device only loses one line of the weekly report.
  }
}

/** Tells which place of the list was booked, so that steering can be looked at. It never stands in the way of the booking itself. */
export const tellChoice = async (institution: string, booking: string): Promise<void> => {
  const kept = JSON.parse(sessionStorage.getItem(keptUnder) ?? 'null') as KeptList | null
  if (kept === null || !kept.institutions.includes(institution)) return
  sessionStorage.removeItem(keptUnder)
  await call('navigation.choose', { list: kept.list, institution, booking }).catch(() => undefined)
}
