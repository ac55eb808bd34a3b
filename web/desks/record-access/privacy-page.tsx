import { useState } from 'react'
import type { ShownEmergency, ShownQuestion } from '../../../src/modules/record-access/contract.ts'
import { useApi, useCommand } from '../../api/use-api.ts'
import { Page } from '../../shell/desk-frame.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Chip } from '../../ui/chip.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { TextArea } from '../../ui/field.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { formatInstant } from '../../ui/time-format.ts'
import { useToast } from '../../ui/toast.tsx'
import { usePick, useWordsOf } from '../../words/language.tsx'
import { recordWords } from '../resident/record-words.ts'
import { useAccessWords } from './words.ts'

const NOTE_MOST = 500

/** The privacy officer's desk: emergency accesses that wait for a verdict, and people's questions that wait for an answer. */
export const PrivacyPage = () => {
  const { privacy: words } = useAccessWords()
  const opened = useApi('record-access.emergencies', { state: 'open' }, { follows: ['record-access'] })
  const asked = useApi('record-access.questions', { state: 'open' }, { follows: ['record-access'] })
  return (
    <Page title={words.title} lead={words.lead}>
      <Card title={words.emergencies}>
        {opened.error !== null && <ErrorNote error={opened.error} onRetry={() => void opened.refetch()} />}
        {opened.isPending && opened.error === null && <Skeleton lines={4} />}
        {opened.data?.emergencies.length === 0 && <EmptyState kind="none" title={words.noEmergencies} why={words.noneWhy} />}
        <div className="stack">
          {opened.data?.emergencies.map((one) => (
            <EmergencyReview key={one.id} emergency={one} />
          ))}
        </div>
      </Card>
      <Card title={words.questions}>
        {asked.error !== null && <ErrorNote error={asked.error} onRetry={() => void asked.refetch()} />}
        {asked.isPending && asked.error === null && <Skeleton lines={4} />}
        {asked.data?.questions.length === 0 && <EmptyState kind="none" title={words.noQuestions} why={words.noneWhy} />}
        <div className="stack">
          {asked.data?.questions.map((one) => (
            <QuestionAnswer key={one.id} question={one} />
          ))}
        </div>
      </Card>
    </Page>
  )
}

const EmergencyReview = ({ emergency }: { emergency: ShownEmergency }) => {
  const { privacy: words, reasonsShort } = useAccessWords()
  const pick = usePick()
  const toast = useToast()
  const [note, setNote] = useState('')
  const review = useCommand('record-access.review-emergency')
  const decide = (verdict: 'justified' | 'not-justified') =>
    review.mutate(
      { person: emergency.person.id, emergency: emergency.id, verdict, note },
      { onSuccess: () => toast({ text: words.done }) },
    )
  return (
    <section className="stack" aria-label={`${words.emergency} ${emergency.person.zh} ${formatInstant(emergency.openedAt)}`}>
      <p>
        <strong>{emergency.person.zh}</strong> · {emergency.by} · {pick(emergency.institution)} ·{' '}
        {formatInstant(emergency.openedAt)} · {reasonsShort[emergency.reason] ?? emergency.reason} {emergency.note}{' '}
        <Chip tone={emergency.overdue ? 'danger' : 'quiet'}>
          {emergency.overdue ? words.overdue : words.due(emergency.reviewBy)}
        </Chip>
      </p>
      <TextArea label={words.note} maxLength={NOTE_MOST} value={note} onChange={setNote} />
      <div className="along">
        <Button busy={review.isPending} onClick={() => decide('justified')}>
          {words.justified}
        </Button>
        <Button tone="danger" busy={review.isPending} onClick={() => decide('not-justified')}>
          {words.notJustified}
        </Button>
      </div>
      {review.error !== null && <ErrorNote error={review.error} />}
    </section>
  )
}

const QuestionAnswer = ({ question }: { question: ShownQuestion }) => {
  const { privacy: words } = useAccessWords()
  const { did, didOther } = useWordsOf(recordWords)
  const pick = usePick()
  const toast = useToast()
  const [answer, setAnswer] = useState('')
  const send = useCommand('record-access.answer-why')
  const onSend = () =>
    send.mutate({ person: question.person.id, question: question.id, answer }, { onSuccess: () => toast({ text: words.done }) })
  return (
    <section className="stack" aria-label={`${words.question} ${question.person.zh} ${formatInstant(question.askedAt)}`}>
      <p>
        <strong>{question.person.zh}</strong> · {question.institution ? pick(question.institution) : ''} ·{' '}
        {question.lookedAt ? formatInstant(question.lookedAt) : ''} · {did[question.form ?? ''] ?? didOther}
        {question.lawful !== null && ` · ${words.ground} ${pick(question.lawful)}`} {question.asks}{' '}
        <Chip tone="quiet">{words.due(question.answerBy)}</Chip>
      </p>
      <TextArea label={words.answer} maxLength={NOTE_MOST} value={answer} onChange={setAnswer} />
      <div>
        <Button busy={send.isPending} onClick={onSend}>
          {words.send}
        </Button>
      </div>
      {send.error !== null && <ErrorNote error={send.error} />}
    </section>
  )
}
