import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import type { ApiError } from '../../api/api-error.ts'
import type { Queries, TraceNotice } from '../../api/api-types.ts'
import { fetchQuery } from '../../api/client.ts'
import { useLiveState, useTrace } from '../../api/live.tsx'

export type Referral = Queries['referral.get']['answer']

const askAgainMs = 20_000

/**
 * One case, kept fresh. It asks again only for events of this very case: each look at a record is written down, and
 * events of other cases are no reason to look.
 */
export const useCase = (referral: string) => {
  const memory = useQueryClient()
  const live = useLiveState()
  const hear = useCallback(
    (notice: TraceNotice) => {
      if (notice.case === referral) void memory.invalidateQueries({ queryKey: ['referral.get', { referral }] })
    },
    [memory, referral],
  )
  useTrace(hear)
  return useQuery<Referral, ApiError>({
    queryKey: ['referral.get', { referral }],
    queryFn: ({ signal }) => fetchQuery('referral.get', { referral }, signal),
    meta: { follows: [] },
    refetchInterval: live === 'on' ? false : askAgainMs,
  })
}

/** The record package of a case. It is sealed: it changes only when the case is sent on, so its version is part of the key. */
export const usePackage = (referral: string, version: number) =>
  useQuery<Queries['referral.package']['answer'], ApiError>({
    queryKey: ['referral.package', { referral }, version],
    queryFn: ({ signal }) => fetchQuery('referral.package', { referral }, signal),
    staleTime: Infinity,
  })
