import { useQuery } from '@tanstack/react-query'
import type { Advice, AdviceCard } from '../../../src/modules/fhir/hooks/advice.ts'
import type { ApiError } from '../../api/api-error.ts'
import { askRoute } from '../../api/client.ts'

export type { AdviceCard }
type AdvisedPlace = NonNullable<AdviceCard['suggestions'][number]['place']>

/** What a desk is about to do, as services of decision support are asked about it. */
export type AdviceQuestion = {
  hook: 'order-sign' | 'appointment-book'
  person: string
  place: string
  condition?: { key: string; zh: string } | null
  startsAt?: string | null
}

/** `onPlace` changes where the order goes, when a suggestion that names a place is followed. */
export type AdvicePanelProps = { question: AdviceQuestion | null; onPlace?: ((place: AdvisedPlace) => void) | undefined }

/** Asks once for each different question; a service that fails is named in the answer, and nothing waits for it. */
export const useAdvice = (question: AdviceQuestion | null) =>
  useQuery<Advice, ApiError>({
    queryKey: ['advice', question],
    queryFn: ({ signal }) => askRoute<Advice>('/hooks/ask', question as AdviceQuestion, signal),
    enabled: question !== null,
    staleTime: Infinity,
    retry: false,
  })

/** What became of a card. */
export type Remark = {
  outcome: 'accepted' | 'overridden'
  suggestion?: string
  reason?: AdviceCard['reasons'][number]
  comment?: string
}

/** Tells a service what became of its card; false when it could not be told. */
export const tellAdviser = async ({ adviser, service, card }: AdviceCard, remark: Remark): Promise<boolean> => {
  try {
    return (await askRoute<{ told: boolean }>('/hooks/feedback', { adviser, service, card, ...remark })).told
  } catch {
    return false
  }
}
