/** Whether the server answered when it was last asked; unknown until this page has asked once. */
export type Contact = 'unknown' | 'answered' | 'cut'

let contact: Contact = 'unknown'
const watchers = new Set<() => void>()

const become = (next: Contact): void => {
  if (contact === next) return
  contact = next
  for (const changed of watchers) changed()
}

export const noteAnswer = (): void => become('answered')
export const noteCut = (): void => become('cut')
export const contactNow = (): Contact => contact

/** Calls `changed` whenever the line is cut or found again; answers how to stop. */
export const watchContact = (changed: () => void): (() => void) => {
  watchers.add(changed)
  return () => void watchers.delete(changed)
}
