import { useState } from 'react'
import type { Commands } from '../../api/api-types.ts'
import { useCommand } from '../../api/use-api.ts'
import { Button } from '../../ui/button.tsx'
import { Checkbox, RadioCards } from '../../ui/choice.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { FieldNotes, Select } from '../../ui/field.tsx'
import { useToast } from '../../ui/toast.tsx'
import { readyFiles, type ReadyFile } from '../correspondence/shrink-picture.ts'
import { useConsentWords } from './consent-words.ts'
import { InstitutionChoice, type Chosen } from './found-choice.tsx'
import { ScanField } from './scan-field.tsx'
import { useAccessWords } from './words.ts'

type Wish = Commands['record-access.give-consent']['input']
type Kind = NonNullable<Wish['kinds']>[number]
type Entry = {
  purpose: Wish['purpose']
  to: Chosen | null
  isWhole: boolean
  kinds: readonly Kind[]
  days: '30' | '90' | '365' | '1095'
  scan: ReadyFile | null
}
const blank: Entry = { purpose: 'treatment', to: null, isWhole: true, kinds: [], days: '365', scan: null }

const wishOf = (person: string, { purpose, to, isWhole, kinds, days }: Entry): Wish => ({
  person,
  purpose,
  days: Number(days),
  ...(to === null ? {} : { to: to.id }),
  ...(isWhole ? {} : { kinds: [...kinds] }),
})

/** Gives a consent: one purpose, to whom, what and how long. `isPaper`: recorded by staff, with the signed paper. */
export const ConsentForm = ({ person, isPaper, onClose }: { person: string; isPaper: boolean; onClose: () => void }) => {
  const { form: words } = useConsentWords()
  const { consents } = useAccessWords()
  const toast = useToast()
  const give = useCommand('record-access.give-consent')
  const record = useCommand('record-access.record-paper-consent')
  const [entry, setEntry] = useState(blank)
  const [tried, setTried] = useState(false)
  const change = (some: Partial<Entry>) => setEntry((before) => ({ ...before, ...some }))
  const lacks = {
    to: entry.purpose !== 'treatment' && entry.to === null,
    kinds: !entry.isWhole && entry.kinds.length === 0,
    scan: isPaper && entry.scan === null,
  }
  const done = () => {
    toast({ text: isPaper ? words.recorded : consents.given })
    onClose()
  }
  const submit = () => {
    setTried(true)
    if (lacks.to || lacks.kinds || lacks.scan) return
    const wish = wishOf(person, entry)
    if (entry.scan === null) return give.mutate(wish, { onSuccess: done })
    const { mediaType, base64 } = entry.scan
    record.mutate({ ...wish, scan: { mediaType, base64 } }, { onSuccess: done })
  }
  const error = give.error ?? record.error
  return (
    <Dialog
      title={isPaper ? words.paperTitle : words.title}
      open
      onClose={onClose}
      actions={
        <Button tone="primary" busy={give.isPending || record.isPending} onClick={submit}>
          {isPaper ? words.record : words.give}
        </Button>
      }
    >
      <div className="stack">
        <Terms entry={entry} change={change} wrong={{ to: tried && lacks.to, kinds: tried && lacks.kinds }} />
        {isPaper && (
          <ScanField
            file={entry.scan}
            error={tried && lacks.scan ? words.scanMissing : undefined}
            onFile={async (file) => change({ scan: (await readyFiles([file]))[0] ?? null })}
          />
        )}
        {error !== null && <ErrorNote error={error} />}
      </div>
    </Dialog>
  )
}

type TermsProps = { entry: Entry; change: (some: Partial<Entry>) => void; wrong: { to: boolean; kinds: boolean } }

const Terms = ({ entry, change, wrong }: TermsProps) => {
  const { form: words } = useConsentWords()
  return (
    <>
      <RadioCards
        label={words.purpose}
        value={entry.purpose}
        onChange={(purpose) => change({ purpose })}
        choices={(Object.keys(words.purposes) as (keyof typeof words.purposes)[]).map((value) => ({
          value,
          label: words.purposes[value][0] as string,
          note: words.purposes[value][1],
        }))}
      />
      <InstitutionChoice
        label={words.to}
        hint={entry.purpose === 'treatment' ? `${words.toHint}${words.toAnybody}` : words.toHint}
        error={wrong.to ? words.toMissing : undefined}
        value={entry.to}
        onPick={(to) => change({ to })}
      />
      <RadioCards
        label={words.scope}
        value={entry.isWhole ? 'whole' : 'some'}
        onChange={(scope) => change({ isWhole: scope === 'whole' })}
        choices={[
          { value: 'whole', label: words.scopeAll },
          { value: 'some', label: words.scopeSome },
        ]}
      />
      {!entry.isWhole && <Kinds entry={entry} change={change} isWrong={wrong.kinds} />}
      <Select
        label={words.period}
        value={entry.days}
        onChange={(days) => change({ days })}
        choices={(['30', '90', '365', '1095'] as const).map((value) => ({ value, label: words.periods[value] }))}
      />
    </>
  )
}

const Kinds = ({ entry, change, isWrong }: Omit<TermsProps, 'wrong'> & { isWrong: boolean }) => {
  const { form: words } = useConsentWords()
  return (
    <fieldset className={isWrong ? 'choice-group wrong' : 'choice-group'}>
      <legend>{words.scopeSome}</legend>
      <FieldNotes id="consent-kinds" error={isWrong ? words.kindsMissing : undefined} />
      {(Object.keys(words.kinds) as Kind[]).map((kind) => (
        <Checkbox
          key={kind}
          label={words.kinds[kind]}
          checked={entry.kinds.includes(kind)}
          onChange={(isOn) => change({ kinds: isOn ? [...entry.kinds, kind] : entry.kinds.filter((one) => one !== kind) })}
        />
      ))}
    </fieldset>
  )
}
