import { useActor } from '../../../shell/session.tsx'
import type { Place } from '../../../shell/desk-frame.tsx'
import { useShortageWords } from './words.ts'

/** The shortage worklist in a desk's menu, for those whose work it is. */
export const useShortagePlace = (desk: '/desk' | '/overview'): Place[] => {
  const words = useShortageWords()
  const { role } = useActor()
  if (role !== 'referral-desk' && role !== 'consortium-manager') return []
  return [{ to: `${desk}/shortage`, label: words.place, icon: 'warning' }]
}
