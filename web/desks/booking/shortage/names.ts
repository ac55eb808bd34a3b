import type { Queries } from '../../../api/api-types.ts'
import { usePick } from '../../../words/language.tsx'

export type Worklist = Queries['booking.shortage-worklist']['answer']
export type WaitingRow = Worklist['rows'][number]

/** What institutions and services of an answer are called. */
export const useNames = ({ institutions, specialties }: Pick<Worklist, 'institutions' | 'specialties'>) => {
  const pick = usePick()
  return {
    place: (org: string): string => pick(institutions.find(({ id }) => id === org)?.name ?? { zh: org, en: null }),
    service: (code: string): string => pick(specialties.find((one) => one.code === code)?.name ?? { zh: code, en: null }),
  }
}
