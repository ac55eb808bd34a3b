import type { Place } from '../../../shell/desk-frame.tsx'
import { useActor } from '../../../shell/session.tsx'
import { useWordsOf } from '../../../words/language.tsx'

const placeWords = { zh: '基金考核', en: 'Fund measures' }
const roles = ['insurer', 'health-bureau', 'consortium-manager']

/** The way to the fund's measures, for the insurer, the bureau and who leads a consortium. */
export const useMeasuresPlace = (): Place[] => {
  const label = useWordsOf(placeWords)
  return roles.includes(useActor().role) ? [{ to: '/overview/fund-measures', label, icon: 'check' }] : []
}
