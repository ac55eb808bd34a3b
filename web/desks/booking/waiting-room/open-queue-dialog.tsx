import { useState } from 'react'
import { useCommand } from '../../../api/use-api.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { ErrorNote } from '../../../ui/error-note.tsx'
import { Select, TextField } from '../../../ui/field.tsx'
import { usePick, useWordsOf } from '../../../words/language.tsx'
import type { oneEachSpecialty } from '../../specialties.ts'
import { queueWords } from './queue-words.ts'

/** Opens today's queue of a room before the first person has checked in. */
export const OpenQueueDialog = ({
  open,
  specialties,
  onClose,
  onOpened,
}: {
  open: boolean
  specialties: ReturnType<typeof oneEachSpecialty>
  onClose: () => void
  onOpened: (queue: string) => void
}) => {
  const { openForm: words } = useWordsOf(queueWords)
  const pick = usePick()
  const make = useCommand('booking.open-queue')
  const [specialty, setSpecialty] = useState('')
  const [doctor, setDoctor] = useState('')
  const [place, setPlace] = useState('')
  const [tried, setTried] = useState(false)
  const submit = () => {
    setTried(true)
    if (specialty === '') return
    make.mutate(
      {
        specialty,
        ...(doctor.trim() === '' ? {} : { doctor: doctor.trim() }),
        ...(place.trim() === '' ? {} : { place: place.trim() }),
      },
      { onSuccess: ({ queue }) => onOpened(queue) },
    )
  }
  return (
    <Dialog
      title={words.title}
      open={open}
      onClose={onClose}
      actions={
        <Button tone="primary" busy={make.isPending} onClick={submit}>
          {words.act}
        </Button>
      }
    >
      <div className="stack">
        <Select
          label={words.specialty}
          required
          error={tried && specialty === '' ? words.specialtyMissing : undefined}
          choices={specialties.map((one) => ({ value: one.specialty, label: pick(one.name) }))}
          value={specialty}
          onChange={setSpecialty}
        />
        <TextField label={words.doctor} maxLength={60} value={doctor} onChange={setDoctor} />
        <TextField label={words.room} maxLength={100} value={place} onChange={setPlace} />
        {make.error !== null && <ErrorNote error={make.error} />}
      </div>
    </Dialog>
  )
}
