import { useState } from 'react'
import { useApi } from '../../api/use-api.ts'
import { Page } from '../../shell/desk-frame.tsx'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { List } from '../../ui/list.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { useWordsOf } from '../../words/language.tsx'
import { FilingRow } from './filing-row.tsx'
import { offSiteWords } from './words.ts'

const PAGE = 30

/** What everybody has filed, for the insurer: page by page, the newest first. */
export const FilingsPage = () => {
  const words = useWordsOf(offSiteWords)
  const [after, setAfter] = useState<string | null>(null)
  const { data, error, refetch } = useApi(
    'settlement.filings',
    { limit: PAGE, ...(after === null ? {} : { after }) },
    { follows: ['settlement', 'referral'] },
  )
  const filings = data?.filings.map(({ id }) => id) ?? []
  const { data: told } = useApi(
    'payment.filing-notices',
    { filings },
    { enabled: filings.length > 0, follows: ['settlement', 'payment'] },
  )
  const next = data?.next ?? null
  return (
    <Page title={words.all} lead={words.allLead}>
      {error !== null && <ErrorNote error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null && <Skeleton lines={6} />}
      {data?.filings.length === 0 && <EmptyState kind="none" title={words.allNone} />}
      {data !== undefined && data.filings.length > 0 && (
        <List label={words.all}>
          {data.filings.map((one) => (
            <FilingRow
              key={one.id}
              one={one}
              notices={told?.notices}
              more={[words.person(one.person), ...(one.referral === null ? [] : [words.fromReferral])]}
            />
          ))}
        </List>
      )}
      <div className="along">
        {after !== null && <Button onClick={() => setAfter(null)}>{words.first}</Button>}
        {next !== null && <Button onClick={() => setAfter(next)}>{words.more}</Button>}
      </div>
      <p className="soft small">{words.keptHere}</p>
    </Page>
  )
}
