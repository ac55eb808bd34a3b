/** Single keys of the inbox that a person may choose for themselves; arrows, Enter, Space, `/`, `?` and Esc stay as they are. */
export const keyedActs = ['accept', 'ask-more', 'reject', 'redirect', 'schedule', 'next', 'undo', 'down', 'up'] as const
export type KeyedAct = (typeof keyedActs)[number]
export type DeskKeys = Readonly<Record<KeyedAct, string>>

/** The keys as they come; letters stand in lower case, as `useKeys` hears them. */
export const firstKeys: DeskKeys = {
  accept: 'a',
  'ask-more': 'm',
  reject: 'r',
  redirect: 't',
  schedule: 's',
  next: 'n',
  undo: 'u',
  down: 'j',
  up: 'k',
}

/** Why a key cannot be had: it is no single letter or digit, or another act has it. */
export type KeyFault = { kind: 'not-a-key' } | { kind: 'taken'; by: KeyedAct }

/** One letter or digit as typed with the shift key up or down; null when it is anything else. */
const letterOf = (typed: string): string | null => (/^[a-z0-9]$/i.test(typed) ? typed.toLowerCase() : null)

/** The keys with one changed, or why not. A key that the act has already is no fault. */
export const keysWith = (keys: DeskKeys, act: KeyedAct, typed: string): { keys: DeskKeys } | { fault: KeyFault } => {
  const key = letterOf(typed)
  if (key === null) return { fault: { kind: 'not-a-key' } }
  const by = keyedActs.find((other) => other !== act && keys[other] === key)
  return by === undefined ? { keys: { ...keys, [act]: key } } : { fault: { kind: 'taken', by } }
}

/** Keys as this device kept them; anything that does not fit, or stands twice, falls back to the first keys. */
export const readKeys = (text: string | null): DeskKeys => {
  try {
    const kept = JSON.parse(text ?? 'null') as Partial<Record<KeyedAct, unknown>> | null
    if (kept === null) return firstKeys
    const read = Object.fromEntries(keyedActs.map((act) => [act, letterOf(String(kept[act])) ?? firstKeys[act]])) as DeskKeys
    return new Set(Object.values(read)).size === keyedActs.length ? read : firstKeys
  } catch {
    return firstKeys
  }
}
