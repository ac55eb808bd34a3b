import { useState } from 'react'
import type { Commands } from '../../api/api-types.ts'
import { useCommand } from '../../api/use-api.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Field, Select, TextField } from '../../ui/field.tsx'
import { useToast } from '../../ui/toast.tsx'
import { useActor } from '../../shell/session.tsx'
import { useIntakeWords } from './words.ts'

type Kind = Commands['intake.upload']['input']['kind']
const kinds = ['front-page', 'cda', 'hl7'] as const satisfies readonly Kind[]
/** What fits into one request once it is written as base64. */
const BYTES_MOST = 700_000
const LOOK_AGAIN_MS = 1_500

const base64Of = async (file: File): Promise<string> => {
  const bytes = new Uint8Array(await file.arrayBuffer())
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return btoa(text)
}

/** A file from a hospital's system, through the same door as messages over the line. */
export const UploadDialog = ({ onClose, onDone }: { onClose: () => void; onDone: () => void }) => {
  const words = useIntakeWords()
  const toast = useToast()
  const own = useActor().institution?.id
  const upload = useCommand('intake.upload')
  const [kind, setKind] = useState<Kind>('front-page')
  const [org, setOrg] = useState(own ?? '')
  const [file, setFile] = useState<File | null>(null)
  const [tried, setTried] = useState(false)
  const fileFault = file === null ? words.fileMissing : file.size > BYTES_MOST ? words.fileTooLarge : undefined
  const orgFault = /^\d{1,18}$/.test(org.trim()) ? undefined : words.orgMissing
  const send = async () => {
    setTried(true)
    if (file === null || fileFault !== undefined || orgFault !== undefined) return
    const sent = await upload.mutateAsync({ org: org.trim(), kind, base64: await base64Of(file) }).catch(() => null)
    if (sent === null) return
    toast({ text: words.uploaded(sent.messages.length) })
    setTimeout(onDone, LOOK_AGAIN_MS)
    onClose()
  }
  const actions = (
    <>
      <Button onClick={onClose}>{words.cancel}</Button>
      <Button tone="primary" busy={upload.isPending} onClick={() => void send()}>
        {words.upload}
      </Button>
    </>
  )
  return (
    <Dialog title={words.upload} open onClose={onClose} actions={actions}>
      <p>{words.uploadWhat}</p>
      <Select label={words.kind} value={kind} onChange={setKind} choices={kinds.map((value) => ({ value, label: words.kinds[value] }))} />
      <TextField label={words.org} hint={words.orgHint} required inputMode="numeric" value={org} onChange={setOrg} error={tried ? orgFault : undefined} />
      <Field label={words.file} required error={tried ? fileFault : undefined}>
        {(wiring) => <input type="file" {...wiring} onChange={(event) => setFile(event.target.files?.[0] ?? null)} />}
      </Field>
      {upload.error !== null && <ErrorNote error={upload.error} />}
    </Dialog>
  )
}
