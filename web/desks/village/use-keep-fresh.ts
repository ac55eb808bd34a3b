import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { contactNow, watchContact } from '../../api/contact.ts'
import { useKeeper } from '../../api/keeper.tsx'
import { useActor } from '../../shell/session.tsx'
import { fetchAll } from './kept-village.ts'

const freshenEveryMs = 10 * 60_000
/** What the first page asks for goes first: a slow line has room for one thing at a time. */
const startAfterMs = 1_500

/** Keeps this device's copy fresh: soon after opening, every ten minutes, and when the line is found again. */
export const useKeepFresh = (): void => {
  const memory = useQueryClient()
  const keeper = useKeeper()
  const { role } = useActor()
  useEffect(() => {
    if (keeper === null) return
    let isUnderway = false
    const freshen = () => {
      if (isUnderway || contactNow() !== 'answered') return
      isUnderway = true
      // A line that is cut in the middle leaves what came before; the next round goes on.
      fetchAll(memory, keeper, role === 'family-doctor')
        .catch(() => undefined)
        .finally(() => {
          isUnderway = false
        })
    }
    const first = setTimeout(freshen, startAfterMs)
    const timer = setInterval(freshen, freshenEveryMs)
    const stop = watchContact(freshen)
    return () => {
      clearTimeout(first)
      clearInterval(timer)
      stop()
    }
  }, [memory, keeper, role])
}
