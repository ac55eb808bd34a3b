import { useRef, useState } from 'react'
import { Link } from 'wouter'
import type { Queries } from '../../api/api-types.ts'
import { useApi, useCommand } from '../../api/use-api.ts'
import { Button } from '../../ui/button.tsx'
import { Chip } from '../../ui/chip.tsx'
import { When } from '../../ui/countdown.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { useToast } from '../../ui/toast.tsx'
import { usePick } from '../../words/language.tsx'
import { CorrectForm } from './correct-form.tsx'
import { GiveUpForm } from './give-up-form.tsx'
import { isShown } from './reason-form.tsx'
import type { Stuck } from './use-stuck.ts'
import { useDockingWords } from './words.ts'

export type CaseTold = Queries['referral.get']['answer']

/** One message that stands still: whose, what the platform said, since when, and what may be done. */
export const StuckRow = ({ one }: { one: Stuck }) => {
  const words = useDockingWords()
  const pick = usePick()
  const { data: told, isPending } = useApi('referral.get', { referral: one.caseId })
  const who = told === undefined ? (one.slipNo ?? one.caseId) : pick(told.person.name)
  const slip = told?.slipNo ?? one.slipNo
  return (
    <li className="list-row stuck-row" data-stuck={one.id}>
      <div className="stack tight">
        <div className="along apart">
          <span className="along">
            {told !== undefined && <strong>{who}</strong>}
            {slip !== null && <span className="soft small figures">{words.slip(slip)}</span>}
            <Chip tone="warning">{pick(one.words)}</Chip>
          </span>
          <span className="soft small">
            {words.since} <When at={one.since} />
          </span>
        </div>
        {told !== undefined && (
          <p className="soft small">
            {pick(told.condition)} · {pick(told.sender.name)} → {pick(told.receiver.name)}
          </p>
        )}
        {told === undefined && !isPending && <p className="soft small">{words.noCase}</p>}
        <div className="stuck-answer">
          <p className="small soft">{words.answered}</p>
          <p>{pick(one.why)}</p>
        </div>
        <p className="soft small">{marksOf(one, words).join(' · ')}</p>
      </div>
      <StuckActs one={one} told={told} who={who} />
    </li>
  )
}

const marksOf = (one: Stuck, words: ReturnType<typeof useDockingWords>): string[] => [
  `${words.code} ${one.code}`,
  ...(one.seq === null ? [] : [words.seq(one.seq)]),
  ...(one.tries === 0 ? [] : [words.tries(one.tries)]),
  ...(one.behind === 0 ? [] : [words.behind(one.behind)]),
]

type Opened = 'correct' | 'give-up' | null

const StuckActs = ({ one, told, who }: { one: Stuck; told: CaseTold | undefined; who: string }) => {
  const words = useDockingWords()
  const toast = useToast()
  const retry = useCommand('docking.retry')
  const [opened, setOpened] = useState<Opened>(null)
  const pressed = useRef<HTMLElement | null>(null)
  const open = (form: Opened) => {
    pressed.current = document.activeElement instanceof HTMLElement ? document.activeElement : null
    setOpened(form)
  }
  const close = () => {
    setOpened(null)
    pressed.current?.focus()
  }
  // The row leaves the list: the focus goes to the page, and what came of it is told.
  const settled = (text: string) => {
    toast({ text })
    document.getElementById('content')?.focus({ preventScroll: true })
  }
  const again = () => void retry.mutateAsync({ org: one.org, id: one.id }).then(() => settled(words.retried), isShown)
  return (
    <div className="stack tight stuck-acts">
      <div className="along">
        {one.mayRetry && (
          <>
            <Button
              small
              tone="primary"
              aria-label={words.correctOf(who)}
              aria-expanded={opened === 'correct'}
              onClick={() => open('correct')}
            >
              {words.correct}
            </Button>
            <Button small aria-label={words.retryOf(who)} busy={retry.isPending} onClick={again}>
              {words.retry}
            </Button>
          </>
        )}
        <Button
          small
          tone="danger"
          aria-label={one.mayRetry ? words.giveUpOf(who) : words.closeOf(who)}
          aria-expanded={opened === 'give-up'}
          onClick={() => open('give-up')}
        >
          {one.mayRetry ? words.giveUp : words.close}
        </Button>
        {told !== undefined && (
          <Link className="button quiet small-button" aria-label={words.openOf(who)} to={`/desk/inbox?case=${one.caseId}`}>
            {words.open}
          </Link>
        )}
      </div>
      {retry.error !== null && <ErrorNote error={retry.error} />}
      {opened === 'correct' && <CorrectForm one={one} told={told} onClose={close} onSettled={settled} />}
      {opened === 'give-up' && <GiveUpForm one={one} onClose={close} onSettled={settled} />}
    </div>
  )
}
