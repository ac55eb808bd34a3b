import { useEffect, useState } from 'react'
import type { Commands } from '../../api/api-types.ts'
import { useCommand } from '../../api/use-api.ts'
import { typedCodes } from './typed-codes.ts'

type Input = Commands['audit-rules.check-order']['input']
type Answer = Commands['audit-rules.check-order']['answer']
export type OrderHit = Answer['hits'][number]
/** A line as it is asked: its code, how much of it, and whether the person pays it alone. */
export type AskedLine = Input['lines'][number]

export const REASON_LEAST = 2

/** What the audit rules say of an order as it stands, asked again whenever it changes, and the reasons that are written to it. */
export const useOrderCheck = (person: string | null, lines: readonly AskedLine[], typedDiagnoses: string) => {
  const { mutate, data, error, isPending } = useCommand('audit-rules.check-order')
  const [reasons, setReasons] = useState<Readonly<Record<string, string>>>({})
  const diagnoses = typedCodes(typedDiagnoses)
  const asked = person === null || lines.length === 0 ? null : JSON.stringify({ person, diagnoses, lines })
  useEffect(() => {
    if (asked !== null) mutate(JSON.parse(asked) as Input)
  }, [asked, mutate])
  const answer = asked === null || isPending ? null : (data ?? null)
  const hits: readonly OrderHit[] = answer?.hits ?? []
  const written = (rule: string): string => (reasons[rule] ?? '').trim()
  const missing = hits.filter(({ effect, rule }) => effect === 'reason' && written(rule).length < REASON_LEAST)
  return {
    hits,
    unknown: answer?.unknown ?? [],
    isAsking: asked !== null && isPending,
    isAnswered: answer !== null && error === null,
    hasFailed: asked !== null && error !== null,
    isStopped: hits.some(({ effect }) => effect === 'stop'),
    isReasonMissing: missing.length > 0,
    diagnoses,
    reasons,
    write: (rule: string, text: string) => setReasons((before) => ({ ...before, [rule]: text })),
    /** The reasons that belong to what was hit. */
    given: [
      ...new Set(hits.filter(({ effect, rule }) => effect === 'reason' && written(rule) !== '').map(({ rule }) => rule)),
    ].map((rule) => ({ rule, reason: written(rule) })),
  }
}
export type OrderCheck = ReturnType<typeof useOrderCheck>
