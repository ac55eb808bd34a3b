import { useState } from 'react'
import type { ShownFiling } from '../../../src/modules/settlement/filing/contract.ts'
import { useApi, useCommand } from '../../api/use-api.ts'
import { Page } from '../../shell/desk-frame.tsx'
import { useActor } from '../../shell/session.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { TextField } from '../../ui/field.tsx'
import { List } from '../../ui/list.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { useToast } from '../../ui/toast.tsx'
import { useWordsOf } from '../../words/language.tsx'
import { FileForm } from './file-form.tsx'
import { FilingRow } from './filing-row.tsx'
import { offSiteWords } from './words.ts'

const REASON_LEAST = 2

/** The resident's own filings of care away from home, and a new one by commitment. */
export const OffSitePage = () => {
  const words = useWordsOf(offSiteWords)
  const person = useActor().resident ?? ''
  const { data, error, refetch } = useApi('settlement.filings', { person }, { follows: ['settlement', 'referral'] })
  const { data: told } = useApi('payment.filing-notices', { person }, { follows: ['settlement', 'payment'] })
  const [withdrawing, setWithdrawing] = useState<ShownFiling | null>(null)
  return (
    <Page title={words.title} lead={words.lead}>
      <p>{words.emergency}</p>
      {error !== null && <ErrorNote error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null && <Skeleton lines={3} />}
      {data !== undefined && (
        <Card title={words.mine}>
          {data.filings.length === 0 ? (
            <EmptyState kind="none" title={words.none} why={words.noneWhy} />
          ) : (
            <List label={words.mine}>
              {data.filings.map((one) => (
                <FilingRow
                  key={one.id}
                  one={one}
                  notices={told?.notices}
                  aside={
                    one.state === 'filed' && (
                      <Button small onClick={() => setWithdrawing(one)}>
                        {words.withdraw}
                        <span className="unseen"> {one.places.map(({ zh }) => zh).join('、')}</span>
                      </Button>
                    )
                  }
                />
              ))}
            </List>
          )}
        </Card>
      )}
      <FileForm person={person} />
      <p className="soft small">{words.kept}</p>
      {withdrawing !== null && <WithdrawDialog person={person} one={withdrawing} onClose={() => setWithdrawing(null)} />}
    </Page>
  )
}

const WithdrawDialog = ({ person, one, onClose }: { person: string; one: ShownFiling; onClose: () => void }) => {
  const words = useWordsOf(offSiteWords)
  const toast = useToast()
  const withdraw = useCommand('settlement.withdraw-filing')
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const isShort = reason.trim().length < REASON_LEAST
  const submit = () => {
    setTried(true)
    if (isShort) return
    const onSuccess = () => {
      toast({ text: words.withdrawn })
      onClose()
    }
    withdraw.mutate({ person, filing: one.id, reason: reason.trim() }, { onSuccess })
  }
  return (
    <Dialog
      title={words.withdrawTitle}
      open
      onClose={onClose}
      actions={
        <Button tone="danger" busy={withdraw.isPending} onClick={submit}>
          {words.withdraw}
        </Button>
      }
    >
      <div className="stack">
        <p>{`${one.places.map(({ zh }) => zh).join('、')} · ${words.kinds[one.kind]}`}</p>
        <p>{words.withdrawWhy}</p>
        <TextField
          label={words.reason}
          required
          maxLength={200}
          error={tried && isShort ? words.faults.reason : undefined}
          value={reason}
          onChange={setReason}
        />
        {withdraw.error !== null && <ErrorNote error={withdraw.error} />}
      </div>
    </Dialog>
  )
}
