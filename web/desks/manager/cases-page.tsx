import { useState } from 'react'
import type { Queries } from '../../api/api-types.ts'
import { useApi } from '../../api/use-api.ts'
import { Page } from '../../shell/desk-frame.tsx'
import { Chip } from '../../ui/chip.tsx'
import { When } from '../../ui/countdown.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { TextField } from '../../ui/field.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { formatInstant } from '../../ui/time-format.ts'
import { useServerNow } from '../../ui/use-server-now.ts'
import { useLanguage, usePick } from '../../words/language.tsx'
import { returnReasons } from '../return-reasons.ts'
import { useManagerWords } from './words.ts'

type Case = Queries['referral.supervision']['answer']['cases'][number]
type Counts = Queries['referral.refusal-counts']['answer']

/** What an office oversees: cases that nobody acts on in time, and why hospitals return referrals. No patient is named. */
export const CasesPage = () => {
  const words = useManagerWords()
  const asked = useApi('referral.supervision', {})
  return (
    <Page title={words.cases.title} lead={words.cases.lead} waiting={asked.data?.cases.length ?? 0}>
      {asked.error !== null && <ErrorNote error={asked.error} onRetry={() => void asked.refetch()} />}
      {asked.data === undefined && asked.error === null && <Skeleton lines={5} />}
      {asked.data?.cases.length === 0 && <EmptyState kind="none" title={words.cases.none} why={words.cases.noneWhy} />}
      {asked.data !== undefined && asked.data.cases.length > 0 && <Late cases={asked.data.cases} />}
      <Returns />
    </Page>
  )
}

const Late = ({ cases }: { cases: readonly Case[] }) => {
  const words = useManagerWords()
  const pick = usePick()
  return (
    <DataTable
      caption={words.cases.title}
      columns={[
        { key: 'slip', title: words.cases.slip, cell: ({ slipNo }) => <span className="figures">{slipNo}</span> },
        {
          key: 'late',
          title: words.cases.escalated,
          cell: ({ escalations, urgency }) => (
            <span className="along">
              <Chip tone="danger">{words.cases.times(escalations)}</Chip>
              {urgency !== 'ordinary' && <Chip tone="warning">{words.cases.urgencies[urgency]}</Chip>}
            </span>
          ),
        },
        { key: 'state', title: words.cases.state, cell: ({ stateWords, stateSince }) => (<>{pick(stateWords)} <span className="soft small"><When at={stateSince} /></span></>) },
        { key: 'holder', title: words.cases.holder, cell: ({ holder }) => (holder === null ? words.nothing : pick(holder.name)) },
        { key: 'way', title: words.cases.way, cell: ({ sender, receiver, specialty }) => `${pick(sender.name)} → ${pick(receiver.name)} · ${pick(specialty)}` },
        { key: 'until', title: words.cases.until, cell: ({ waitUntil }) => (waitUntil === null ? words.nothing : <When at={waitUntil} />) },
      ]}
      rows={cases}
      idOf={({ id }) => id}
    />
  ) // prettier-ignore
}

const dayMs = 86_400_000
const daysBack = 30
const dayAt = (now: number): string => formatInstant(now).slice(0, 10)

const Returns = () => {
  const words = useManagerWords()
  const now = useServerNow()
  const [from, setFrom] = useState(dayAt(now - daysBack * dayMs))
  const [until, setUntil] = useState(dayAt(now + dayMs))
  const asked = useApi('referral.refusal-counts', { from, until }, { enabled: from < until })
  return (
    <div className="stack">
      <div>
        <h2>{words.cases.returns}</h2>
        <p className="soft small">{words.cases.returnsLead}</p>
      </div>
      <div className="register-tools">
        <TextField label={words.cases.from} type="date" value={from} onChange={setFrom} />
        <TextField
          label={words.cases.before}
          type="date"
          value={until}
          error={from < until ? undefined : words.cases.orderWrong}
          onChange={setUntil}
        />
      </div>
      {asked.error !== null && <ErrorNote error={asked.error} onRetry={() => void asked.refetch()} />}
      {asked.data !== undefined && <Counted counts={asked.data} />}
    </div>
  )
}

const Counted = ({ counts }: { counts: Counts }) => {
  const words = useManagerWords()
  const pick = usePick()
  const reasons = returnReasons[useLanguage()]
  const rows = [
    { id: 'all', name: words.cases.all, counts: counts.total },
    ...counts.receivers.map((one) => ({ id: one.receiver.id as string, name: pick(one.receiver.name), counts: one.counts })),
  ]
  return (
    <DataTable
      caption={words.cases.returns}
      columns={[
        { key: 'name', title: words.cases.receiver, cell: ({ name }) => name },
        ...(Object.keys(reasons) as (keyof typeof reasons)[]).map((why) => ({
          key: why,
          title: reasons[why],
          numeric: true,
          cell: (row: (typeof rows)[number]) => row.counts[why],
        })),
      ]}
      rows={rows}
      idOf={({ id }) => id}
    />
  )
}
