import type { Place } from '../../../shell/desk-frame.tsx'
import { useActor } from '../../../shell/session.tsx'
import { useWordsOf } from '../../../words/language.tsx'

const placeWords = { zh: '病种分值付费', en: 'Payment by disease' }
const roles = ['insurer', 'health-bureau', 'consortium-manager']

/** The way to payment by disease (DIP), for the insurer, the bureau and who manages a hospital. */
export const useDipPlace = (): Place[] => {
  const label = useWordsOf(placeWords)
  return roles.includes(useActor().role) ? [{ to: '/overview/dip', label, icon: 'filter' }] : []
}
