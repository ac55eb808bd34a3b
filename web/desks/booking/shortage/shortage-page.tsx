import { useState } from 'react'
import { Link } from 'wouter'
import { useApi } from '../../../api/use-api.ts'
import { Page } from '../../../shell/desk-frame.tsx'
import { useActor } from '../../../shell/session.tsx'
import { Button } from '../../../ui/button.tsx'
import { Chip } from '../../../ui/chip.tsx'
import { Countdown } from '../../../ui/countdown.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { ErrorNote } from '../../../ui/error-note.tsx'
import { Select } from '../../../ui/field.tsx'
import { Skeleton } from '../../../ui/skeleton.tsx'
import { usePick } from '../../../words/language.tsx'
import { ChangePlaces } from './change-places.tsx'
import { Counts } from './counts.tsx'
import { FindUnit } from './find-unit.tsx'
import { useNames, type WaitingRow, type Worklist } from './names.ts'
import { useShortageWords } from './words.ts'
import './shortage.css'

const ALL = 'all'

/** The shortage worklist: who waits for a unit, where there are any, and how often nobody found one. */
export const ShortagePage = () => {
  const words = useShortageWords()
  const asked = useApi('booking.shortage-worklist', {})
  const { data, error } = asked
  return (
    <Page title={words.title} lead={words.lead} waiting={data?.rows.length ?? 0}>
      {error !== null && <ErrorNote error={error} onRetry={() => void asked.refetch()} />}
      {data === undefined && error === null && <Skeleton lines={6} />}
      {data !== undefined && <Waiting list={data} />}
      {data !== undefined && <Counts list={data} />}
    </Page>
  )
}

const Waiting = ({ list }: { list: Worklist }) => {
  const words = useShortageWords()
  const names = useNames(list)
  const [specialty, setSpecialty] = useState(ALL)
  const [found, setFound] = useState<WaitingRow | null>(null)
  const [changed, setChanged] = useState<WaitingRow | null>(null)
  const services = [...new Set(list.rows.map((row) => row.specialty))]
  const rows = list.rows.filter((row) => specialty === ALL || row.specialty === specialty)
  if (list.rows.length === 0) return <EmptyState kind="none" title={words.none} why={words.noneWhy} />
  const choices = [{ value: ALL, label: words.all }, ...services.map((code) => ({ value: code, label: names.service(code) }))]
  const offered = list.rows.filter(({ state }) => state === 'offered').length
  return (
    <section className="stack" aria-label={words.list}>
      <p className="along">
        <Chip tone="warning">{words.waitingCount(list.rows.length - offered)}</Chip>
        {offered > 0 && <Chip tone="calm">{words.offeredCount(offered)}</Chip>}
        <Chip tone="quiet">{words.longest(Math.max(...list.rows.map(({ days }) => days)))}</Chip>
      </p>
      {services.length > 1 && (
        <div className="shortage-tools">
          <Select label={words.service} choices={choices} value={specialty} onChange={setSpecialty} />
        </div>
      )}
      <h2>{words.list}</h2>
      <ol className="shortage-list">
        {rows.map((row, at) => (
          <Row
            key={row.waiting}
            row={row}
            place={at + 1}
            list={list}
            onFind={() => setFound(row)}
            onChange={() => setChanged(row)}
          />
        ))}
      </ol>
      {changed !== null && <ChangePlaces row={changed} onClose={() => setChanged(null)} />}
      {found !== null && <FindUnit row={found} onClose={() => setFound(null)} />}
    </section>
  )
}

type RowProps = { row: WaitingRow; place: number; list: Worklist; onFind: () => void; onChange: () => void }

const Row = ({ row, place, list, onFind, onChange }: RowProps) => {
  const words = useShortageWords()
  const names = useNames(list)
  const pick = usePick()
  const { role } = useActor()
  const desk = role === 'consortium-manager' ? '/overview' : '/desk'
  return (
    <li className="shortage-row">
      <span className="shortage-place figures">{place}</span>
      <div className="stack tight">
        <p className="along">
          <strong>{pick(row.name)}</strong>
          <span>{names.service(row.specialty)}</span>
          {row.nights !== null && <Chip tone="baton">{words.bed(row.nights)}</Chip>}
          {row.sex !== null && <span>{words.sexes[row.sex]}</span>}
          {row.isolation && <Chip tone="warning">{words.isolation}</Chip>}
          <Chip tone={row.class === 'stopped' ? 'danger' : 'quiet'}>{words.classes[row.class]}</Chip>
          <span className="figures">{words.waited(row.days)}</span>
        </p>
        <p className="soft small">
          {(row.nights === null ? words.period : words.bedPeriod)(row.earliestOn, row.latestOn)} ·{' '}
          {words.accepts(row.orgs.map(names.place).join('、'))}
        </p>
        {row.offerUntil !== null && (
          <p className="along small">
            {words.offeredUntil} <Countdown until={row.offerUntil} />
          </p>
        )}
      </div>
      <div className="along shortage-acts">
        {row.state === 'waiting' && <Button onClick={onFind}>{row.nights === null ? words.find : words.findBed}</Button>}
        {row.state === 'waiting' && role === 'referral-desk' && <Button onClick={onChange}>{words.changePlaces}</Button>}
        <Link className="button quiet" to={`${desk}/quotas?org=${row.orgs[0] ?? ''}&specialty=${row.specialty}`}>
          {words.capacity}
        </Link>
      </div>
    </li>
  )
}
