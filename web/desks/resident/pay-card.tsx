import { useState } from 'react'
import { useCommand } from '../../api/use-api.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { RadioCards } from '../../ui/choice.tsx'
import { Countdown } from '../../ui/countdown.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { useWordsOf } from '../../words/language.tsx'
import type { Bill } from '../bill/receipt.tsx'
import { billWords } from '../bill/words.ts'
import { residentBillWords } from './bill-words.ts'

type App = 'wechat' | 'alipay'

/** What I pay, by what, and the way to the page where it is confirmed. */
export const PayCard = ({ bill, say }: { bill: Bill; say: readonly string[] }) => {
  const words = useWordsOf(residentBillWords)
  const shared = useWordsOf(billWords)
  const cash = bill.split?.cashFen ?? 0
  const isAtWindow = bill.channel === 'window'
  return (
    <Card held>
      <div className="stack">
        <output className="bill-now">
          <span className="big-line">{say[0] ?? (cash > 0 ? words.quoted(shared.yuan(cash)) : words.quotedNone)}</span>
          <span>{say[1] ?? (isAtWindow ? words.quotedAtWindow : words.quotedWhy)}</span>
        </output>
        {bill.payBy !== null && (
          <p className="along">
            <span>{words.payBy}</span>
            <Countdown until={bill.payBy} />
          </p>
        )}
        {bill.state === 'quoted' && !isAtWindow && <Choose bill={bill} hasCash={cash > 0} />}
        {bill.state === 'collecting' && <Confirm bill={bill} />}
      </div>
    </Card>
  )
}

const Choose = ({ bill: { org, id }, hasCash }: { bill: Bill; hasCash: boolean }) => {
  const words = useWordsOf(residentBillWords)
  const pay = useCommand('payment.pay')
  const [app, setApp] = useState<App>('wechat')
  return (
    <>
      {hasCash && (
        <RadioCards<App>
          label={words.by}
          choices={[
            { value: 'wechat', label: words.byWechat },
            { value: 'alipay', label: words.byAlipay },
          ]}
          value={app}
          onChange={setApp}
        />
      )}
      {pay.error !== null && <ErrorNote error={pay.error} />}
      <Button tone="primary" wide busy={pay.isPending} onClick={() => pay.mutate({ org, bill: id, app })}>
        {hasCash ? words.pay : words.confirmPay}
      </Button>
    </>
  )
}

/** A payment page on this very machine is the sandbox’s. */
const isSandbox = (link: string): boolean => ['127.0.0.1', 'localhost'].includes(new URL(link).hostname)

const Confirm = ({ bill: { payLink, cashApp } }: { bill: Bill }) => {
  const words = useWordsOf(residentBillWords)
  const { apps } = useWordsOf(billWords)
  if (payLink === null || cashApp === null) return null
  return (
    <>
      <a className="button primary wide-button" href={payLink} target="_blank" rel="noopener noreferrer">
        {words.open(apps[cashApp])}
      </a>
      {isSandbox(payLink) && <p className="soft small">{words.sandbox}</p>}
    </>
  )
}
