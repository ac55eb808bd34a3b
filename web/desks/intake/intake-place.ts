import type { Place } from '../../shell/desk-frame.tsx'
import { useActor } from '../../shell/session.tsx'
import { useWordsOf } from '../../words/language.tsx'

const placeWords = { zh: '收到的报文', en: 'Received' }

/** The way to what other systems have sent, for administrators; nothing for others. */
export const useIntakePlace = (): Place[] => {
  const label = useWordsOf(placeWords)
  return useActor().role === 'administrator' ? [{ to: '/overview/received', label, icon: 'inbox' }] : []
}
