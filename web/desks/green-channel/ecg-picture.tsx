import { useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { useToast } from '../../ui/toast.tsx'
import type { CaseInSight } from '../case-panels.tsx'
import { Attach, useAttached } from '../correspondence/attach.tsx'
import { useSending } from '../correspondence/use-sending.ts'
import { useGreenWords } from './words.ts'

/** A photograph of the ECG for the other side: it goes as a message of the case, where everybody finds it again. */
export const EcgPicture = ({ referral }: { referral: CaseInSight }) => {
  const [open, setOpen] = useState(false)
  const { ecgPicture: words } = useGreenWords()
  if (!open)
    return (
      <div>
        <Button small icon="plus" onClick={() => setOpen(true)}>
          {words.open}
        </Button>
      </div>
    )
  return <PictureForm referral={referral} onClose={() => setOpen(false)} />
}

const PictureForm = ({ referral, onClose }: { referral: CaseInSight; onClose: () => void }) => {
  const { ecgPicture: words } = useGreenWords()
  const toast = useToast()
  const attached = useAttached()
  const sending = useSending(referral)
  const [tried, setTried] = useState(false)
  const isEmpty = attached.ready.length === 0
  const send = async () => {
    setTried(true)
    if (isEmpty || attached.isReading || sending.isSending) return
    const attachments = attached.ready.map(({ name, mediaType, base64 }) => ({ name, mediaType, base64 }))
    if (!(await sending.send('correspondence.write', { referral: referral.id, text: words.text, attachments }, words.text)))
      return
    toast({ text: words.sent })
    onClose()
  }
  return (
    <section className="stack tight" aria-label={words.open}>
      <p className="soft small">{words.hint}</p>
      <Attach attached={attached} />
      {tried && isEmpty && <p className="field-error">{words.missing}</p>}
      {sending.error !== null && <ErrorNote error={sending.error} />}
      <div className="along">
        <Button small tone="primary" busy={sending.isSending} onClick={() => void send()}>
          {words.send}
        </Button>
        <Button small onClick={onClose}>
          {words.cancel}
        </Button>
      </div>
    </section>
  )
}
