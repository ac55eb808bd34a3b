import { useEffect } from 'react'
import { useApi } from '../../api/use-api.ts'
import { useActor } from '../../shell/session.tsx'
import type { Place } from '../../shell/desk-frame.tsx'
import type { Queries } from '../../api/api-types.ts'
import { isDocked } from './is-docked.ts'
import { useDockingWords } from './words.ts'

/** A message or a difference of the books that waits for a person. */
export type Stuck = Queries['docking.stuck']['answer']['stuck'][number]

const stuckMost = 200
/** A refusal of the platform is no event of a case, so the page asks by itself, ms. */
const askAgainMs = 60_000

/** What waits for a person at this desk; a ward has nothing to do with it and does not ask. */
export const useStuck = () => {
  const { role } = useActor()
  const asked = useApi('docking.stuck', { limit: stuckMost }, { follows: ['referral'], enabled: role === 'referral-desk' })
  const { refetch } = asked
  useEffect(() => {
    if (role !== 'referral-desk') return
    const timer = setInterval(() => void refetch(), askAgainMs)
    return () => clearInterval(timer)
  }, [role, refetch])
  return asked
}

/** How the books stand: compared days, and how much is still to be told. */
export const useBooks = () => {
  const { role } = useActor()
  return useApi('docking.books', {}, { follows: ['referral'], enabled: role === 'referral-desk' })
}

/** The menu's way to what is stuck, with its count: only where the platform is told anything, or something is stuck. */
export const useDockingPlace = (): Place[] => {
  const words = useDockingWords()
  const stuck = useStuck().data?.stuck.length ?? 0
  const { data: books } = useBooks()
  return isDocked(books, stuck) ? [{ to: '/desk/province', label: words.place, icon: 'cloud', count: stuck }] : []
}
