import { useState } from 'react'
import type { Queries } from '../../api/api-types.ts'
import { useApi } from '../../api/use-api.ts'
import { Page } from '../../shell/desk-frame.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { usePick } from '../../words/language.tsx'
import { OwnYear } from './own-year.tsx'
import { StateChip } from './settled-bill.tsx'
import { WhoPaid } from './who-paid.tsx'
import { useSettledWords } from './words.ts'

type Listed = Queries['settlement.bills']['answer']['bills'][number]
const PAGE = 10

/** What the insurance settled of one’s own care, the newest first, in plain words. */
export const OwnSettledPage = () => {
  const words = useSettledWords()
  const [after, setAfter] = useState<string | null>(null)
  const { data, error, refetch } = useApi('settlement.bills', {
    limit: PAGE,
    withSteps: true,
    ...(after === null ? {} : { after }),
  })
  const next = data?.next ?? null
  return (
    <Page title={words.title} lead={words.leadOwn}>
      <OwnYear />
      {error !== null && <ErrorNote error={error} onRetry={() => void refetch()} />}
      {error === null && data === undefined && <Skeleton lines={6} />}
      {data?.bills.length === 0 && <EmptyState kind="none" title={words.noneOwn} why={words.noneOwnWhy} />}
      {data?.bills.map((one) => (
        <Own key={one.bill} one={one} />
      ))}
      <div className="along">
        {after !== null && <Button onClick={() => setAfter(null)}>{words.first}</Button>}
        {next !== null && <Button onClick={() => setAfter(next)}>{words.more}</Button>}
      </div>
    </Page>
  )
}

const Own = ({ one }: { one: Listed }) => {
  const words = useSettledWords()
  const pick = usePick()
  return (
    <Card title={`${one.day} · ${words.cares[one.care] ?? one.care}`} aside={<StateChip state={one.state} />}>
      <p className="soft">{pick(one.place)}</p>
      <WhoPaid revision={one} isOwn />
      {one.reason !== null && (
        <p>
          {words.reason}：{one.reason}
        </p>
      )}
    </Card>
  )
}
