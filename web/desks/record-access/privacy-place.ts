import type { Place } from '../../shell/desk-frame.tsx'
import { useActor } from '../../shell/session.tsx'
import { useWordsOf } from '../../words/language.tsx'

const placeWords = { zh: '隐私复核', en: 'Privacy' }

/** The way to the privacy officer's desk, for the offices that review; nothing for others. */
export const usePrivacyPlace = (): Place[] => {
  const label = useWordsOf(placeWords)
  const { role } = useActor()
  return role === 'health-bureau' || role === 'administrator' ? [{ to: '/overview/privacy', label, icon: 'lock' }] : []
}
