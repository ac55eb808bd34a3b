import { useState } from 'react'
import type { Queries } from '../../../api/api-types.ts'
import { useCommand } from '../../../api/use-api.ts'
import { Button } from '../../../ui/button.tsx'
import { FormDialog } from '../../../ui/form-dialog.tsx'
import { ErrorNote } from '../../../ui/error-note.tsx'
import { Select, TextField } from '../../../ui/field.tsx'
import { useToast } from '../../../ui/toast.tsx'
import { hundredthsOf } from '../../typed-hundredths.ts'
import { useHeadsWords } from './words.ts'

type Contract = Queries['fund.head-contract']['answer']

const MONTHS = 12
const DIGITS_MOST = 10
const EVIDENCE = [4, 300] as const
const people = /^\d{1,7}$/
const plain = (text: string): string => text.normalize('NFKC').replaceAll(/[,，\s]/g, '')
/** What was typed as a count; nothing typed is none. */
const countOf = (text: string): number | null => (plain(text) === '' ? 0 : people.test(plain(text)) ? Number(plain(text)) : null)
const fenOf = (text: string): number | null => (plain(text) === '' ? 0 : hundredthsOf(plain(text), DIGITS_MOST))

/** The way to enter a month of a contract: who joins, who leaves, what the group cost. */
export const EnterHeads = ({ contract }: { contract: Contract }) => {
  const words = useHeadsWords()
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button tone="primary" icon="plus" onClick={() => setOpen(true)}>
        {words.enter}
      </Button>
      {isOpen && <EnterDialog contract={contract} onClose={() => setOpen(false)} />}
    </>
  )
}

const EnterDialog = ({ contract: { org, contract, year, standing }, onClose }: { contract: Contract; onClose: () => void }) => {
  const words = useHeadsWords()
  const toast = useToast()
  const enter = useCommand('fund.enter-heads')
  const [month, setMonth] = useState(String(Math.min(MONTHS, standing.through + 1)))
  const [joins, setJoins] = useState('')
  const [leaves, setLeaves] = useState('')
  const [spend, setSpend] = useState('')
  const [evidence, setEvidence] = useState('')
  const [tried, setTried] = useState(false)
  const typed = { joins: countOf(joins), leaves: countOf(leaves), spendFen: fenOf(spend) }
  const lacksEvidence = evidence.trim().length < EVIDENCE[0]
  const submit = () => {
    setTried(true)
    if (typed.joins === null || typed.leaves === null || typed.spendFen === null || lacksEvidence) return
    enter.mutate(
      {
        org,
        contract,
        month: Number(month),
        joins: typed.joins,
        leaves: typed.leaves,
        spendFen: typed.spendFen,
        evidence: evidence.trim(),
      },
      {
        onSuccess: () => {
          toast({ text: words.entered })
          onClose()
        },
      },
    )
  }
  const error = (value: number | null, text: string) => (tried && value === null ? text : undefined)
  return (
    <FormDialog
      title={`${words.enter} · ${year}`}
      cancel={words.cancel}
      act={words.enter}
      busy={enter.isPending}
      onAct={submit}
      onClose={onClose}
    >
      <div className="stack">
        <p>{words.enterWhy}</p>
        <div className="fund-choices">
          <Select
            label={words.month}
            choices={Array.from({ length: MONTHS }, (_none, at) => ({ value: String(at + 1), label: words.monthNo(at + 1) }))}
            value={month}
            onChange={setMonth}
          />
          <TextField
            label={words.joins}
            inputMode="numeric"
            maxLength={10}
            error={error(typed.joins, words.countWrong)}
            value={joins}
            onChange={setJoins}
          />
          <TextField
            label={words.leaves}
            inputMode="numeric"
            maxLength={10}
            error={error(typed.leaves, words.countWrong)}
            value={leaves}
            onChange={setLeaves}
          />
        </div>
        <TextField
          label={words.spendLabel}
          inputMode="decimal"
          maxLength={20}
          error={error(typed.spendFen, words.spendWrong)}
          value={spend}
          onChange={setSpend}
        />
        <TextField
          label={words.evidenceLabel}
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
