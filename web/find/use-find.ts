import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { ApiError } from '../api/api-error.ts'
import type { Commands } from '../api/api-types.ts'
import { call } from '../api/client.ts'
import { blankEntry, type FindEntry, type TriageBody } from './find-entry.ts'

export type Triage = Commands['public/triage']['answer']

const keptUnder = 'jieli-find'

const kept = (): FindEntry => {
  try {
    return { ...blankEntry, ...(JSON.parse(sessionStorage.getItem(keptUnder) ?? '{}') as Partial<FindEntry>) }
  } catch {
    return blankEntry
  }
}

/** What was said so far. It lives in this tab alone and ends with it, so that the way back keeps everything and nobody else reads it. */
export const useFindEntry = (): [FindEntry, (some: Partial<FindEntry>) => void] => {
  const [entry, setEntry] = useState(kept)
  useEffect(() => {
    try {
      sessionStorage.setItem(keptUnder, JSON.stringify(entry))
    } catch {
      // A full device only loses the way back.
    }
  }, [entry])
  return [entry, (some) => setEntry((before) => ({ ...before, ...some }))]
}

/** Asks triage; while a further answer is thought about, the earlier one stays. Sent as a body, so that no complaint stands in an address. */
export const useTriage = (body: TriageBody | null, isSignedIn: boolean) =>
  useQuery<Triage, ApiError>({
    queryKey: ['public/triage', isSignedIn, body],
    queryFn: () => call(isSignedIn ? 'triage.assess' : 'public/triage', body ?? { text: '' }),
    enabled: body !== null,
    staleTime: Infinity,
    placeholderData: (before) => before,
    retry: false,
  })
