import { Card } from '../../ui/card.tsx'
import { Chip } from '../../ui/chip.tsx'
import { List, PlainRow } from '../../ui/list.tsx'
import { formatInstant } from '../../ui/time-format.ts'
import { useWordsOf } from '../../words/language.tsx'
import type { Bill } from '../bill/receipt.tsx'
import { billWords } from '../bill/words.ts'
import { residentBillWords } from './bill-words.ts'

/** How far a refund is: asked for, cash back, the rest back. Nothing where none was asked for. */
export const RefundSteps = ({ bill: { refund, reason, cashApp } }: { bill: Bill }) => {
  const words = useWordsOf(residentBillWords)
  const { yuan, apps } = useWordsOf(billWords)
  if (refund === null) return null
  const { cashFen, cashAt, restFen, restAt } = refund
  const cash =
    cashApp === null || cashApp === 'window'
      ? words.refundCashAtWindow(yuan(cashFen))
      : words.refundCash(yuan(cashFen), apps[cashApp])
  const parts = [
    { text: cash, fen: cashFen, at: cashAt },
    { text: words.refundRest(yuan(restFen)), fen: restFen, at: restAt },
  ].filter(({ fen }) => fen > 0)
  return (
    <Card title={words.refundSteps}>
      <List label={words.refundSteps}>
        <PlainRow title={words.refundAsked(reason ?? '')} aside={<Chip tone="good">{words.refundDone}</Chip>} />
        {parts.map(({ text, at }) => (
          <PlainRow
            key={text}
            title={text}
            {...(at === null ? {} : { lines: words.refundBack(formatInstant(at)) })}
            aside={at === null ? <Chip>{words.refundInWork}</Chip> : <Chip tone="good">{words.refundDone}</Chip>}
          />
        ))}
      </List>
    </Card>
  )
}
