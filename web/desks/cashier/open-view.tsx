import { useState } from 'react'
import { useApi, useCommand } from '../../api/use-api.ts'
import type { Named } from '../../api/api-types.ts'
import { VISIT_KINDS, type VisitKind } from '../../../src/modules/payment/payment.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Select } from '../../ui/field.tsx'
import { useToast } from '../../ui/toast.tsx'
import { usePick, useWordsOf } from '../../words/language.tsx'
import { billWords } from '../bill/words.ts'
import { LineForm } from './line-form.tsx'
import { PersonField } from './person-field.tsx'
import { withLine, type ReadLine } from './typed-line.ts'
import { cashierWords } from './words.ts'

/** A person as the desk bills. */
export type Billed = { id: string; name: Named }

/** Opens a bill: who, what kind of visit, which lines. */
export const OpenView = ({ onOpened }: { onOpened: (bill: string) => void }) => {
  const words = useWordsOf(cashierWords)
  const { yuan, visitKinds } = useWordsOf(billWords)
  const toast = useToast()
  const open = useCommand('payment.open-bill')
  const [person, setPerson] = useState<Billed | null>(null)
  const [visitKind, setVisitKind] = useState<VisitKind>('ordinary')
  const [lines, setLines] = useState<readonly ReadLine[]>([])
  const [tried, setTried] = useState(false)
  const total = lines.reduce((sum, { priceFen, count }) => sum + priceFen * count, 0)
  const missing = person === null ? words.noPerson : lines.length === 0 ? words.noLines : null
  const add = (line: ReadLine) => setLines((before) => withLine(before, line))
  const submit = () => {
    setTried(true)
    if (person === null || lines.length === 0) return
    open.mutate(
      { person: person.id, visitKind, lines: [...lines] },
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
          <Chosen lines={lines} onRemove={(at) => setLines((before) => before.filter((_line, index) => index !== at))} />
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

const Chosen = ({ lines, onRemove }: { lines: readonly ReadLine[]; onRemove: (at: number) => void }) => {
  const words = useWordsOf(cashierWords)
  const shared = useWordsOf(billWords)
  if (lines.length === 0) return null
  return (
    <ul className="receipt" aria-label={shared.lines}>
      {lines.map((line, at) => (
        <li key={`${line.kind} ${line.code} ${line.class} ${line.priceFen} ${at}`}>
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
