import type { Named } from '../api/api-types.ts'

// SNOMED CT ends a full name with the kind of thing it means: `Stress (finding)`.
const kindAtEnd = /\s*\((disorder|finding|situation|procedure|event|morphologic abnormality)\)$/i
const kindOf = (name: string): string | null => kindAtEnd.exec(name)?.[1]?.toLowerCase() ?? null

/** A clinical name as people say it: without the kind that a terminology writes behind it. */
export const clinicalName = ({ zh, en }: Named): { zh: string; en: string | null } => ({
  zh: zh.replace(kindAtEnd, ''),
  en: en?.replace(kindAtEnd, '') ?? null,
})

/**
 * Whether an entry of the problem list is an illness. A terminology also files work, housing and schooling there, as findings
 * and situations; they are private and no part of a letter unless the doctor writes them.
 */
export const isIllness = ({ zh, en }: Named): boolean =>
  ![zh, en ?? ''].some((name) => ['finding', 'situation'].includes(kindOf(name) ?? ''))

/** Illnesses before findings and situations; otherwise in the order given. */
export const illnessesFirst = <P extends { words: Named }>(problems: readonly P[]): P[] => [
  ...problems.filter(({ words }) => isIllness(words)),
  ...problems.filter(({ words }) => !isIllness(words)),
]
