import { useState } from 'react'
import { useApi, useCommand } from '../../../api/use-api.ts'
import { Button } from '../../../ui/button.tsx'
import { RadioCards } from '../../../ui/choice.tsx'
import { FormDialog } from '../../../ui/form-dialog.tsx'
import { ErrorNote } from '../../../ui/error-note.tsx'
import { Select, TextField } from '../../../ui/field.tsx'
import { useToast } from '../../../ui/toast.tsx'
import { usePick } from '../../../words/language.tsx'
import { useEntryWords, type EntryWords } from './entry-words.ts'
import { FIELDS, METHODS, readBudget, type FieldName, type Method, type Typed } from './typed-budget.ts'

const PAST = /^past(\d)$/
const labelOf = (name: FieldName, { fields }: EntryWords): string => {
  const [, nth] = PAST.exec(name) ?? []
  return nth === undefined
    ? (fields[name as Exclude<keyof EntryWords['fields'], 'pastFen'>] as string)
    : fields.pastFen(Number(nth))
}

/** The way to set the budget of a consortium that has none in this year. */
export const SetBudget = ({ year, taken }: { year: number; taken: readonly string[] }) => {
  const words = useEntryWords()
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button tone="primary" icon="plus" onClick={() => setOpen(true)}>
        {words.set}
      </Button>
      {isOpen && <SetDialog year={year} taken={taken} onClose={() => setOpen(false)} />}
    </>
  )
}

const SetDialog = ({ year, taken, onClose }: { year: number; taken: readonly string[]; onClose: () => void }) => {
  const words = useEntryWords()
  const pick = usePick()
  const toast = useToast()
  const { data } = useApi('organisations.consortia', {})
  const set = useCommand('fund.set-budget')
  const [org, setOrg] = useState('')
  const [method, setMethod] = useState<Method>('last-budget')
  const [typed, setTyped] = useState<Typed>({})
  const [tried, setTried] = useState(false)
  const read = readBudget(method, typed, words.groupName)
  const wrong: readonly FieldName[] = tried && 'wrong' in read ? read.wrong : []
  const leads = (data?.consortia ?? []).filter(({ kind, lead }) => kind !== 'specialty-alliance' && !taken.includes(lead))
  const submit = () => {
    setTried(true)
    if ('wrong' in read || org === '') return
    const bundled = read.bundledFen === 0 ? {} : { [words.bundledName]: read.bundledFen }
    set.mutate(
      { org, year, sources: read.sources, bundled },
      {
        onSuccess: () => {
          toast({ text: words.done })
          onClose()
        },
      },
    )
  }
  return (
    <FormDialog
      title={`${words.set} · ${year}`}
      cancel={words.cancel}
      act={words.confirmSet}
      busy={set.isPending}
      onAct={submit}
      onClose={onClose}
    >
      <div className="stack">
        <p>{words.setWhy}</p>
        <Select
          label={words.consortium}
          required
          error={tried && org === '' ? words.choose : undefined}
          choices={leads.map(({ lead, name }) => ({ value: lead as string, label: pick(name) }))}
          value={org}
          onChange={setOrg}
        />
        <RadioCards
          label={words.method}
          choices={METHODS.map((value) => ({ value, ...words.methods[value] }))}
          value={method}
          onChange={setMethod}
        />
        <div className="budget-fields">
          {[...FIELDS[method], 'bundled' as const].map((name) => (
            <TextField
              key={name}
              label={labelOf(name, words)}
              inputMode="decimal"
              maxLength={20}
              error={wrong.includes(name) ? words.fieldWrong : undefined}
              value={typed[name] ?? ''}
              onChange={(text) => setTyped((was) => ({ ...was, [name]: text }))}
            />
          ))}
        </div>
        {wrong.length > 0 && <p className="field-error">{words.wrong}</p>}
        {set.error !== null && <ErrorNote error={set.error} />}
      </div>
    </FormDialog>
  )
}
