import type { Place } from '../../shell/desk-frame.tsx'
import { useActor } from '../../shell/session.tsx'
import { useWordsOf } from '../../words/language.tsx'
import { offSiteWords } from './words.ts'

/** The insurer's way to what is filed of care away from home. */
export const useFilingsPlace = (): Place[] => {
  const { place } = useWordsOf(offSiteWords)
  return useActor().role === 'insurer' ? [{ to: '/overview/filings', label: place, icon: 'place' }] : []
}
