import { useEffect, useState } from 'react'
import { showable, type ApiError } from '../../api/api-error.ts'
import { fetchQuery } from '../../api/client.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { useWordsOf } from '../../words/language.tsx'
import type { ShownMessage } from './conversation.tsx'
import { sizeWords, threadWords } from './words.ts'

type File = ShownMessage['attachments'][number]

const blobOf = (base64: string, type: string): Blob =>
  new Blob([Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))], { type })

/** How long an opened document stays in memory, ms: a slow window may still read it. */
const keptMs = 120_000

const openDocument = (blob: Blob, name: string): void => {
  const address = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = address
  link.download = name.toLowerCase().endsWith('.pdf') ? name : `${name}.pdf`
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), keptMs)
}

/**
 * One file of a message. It is fetched only when somebody opens it: each look at it is on record, and a slow line is not filled
 * with pictures that nobody wants to see. A picture opens over the page, a document is handed to the device.
 */
export const AttachmentButton = ({ referral, file }: { referral: string; file: File }) => {
  const words = useWordsOf(threadWords)
  const [picture, setPicture] = useState<string | null>(null)
  const [error, setError] = useState<ApiError | null>(null)
  const [busy, setBusy] = useState(false)
  useEffect(() => () => (picture === null ? undefined : URL.revokeObjectURL(picture)), [picture])
  const open = async () => {
    setBusy(true)
    setError(null)
    try {
      const { base64, mediaType, name } = await fetchQuery('correspondence.attachment', { referral, attachment: file.id })
      const blob = blobOf(base64, mediaType)
      if (mediaType === 'application/pdf') openDocument(blob, name)
      else setPicture(URL.createObjectURL(blob))
    } catch (thrown) {
      setError(showable(thrown))
    } finally {
      setBusy(false)
    }
  }
  return (
    <>
      <Button small icon="record" busy={busy} onClick={() => void open()}>
        {file.name} <span className="soft figures">{sizeWords(file.bytes)}</span>
      </Button>
      {error !== null && <ErrorNote error={error} onRetry={() => void open()} />}
      <Dialog title={file.name} open={picture !== null} onClose={() => setPicture(null)}>
        {picture !== null && (
          <img
            className="message-picture"
            src={picture}
            alt={words.pictureOf(file.name)}
            width={file.width ?? undefined}
            height={file.height ?? undefined}
          />
        )}
      </Dialog>
    </>
  )
}
