import { useState, type ReactNode } from 'react'
import { Link, useParams } from 'wouter'
import { useCommand } from '../../api/use-api.ts'
import { Page } from '../../shell/desk-frame.tsx'
import { useActor } from '../../shell/session.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { useServerNow } from '../../ui/use-server-now.ts'
import { usePick, useWordsOf } from '../../words/language.tsx'
import { BillState, ReceiptLines, WhoPays, type Bill } from '../bill/receipt.tsx'
import { useBill } from '../bill/use-bill.ts'
import { residentBillWords, type ResidentBillWords } from './bill-words.ts'
import { CancelDialog } from './cancel-dialog.tsx'
import { PayCard } from './pay-card.tsx'
import { RefundSteps } from './refund-steps.tsx'

/** One bill of mine: what it is for, who pays what, and what I do next. */
export const BillPage = () => {
  const words = useWordsOf(residentBillWords)
  const pick = usePick()
  const me = useActor().resident
  const { org = '', id = '' } = useParams<{ org: string; id: string }>()
  const { data: bill, error, refetch } = useBill({ org, bill: id })
  return (
    <Page title={bill === undefined ? words.title : words.billOf(pick(bill.place))}>
      {error !== null && <ErrorNote error={error} onRetry={() => void refetch()} />}
      {error === null && bill === undefined && <Skeleton lines={8} />}
      {bill !== undefined && (
        <>
          {bill.person !== me && <p className="for-whom-line">{words.ofWhom(pick(bill.name))}</p>}
          <Now bill={bill} />
          <WhereNow bill={bill} />
          <RefundSteps bill={bill} />
          <Card title={words.detail} aside={<BillState bill={bill} says={words.states} />}>
            <div className="stack">
              <ReceiptLines bill={bill} isOwn />
              <WhoPays bill={bill} isOwn />
            </div>
          </Card>
          <GiveUp bill={bill} />
        </>
      )}
      <Link to="/me/bills">{words.back}</Link>
    </Page>
  )
}

const isDone = ({ lines }: Bill): boolean => lines.every(({ fulfilledAt }) => fulfilledAt !== null)

const sayOf = (bill: Bill, words: ResidentBillWords): readonly string[] => {
  const { now } = words
  switch (bill.state) {
    case 'quoted':
      return []
    case 'collecting':
      return bill.payLink === null ? now.opening : now.collecting
    case 'settled':
      return isDone(bill) ? now.done : now.settled
    default:
      return now[bill.state]
  }
}

/** Where the bill stands and the one thing to do now. */
const Now = ({ bill }: { bill: Bill }): ReactNode => {
  const words = useWordsOf(residentBillWords)
  if (bill.state === 'quoted' || bill.state === 'collecting') return <PayCard bill={bill} say={sayOf(bill, words)} />
  const [title, why] = sayOf(bill, words)
  const tone = bill.state === 'declined' ? 'bad' : bill.state === 'settled' ? 'good' : ''
  return (
    <Card held={bill.state === 'open' || bill.state === 'declined'}>
      <div className="stack">
        <output className={`bill-now ${tone}`}>
          <span className="big-line">{title}</span>
          {why !== '' && <span>{why}</span>}
          <Slow bill={bill} />
          {bill.reason !== null && <span>{bill.reason}</span>}
        </output>
        {(bill.state === 'open' || bill.state === 'declined') && <Quote bill={bill} />}
      </div>
    </Card>
  )
}

const working: readonly Bill['state'][] = ['quoting', 'confirming', 'returning', 'withdrawing']
const SLOW_MS = 60_000

/** Said when the house has been at work on a bill for long. */
const Slow = ({ bill: { state, changedAt } }: { bill: Bill }) => {
  const words = useWordsOf(residentBillWords)
  const now = useServerNow()
  return working.includes(state) && now - Date.parse(changedAt) > SLOW_MS ? <span>{words.slow}</span> : null
}

const Quote = ({ bill: { org, id, state } }: { bill: Bill }) => {
  const words = useWordsOf(residentBillWords)
  const quote = useCommand('payment.quote')
  return (
    <>
      {quote.error !== null && <ErrorNote error={quote.error} />}
      <Button tone="primary" wide busy={quote.isPending} onClick={() => quote.mutate({ org, bill: id, channel: 'mobile' })}>
        {state === 'open' ? words.quote : words.again}
      </Button>
    </>
  )
}

/** What of a paid bill waits to be carried out, by where to go for it. */
const WhereNow = ({ bill: { state, lines } }: { bill: Bill }) => {
  const words = useWordsOf(residentBillWords)
  const ready = lines.filter(({ releasedAt, fulfilledAt }) => releasedAt !== null && fulfilledAt === null)
  if (state !== 'settled' || ready.length === 0) return null
  const kinds = [...new Set(ready.map(({ kind }) => kind))]
  return (
    <Card title={words.next} held>
      <ul className="stack">
        {kinds.map((kind) => (
          <li key={kind}>
            <p>
              <strong>{words.goTo[kind][0]}</strong>
              {`：${ready
                .filter((line) => line.kind === kind)
                .map(({ zh }) => zh)
                .join('、')}`}
            </p>
            <p className="soft">{words.goTo[kind][1]}</p>
          </li>
        ))}
      </ul>
    </Card>
  )
}

const cancellable: readonly Bill['state'][] = ['open', 'declined', 'quoted', 'collecting']

/** Refunds what was paid, or withdraws what was not. */
const GiveUp = ({ bill }: { bill: Bill }) => {
  const words = useWordsOf(residentBillWords)
  const isPaid = bill.state === 'settled'
  const [open, setOpen] = useState(false)
  const refund = useCommand('payment.refund')
  const cancel = useCommand('payment.cancel')
  if (isPaid && bill.lines.some(({ fulfilledAt }) => fulfilledAt !== null)) return <p className="soft">{words.noRefund}</p>
  if (!isPaid && !cancellable.includes(bill.state)) return null
  const act = isPaid ? refund : cancel
  return (
    <>
      <Button wide onClick={() => setOpen(true)}>
        {isPaid ? words.refund : words.cancel}
      </Button>
      <CancelDialog
        words={isPaid ? words.refunding : words.cancelling}
        open={open}
        busy={act.isPending}
        error={act.error}
        onCancel={(reason) => act.mutate({ org: bill.org, bill: bill.id, reason }, { onSuccess: () => setOpen(false) })}
        onClose={() => setOpen(false)}
      />
    </>
  )
}
