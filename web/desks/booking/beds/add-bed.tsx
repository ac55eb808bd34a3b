import { useId, useState, type FormEvent } from 'react'
import { useCommand } from '../../../api/use-api.ts'
import { useActor } from '../../../shell/session.tsx'
import { Button } from '../../../ui/button.tsx'
import { Checkbox } from '../../../ui/choice.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { ErrorNote } from '../../../ui/error-note.tsx'
import { Select, TextField } from '../../../ui/field.tsx'
import { useToast } from '../../../ui/toast.tsx'
import { useWords } from '../../../words/language.tsx'
import { nextLabel, type Board, type BoardBed } from './board.ts'
import { useBedsWords } from './words.ts'

type Sex = BoardBed['sex']
const SEXES: readonly Sex[] = ['male', 'female', 'any']

/** One more bed of a ward: in a room that stands, of that room's kind, or in a new one. It is bookable at once. */
export const AddBed = ({ board, room, onClose }: { board: Board; room: string; onClose: () => void }) => {
  const words = useBedsWords()
  const shared = useWords()
  const toast = useToast()
  const form = useId()
  const org = useActor().institution?.id ?? ''
  const [inRoom, setInRoom] = useState(room)
  const [label, setLabel] = useState(nextLabel(board.beds, room))
  const [sex, setSex] = useState<Sex>('any')
  const [isolation, setIsolation] = useState(false)
  const add = useCommand('booking.add-beds')
  // A room is of one kind: a bed in a room that stands is of that kind.
  const beside = board.beds.find((one) => one.room === inRoom.trim())
  const kind = beside ?? { sex, isolation }
  const isWhole = inRoom.trim() !== '' && label.trim() !== ''
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!isWhole || add.isPending || board.ward === null) return
    const bed = { room: inRoom.trim(), label: label.trim(), sex: kind.sex, isolation: kind.isolation }
    add.mutate(
      { org, ward: board.ward, beds: [bed] },
      { onSuccess: () => (toast({ text: words.done.added, tone: 'good' }), onClose()) },
    )
  }
  return (
    <Dialog
      title={words.addBed}
      open
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{shared.ui.cancel}</Button>
          <Button tone="primary" submit form={form} busy={add.isPending} disabled={!isWhole}>
            {words.addBed}
          </Button>
        </>
      }
    >
      <form id={form} className="stack" noValidate onSubmit={submit}>
        <p className="soft small">{words.addWhat}</p>
        {add.error !== null && <ErrorNote error={add.error} />}
        <TextField label={words.roomName} value={inRoom} onChange={setInRoom} maxLength={20} required />
        <TextField label={words.bedLabel} value={label} onChange={setLabel} maxLength={20} required />
        {beside === undefined ? (
          <>
            <Select
              label={words.forWhom}
              choices={SEXES.map((one) => ({ value: one, label: words.forSexes[one] }))}
              value={sex}
              onChange={setSex}
            />
            <Checkbox label={words.isolationRoom} checked={isolation} onChange={setIsolation} />
          </>
        ) : (
          <p>{words.likeRoom(`${words.forSexes[kind.sex]}${kind.isolation ? ` · ${words.isolation}` : ''}`)}</p>
        )}
      </form>
    </Dialog>
  )
}
