import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef } from 'react'
import type { ApiError } from '../../api/api-error.ts'
import type { Queries } from '../../api/api-types.ts'
import { call, fetchQuery } from '../../api/client.ts'
import { serverNow } from '../../api/server-clock.ts'

export type Look = Queries['referral.looks']['answer']['looks'][number]

/** Colleagues' leases are no events of a case: they are asked for, often enough to look immediate. */
const askAgainMs = 2_500
/** A lease is never renewed more often than this, whatever a slow clock says. */
const renewLeastMs = 5_000

const looksKey = ['referral.looks', {}] as const

/** Which cases colleagues of this institution work on, by case. */
export const useLooks = (): ReadonlyMap<string, Look> => {
  const { data } = useQuery<Queries['referral.looks']['answer'], ApiError, ReadonlyMap<string, Look>>({
    queryKey: looksKey,
    queryFn: ({ signal }) => fetchQuery('referral.looks', {}, signal),
    select: ({ looks }) => new Map(looks.map((look) => [look.referral, look])),
    refetchInterval: askAgainMs,
    staleTime: 0,
    meta: { follows: [] },
  })
  return data ?? noLooks
}
const noLooks: ReadonlyMap<string, Look> = new Map()

/** A page that goes away still says so; nobody waits for the answer, and the lease runs out anyway. */
const leave = (referral: string): void => {
  void fetch('/api/referral.look', {
    method: 'POST',
    credentials: 'same-origin',
    keepalive: true,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ referral, leaves: true }),
  }).catch(() => undefined)
}

/**
 * Tells the colleagues that one works on a case, for as long as the part that asks is shown. It is a courtesy: whatever
 * goes wrong with it is not said, and hinders nobody. What it answers takes the case over from a colleague.
 */
export const useWorkOn = (referral: string | null, takesOver = false): (() => void) => {
  const memory = useQueryClient()
  const take = useRef<() => void>(() => undefined)
  useEffect(() => {
    if (referral === null) return
    let timer: ReturnType<typeof setTimeout> | undefined
    let isLeft = false
    const renew = async (takes: boolean) => {
      clearTimeout(timer)
      const answer = await call('referral.look', { referral, takesOver: takes }).catch(() => null)
      if (isLeft) return
      void memory.invalidateQueries({ queryKey: looksKey })
      const left = answer?.look === null || answer === null ? 0 : Date.parse(answer.look.until) - serverNow()
      timer = setTimeout(() => void renew(false), Math.max(renewLeastMs, left / 2))
    }
    const go = () => leave(referral)
    take.current = () => void renew(true)
    void renew(takesOver)
    addEventListener('pagehide', go)
    return () => {
      isLeft = true
      clearTimeout(timer)
      removeEventListener('pagehide', go)
      go()
    }
  }, [memory, referral, takesOver])
  return useCallback(() => take.current(), [])
}
