import type { Place } from '../../../shell/desk-frame.tsx'
import { useActor } from '../../../shell/session.tsx'
import { useWordsOf } from '../../../words/language.tsx'

const placeWords = { zh: '基金预算', en: 'Fund budget' }
const roles = ['insurer', 'health-bureau', 'consortium-manager']

/** The way to the fund's budget, for the insurer, the bureau and who leads a consortium. */
export const useBudgetPlace = (): Place[] => {
  const label = useWordsOf(placeWords)
  return roles.includes(useActor().role) ? [{ to: '/overview/budget', label, icon: 'record' }] : []
}
