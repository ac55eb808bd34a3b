import { useState } from 'react'
import type { Queries } from '../../../api/api-types.ts'
import { useApi, useCommand } from '../../../api/use-api.ts'
import { Button } from '../../../ui/button.tsx'
import { FormDialog } from '../../../ui/form-dialog.tsx'
import { ErrorNote } from '../../../ui/error-note.tsx'
import { Select, TextField } from '../../../ui/field.tsx'
import { useToast } from '../../../ui/toast.tsx'
import { usePick } from '../../../words/language.tsx'
import { ReasonedAct } from '../../cashier/reason-dialog.tsx'
import { useEntryWords } from './entry-words.ts'
import { readField } from './typed-budget.ts'

type Ledger = Queries['fund.ledger']['answer']
const KINDS = ['inside', 'outside', 'prepay', 'deduct'] as const
type Kind = (typeof KINDS)[number]
const MONTHS = 12
const MEMBERS_MOST = 500
const NOTE_MOST = 300

/** The way to book prepayments, spend and deductions of a consortium’s year. */
export const BookTransfer = ({ ledger }: { ledger: Ledger }) => {
  const words = useEntryWords()
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button small icon="plus" onClick={() => setOpen(true)}>
        {words.book}
      </Button>
      {isOpen && <BookDialog ledger={ledger} onClose={() => setOpen(false)} />}
    </>
  )
}

/** The members of the consortium that an institution leads. */
const useMembers = (lead: string) => {
  const { data } = useApi('organisations.consortia', {})
  const consortium = data?.consortia.find((one) => one.lead === lead && one.kind !== 'specialty-alliance')?.id
  const members = useApi(
    'organisations.consortium',
    { consortium: consortium ?? '', limit: MEMBERS_MOST },
    { enabled: consortium !== undefined },
  )
  return members.data?.members.filter(({ role }) => role !== 'partner').map(({ institution }) => institution) ?? []
}

const BookDialog = ({ ledger: { org, year }, onClose }: { ledger: Ledger; onClose: () => void }) => {
  const words = useEntryWords()
  const pick = usePick()
  const toast = useToast()
  const members = useMembers(org)
  const book = useCommand('fund.book')
  const [kind, setKind] = useState<Kind>('inside')
  const [month, setMonth] = useState('1')
  const [institution, setInstitution] = useState('')
  const [yuan, setYuan] = useState('')
  const [note, setNote] = useState('')
  const [tried, setTried] = useState(false)
  const needsMember = kind === 'inside' || kind === 'deduct'
  const fen = readField('lastFen', yuan) ?? 0
  const submit = () => {
    setTried(true)
    if (fen === 0 || (needsMember && institution === '')) return
    const input = { org, year, month: Number(month), kind, fen, ...(needsMember ? { institution } : {}), ...(note.trim() === '' ? {} : { note: note.trim() }) } // prettier-ignore
    book.mutate(input, {
      onSuccess: () => {
        toast({ text: words.booked })
        onClose()
      },
    })
  }
  return (
    <FormDialog
      title={`${words.book} · ${year}`}
      cancel={words.cancel}
      act={words.book}
      busy={book.isPending}
      onAct={submit}
      onClose={onClose}
    >
      <div className="stack">
        <p>{words.bookWhy}</p>
        <div className="budget-fields">
          <Select
            label={words.kind}
            choices={KINDS.map((value) => ({ value, label: words.kinds[value] }))}
            value={kind}
            onChange={setKind}
          />
          <Select
            label={words.month}
            choices={Array.from({ length: MONTHS }, (_none, at) => ({ value: String(at + 1), label: String(at + 1) }))}
            value={month}
            onChange={setMonth}
          />
          <TextField
            label={words.amount}
            required
            inputMode="decimal"
            maxLength={20}
            error={tried && fen === 0 ? words.fieldWrong : undefined}
            value={yuan}
            onChange={setYuan}
          />
          {needsMember && (
            <Select
              label={words.institution}
              required
              error={tried && institution === '' ? words.choose : undefined}
              choices={members.map(({ id, name }) => ({ value: id as string, label: pick(name) }))}
              value={institution}
              onChange={setInstitution}
            />
          )}
        </div>
        <TextField label={words.note} maxLength={NOTE_MOST} value={note} onChange={setNote} />
        {book.error !== null && <ErrorNote error={book.error} />}
      </div>
    </FormDialog>
  )
}

/** Takes a wrong transfer back by one of its own; what cannot be taken back has no button. */
export const TakeBack = ({
  org,
  transfer: { id, kind, source, isReversed },
}: {
  org: string
  transfer: Ledger['transfers'][number]
}) => {
  const words = useEntryWords()
  const toast = useToast()
  const reverse = useCommand('fund.reverse')
  if (isReversed || source !== null || kind === 'grant' || kind === 'reverse') return null
  return (
    <ReasonedAct
      words={{
        act: words.reverse,
        title: words.reverseTitle,
        why: words.reverseWhy,
        label: words.reason,
        missing: words.reasonMissing,
      }}
      small
      tone="quiet"
      running={reverse}
      onDone={(note, close) =>
        reverse.mutate(
          { org, transfer: id, note },
          {
            onSuccess: () => {
              close()
              toast({ text: words.reversed })
            },
          },
        )
      }
    />
  )
}
