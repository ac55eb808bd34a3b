import type { Place } from '../../../shell/desk-frame.tsx'
import { useActor } from '../../../shell/session.tsx'
import { useWordsOf } from '../../../words/language.tsx'

const placeWords = { zh: '移动支付', en: 'Mobile payment' }
const roles = ['insurer', 'health-bureau', 'administrator']

/** The way to how far mobile payment reaches, for those who open places. */
export const useCoveragePlace = (): Place[] => {
  const label = useWordsOf(placeWords)
  return roles.includes(useActor().role) ? [{ to: '/overview/payment', label, icon: 'card' }] : []
}
