import { lazy, Suspense, useId, useState } from 'react'
import { Link } from 'wouter'
import type { Queries } from '../../api/api-types.ts'
import { useApi } from '../../api/use-api.ts'
import { Button } from '../../ui/button.tsx'
import { Chip } from '../../ui/chip.tsx'
import { Countdown } from '../../ui/countdown.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { List } from '../../ui/list.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { usePick } from '../../words/language.tsx'
import { useWaitingWords } from './waiting-words.ts'

// Most days nobody asks: the form comes when it is opened.
const AnswerForm = lazy(() => import('../continuity/answer-form.tsx').then((part) => ({ default: part.AnswerForm })))

type Question = Queries['continuity.questions']['answer']['questions'][number]

/** Questions of hospitals whether this institution is ready for somebody, with a referral or without; nothing when nobody asks. */
export const AskedReadiness = () => {
  const words = useWaitingWords()
  const { data, error, refetch } = useApi('continuity.questions', {}, { follows: ['referral'] })
  const [opened, setOpened] = useState<string | null>(null)
  // Cut off, the page says so where it shows what the device has kept.
  if (error !== null && error.status !== 0) return <ErrorNote error={error} onRetry={() => void refetch()} />
  if (data === undefined || data.questions.length === 0) return null
  return (
    <section className="stack tight" aria-label={words.questions}>
      <h2>{words.questions}</h2>
      <p className="soft small">{words.questionsWhy}</p>
      <List label={words.questions}>
        {data.questions.map((question) => (
          <QuestionRow
            key={question.id}
            question={question}
            isOpen={opened === question.id}
            onToggle={() => setOpened((before) => (before === question.id ? null : question.id))}
          />
        ))}
      </List>
    </section>
  )
}

const QuestionRow = ({ question, isOpen, onToggle }: { question: Question; isOpen: boolean; onToggle: () => void }) => {
  const words = useWaitingWords()
  const pick = usePick()
  const formId = useId()
  const { person, disease, asker, items, dueAt, escalations, referral } = question
  const open = items.filter(({ answer }) => answer === null).length
  return (
    <li className="list-row" data-question={question.id}>
      <span className="list-words">
        <span className="list-title along">
          {pick(person.name)} <Chip tone="warning">{words.items(open, items.length)}</Chip>
          {dueAt !== null && <Countdown until={dueAt} soonMinutes={240} />}
        </span>
        <span className="list-lines">
          {pick(disease)} · {pick(asker.name)}
          {escalations > 0 && ` · ${words.told(escalations)}`}
        </span>
      </span>
      <span className="list-aside">
        <Button
          small
          tone="primary"
          aria-label={words.answerFor(pick(person.name))}
          aria-expanded={isOpen}
          aria-controls={formId}
          onClick={onToggle}
        >
          {words.answer}
        </Button>
        {referral !== null && (
          <Link className="button plain small-button" to={`/village/cases/${referral}`}>
            {words.toCase}
          </Link>
        )}
      </span>
      <div id={formId} className="row-form" hidden={!isOpen}>
        {isOpen && (
          <Suspense fallback={<Skeleton lines={4} />}>
            <AnswerForm question={question} />
          </Suspense>
        )}
      </div>
    </li>
  )
}
