import type { Place } from '../../shell/desk-frame.tsx'
import { useActor } from '../../shell/session.tsx'
import { useWordsOf } from '../../words/language.tsx'

const placeWords = { zh: '智能审核', en: 'Audit' }
const ROLES = ['insurer', 'consortium-manager', 'referral-desk', 'ward']

/** The way to the hits of audit rules: the insurer's work list, and what an institution was told of. */
export const useAuditPlace = (base: string): Place[] => {
  const label = useWordsOf(placeWords)
  return ROLES.includes(useActor().role) ? [{ to: `${base}/audit`, label, icon: 'check' }] : []
}
