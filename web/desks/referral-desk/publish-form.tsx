import { useState } from 'react'
import { useCommand } from '../../api/use-api.ts'
import { RadioCards } from '../../ui/choice.tsx'
import { TextField } from '../../ui/field.tsx'
import { useToast } from '../../ui/toast.tsx'
import { useServerNow } from '../../ui/use-server-now.ts'
import { ActPanel, type Fault } from './act-panel.tsx'
import { dayAt } from './times.ts'
import { useDeskWords } from './words.ts'

type Slot = {
  kind: 'expert' | 'ordinary'
  day: string
  time: string
  minutes: string
  capacity: string
  doctor: string
  place: string
}

const dayMs = 86_400_000

const faultsOf = (slot: Slot, words: ReturnType<typeof useDeskWords>['pools']['form']): Fault[] => {
  const faults: Fault[] = []
  if (slot.day === '' || slot.time === '') faults.push({ field: 'startsAt', text: words.whenMissing })
  const minutes = Number(slot.minutes)
  if (!Number.isInteger(minutes) || minutes < 5 || minutes > 60) faults.push({ field: 'minutes', text: words.minutesWrong })
  const capacity = Number(slot.capacity)
  if (!Number.isInteger(capacity) || capacity < 1 || capacity > 1000)
    faults.push({ field: 'capacity', text: words.capacityWrong })
  return faults
}

const named = (zh: string): { zh: string } | null => (zh.trim() === '' ? null : { zh: zh.trim() })

/** Publishes one slot of this institution; the server reserves the share for primary care that policy asks. */
export const PublishForm = ({ specialty, onClose }: { specialty: string; onClose: () => void }) => {
  const { pools, slots } = useDeskWords()
  const words = useDeskWords()
  const toast = useToast()
  const tomorrow = dayAt(useServerNow() + dayMs)
  const publish = useCommand('booking.publish-pool')
  const [slot, setSlot] = useState<Slot>({
    kind: 'expert',
    day: tomorrow,
    time: '09:00',
    minutes: '30',
    capacity: '10',
    doctor: '',
    place: '',
  })
  const change = (part: Partial<Slot>) => setSlot((before) => ({ ...before, ...part }))
  const submit = () => {
    publish.mutate(
      {
        specialty,
        kind: slot.kind,
        // Slots are in the region's time, which has no summer time.
        startsAt: `${slot.day}T${slot.time}:00+08:00`,
        minutes: Number(slot.minutes),
        capacity: Number(slot.capacity),
        doctor: named(slot.doctor),
        place: named(slot.place),
      },
      {
        onSuccess: ({ reserved }) => {
          toast({ text: pools.form.done(reserved) })
          onClose()
        },
      },
    )
  }
  return (
    <ActPanel
      title={pools.form.title}
      level={2}
      lead={pools.form.lead}
      act={pools.publish}
      busy={publish.isPending}
      faults={faultsOf(slot, pools.form)}
      refused={publish.error}
      onSubmit={submit}
      onClose={onClose}
    >
      {({ idOf, faultOf }) => (
        <>
          <RadioCards
            label={words.pools.kind}
            choices={[
              { value: 'expert', label: slots.expert },
              { value: 'ordinary', label: slots.ordinary },
            ]}
            value={slot.kind}
            onChange={(kind) => change({ kind })}
          />
          <div className="field-grid">
            <TextField
              id={idOf('startsAt')}
              label={pools.form.day}
              type="date"
              error={faultOf('startsAt')}
              required
              value={slot.day}
              onChange={(day) => change({ day })}
            />
            <TextField
              id={idOf('time')}
              label={pools.form.time}
              type="time"
              required
              value={slot.time}
              onChange={(time) => change({ time })}
            />
            <TextField
              id={idOf('minutes')}
              label={pools.form.minutes}
              inputMode="numeric"
              error={faultOf('minutes')}
              required
              value={slot.minutes}
              onChange={(minutes) => change({ minutes })}
            />
            <TextField
              id={idOf('capacity')}
              label={pools.form.capacity}
              inputMode="numeric"
              error={faultOf('capacity')}
              required
              value={slot.capacity}
              onChange={(capacity) => change({ capacity })}
            />
            <TextField
              id={idOf('doctor')}
              label={pools.form.doctor}
              maxLength={60}
              error={faultOf('doctor.zh')}
              value={slot.doctor}
              onChange={(doctor) => change({ doctor })}
            />
            <TextField
              id={idOf('place')}
              label={pools.form.place}
              maxLength={100}
              error={faultOf('place.zh')}
              value={slot.place}
              onChange={(place) => change({ place })}
            />
          </div>
        </>
      )}
    </ActPanel>
  )
}
