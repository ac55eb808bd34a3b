import { useState } from 'react'
import type { Queries } from '../../api/api-types.ts'
import { useApi } from '../../api/use-api.ts'
import { Page } from '../../shell/desk-frame.tsx'
import { useActor } from '../../shell/session.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Chip } from '../../ui/chip.tsx'
import { When } from '../../ui/countdown.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Select } from '../../ui/field.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { usePick, useWordsOf } from '../../words/language.tsx'
import { useWaitingHits } from './audit-place.ts'
import './audit.css'
import { HitCard } from './hit-card.tsx'
import { KIND_TONES } from './kind-tones.ts'
import { STATES_SHOWN } from './states-shown.ts'
import { auditWords } from './words.ts'

type Answer = Queries['audit-rules.hits']['answer']
type Hit = Answer['hits'][number]
type Input = Queries['audit-rules.hits']['input']

const ALL = 'all'

/** The hits of audit rules: the insurer's work list, and what an institution has to answer. */
export const AuditPage = () => {
  const words = useWordsOf(auditWords)
  const isInsurer = useActor().role === 'insurer'
  const [filter, setFilter] = useState<Input>({})
  const [open, setOpen] = useState<Hit | null>(null)
  const { data, error, refetch } = useApi('audit-rules.hits', filter)
  const waiting = useWaitingHits()
  const shown = open ?? data?.hits[0] ?? null
  return (
    <Page title={words.title} waiting={waiting?.waiting ?? 0} lead={isInsurer ? words.leadInsurer : words.leadInstitution}>
      {waiting !== undefined && waiting.waiting > 0 && <WaitingNote waiting={waiting} isInsurer={isInsurer} />}
      <div className="beside audit">
        <Card title={words.list}>
          <div className="stack">
            <Filters filter={filter} counts={data?.counts ?? []} onFilter={(next) => (setOpen(null), setFilter(next))} />
            {error !== null && <ErrorNote error={error} onRetry={() => void refetch()} />}
            {data === undefined && error === null && <Skeleton lines={6} />}
            {data !== undefined && (
              <Hits
                data={data}
                filter={filter}
                openId={shown?.id ?? null}
                onOpen={setOpen}
                onFilter={(next) => (setOpen(null), setFilter(next))}
              />
            )}
          </div>
        </Card>
        {shown === null ? (
          <p className="soft">{data?.hits.length === 0 ? '' : words.choose}</p>
        ) : (
          <HitCard key={shown.id} org={shown.org} id={shown.id} />
        )}
      </div>
    </Page>
  )
}

type Waiting = Queries['audit-rules.waiting']['answer']

/** What has to be done here and until when: told above the list, whatever it is filtered by. */
const WaitingNote = ({ waiting, isInsurer }: { waiting: Waiting; isInsurer: boolean }) => {
  const words = useWordsOf(auditWords)
  const { late, near, appealed, nearDays, firstDueAt } = waiting
  return (
    <div className="audit-waiting" aria-live="polite">
      <strong>{isInsurer ? words.toDecide(waiting.waiting) : words.toAnswer(waiting.waiting)}</strong>
      {isInsurer && appealed > 0 && <Chip>{words.appealed(appealed)}</Chip>}
      {late > 0 && <Chip tone="danger">{words.late(late)}</Chip>}
      {near > 0 && <Chip tone="warning">{words.near(near, nearDays)}</Chip>}
      {firstDueAt !== null && (
        <span className="soft small">
          {words.firstDue} <When at={firstDueAt} exact />
        </span>
      )}
    </div>
  )
}

const Filters = ({ filter, counts, onFilter }: { filter: Input; counts: Answer['counts']; onFilter: (next: Input) => void }) => {
  const words = useWordsOf(auditWords)
  const pick = usePick()
  const { afterOrg: _org, afterHit: _hit, ...kept } = filter
  const numberIn = (state: string): number => counts.reduce((sum, one) => (one.state === state ? sum + one.hits : sum), 0)
  const rules = [...new Map(counts.map((one) => [one.rule, one.ruleWords])).entries()]
  const set = (name: 'state' | 'kind' | 'rule', value: string) => {
    const { [name]: _before, ...others } = kept
    onFilter(value === ALL ? others : ({ ...others, [name]: value } as Input))
  }
  return (
    <div className="audit-filters">
      <Select
        label={words.state}
        value={filter.state ?? ALL}
        choices={[
          { value: ALL, label: words.all },
          ...STATES_SHOWN.map(({ state, words: named }) => ({
            value: state as string,
            label: `${pick(named)} ${numberIn(state)}`,
          })),
        ]}
        onChange={(value) => set('state', value)}
      />
      <Select
        label={words.kind}
        value={filter.kind ?? ALL}
        choices={[{ value: ALL, label: words.all }, ...Object.entries(words.kinds).map(([value, label]) => ({ value, label }))]}
        onChange={(value) => set('kind', value)}
      />
      <Select
        label={words.rule}
        value={filter.rule ?? ALL}
        choices={[
          { value: ALL, label: words.all },
          ...rules.map(([value, named]) => ({ value: value as string, label: pick(named) })),
        ]}
        onChange={(value) => set('rule', value)}
      />
    </div>
  )
}

type HitsProps = {
  data: Answer
  filter: Input
  openId: string | null
  onOpen: (hit: Hit) => void
  onFilter: (next: Input) => void
}

const Hits = ({ data, filter, openId, onOpen, onFilter }: HitsProps) => {
  const words = useWordsOf(auditWords)
  const pick = usePick()
  const isInsurer = useActor().role === 'insurer'
  if (data.hits.length === 0)
    return <EmptyState kind="none" title={words.none} why={isInsurer ? words.noneInsurer : words.noneInstitution} />
  const last = data.hits.at(-1)
  const { afterOrg: _org, afterHit: _hit, ...first } = filter
  return (
    <>
      <DataTable
        caption={words.table}
        columns={[
          {
            key: 'rule',
            title: words.rule,
            cell: (hit: Hit) => (
              <span className="stack tight">
                <strong>{`${hit.number} · ${pick(hit.ruleWords)}`}</strong>
                <span className="soft small">{`${pick(hit.institution)} · ${hit.personRef}`}</span>
                <span className="audit-chips">
                  <Chip tone={KIND_TONES[hit.kind] ?? 'quiet'}>{words.kinds[hit.kind] ?? hit.kind}</Chip>
                  <Chip>{pick(hit.words)}</Chip>
                </span>
              </span>
            ),
          },
          {
            key: 'amount',
            title: words.amount,
            numeric: true,
            cell: (hit: Hit) => (
              <span className="stack tight">
                <span>{words.yuan(hit.amountFen)}</span>
                {hit.dueAt !== null && (
                  <span className="soft small">
                    <When at={hit.dueAt} />
                  </span>
                )}
              </span>
            ),
            width: '9rem',
          },
        ]}
        rows={data.hits}
        idOf={({ id }) => id}
        openId={openId}
        onOpen={onOpen}
      />
      <div className="audit-acts">
        {filter.afterHit !== undefined && <Button onClick={() => onFilter(first)}>{words.first}</Button>}
        {data.hasMore && last !== undefined && (
          <Button onClick={() => onFilter({ ...first, afterOrg: last.org, afterHit: last.id })}>{words.more}</Button>
        )}
      </div>
    </>
  )
}
