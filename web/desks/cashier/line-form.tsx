import { useState, type FormEvent } from 'react'
import { LINE_CLASSES, LINE_KINDS } from '../../../src/modules/payment/payment.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Select, TextField } from '../../ui/field.tsx'
import { useWordsOf } from '../../words/language.tsx'
import { orderWords } from '../audit/order-words.ts'
import { billWords } from '../bill/words.ts'
import { EMPTY_LINE, readTyped, type ReadLine, type TypedLine } from './typed-line.ts'
import { cashierWords } from './words.ts'

/** A line that is typed: what it is, its class, its price and how many. */
export const LineForm = ({ onAdd }: { onAdd: (line: ReadLine) => void }) => {
  const words = useWordsOf(cashierWords)
  const shared = useWordsOf(billWords)
  const order = useWordsOf(orderWords)
  const [typed, setTyped] = useState<TypedLine>(EMPTY_LINE)
  const [tried, setTried] = useState(false)
  const read = readTyped(typed)
  const change = (part: Partial<TypedLine>) => setTyped((before) => ({ ...before, ...part }))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (read === null) return
    onAdd(read)
    setTyped({ ...EMPTY_LINE, kind: typed.kind })
    setTried(false)
  }
  return (
    <Card title={words.addLine}>
      <form className="stack" onSubmit={submit}>
        <div className="line-fields">
          <Select
            label={words.kind}
            choices={LINE_KINDS.map((value) => ({ value, label: shared.kinds[value] }))}
            value={typed.kind}
            onChange={(kind) => change({ kind })}
          />
          <Select
            label={words.lineClass}
            choices={LINE_CLASSES.map((value) => ({ value, label: shared.classes[value] }))}
            value={typed.class}
            onChange={(group) => change({ class: group })}
          />
          <TextField label={words.code} maxLength={60} value={typed.code} onChange={(code) => change({ code })} />
          <TextField label={words.lineName} maxLength={120} value={typed.zh} onChange={(zh) => change({ zh })} />
          <TextField
            label={words.price}
            inputMode="decimal"
            maxLength={10}
            value={typed.price}
            onChange={(price) => change({ price })}
          />
          <TextField
            label={words.count}
            inputMode="numeric"
            maxLength={4}
            value={typed.count}
            onChange={(count) => change({ count })}
          />
          {typed.kind === 'drug' && (
            <TextField
              label={order.supplyDays}
              inputMode="numeric"
              maxLength={3}
              value={typed.supplyDays}
              onChange={(supplyDays) => change({ supplyDays })}
            />
          )}
        </div>
        {tried && read === null && (
          <p className="field-error">{typed.kind === 'drug' ? order.medicineWrong(words.lineWrong) : words.lineWrong}</p>
        )}
        <div className="along">
          <Button submit icon="plus">
            {words.addLine}
          </Button>
        </div>
      </form>
    </Card>
  )
}
