import type { Place } from '../../../shell/desk-frame.tsx'
import { useActor } from '../../../shell/session.tsx'
import { useWordsOf } from '../../../words/language.tsx'

const placeWords = { zh: '规则推演', en: 'What-if' }
const roles = ['insurer', 'health-bureau']

/** The way to trying out other values of an area's rules, for the insurer and the bureau. */
export const useWhatIfPlace = (): Place[] => {
  const label = useWordsOf(placeWords)
  return roles.includes(useActor().role) ? [{ to: '/overview/what-if', label, icon: 'filter' }] : []
}
