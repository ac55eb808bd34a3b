import { useEffect } from 'react'
import { useApi } from '../../api/use-api.ts'
import type { Place } from '../../shell/desk-frame.tsx'
import { useActor } from '../../shell/session.tsx'
import { useWordsOf } from '../../words/language.tsx'

const placeWords = { zh: '智能审核', en: 'Audit' }
const ROLES = ['insurer', 'consortium-manager', 'referral-desk', 'ward', 'village-doctor', 'family-doctor', 'pharmacist']

/** The insurer is of no institution, so no event of a case reaches it: its page asks by itself, ms. */
const ASK_AGAIN_MS = 60_000

/** What waits for who is signed in: to be answered by an institution, to be decided by the insurer. */
export const useWaitingHits = () => {
  const { role } = useActor()
  const { data, refetch } = useApi('audit-rules.waiting', {}, { enabled: ROLES.includes(role) })
  useEffect(() => {
    if (role !== 'insurer') return
    const timer = setInterval(() => void refetch(), ASK_AGAIN_MS)
    return () => clearInterval(timer)
  }, [role, refetch])
  return data
}

/** The way to the hits of audit rules, with what waits there: the insurer's work list, and what an institution was told of. */
export const useAuditPlace = (base: string): Place[] => {
  const label = useWordsOf(placeWords)
  const count = useWaitingHits()?.waiting
  return ROLES.includes(useActor().role) ? [{ to: `${base}/audit`, label, icon: 'check', count }] : []
}
