import type { Place } from '../../../shell/desk-frame.tsx'
import { useActor } from '../../../shell/session.tsx'
import { useWordsOf } from '../../../words/language.tsx'

const placeWords = { zh: '付费方式比较', en: 'Ways to pay' }
const roles = ['insurer', 'health-bureau', 'consortium-manager']

/** The way to the ways to pay side by side: the insurer's, the bureau's, and an institution's own. */
export const useMethodsPlace = (): Place[] => {
  const label = useWordsOf(placeWords)
  return roles.includes(useActor().role) ? [{ to: '/overview/methods', label, icon: 'baton' }] : []
}
