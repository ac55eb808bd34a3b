import { useState, type KeyboardEvent } from 'react'
import { Button } from '../../ui/button.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { TextArea } from '../../ui/field.tsx'
import { formatInstant } from '../../ui/time-format.ts'
import { isComposing } from '../../ui/use-keys.ts'
import { useWordsOf } from '../../words/language.tsx'
import type { CaseInSight } from '../case-panels.tsx'
import { Attach, useAttached } from './attach.tsx'
import type { Sending } from './use-sending.ts'
import { threadWords } from './words.ts'

const textMost = 2000

/** What was typed for each case and not sent; in memory only, because it speaks of patients. */
const typed = new Map<string, string>()

/** Puts text back for a form that is drawn anew, for instance of a message that was refused. */
export const keepTyped = (key: string, text: string): void => void typed.set(key, text)

/** Text that stays while the reader looks at another case. */
export const useTyped = (key: string): [string, (text: string) => void] => {
  const [text, setText] = useState(() => typed.get(key) ?? '')
  return [
    text,
    (next) => {
      typed.set(key, next)
      setText(next)
    },
  ]
}

/** Runs `submit` on Ctrl+Enter, but not while Enter picks a Chinese word. */
export const onSubmitKeys =
  (submit: () => void) =>
  (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || isComposing(event.nativeEvent)) return
    event.preventDefault()
    submit()
  }

/** Where a message is written: words, photographs, documents. Ctrl+Enter sends. */
export const Composer = ({
  referral,
  sending,
  closesAt,
}: {
  referral: CaseInSight
  sending: Sending
  closesAt: string | null
}) => {
  const words = useWordsOf(threadWords)
  const [text, setText] = useTyped(referral.id)
  const attached = useAttached()
  const isEmpty = text.trim() === '' && attached.ready.length === 0
  const submit = async () => {
    if (isEmpty || sending.isSending || attached.isReading) return
    const files = attached.ready.map(({ name, mediaType, base64 }) => ({ name, mediaType, base64 }))
    if (
      !(await sending.send(
        'correspondence.write',
        { referral: referral.id, text: text.trim(), attachments: files },
        words.message,
      ))
    )
      return
    setText('')
    attached.clear()
  }
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the keys are a shortcut of its button
    <form
      className="stack tight thread-composer"
      noValidate
      onKeyDown={onSubmitKeys(() => void submit())}
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      <TextArea
        label={words.write}
        hint={
          <>
            {closesAt === null ? words.writeHint : words.closesAt(formatInstant(closesAt))}
            <span className="wide-only"> {words.sendKeys}</span>
          </>
        }
        rows={2}
        maxLength={textMost}
        value={text}
        onChange={setText}
      />
      {sending.error !== null && <ErrorNote error={sending.error} />}
      <div className="along apart">
        <Attach attached={attached} />
        <Button
          submit
          tone="plain"
          icon="arrow"
          busy={sending.isSending}
          aria-disabled={isEmpty || undefined}
          aria-keyshortcuts="Control+Enter"
        >
          {words.send}
        </Button>
      </div>
    </form>
  )
}
