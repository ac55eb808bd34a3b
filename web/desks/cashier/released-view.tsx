import { useState } from 'react'
import { LINE_KINDS, type LineKind } from '../../../src/modules/payment/payment.ts'
import type { Queries } from '../../api/api-types.ts'
import { useApi, useCommand } from '../../api/use-api.ts'
import { useActor } from '../../shell/session.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Select } from '../../ui/field.tsx'
import { List, PlainRow } from '../../ui/list.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { formatInstant } from '../../ui/time-format.ts'
import { useToast } from '../../ui/toast.tsx'
import { usePick, useWordsOf } from '../../words/language.tsx'
import { billWords } from '../bill/words.ts'
import { cashierWords } from './words.ts'

type Line = Queries['payment.released']['answer']['lines'][number]
type Shown = LineKind | 'all'

/** What is paid and waits for the examination room or the pharmacy, the first paid first. */
export const ReleasedView = () => {
  const words = useWordsOf(cashierWords)
  const { kinds } = useWordsOf(billWords)
  const [kind, setKind] = useState<Shown>('all')
  const { data, error, refetch } = useApi('payment.released', kind === 'all' ? {} : { kind })
  return (
    <Card title={words.releasedTitle}>
      <div className="stack">
        <p className="soft">{words.releasedWhy}</p>
        <Select<Shown>
          label={words.releasedKind}
          choices={[{ value: 'all', label: words.allKinds }, ...LINE_KINDS.map((value) => ({ value, label: kinds[value] }))]}
          value={kind}
          onChange={setKind}
        />
        {error !== null && <ErrorNote error={error} onRetry={() => void refetch()} />}
        {error === null && data === undefined && <Skeleton lines={5} />}
        {data !== undefined && data.lines.length === 0 && (
          <EmptyState kind="none" title={words.releasedNone} why={words.releasedNoneWhy} />
        )}
        {data !== undefined && data.lines.length > 0 && (
          <List label={words.releasedTitle}>
            {data.lines.map((line) => (
              <LineRow key={`${line.bill} ${line.line}`} line={line} />
            ))}
          </List>
        )}
      </div>
    </Card>
  )
}

const LineRow = ({ line }: { line: Line }) => {
  const words = useWordsOf(cashierWords)
  const { kinds } = useWordsOf(billWords)
  const pick = usePick()
  const toast = useToast()
  const { institution } = useActor()
  const fulfil = useCommand('payment.fulfil')
  const name = line.name === null ? '—' : pick(line.name)
  const done = () =>
    fulfil.mutate(
      { org: institution?.id ?? '', bill: line.bill, line: line.line },
      { onSuccess: () => toast({ text: words.doneToast(line.zh) }) },
    )
  return (
    <PlainRow
      title={`${name} · ${line.zh}${line.count > 1 ? ` × ${line.count}` : ''}`}
      lines={
        <>
          {kinds[line.kind]} · {line.code} · {words.paidAt(formatInstant(line.releasedAt))}
          {fulfil.error !== null && <ErrorNote error={fulfil.error} />}
        </>
      }
      aside={
        <Button small busy={fulfil.isPending} aria-label={words.doneOf(line.zh, name)} onClick={done}>
          {words.done}
        </Button>
      }
    />
  )
}
