import { useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { Countdown } from '../../ui/countdown.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { TextArea } from '../../ui/field.tsx'
import { useLanguage, usePick, useWordsOf } from '../../words/language.tsx'
import type { CaseInSight } from '../case-panels.tsx'
import { returnReason } from '../return-reasons.ts'
import { Attach, useAttached } from './attach.tsx'
import { onSubmitKeys, useTyped } from './composer.tsx'
import type { Sending } from './use-sending.ts'
import { threadWords } from './words.ts'

const parts = ['impression', 'reason', 'pastHistory', 'treatment'] as const
type LetterParts = Record<(typeof parts)[number], string>

/** What the receiver asked for last; null when it never asked. */
export const askedFor = (referral: CaseInSight) => referral.trace.findLast(({ type }) => type === 'referral.more-asked') ?? null

/** What was asked for, until when, and the form that answers it: words, files, and the letter where it changes. */
export const SupplementForm = ({ referral, sending }: { referral: CaseInSight; sending: Sending }) => {
  const words = useWordsOf(threadWords)
  const [note, setNote] = useTyped(`${referral.id}:supplement`)
  const [letter, setLetter] = useState<LetterParts>(() => lettersOf(referral))
  const attached = useAttached()
  const isUnderway =
    sending.isSending || sending.waiting.some(({ name, state }) => name === 'correspondence.supplement' && state === 'saved')
  const submit = async () => {
    if (isUnderway || attached.isReading) return
    const text = note.trim()
    const body = {
      referral: referral.id,
      letter: changesOf(lettersOf(referral), letter),
      ...(text === '' ? {} : { note: text.slice(0, 500), text }),
      attachments: attached.ready.map(({ name, mediaType, base64 }) => ({ name, mediaType, base64 })),
    }
    if (!(await sending.send('correspondence.supplement', body, words.supplement))) return
    setNote('')
    attached.clear()
  }
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the keys are a shortcut of its button
    <form
      id="supplement"
      tabIndex={-1}
      className="stack supplement-form"
      noValidate
      aria-label={words.supplement}
      onKeyDown={onSubmitKeys(() => void submit())}
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      <Asked referral={referral} />
      <TextArea
        label={words.supplementNote}
        hint={words.supplementHint}
        rows={3}
        maxLength={500}
        value={note}
        onChange={setNote}
      />
      <Attach attached={attached} />
      <details>
        <summary>{words.changeLetter}</summary>
        <div className="stack">
          {parts.map((part) => (
            <TextArea
              key={part}
              label={words.letter[part]}
              rows={2}
              maxLength={part === 'impression' ? 500 : 2000}
              value={letter[part]}
              onChange={(text) => setLetter((before) => ({ ...before, [part]: text }))}
            />
          ))}
        </div>
      </details>
      {sending.error !== null && <ErrorNote error={sending.error} />}
      <Button tone="primary" submit wide busy={isUnderway} aria-keyshortcuts="Control+Enter">
        {words.supplementSend}
      </Button>
    </form>
  )
}

const Asked = ({ referral }: { referral: CaseInSight }) => {
  const words = useWordsOf(threadWords)
  const pick = usePick()
  const asked = askedFor(referral)
  const what = returnReason(asked?.why ?? null, useLanguage())
  return (
    <div className="asked-note">
      <p>
        <strong>{words.asked(pick(referral.receiver.name))}</strong>
        {what !== null && <> {what}</>}
      </p>
      {asked !== null && asked.reason !== null && <p className="message-text">{asked.reason}</p>}
      {referral.waitUntil !== null && <Countdown until={referral.waitUntil} soonMinutes={240} />}
    </div>
  )
}

const lettersOf = ({ letter }: CaseInSight): LetterParts => ({
  impression: letter.impression,
  reason: letter.reason,
  pastHistory: letter.pastHistory,
  treatment: letter.treatment,
})

/** Only the parts that were changed: the rest stays as the receiver has read it. */
const changesOf = (before: LetterParts, now: LetterParts): Partial<LetterParts> =>
  Object.fromEntries(parts.filter((part) => before[part] !== now[part]).map((part) => [part, now[part].trim()]))
