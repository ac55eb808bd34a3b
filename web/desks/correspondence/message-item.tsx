import { useState } from 'react'
import { useCommand } from '../../api/use-api.ts'
import { Button } from '../../ui/button.tsx'
import { Chip } from '../../ui/chip.tsx'
import { ConfirmDialog } from '../../ui/dialog.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { formatDay, formatInstant } from '../../ui/time-format.ts'
import { useServerNow } from '../../ui/use-server-now.ts'
import { usePick, useWordsOf } from '../../words/language.tsx'
import { AttachmentButton } from './attachment-button.tsx'
import type { ShownMessage } from './conversation.tsx'
import { threadWords } from './words.ts'

/** One message: who of which institution, what was said, its files, and who has read it. */
export const MessageItem = ({
  referral,
  message,
  isOwn,
  isErased,
}: {
  referral: string
  message: ShownMessage
  isOwn: boolean
  isErased: boolean
}) => {
  const words = useWordsOf(threadWords)
  const pick = usePick()
  const { author } = message
  return (
    <article className={isOwn ? 'message own' : 'message'}>
      <p className="message-head">
        <strong>{message.isMine ? words.me : pick(author.name)}</strong>
        <span className="soft">{pick(author.institution.name)}</span>
        <span className="soft">{words.sides[author.side]}</span>
        <time className="figures soft" dateTime={message.at}>
          {formatInstant(message.at).slice(11)}
        </time>
        {message.isNew && <Chip tone="baton">{words.isNew}</Chip>}
      </p>
      {message.text !== null && <p className="message-text">{message.text}</p>}
      {message.withdrawnAt !== null && <p className="soft">{words.withdrawn}</p>}
      {isErased && message.withdrawnAt === null && <p className="soft">{words.erased}</p>}
      {message.attachments.length > 0 && (
        <ul className="message-files">
          {message.attachments.map((file) => (
            <li key={file.id}>
              <AttachmentButton referral={referral} file={file} />
            </li>
          ))}
        </ul>
      )}
      <MessageFoot referral={referral} message={message} />
    </article>
  )
}

const MessageFoot = ({ referral, message }: { referral: string; message: ShownMessage }) => {
  const words = useWordsOf(threadWords)
  const pick = usePick()
  if (message.withdrawnAt !== null) return null
  const when = (at: string) => formatInstant(at).slice(formatDay(at) === formatDay(message.at) ? 11 : 5)
  const readers = message.readBy.map(({ name, at }) => `${pick(name)} ${when(at)}`)
  return (
    <p className="message-foot soft small">
      <span className="figures">{readers.length === 0 ? words.unread : `${words.read} · ${readers.join('，')}`}</span>
      {message.mayWithdrawUntil !== null && (
        <Withdraw referral={referral} message={message.id} until={message.mayWithdrawUntil} />
      )}
    </p>
  )
}

/** Takes one's own message back, as long as the server lets it. */
const Withdraw = ({ referral, message, until }: { referral: string; message: string; until: string }) => {
  const words = useWordsOf(threadWords)
  const now = useServerNow()
  const [asks, setAsks] = useState(false)
  const withdraw = useCommand('correspondence.withdraw')
  if (now >= Date.parse(until)) return null
  return (
    <>
      <Button small tone="quiet" onClick={() => setAsks(true)}>
        {words.withdraw}
      </Button>
      {withdraw.error !== null && <ErrorNote error={withdraw.error} />}
      <ConfirmDialog
        title={words.withdrawTitle}
        consequence={words.withdrawWhat}
        act={words.withdraw}
        open={asks}
        busy={withdraw.isPending}
        onConfirm={() => withdraw.mutate({ referral, message }, { onSettled: () => setAsks(false) })}
        onClose={() => setAsks(false)}
      />
    </>
  )
}
