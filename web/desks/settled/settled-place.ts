import type { Place } from '../../shell/desk-frame.tsx'
import { useActor } from '../../shell/session.tsx'
import { useWordsOf } from '../../words/language.tsx'

const placeWords = { zh: '结算账单', en: 'Settled bills' }
const roles = ['insurer', 'referral-desk', 'ward', 'family-doctor', 'village-doctor', 'pharmacist']

/** The way to what was settled, for the insurer, a hospital’s desk, a clinic and a pharmacy. */
export const useSettledPlace = (desk: '/overview' | '/desk' | '/village' | '/pharmacy'): Place[] => {
  const label = useWordsOf(placeWords)
  return roles.includes(useActor().role) ? [{ to: `${desk}/settled`, label, icon: 'record' }] : []
}
