import { useState } from 'react'
import { useApi, useCommand } from '../../api/use-api.ts'
import type { Named } from '../../api/api-types.ts'
import { VISIT_KINDS, type VisitKind } from '../../../src/modules/payment/payment.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Select, TextField } from '../../ui/field.tsx'
import { useToast } from '../../ui/toast.tsx'
import { usePick, useWordsOf } from '../../words/language.tsx'
import { LineHits, OrderStanding } from '../audit/order-hits.tsx'
import { orderWords } from '../audit/order-words.ts'
import { useOrderCheck, type AskedLine, type OrderCheck } from '../audit/use-order-check.ts'
import { billWords } from '../bill/words.ts'
import { LineForm } from './line-form.tsx'
import { PersonField } from './person-field.tsx'
import { withLine, type ReadLine } from './typed-line.ts'
import { cashierWords } from './words.ts'

/** A person as the desk bills. */
export type Billed = { id: string; name: Named }

const DIAGNOSES_LETTERS_MOST = 200
/** Class 丙: what the person pays alone. */
const OWN_PAY = '03'

/** A line of the bill as the audit rules are asked of it. */
const askedLine = ({ code, count, priceFen, supplyDays, class: group }: ReadLine): AskedLine => ({
  item: code,
  quantity: count,
  priceFen,
  selfPaid: group === OWN_PAY,
  ...(supplyDays === undefined ? {} : { supplyDays }),
})

/** Opens a bill: who, what kind of visit, which lines. */
export const OpenView = ({ onOpened }: { onOpened: (bill: string) => void }) => {
  const words = useWordsOf(cashierWords)
  const { yuan, visitKinds } = useWordsOf(billWords)
  const toast = useToast()
  const open = useCommand('payment.open-bill')
  const [person, setPerson] = useState<Billed | null>(null)
  const [visitKind, setVisitKind] = useState<VisitKind>('ordinary')
  const [lines, setLines] = useState<readonly ReadLine[]>([])
  const [diagnoses, setDiagnoses] = useState('')
  const [askedDiagnoses, setAskedDiagnoses] = useState('')
  const [tried, setTried] = useState(false)
  const order = useWordsOf(orderWords)
  const check = useOrderCheck(person?.id ?? null, lines.map(askedLine), askedDiagnoses)
  const total = lines.reduce((sum, { priceFen, count }) => sum + priceFen * count, 0)
  const missing = person === null ? words.noPerson : lines.length === 0 ? words.noLines : check.isStopped ? order.stopped : null
  const add = (line: ReadLine) => setLines((before) => withLine(before, line))
  const submit = () => {
    setTried(true)
    if (person === null || missing !== null || check.isReasonMissing) return
    open.mutate(
      { person: person.id, visitKind, lines: [...lines], diagnoses: check.diagnoses, reasons: check.given },
      {
        onSuccess: ({ bill }) => {
          toast({ text: words.opened })
          onOpened(bill)
        },
      },
    )
  }
  return (
    <div className="beside cashier">
      <Card title={words.person}>
        <div className="stack">
          <PersonField value={person} onPick={setPerson} />
          <Select
            label={words.visitKind}
            choices={VISIT_KINDS.map((value) => ({ value, label: visitKinds[value] }))}
            value={visitKind}
            onChange={setVisitKind}
          />
          <TextField
            label={order.diagnoses}
            hint={order.diagnosesHint}
            maxLength={DIAGNOSES_LETTERS_MOST}
            value={diagnoses}
            onChange={setDiagnoses}
            onBlur={() => setAskedDiagnoses(diagnoses)}
          />
          <Chosen
            lines={lines}
            check={check}
            tried={tried}
            onRemove={(at) => setLines((before) => before.filter((_line, index) => index !== at))}
          />
          <OrderStanding check={check} />
          {tried && missing !== null && <p className="field-error">{missing}</p>}
          {open.error !== null && <ErrorNote error={open.error} />}
          <div className="along">
            <Button tone="primary" busy={open.isPending} onClick={submit}>
              {words.open(yuan(total))}
            </Button>
          </div>
        </div>
      </Card>
      <div className="stack">
        <Usual onAdd={add} />
        <LineForm onAdd={add} />
      </div>
    </div>
  )
}

type ChosenProps = { lines: readonly ReadLine[]; check: OrderCheck; tried: boolean; onRemove: (at: number) => void }

const Chosen = ({ lines, check, tried, onRemove }: ChosenProps) => {
  const words = useWordsOf(cashierWords)
  const shared = useWordsOf(billWords)
  if (lines.length === 0) return null
  return (
    <ul className="receipt" aria-label={shared.lines}>
      {lines.map((line, at) => (
        <li
          key={`${line.kind} ${line.code} ${line.class} ${line.priceFen} ${at}`}
          className={check.hits.some((hit) => hit.lines.includes(at + 1)) ? 'has-hits' : undefined}
        >
          <span>
            {line.zh}
            <span className="soft small">
              {shared.kinds[line.kind]} · {shared.classes[line.class]} · {shared.times(line.priceFen, line.count)}
            </span>
          </span>
          <span className="along">
            <span className="figures">{shared.yuan(line.priceFen * line.count)}</span>
            <IconButton label={words.removeLine(line.zh)} icon="cross" onClick={() => onRemove(at)} />
          </span>
          {check.hits.some((hit) => hit.lines.includes(at + 1)) && (
            <div className="order-hits">
              <LineHits check={check} line={at + 1} tried={tried} />
            </div>
          )}
        </li>
      ))}
    </ul>
  )
}

/** What this institution charges most: one press adds it. */
const Usual = ({ onAdd }: { onAdd: (line: ReadLine) => void }) => {
  const words = useWordsOf(cashierWords)
  const shared = useWordsOf(billWords)
  const pick = usePick()
  const { data, error, refetch } = useApi('payment.usual-lines', {})
  return (
    <Card title={words.usual}>
      {error !== null && <ErrorNote error={error} onRetry={() => void refetch()} />}
      {data !== undefined && data.lines.length === 0 && <p className="soft">{words.usualNone}</p>}
      <div className="usual-lines">
        {data?.lines.map((line) => (
          <Button key={`${line.kind} ${line.code}`} icon="plus" onClick={() => onAdd({ ...line, count: 1 })}>
            {pick({ zh: line.zh })} · {shared.yuan(line.priceFen)}
          </Button>
        ))}
      </div>
    </Card>
  )
}
