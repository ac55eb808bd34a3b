import { ApiError } from '../../api/api-error.ts'
import type { QueuedCommand } from '../../api/queue.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { SavedChip } from '../../ui/saved-chip.tsx'
import { useWordsOf } from '../../words/language.tsx'
import type { Sending } from './use-sending.ts'
import { threadWords } from './words.ts'

/** What was written here and has not reached the other side: saved on this device, or refused with its reasons. */
export const Waiting = ({ sending, onTakeBack }: { sending: Sending; onTakeBack: (entry: QueuedCommand) => void }) => {
  const words = useWordsOf(threadWords)
  if (sending.waiting.length === 0) return null
  return (
    <ul className="thread-waiting stack tight" aria-label={words.waiting}>
      {sending.waiting.map((entry) => {
        const { text = '', attachments = [] } = entry.body as { text?: string; attachments?: readonly unknown[] }
        return (
          <li key={entry.key} className="message own stack tight">
            {text !== '' && <p className="message-text">{text}</p>}
            {attachments.length > 0 && <p className="small">{words.files(attachments.length)}</p>}
            <p className="along">
              <SavedChip state={entry.state} />
            </p>
            {entry.state === 'failed' && (
              <>
                <ErrorNote error={new ApiError(409, entry.error)} />
                <p className="along">
                  <Button small onClick={() => onTakeBack(entry)}>
                    {words.takeBack}
                  </Button>
                  <Button small onClick={() => sending.retry(entry.key)}>
                    {words.retry}
                  </Button>
                  <Button small tone="danger" onClick={() => sending.discard(entry.key)}>
                    {words.discard}
                  </Button>
                </p>
              </>
            )}
          </li>
        )
      })}
    </ul>
  )
}
