import { useState } from 'react'
import type { Commands, Queries } from '../../../api/api-types.ts'
import { useApi, useCommand } from '../../../api/use-api.ts'
import { Button } from '../../../ui/button.tsx'
import { FormDialog } from '../../../ui/form-dialog.tsx'
import { ErrorNote } from '../../../ui/error-note.tsx'
import { Select, TextField } from '../../../ui/field.tsx'
import { useToast } from '../../../ui/toast.tsx'
import { usePick } from '../../../words/language.tsx'
import { hundredthsOf } from '../../typed-hundredths.ts'
import { useMeasuresWords } from './words.ts'

type Measures = Queries['fund.measures']['answer']
type Entry = Commands['fund.enter-count']['input']
type Count = Entry['count']

const COUNTS: readonly Count[] = ['costFen', 'fundFen', 'inPolicyFen', 'visits', 'primaryVisits', 'fundCoveredFen', 'fundInsideFen', 'fundPrimaryFen', 'people', 'budgetFen'] // prettier-ignore
// These exist of the whole consortium only.
const OF_WHOLE: readonly Count[] = ['people', 'budgetFen', 'fundCoveredFen']
const DIGITS_MOST = 12
const EVIDENCE = [4, 300] as const
const MEMBERS_MOST = 500
const whole = /^\d{1,12}$/

const valueOf = (count: Count, text: string): number | null => {
  const plain = text.normalize('NFKC').replaceAll(/[,，\s]/g, '')
  if (count.endsWith('Fen')) return hundredthsOf(plain, DIGITS_MOST)
  return whole.test(plain) ? Number(plain) : null
}

/** The way to enter what the house cannot count, with its evidence. */
export const EnterCount = ({ measures }: { measures: Measures }) => {
  const words = useMeasuresWords()
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button small icon="plus" onClick={() => setOpen(true)}>
        {words.enter}
      </Button>
      {isOpen && <EnterDialog measures={measures} onClose={() => setOpen(false)} />}
    </>
  )
}

const EnterDialog = ({ measures: { org, year, month, consortium }, onClose }: { measures: Measures; onClose: () => void }) => {
  const words = useMeasuresWords()
  const pick = usePick()
  const toast = useToast()
  const enter = useCommand('fund.enter-count')
  const members = useApi('organisations.consortium', { consortium, limit: MEMBERS_MOST })
  const [count, setCount] = useState<Count>('costFen')
  const [institution, setInstitution] = useState('')
  const [typed, setTyped] = useState('')
  const [evidence, setEvidence] = useState('')
  const [tried, setTried] = useState(false)
  const value = valueOf(count, typed)
  const isWhole = OF_WHOLE.includes(count)
  const lacksEvidence = evidence.trim().length < EVIDENCE[0]
  const submit = () => {
    setTried(true)
    if (value === null || lacksEvidence) return
    const input: Entry = { org, year, month, count, value, evidence: evidence.trim(), ...(isWhole || institution === '' ? {} : { institution }) } // prettier-ignore
    enter.mutate(input, {
      onSuccess: () => {
        toast({ text: words.saved })
        onClose()
      },
    })
  }
  const choices = (members.data?.members ?? []).filter(({ role }) => role !== 'partner').map(({ institution: one }) => ({ value: one.id as string, label: pick(one.name) })) // prettier-ignore
  return (
    <FormDialog
      title={`${words.enter} · ${words.span(year, month)}`}
      cancel={words.cancel}
      act={words.save}
      busy={enter.isPending}
      onAct={submit}
      onClose={onClose}
    >
      <div className="stack">
        <p>{words.enterWhy}</p>
        <div className="fund-choices">
          <Select
            label={words.what}
            choices={COUNTS.map((one) => ({ value: one, label: words.names[one] }))}
            value={count}
            onChange={setCount}
          />
          {!isWhole && (
            <Select
              label={words.of}
              choices={[{ value: '', label: words.ofWhole }, ...choices]}
              value={institution}
              onChange={setInstitution}
            />
          )}
          <TextField
            label={words.amountOf(count.endsWith('Fen'))}
            required
            inputMode="decimal"
            maxLength={20}
            error={tried && value === null ? words.valueWrong : undefined}
            value={typed}
            onChange={setTyped}
          />
        </div>
        <TextField
          label={words.evidence}
          required
          maxLength={EVIDENCE[1]}
          error={tried && lacksEvidence ? words.evidenceMissing : undefined}
          value={evidence}
          onChange={setEvidence}
        />
        {enter.error !== null && <ErrorNote error={enter.error} />}
      </div>
    </FormDialog>
  )
}
