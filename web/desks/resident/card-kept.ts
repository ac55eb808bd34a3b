import { deviceNow } from '../../api/server-clock.ts'

/** The identity code as this telephone last knew it: what a printed card shows, no more. */
export type KeptCard = { account: string; name: string; text: string; at: number }

const keptUnder = 'jieli-card'

const isKept = (value: unknown): value is KeptCard =>
  typeof value === 'object' &&
  value !== null &&
  (['account', 'name', 'text'] as const).every((key) => typeof (value as Record<string, unknown>)[key] === 'string')

/** What is kept for this account; null when there is nothing, or it is another’s. */
export const keptCard = (account: string): KeptCard | null => {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(keptUnder) ?? 'null')
    return isKept(value) && value.account === account ? value : null
  } catch {
    return null
  }
}

/** Keeps the code of one’s own card, or forgets it once there is none that counts. */
export const keepCard = (card: Omit<KeptCard, 'at'> | null): void => {
  if (card === null) localStorage.removeItem(keptUnder)
  else localStorage.setItem(keptUnder, JSON.stringify({ ...card, at: deviceNow() }))
}
