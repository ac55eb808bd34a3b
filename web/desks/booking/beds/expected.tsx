import { useState } from 'react'
import { useCommand } from '../../../api/use-api.ts'
import { useActor } from '../../../shell/session.tsx'
import { Button } from '../../../ui/button.tsx'
import { Chip } from '../../../ui/chip.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { ErrorNote } from '../../../ui/error-note.tsx'
import { TextField } from '../../../ui/field.tsx'
import { useToast } from '../../../ui/toast.tsx'
import { act } from './act.ts'
import { Expect, Move } from './bed-dialog.tsx'
import type { Board, BoardStay } from './board.ts'
import { WhoButton } from './who-button.tsx'
import { useBedsWords } from './words.ts'

/** Stays of the ward that are planned: by their first day, with the bed that is named for them. */
export const Expected = ({ board }: { board: Board }) => {
  const words = useBedsWords()
  const [open, setOpen] = useState<string | null>(null)
  if (board.expected.length === 0) return <EmptyState kind="none" title={words.expectedNone} why={words.expectedWhy} />
  const chosen = board.expected.find(({ stay }) => stay === open)
  return (
    <>
      <ul className="list expected-list" aria-label={words.expected}>
        {board.expected.map((stay) => (
          <li key={stay.stay} className="expected-row">
            <span>
              <strong className="figures">{words.stayOf(words.sexes[stay.sex], stay.from, stay.until)}</strong>
              <span className="along tight-along">
                {stay.isolation && <Chip tone="warning">{words.isolation}</Chip>}
                {stay.isHeld && (
                  <Chip tone="quiet" icon="clock">
                    {words.held}
                  </Chip>
                )}
                <Chip tone={stay.bed === null ? 'quiet' : 'good'} icon="bed">
                  {bedName(board, stay) ?? words.notGiven}
                </Chip>
              </span>
            </span>
            <Button
              small
              aria-label={`${words.acts.give} · ${words.acts.expect} · ${words.acts.cancel}: ${stay.from}`}
              onClick={() => setOpen(stay.stay)}
            >
              {words.acts.give}
            </Button>
          </li>
        ))}
      </ul>
      {chosen !== undefined && <StayDialog key={chosen.stay} stay={chosen} board={board} onClose={() => setOpen(null)} />}
    </>
  )
}

const bedName = (board: Board, stay: BoardStay): string | null => {
  const bed = board.beds.find((one) => one.bed === stay.bed)
  return bed === undefined ? null : `${bed.room}-${bed.label}`
}

const StayDialog = ({ stay, board, onClose }: { stay: BoardStay; board: Board; onClose: () => void }) => {
  const words = useBedsWords()
  const title = words.stayOf(words.sexes[stay.sex], stay.from, stay.until)
  return (
    <Dialog title={title} open onClose={onClose}>
      <div className="stack">
        <div>
          <WhoButton stay={stay.stay} what={title} />
        </div>
        {!stay.isHeld && <Move bed={null} stay={stay} board={board} onClose={onClose} />}
        {!stay.isHeld && <Expect stay={stay} board={board} onClose={onClose} />}
        <Cancel stay={stay} onClose={onClose} />
      </div>
    </Dialog>
  )
}

const Cancel = ({ stay, onClose }: { stay: BoardStay; onClose: () => void }) => {
  const words = useBedsWords()
  const { institution } = useActor()
  const toast = useToast()
  const [reason, setReason] = useState('')
  const cancel = useCommand('booking.cancel-group')
  const done = () => {
    toast({ text: words.done.cancelled, tone: 'good' })
    onClose()
  }
  const run = () => act(() => cancel.mutateAsync({ org: institution?.id ?? '', group: stay.stay, reason }), done)
  return (
    <section className="bed-act">
      <TextField label={words.reason} hint={words.reasonHint} value={reason} onChange={setReason} maxLength={200} />
      {cancel.error !== null && <ErrorNote error={cancel.error} />}
      <div>
        <Button tone="danger" busy={cancel.isPending} disabled={reason.trim().length < 2} onClick={run}>
          {words.acts.cancel}
        </Button>
      </div>
    </section>
  )
}
