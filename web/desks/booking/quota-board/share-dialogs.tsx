import { useState } from 'react'
import { useCommand } from '../../../api/use-api.ts'
import { Select, TextField } from '../../../ui/field.tsx'
import { useToast } from '../../../ui/toast.tsx'
import { ReasonDialog } from './reason-dialog.tsx'
import type { QuotaSlot } from './slots-panel.tsx'
import { useQuotaWords } from './words.ts'

const SHARES = ['reserved', 'emergency', 'open'] as const
type Share = (typeof SHARES)[number]

const unusedOf = (slot: QuotaSlot): Record<Share, number> => ({
  reserved: slot.reserved - slot.usedReserved - slot.lent,
  emergency: slot.emergency - slot.usedEmergency,
  open: slot.open - slot.usedOpen,
})

const MOST = 1000
const isCount = (text: string): boolean => /^\d{1,4}$/.test(text) && Number(text) >= 1 && Number(text) <= MOST

/** Moves unused units of a slot from one share to another. */
export const MoveDialog = ({ slot, time, onClose }: { slot: QuotaSlot; time: string; onClose: () => void }) => {
  const words = useQuotaWords()
  const toast = useToast()
  const move = useCommand('booking.move-quota')
  const [from, setFrom] = useState<Share>('open')
  const [to, setTo] = useState<Share>('reserved')
  const [units, setUnits] = useState('1')
  const unused = unusedOf(slot)
  const choices = SHARES.map((value) => ({ value, label: words.unused(words.shares[value], unused[value]) }))
  const submit = (reason: string) =>
    move.mutate(
      { org: slot.org, pool: slot.pool, from, to, units: Number(units), reason },
      { onSuccess: () => (toast({ text: words.moved }), onClose()) },
    )
  return (
    <ReasonDialog
      title={words.moveOf(time)}
      act={words.move}
      busy={move.isPending}
      error={move.error}
      isWhole={isCount(units) && from !== to}
      onSubmit={submit}
      onClose={onClose}
    >
      {(wasTried) => (
        <>
          <Select label={words.from} choices={choices} value={from} onChange={setFrom} />
          <Select
            label={words.to}
            choices={SHARES.map((value) => ({ value, label: words.shares[value] }))}
            value={to}
            error={wasTried && from === to ? words.faults.same : undefined}
            onChange={setTo}
          />
          <TextField
            label={words.units}
            inputMode="numeric"
            required
            error={wasTried && !isCount(units) ? words.faults.units : undefined}
            value={units}
            onChange={setUnits}
          />
        </>
      )}
    </ReasonDialog>
  )
}

/** Changes how many units a slot has. */
export const CapacityDialog = ({ slot, time, onClose }: { slot: QuotaSlot; time: string; onClose: () => void }) => {
  const words = useQuotaWords()
  const toast = useToast()
  const change = useCommand('booking.change-capacity')
  const [capacity, setCapacity] = useState(String(slot.capacity))
  const sold = slot.usedReserved + slot.usedEmergency + slot.usedOpen
  const submit = (reason: string) =>
    change.mutate(
      { org: slot.org, pool: slot.pool, capacity: Number(capacity), reason },
      { onSuccess: () => (toast({ text: words.changed }), onClose()) },
    )
  return (
    <ReasonDialog
      title={words.changeOf(time)}
      act={words.change}
      busy={change.isPending}
      error={change.error}
      isWhole={isCount(capacity)}
      onSubmit={submit}
      onClose={onClose}
    >
      {(wasTried) => (
        <TextField
          label={words.newCapacity}
          hint={words.capacityNote(slot.capacity, sold, slot.lent)}
          inputMode="numeric"
          required
          error={wasTried && !isCount(capacity) ? words.faults.units : undefined}
          value={capacity}
          onChange={setCapacity}
        />
      )}
    </ReasonDialog>
  )
}
