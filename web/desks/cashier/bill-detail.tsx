import { lazy, Suspense, useState, type ReactNode } from 'react'
import { useCommand } from '../../api/use-api.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { RadioCards } from '../../ui/choice.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { useServerNow } from '../../ui/use-server-now.ts'
import { usePick, useWordsOf } from '../../words/language.tsx'
import { BillState, ReceiptLines, WhoPays, type Bill } from '../bill/receipt.tsx'
import { useBill } from '../bill/use-bill.ts'
import { billWords } from '../bill/words.ts'
import { ReasonedAct } from './reason-dialog.tsx'
import { cashierWords } from './words.ts'

const QrCode = lazy(() => import('../resident/qr-code.tsx').then((part) => ({ default: part.QrCode })))

/** One bill at the window: what it is for, who pays what, and what the desk may do now. */
export const BillDetail = ({ org, id }: { org: string; id: string }) => {
  const words = useWordsOf(billWords)
  const pick = usePick()
  const { data: bill, error, refetch } = useBill({ org, bill: id })
  if (error !== null) return <ErrorNote error={error} onRetry={() => void refetch()} />
  if (bill === undefined) return <Skeleton lines={8} />
  return (
    <Card title={pick(bill.name)} aside={<BillState bill={bill} />} held>
      <div className="stack">
        <p className="soft">{words.visitKinds[bill.visitKind]}</p>
        {bill.reason !== null && (
          <p>
            {words.reason}：{bill.reason}
          </p>
        )}
        <Next bill={bill} />
        <ReceiptLines bill={bill} />
        <WhoPays bill={bill} />
        <GiveUp bill={bill} />
      </div>
    </Card>
  )
}

const Next = ({ bill }: { bill: Bill }): ReactNode => {
  switch (bill.state) {
    case 'open':
    case 'declined':
      return <Quote bill={bill} />
    case 'quoted':
      return bill.channel === 'window' ? <TakeCash bill={bill} /> : <ByPhone bill={bill} />
    case 'collecting':
      return bill.payLink === null ? <Working bill={bill} /> : <Code bill={bill} />
    case 'quoting':
    case 'confirming':
    case 'returning':
    case 'withdrawing':
      return <Working bill={bill} />
    case 'settled':
    case 'reversed':
    case 'cancelled':
      return null
  }
}

const SLOW_MS = 60_000

const Working = ({ bill: { changedAt } }: { bill: Bill }) => {
  const words = useWordsOf(cashierWords)
  const now = useServerNow()
  return <output className="bill-now">{now - Date.parse(changedAt) > SLOW_MS ? words.slow : words.working}</output>
}

const Quote = ({ bill: { org, id } }: { bill: Bill }) => {
  const words = useWordsOf(cashierWords)
  const quote = useCommand('payment.quote')
  const [channel, setChannel] = useState<'mobile' | 'window'>('window')
  return (
    <>
      <RadioCards
        label={words.channel}
        choices={(['window', 'mobile'] as const).map((value) => ({ value, label: words.channels[value] }))}
        value={channel}
        onChange={setChannel}
      />
      {quote.error !== null && <ErrorNote error={quote.error} />}
      <div className="along">
        <Button tone="primary" busy={quote.isPending} onClick={() => quote.mutate({ org, bill: id, channel })}>
          {words.quote}
        </Button>
      </div>
    </>
  )
}

const TakeCash = ({ bill: { org, id, split } }: { bill: Bill }) => {
  const words = useWordsOf(cashierWords)
  const { yuan } = useWordsOf(billWords)
  const pay = useCommand('payment.pay')
  const cash = split?.cashFen ?? 0
  return (
    <>
      {pay.error !== null && <ErrorNote error={pay.error} />}
      <div className="along">
        <Button tone="primary" busy={pay.isPending} onClick={() => pay.mutate({ org, bill: id, app: 'window' })}>
          {cash > 0 ? words.takeCash(yuan(cash)) : words.settleOnly}
        </Button>
      </div>
    </>
  )
}

const ByPhone = ({ bill: { org, id } }: { bill: Bill }) => {
  const words = useWordsOf(cashierWords)
  const { apps } = useWordsOf(billWords)
  const pay = useCommand('payment.pay')
  return (
    <>
      <p>{words.onPhone}</p>
      {pay.error !== null && <ErrorNote error={pay.error} />}
      <div className="along">
        {(['wechat', 'alipay'] as const).map((app) => (
          <Button key={app} busy={pay.isPending && pay.variables.app === app} onClick={() => pay.mutate({ org, bill: id, app })}>
            {words.showCode(apps[app])}
          </Button>
        ))}
      </div>
    </>
  )
}

const Code = ({ bill: { payLink } }: { bill: Bill }) => {
  const words = useWordsOf(cashierWords)
  if (payLink === null) return null
  return (
    <div className="cashier-code">
      <Suspense fallback={<Skeleton lines={5} />}>
        <QrCode text={payLink} label={words.scan} />
      </Suspense>
      <p>
        <strong>{words.scan}</strong>
      </p>
      <p className="soft small">{words.scanHint}</p>
    </div>
  )
}

const cancellable: readonly Bill['state'][] = ['open', 'declined', 'quoted', 'collecting']

const GiveUp = ({ bill: { org, id, state, lines } }: { bill: Bill }) => {
  const words = useWordsOf(cashierWords)
  const refund = useCommand('payment.refund')
  const cancel = useCommand('payment.cancel')
  const isPaid = state === 'settled'
  if (isPaid && lines.some(({ fulfilledAt }) => fulfilledAt !== null)) return <p className="soft">{words.fulfilled}</p>
  if (!isPaid && !cancellable.includes(state)) return null
  const act = isPaid ? refund : cancel
  return (
    <div className="along">
      <ReasonedAct
        words={{
          act: isPaid ? words.refund : words.cancel,
          title: isPaid ? words.refundTitle : words.cancelTitle,
          why: isPaid ? words.refundWhy : words.cancelWhy,
          label: words.reason,
          missing: words.reasonMissing,
        }}
        running={act}
        onDone={(reason, close) => act.mutate({ org, bill: id, reason }, { onSuccess: close })}
      />
    </div>
  )
}
