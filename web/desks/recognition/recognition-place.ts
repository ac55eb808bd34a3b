import type { Place } from '../../shell/desk-frame.tsx'
import { useActor } from '../../shell/session.tsx'
import { useWordsOf } from '../../words/language.tsx'

const placeWords = { zh: '结果互认', en: 'Recognition' }
const roles = ['consortium-manager', 'health-bureau', 'administrator']

/** The way to how recognition goes, for those who manage. */
export const useRecognitionPlace = (): Place[] => {
  const label = useWordsOf(placeWords)
  return roles.includes(useActor().role) ? [{ to: '/overview/recognition', label, icon: 'check' }] : []
}
