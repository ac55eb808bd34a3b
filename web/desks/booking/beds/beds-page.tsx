import { useState } from 'react'
import { useSearchParams } from 'wouter'
import { useApi } from '../../../api/use-api.ts'
import { Page } from '../../../shell/desk-frame.tsx'
import { useActor } from '../../../shell/session.tsx'
import { Button } from '../../../ui/button.tsx'
import { Card } from '../../../ui/card.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { ErrorNote } from '../../../ui/error-note.tsx'
import { Select } from '../../../ui/field.tsx'
import { Skeleton } from '../../../ui/skeleton.tsx'
import { usePick } from '../../../words/language.tsx'
import { AddBed } from './add-bed.tsx'
import { BedDialog } from './bed-dialog.tsx'
import { BedTile } from './bed-tile.tsx'
import { byRoom, type Board, type BoardBed } from './board.ts'
import { Expected } from './expected.tsx'
import { FreeDays } from './free-days.tsx'
import { NewStay } from './new-stay.tsx'
import { OpenWard } from './open-ward.tsx'
import { useBedsWords } from './words.ts'
import './beds.css'

/** The beds of a ward of one's own institution: who may be taken in where, and until when each is taken. */
export const BedsPage = () => {
  const words = useBedsWords()
  const pick = usePick()
  const { role } = useActor()
  const [search, setSearch] = useSearchParams()
  const [dialog, setDialog] = useState<'stay' | 'ward' | 'bed' | null>(null)
  const wished = search.get('ward')
  const asked = useApi('booking.beds-board', wished === null ? {} : { ward: wished })
  const board = asked.data
  const mayOpen = role === 'referral-desk'
  const close = () => setDialog(null)
  const acts = (
    <>
      {mayOpen && <Button icon="plus" onClick={() => setDialog('ward')}>{words.openWard}</Button>}
      {mayOpen && board?.ward && <Button icon="plus" onClick={() => setDialog('bed')}>{words.addBed}</Button>}
      {board?.ward && (
        <Button tone="primary" icon="bed" onClick={() => setDialog('stay')}>
          {words.newStay}
        </Button>
      )}
    </>
  ) // prettier-ignore
  return (
    <Page title={words.title} lead={words.lead} acts={acts}>
      {asked.error !== null && <ErrorNote error={asked.error} onRetry={() => void asked.refetch()} />}
      {board === undefined && asked.error === null && <Skeleton lines={8} />}
      {board !== undefined && board.ward === null && <EmptyState kind="none" title={words.none} why={words.noneWhy} />}
      {board?.ward && (
        <>
          <div className="narrow-field">
            <Select
              label={words.ward}
              choices={board.wards.map(({ ward, name }) => ({ value: ward as string, label: pick(name) }))}
              value={board.ward as string}
              onChange={(ward) => setSearch({ ward }, { replace: true })}
            />
          </div>
          <WardBeds key={board.ward} board={board} mayAdd={mayOpen} />
          <Card title={words.expected}>
            <Expected board={board} />
          </Card>
          <Card title={words.days}>
            <p className="soft small">{words.daysLead}</p>
            <FreeDays board={board} />
          </Card>
        </>
      )}
      {dialog === 'stay' && board !== undefined && <NewStay board={board} onClose={close} />}
      {dialog === 'bed' && board !== undefined && <AddBed board={board} room="" onClose={close} />}
      {dialog === 'ward' && <OpenWard onClose={close} />}
    </Page>
  )
}

const STATES = ['free', 'kept', 'occupied', 'cleaning', 'closed'] as const

const WardBeds = ({ board, mayAdd }: { board: Board; mayAdd: boolean }) => {
  const words = useBedsWords()
  const [open, setOpen] = useState<BoardBed | null>(null)
  const [addTo, setAddTo] = useState<string | null>(null)
  const shown = board.beds.find(({ bed }) => bed === open?.bed)
  return (
    <section className="stack" aria-label={words.legend}>
      <ul className="bed-legend">
        {STATES.map((state) => (
          <li key={state} className={`bed-key ${state}`}>
            <span>{words.states[state]}</span>
            <strong className="figures">{words.count(board.beds.filter((bed) => bed.state === state).length)}</strong>
          </li>
        ))}
      </ul>
      <div className="rooms">
        {byRoom(board.beds).map(([room, beds]) => (
          <section key={room} className="room" aria-label={words.room(room)}>
            <div className="along apart room-name">
              <h2>{words.room(room)}</h2>
              {mayAdd && (
                <Button small icon="plus" tone="quiet" aria-label={words.addBedIn(room)} onClick={() => setAddTo(room)}>
                  {words.addBed}
                </Button>
              )}
            </div>
            <ul className="room-beds">
              {beds.map((bed) => (
                <li key={bed.bed}>
                  <BedTile bed={bed} onOpen={() => setOpen(bed)} />
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
      {addTo !== null && <AddBed board={board} room={addTo} onClose={() => setAddTo(null)} />}
      {shown !== undefined && <BedDialog key={shown.bed} bed={shown} board={board} onClose={() => setOpen(null)} />}
    </section>
  )
}
