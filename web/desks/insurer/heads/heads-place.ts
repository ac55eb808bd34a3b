import type { Place } from '../../../shell/desk-frame.tsx'
import { useActor } from '../../../shell/session.tsx'
import { useWordsOf } from '../../../words/language.tsx'

const placeWords = { zh: '按人头付费', en: 'Paid by the head' }
const roles = ['insurer', 'health-bureau', 'consortium-manager']

/** The way to contracts by the head: the insurer's, the bureau's, and an institution's own. */
export const useHeadsPlace = (): Place[] => {
  const label = useWordsOf(placeWords)
  return roles.includes(useActor().role) ? [{ to: '/overview/heads', label, icon: 'person' }] : []
}
