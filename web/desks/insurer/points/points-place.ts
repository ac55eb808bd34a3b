import type { Place } from '../../../shell/desk-frame.tsx'
import { useActor } from '../../../shell/session.tsx'
import { useWordsOf } from '../../../words/language.tsx'

const placeWords = { zh: '年薪工分', en: 'Work points' }
const roles = ['insurer', 'health-bureau', 'consortium-manager']

/** The way to wages by work points: the insurer's, the bureau's, and an institution's own. */
export const usePointsPlace = (): Place[] => {
  const label = useWordsOf(placeWords)
  return roles.includes(useActor().role) ? [{ to: '/overview/points', label, icon: 'check' }] : []
}
