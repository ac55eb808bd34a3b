import { useState, type FormEvent } from 'react'
import { useApi, useCommand } from '../../../api/use-api.ts'
import { useActor } from '../../../shell/session.tsx'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { ErrorNote } from '../../../ui/error-note.tsx'
import { Select, TextArea, TextField } from '../../../ui/field.tsx'
import { useToast } from '../../../ui/toast.tsx'
import { usePick, useWords } from '../../../words/language.tsx'
import { oneEachSpecialty } from '../../specialties.ts'
import { typedBeds } from './board.ts'
import { useBedsWords } from './words.ts'

/** Registers a ward with its beds, typed a room a line. */
export const OpenWard = ({ onClose }: { onClose: () => void }) => {
  const words = useBedsWords()
  const shared = useWords()
  const pick = usePick()
  const toast = useToast()
  const { institution } = useActor()
  const asked = useApi('organisations.institution', { institution: institution?.id ?? '' })
  const [zh, setZh] = useState('')
  const [specialty, setSpecialty] = useState('')
  const [text, setText] = useState('')
  const open = useCommand('booking.open-ward')
  const found = typedBeds(text)
  const wrong = 'wrong' in found ? found.wrong : undefined
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if ('wrong' in found || found.beds.length === 0 || zh.trim() === '' || specialty === '') return
    open.mutate(
      { name: { zh: zh.trim() }, specialty, beds: found.beds },
      {
        onSuccess: () => {
          toast({ text: words.done.opened, tone: 'good' })
          onClose()
        },
      },
    )
  }
  const services = asked.data === undefined ? [] : oneEachSpecialty(asked.data.services)
  return (
    <Dialog title={words.openWard} open onClose={onClose}>
      <form className="stack" onSubmit={submit}>
        <TextField label={words.wardName} value={zh} onChange={setZh} maxLength={60} required />
        <Select
          label={words.specialty}
          choices={services.map((service) => ({ value: service.specialty as string, label: pick(service.name) }))}
          value={specialty}
          onChange={setSpecialty}
          required
        />
        <TextArea
          label={words.beds}
          hint={words.bedsHint}
          error={wrong === undefined ? undefined : words.bedsWrong(wrong)}
          value={text}
          onChange={setText}
          rows={5}
          required
        />
        {open.error !== null && <ErrorNote error={open.error} />}
        <div className="along">
          <Button onClick={onClose}>{shared.ui.cancel}</Button>
          <Button tone="primary" submit busy={open.isPending}>
            {words.openWard}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
