import { useActor } from '../../../shell/session.tsx'
import type { Place } from '../../../shell/desk-frame.tsx'
import { useMissedWords } from './words.ts'

/** Missed visits in a desk's menu, for those whose work they are. */
export const useMissedPlace = (desk: '/desk' | '/overview'): Place[] => {
  const words = useMissedWords()
  const { role } = useActor()
  if (role !== 'referral-desk' && role !== 'consortium-manager') return []
  return [{ to: `${desk}/missed`, label: words.place, icon: 'person' }]
}
