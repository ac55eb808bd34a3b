import { useState } from 'react'
import { useApi, useCommand } from '../../../api/use-api.ts'
import { useActor } from '../../../shell/session.tsx'
import { Button } from '../../../ui/button.tsx'
import { Card } from '../../../ui/card.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { ErrorNote } from '../../../ui/error-note.tsx'
import { TextField } from '../../../ui/field.tsx'
import { Skeleton } from '../../../ui/skeleton.tsx'
import { useToast } from '../../../ui/toast.tsx'
import { useWordsOf } from '../../../words/language.tsx'
import { OneHit, OrderStanding } from '../../audit/order-hits.tsx'
import { orderWords } from '../../audit/order-words.ts'
import { useOrderCheck, type AskedLine } from '../../audit/use-order-check.ts'
import type { Billed } from '../../cashier/open-view.tsx'
import { PersonField } from '../../cashier/person-field.tsx'
import { ShownCard } from '../../pharmacy/shown-card.tsx'
import { WhoPaid } from '../who-paid.tsx'
import { useSettledWords } from '../words.ts'
import { ClaimFields } from './claim-fields.tsx'
import { ChosenLines, LineEntry } from './claim-lines.tsx'
import { askedOf, EMPTY_DRAFT, proposed, type Asked, type ClaimLine, type ClaimTerms, type Draft, type Lack } from './draft.ts'
import { useSettleWords } from './settle-words.ts'

const BILL_NO = /^[A-Za-z0-9][A-Za-z0-9._/-]{0,63}$/
const DIAGNOSES_LETTERS_MOST = 200

/** Enters a bill of a person, prices it, and settles what was priced. `onLook`: to the list, where it stands first. */
export const SettleView = ({ onLook }: { onLook?: () => void }) => {
  const words = useSettleWords()
  const isPharmacy = useActor().role === 'pharmacist'
  const [person, setPerson] = useState<Billed | null>(null)
  const [draft, setDraft] = useState<Draft>(EMPTY_DRAFT)
  const [done, setDone] = useState<string | null>(null)
  const begin = (next: Billed | null) => {
    setPerson(next)
    setDraft(EMPTY_DRAFT)
    setDone(null)
  }
  return (
    <div className="stack">
      <Card title={words.person}>
        {isPharmacy ? <ShownCard value={person} onPick={begin} /> : <PersonField value={person} onPick={begin} />}
      </Card>
      {done !== null && (
        <Card title={words.settled(done)}>
          <div className="along">
            {onLook !== undefined && (
              <Button tone="primary" onClick={onLook}>
                {words.look}
              </Button>
            )}
            <Button onClick={() => begin(null)}>{words.another}</Button>
          </div>
        </Card>
      )}
      {person !== null && done === null && (
        <OfPerson key={person.id} person={person.id} draft={draft} setDraft={setDraft} onSettled={setDone} />
      )}
    </div>
  )
}

type OfPersonProps = { person: string; draft: Draft; setDraft: (draft: Draft) => void; onSettled: (billNo: string) => void }

const OfPerson = ({ person, draft: typed, setDraft, onSettled }: OfPersonProps) => {
  const words = useSettleWords()
  const { data, error, refetch } = useApi('settlement.claim-terms', {
    person,
    ...(typed.area === '' ? {} : { area: typed.area }),
    ...(/^\d{4}-\d\d-\d\d$/.test(typed.day) ? { day: typed.day } : {}),
  })
  const [known, setKnown] = useState<ClaimTerms | null>(null)
  if (data !== undefined && data !== known) setKnown(data)
  const terms = data ?? known
  if (error !== null) return <ErrorNote error={error} onRetry={() => void refetch()} />
  if (terms === null) return <Skeleton lines={8} />
  if (terms.insured === null) return <EmptyState kind="none" title={words.bill} why={words.notInsured} />
  const draft = proposed(typed, terms)
  const change = (part: Partial<Draft>) => setDraft({ ...draft, ...part })
  const setLines = (lines: readonly ClaimLine[]) => change({ lines })
  return (
    <div className="beside settled">
      <div className="stack">
        <ClaimFields draft={draft} terms={terms} onChange={change} />
        <LineEntry onAdd={(line) => setLines([...draft.lines, line])} onReplace={setLines} />
      </div>
      <div className="stack">
        <ChosenLines lines={draft.lines} onRemove={(at) => setLines(draft.lines.filter((_line, index) => index !== at))} />
        <Priced person={person} draft={draft} terms={terms} onSettled={onSettled} />
      </div>
    </div>
  )
}

/** A line as the audit rules are asked of it; what has no code is asked of no rule. */
const askedLines = (lines: readonly ClaimLine[]): AskedLine[] =>
  lines.flatMap(({ code, count, priceFen, amountFen, list }) =>
    code === undefined ? [] : [{ item: code, quantity: count ?? 1, priceFen: priceFen ?? amountFen, selfPaid: list === 'C' }],
  )

type PricedProps = { person: string; draft: Draft; terms: ClaimTerms; onSettled: (billNo: string) => void }

/** Prices the bill, shows who would pay what, and settles exactly what was priced. */
const Priced = ({ person, draft, terms, onSettled }: PricedProps) => {
  const words = useSettleWords()
  const shared = useSettledWords()
  const order = useWordsOf(orderWords)
  const toast = useToast()
  const preview = useCommand('settlement.preview')
  const settle = useCommand('settlement.settle')
  const [pricedAs, setPricedAs] = useState<string | null>(null)
  const [lacks, setLacks] = useState<readonly Lack[]>([])
  const [billNo, setBillNo] = useState('')
  const [diagnoses, setDiagnoses] = useState('')
  const [askedDiagnoses, setAskedDiagnoses] = useState('')
  const [tried, setTried] = useState(false)
  const check = useOrderCheck(person, askedLines(draft.lines), askedDiagnoses)
  const found = askedOf(person, draft, terms)
  const asked: Asked | null = 'asked' in found ? found.asked : null
  const isPriced = preview.data !== undefined && asked !== null && pricedAs === JSON.stringify(asked)
  const price = () => {
    setLacks('lacks' in found ? found.lacks : [])
    if (asked === null) return
    preview.mutate(asked, { onSuccess: () => setPricedAs(JSON.stringify(asked)) })
  }
  const carryOut = () => {
    setTried(true)
    if (asked === null || !BILL_NO.test(billNo.trim()) || check.isStopped || check.isReasonMissing) return
    settle.mutate(
      { ...asked, billNo: billNo.trim(), diagnoses: check.diagnoses, reasons: check.given },
      {
        onSuccess: (made) => {
          toast({ text: words.settled(made.billNo) })
          onSettled(made.billNo)
        },
      },
    )
  }
  return (
    <Card title={words.priced}>
      <div className="stack">
        {terms.tells === null && terms.area !== null && <p className="field-error">{words.noBook}</p>}
        {lacks.map((one) => (
          <p key={one} className="field-error">
            {words.lacks[one]}
          </p>
        ))}
        {preview.error !== null && <ErrorNote error={preview.error} />}
        {!isPriced && preview.error === null && <EmptyState kind="none" title={words.notPriced} why={words.notPricedWhy} />}
        {isPriced && <WhoPaid revision={{ ...preview.data.settlement, settlement: preview.data.settlement }} />}
        {isPriced && <p className="soft small">{words.pricedWhy}</p>}
        <div className="along">
          <Button tone={isPriced ? 'plain' : 'primary'} busy={preview.isPending} onClick={price}>
            {words.preview}
          </Button>
        </div>
        {isPriced && (
          <>
            <TextField
              label={order.diagnoses}
              hint={order.diagnosesHint}
              maxLength={DIAGNOSES_LETTERS_MOST}
              value={diagnoses}
              onChange={setDiagnoses}
              onBlur={() => setAskedDiagnoses(diagnoses)}
            />
            <OrderStanding check={check} />
            {check.hits.map((hit) => (
              <OneHit key={hit.rule} hit={hit} asksReason={hit.effect === 'reason'} check={check} tried={tried} />
            ))}
            <TextField
              label={words.billNo}
              hint={words.billNoHint}
              required
              maxLength={64}
              error={tried && !BILL_NO.test(billNo.trim()) ? words.billNoWrong : undefined}
              value={billNo}
              onChange={setBillNo}
            />
            {settle.error !== null && <ErrorNote error={settle.error} />}
            {tried && check.isStopped && <p className="field-error">{order.stopped}</p>}
            <div className="along">
              <Button tone="primary" busy={settle.isPending} onClick={carryOut}>
                {`${words.settle} ${shared.yuan(preview.data.settlement.totalFen)}`}
              </Button>
            </div>
          </>
        )}
      </div>
    </Card>
  )
}
