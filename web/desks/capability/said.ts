import type { Queries } from '../../api/api-types.ts'

export type Told = Queries['navigation.capabilities']['answer']
export type Version = Told['versions'][number]
export type Kind = Version['about']
export type Grade = Version['grade']

export const kinds = ['specialty', 'condition', 'device', 'procedure', 'drug'] as const satisfies readonly Kind[]
export const grades = ['full', 'limited', 'none'] as const satisfies readonly Grade[]

/** What stands or is to come: not ended by the day, and not ended before it ever began. */
export const standing = ({ versions, day }: Told): Version[] =>
  versions
    .filter(({ from, until }) => until === null || (until > day && until > from))
    .toSorted((a, b) => kinds.indexOf(a.about) - kinds.indexOf(b.about) || (a.key < b.key ? -1 : 1))

/** What has ended, the latest first. */
export const ended = ({ versions, day }: Told): Version[] =>
  versions
    .filter(({ from, until }) => until !== null && (until <= day || until <= from))
    .toSorted((a, b) => ((a.until ?? '') < (b.until ?? '') ? 1 : -1))

/** Those of a kind whose name holds a text. */
export const filtered = (list: readonly Version[], kind: Kind | '', text: string): Version[] => {
  const asked = text.trim().toLowerCase()
  return list.filter(
    ({ about, name, key }) =>
      (kind === '' || about === kind) &&
      (asked === '' || name.zh.includes(asked) || name.en?.toLowerCase().includes(asked) || key.includes(asked)),
  )
}
