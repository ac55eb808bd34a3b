import type { Actor } from '../../src/platform/access.ts'
import type { Served } from './serve.ts'

type Values = Readonly<Record<string, any>> // oxlint-disable-line no-explicit-any

/** Where what was accepted is read back, and which of its values must be there unchanged. */
type ReadBack = {
  readonly path: (input: Values, answer: Values) => string
  readonly values: (input: Values, shown: Values) => [sent: unknown, kept: unknown][]
}

const text = (value: unknown): unknown => (typeof value === 'string' ? value.trim() : (value ?? null))

/** Forms whose accepted values are read back through the API. */
const READ_BACK: Readonly<Record<string, ReadBack>> = {
  'residents.register': {
    path: (_input, { person }) => `residents.get?person=${person}`,
    values: (input, shown) => [
      [text(input['name'].zh), shown['name'].zh],
      [text(input['address']) || null, text(shown['address']) || null],
      [input['sex'], shown['sex']],
      ...(input['identifier'] ? [] : ([[input['bornOn'] ?? null, shown['bornOn'] ?? null]] as [unknown, unknown][])),
    ],
  },
  'referral.send': {
    path: (_input, { referral }) => `referral.get?referral=${referral}`,
    values: (input, shown) =>
      ['impression', 'reason', 'pastHistory', 'treatment']
        .filter((part) => typeof input['letter']?.[part] === 'string')
        .map((part) => [text(input['letter'][part]), text(shown['letter'][part])]),
  },
  'organisations.add-institution': {
    path: (_input, { institution }) => `organisations.institution?institution=${institution}`,
    values: (input, shown) => [
      [text(input['name'].zh), shown['name'].zh],
      [input['tier'], shown['tier']],
      [input['beds'] ?? 0, shown['beds'] ?? 0],
    ],
  },
}

/** Whether what this form accepts is read back. */
export const isReadBack = (name: string): boolean => name in READ_BACK

/** What came back: unchanged, changed in which words, or not to be seen by whoever wrote it. */
export type CameBack = { readonly changed: string | null; readonly isSeen: boolean }

/** Reads back what a form has just accepted. */
export const cameBack = async ({ get }: Served, name: string, input: unknown, answer: string, by: Actor): Promise<CameBack> => {
  const back = READ_BACK[name]
  if (!back) return { changed: null, isSeen: false }
  const shown = await get(`/api/${back.path(input as Values, JSON.parse(answer) as Values)}`, { as: by })
  // Who registers somebody for another village may not look at them afterwards.
  if (shown.status === 403 || shown.status === 404) return { changed: null, isSeen: false }
  if (shown.status !== 200) return { changed: `${name} is read back as ${shown.status}`, isSeen: true }
  const pairs = back.values(input as Values, JSON.parse(shown.text) as Values)
  const changed = pairs.filter(([sent, kept]) => JSON.stringify(sent) !== JSON.stringify(kept))
  return { changed: changed.length > 0 ? `changed: ${JSON.stringify(changed)}` : null, isSeen: true }
}
