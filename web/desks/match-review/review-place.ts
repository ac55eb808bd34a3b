import { useActor } from '../../shell/session.tsx'
import type { Place } from '../../shell/desk-frame.tsx'
import { useWordsOf } from '../../words/language.tsx'

const placeWords = { zh: '档案查重', en: 'Doubles' }

/** The way to the review of likely doubles, for the offices that may decide; nothing for others. Small, so that it comes with the desk. */
export const useReviewPlace = (): Place[] => {
  const label = useWordsOf(placeWords)
  const { role } = useActor()
  return role === 'health-bureau' || role === 'administrator' ? [{ to: '/overview/doubles', label, icon: 'person' }] : []
}
