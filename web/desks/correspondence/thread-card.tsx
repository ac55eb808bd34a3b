import { useState } from 'react'
import type { QueuedCommand } from '../../api/queue.ts'
import { useApi } from '../../api/use-api.ts'
import { useActor } from '../../shell/session.tsx'
import { Card } from '../../ui/card.tsx'
import { Chip } from '../../ui/chip.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import type { CaseInSight } from '../case-panels.tsx'
import { useWordsOf } from '../../words/language.tsx'
import { Composer, keepTyped } from './composer.tsx'
import { Conversation } from './conversation.tsx'
import { SupplementForm } from './supplement-form.tsx'
import { threadWords } from './words.ts'
import { useSending } from './use-sending.ts'
import { Waiting } from './waiting.tsx'
import './thread.css'

/** What the two sides say to each other about one case, and where the sender adds what was asked for. */
export const ThreadCard = ({ referral }: { referral: CaseInSight }) => {
  const words = useWordsOf(threadWords)
  const { institution } = useActor()
  const { data, error, refetch } = useApi('correspondence.thread', { referral: referral.id })
  const sending = useSending(referral)
  const supplements = referral.state === 'asked' && referral.sender.id === institution?.id
  // A form that is drawn anew takes up what was put back.
  const [round, setRound] = useState(0)
  const takeBack = (entry: QueuedCommand) => {
    const { text = '' } = entry.body as { text?: string }
    keepTyped(entry.name === 'correspondence.supplement' ? `${referral.id}:supplement` : referral.id, text)
    sending.discard(entry.key)
    setRound((before) => before + 1)
  }
  const fresh = data?.messages.filter(({ isNew }) => isNew).length ?? 0
  return (
    <Card title={words.title} held={supplements} aside={fresh > 0 && <Chip tone="baton">{words.fresh(fresh)}</Chip>}>
      <div className="stack thread-card" id="thread">
        {data === undefined && error === null && <Skeleton lines={3} />}
        {data === undefined &&
          error !== null &&
          (error.status === 0 ? <EmptyState kind="offline" /> : <ErrorNote error={error} onRetry={() => void refetch()} />)}
        {data !== undefined && <Conversation referral={referral} thread={data} />}
        <Waiting sending={sending} onTakeBack={takeBack} />
        {supplements ? (
          <SupplementForm key={`supplement ${String(round)}`} referral={referral} sending={sending} />
        ) : data === undefined || data.refused === null ? (
          <Composer key={round} referral={referral} sending={sending} closesAt={data?.closesAt ?? null} />
        ) : (
          <p className="soft">{words.refused[data.refused] ?? words.closed}</p>
        )}
      </div>
    </Card>
  )
}
