import type { Place } from '../../shell/desk-frame.tsx'
import { useActor } from '../../shell/session.tsx'
import { useWordsOf } from '../../words/language.tsx'

const placeWords = { zh: '应用接入', en: 'Apps' }

/** The way to the register of apps and services of decision support, for the region's administrators; nothing for others. */
export const useAppsPlace = (): Place[] => {
  const label = useWordsOf(placeWords)
  return useActor().role === 'administrator' ? [{ to: '/overview/apps', label, icon: 'device' }] : []
}
