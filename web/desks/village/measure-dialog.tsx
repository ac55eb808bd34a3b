import { useEffect, useEffectEvent, useState, type FormEvent } from 'react'
import type { Commands } from '../../api/api-types.ts'
import { Button } from '../../ui/button.tsx'
import { Checkbox, RadioCards } from '../../ui/choice.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/field.tsx'
import { useToast } from '../../ui/toast.tsx'
import { useWordsOf } from '../../words/language.tsx'
import { SavedNote } from './saved-note.tsx'
import { useSaved } from './use-saved.ts'
import { villageWords } from './words.ts'

type Measure = 'blood-pressure' | 'glucose' | 'weight'
type Entry = { measure: Measure; one: string; two: string; isFasting: boolean }
const blank: Entry = { measure: 'blood-pressure', one: '', two: '', isFasting: true }

const inputOf = (
  person: string,
  { measure, one, two, isFasting }: Entry,
): Commands['health-record.record-observation']['input'] => {
  switch (measure) {
    case 'blood-pressure':
      return { person, measure, systolic: Number(one), diastolic: Number(two) }
    case 'glucose':
      return { person, measure, glucose: Number(one), isFasting }
    case 'weight':
      return { person, measure, weight: Number(one) }
  }
}

const isNumber = (text: string): boolean => /^\d{1,3}(\.\d{1,2})?$/.test(text.trim())
const units: Record<Measure, string> = { 'blood-pressure': 'mmHg', glucose: 'mmol/L', weight: 'kg' }

/** Records a blood pressure, a glucose or a weight, on this device first. */
export const MeasureDialog = ({ person, label, onClose }: { person: string; label: string; onClose: () => void }) => {
  const words = useWordsOf(villageWords)
  const toast = useToast()
  const saved = useSaved('health-record.record-observation')
  const [entry, setEntry] = useState(blank)
  const [tried, setTried] = useState(false)
  const isDone = saved.entry?.state === 'sent'
  const finish = useEffectEvent(() => {
    toast({ text: words.measure.done })
    onClose()
  })
  useEffect(() => {
    if (isDone) finish()
  }, [isDone])
  const change = (some: Partial<Entry>) => setEntry((before) => ({ ...before, ...some }))
  const isWhole = isNumber(entry.one) && (entry.measure !== 'blood-pressure' || isNumber(entry.two))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (isWhole && !saved.isUnderway) void saved.save(inputOf(person, entry), `${words.measure.kinds[entry.measure]} · ${label}`)
  }
  return (
    <Dialog title={words.measure.title} open onClose={onClose}>
      <form className="stack" onSubmit={submit} noValidate>
        <RadioCards
          label={words.measure.kind}
          value={entry.measure}
          onChange={(measure) => change({ measure, one: '', two: '' })}
          choices={(['blood-pressure', 'glucose', 'weight'] as const).map((kind) => ({
            value: kind,
            label: words.measure.kinds[kind],
          }))}
        />
        <Amounts entry={entry} change={change} tried={tried} />
        <SavedNote saved={saved} />
        <Button tone="primary" wide submit>
          {words.measure.go}
        </Button>
      </form>
    </Dialog>
  )
}

const Amounts = ({ entry, change, tried }: { entry: Entry; change: (some: Partial<Entry>) => void; tried: boolean }) => {
  const words = useWordsOf(villageWords)
  const fault = (text: string) => (tried && !isNumber(text) ? words.measure.missing : undefined)
  const numeric = { inputMode: 'decimal', hint: units[entry.measure], required: true } as const
  const isPressure = entry.measure === 'blood-pressure'
  return (
    <>
      <TextField
        {...numeric}
        label={isPressure ? words.measure.systolic : words.measure[entry.measure === 'glucose' ? 'glucose' : 'weight']}
        error={fault(entry.one)}
        value={entry.one}
        onChange={(one) => change({ one })}
      />
      {isPressure && (
        <TextField
          {...numeric}
          label={words.measure.diastolic}
          error={fault(entry.two)}
          value={entry.two}
          onChange={(two) => change({ two })}
        />
      )}
      {entry.measure === 'glucose' && (
        <Checkbox label={words.measure.fasting} checked={entry.isFasting} onChange={(isFasting) => change({ isFasting })} />
      )}
    </>
  )
}
