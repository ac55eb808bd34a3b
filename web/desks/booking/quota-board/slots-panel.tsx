import { useState } from 'react'
import type { Queries } from '../../../api/api-types.ts'
import { useApi } from '../../../api/use-api.ts'
import { Button } from '../../../ui/button.tsx'
import { Chip, type ChipTone } from '../../../ui/chip.tsx'
import { DataTable, type Column } from '../../../ui/data-table.tsx'
import { ErrorNote } from '../../../ui/error-note.tsx'
import { Skeleton } from '../../../ui/skeleton.tsx'
import { usePick } from '../../../words/language.tsx'
import { timeOfDay } from '../../referral-desk/times.ts'
import type { Quota } from './quota-bar.tsx'
import { CapacityDialog, MoveDialog } from './share-dialogs.tsx'
import { useQuotaWords } from './words.ts'

export type QuotaSlot = Queries['booking.quota-slots']['answer']['slots'][number]

const stateOf = (slot: QuotaSlot): 'open' | 'released' | 'begun' | 'stopped' => {
  if (slot.isStopped) return 'stopped'
  if (slot.hasBegun) return 'begun'
  return slot.isReleased ? 'released' : 'open'
}
const toneOf = { open: 'good', released: 'calm', begun: 'quiet', stopped: 'warning' } as const satisfies Record<string, ChipTone>

type Doing = { readonly act: 'move' | 'change'; readonly slot: QuotaSlot }

/** The slots of one service on one day, each with its shares and what may be changed about it. */
export const SlotsPanel = ({ quota, org, mayAct, title }: { quota: Quota; org: string; mayAct: boolean; title: string }) => {
  const words = useQuotaWords()
  const pick = usePick()
  const [doing, setDoing] = useState<Doing | null>(null)
  const { day, specialty, unitKind, kind, service } = quota
  const asked = useApi('booking.quota-slots', {
    org,
    day,
    specialty,
    unitKind,
    kind,
    ...(service ? { service: service.zh } : {}),
  })
  if (asked.error !== null) return <ErrorNote error={asked.error} onRetry={() => void asked.refetch()} />
  if (asked.data === undefined) return <Skeleton lines={3} />
  const timeOf = (slot: QuotaSlot) => `${timeOfDay(slot.startsAt)}–${timeOfDay(slot.endsAt)}`
  const columns: Column<QuotaSlot>[] = [
    { key: 'time', title: words.time, cell: (slot) => <span className="figures">{timeOf(slot)}</span> },
    { key: 'doctor', title: words.doctor, cell: (slot) => (slot.doctor === null ? '—' : pick(slot.doctor)) },
    { key: 'capacity', title: words.total, numeric: true, cell: (slot) => slot.capacity },
    { key: 'reserved', title: words.shares.reserved, numeric: true, cell: (slot) => words.reserve(slot.reserved, slot.usedReserved, slot.lent) },
    { key: 'emergency', title: words.shares.emergency, numeric: true, cell: (slot) => words.share(slot.emergency, slot.usedEmergency) },
    { key: 'open', title: words.shares.open, numeric: true, cell: (slot) => words.share(slot.open, slot.usedOpen) },
    { key: 'state', title: words.state, cell: (slot) => <Chip tone={toneOf[stateOf(slot)]}>{words.states[stateOf(slot)]}</Chip> },
  ] // prettier-ignore
  const acts: Column<QuotaSlot> = {
    key: 'acts',
    title: words.acts,
    cell: (slot) =>
      slot.isStopped || slot.hasBegun ? null : (
        <span className="quota-slot-acts">
          <Button tone="quiet" small aria-label={words.moveOf(timeOf(slot))} onClick={() => setDoing({ act: 'move', slot })}>
            {words.move}
          </Button>
          {unitKind !== 'bed-day' && (
            <Button
              tone="quiet"
              small
              aria-label={words.changeOf(timeOf(slot))}
              onClick={() => setDoing({ act: 'change', slot })}
            >
              {words.change}
            </Button>
          )}
        </span>
      ),
  }
  const close = () => setDoing(null)
  return (
    <div className="quota-slots">
      <DataTable
        caption={`${title} ${day}`}
        columns={mayAct ? [...columns, acts] : columns}
        rows={asked.data.slots}
        idOf={(slot) => slot.pool}
      />
      {doing?.act === 'move' && <MoveDialog slot={doing.slot} time={timeOf(doing.slot)} onClose={close} />}
      {doing?.act === 'change' && <CapacityDialog slot={doing.slot} time={timeOf(doing.slot)} onClose={close} />}
    </div>
  )
}
