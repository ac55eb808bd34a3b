import { useState, type ReactNode } from 'react'
import type { Queries } from '../../api/api-types.ts'
import { useApi } from '../../api/use-api.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Chip } from '../../ui/chip.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { formatDay } from '../../ui/time-format.ts'
import { usePick, useWordsOf } from '../../words/language.tsx'
import { clinicalName, illnessesFirst } from '../clinical-name.ts'
import { Trend, trendCards } from './trend.tsx'
import { villageWords } from './words.ts'

type Record_ = Queries['health-record.summary']['answer']
/** A phone shows the first few; the rest is one press away. */
const shownFirst = 4

/** The record in short: problems, medicines, allergies, trends, reports. Every look is audited by the server. */
export const RecordCards = ({ person }: { person: string }) => {
  const words = useWordsOf(villageWords)
  const { data, error, isPending, refetch } = useApi('health-record.summary', { person })
  return (
    <Card title={words.person.record}>
      {isPending && <Skeleton lines={6} />}
      {error?.status === 0 && data === undefined && <EmptyState kind="offline" />}
      {error !== null && error.status !== 0 && <ErrorNote error={error} onRetry={() => void refetch()} />}
      {data !== undefined && <Parts record={data} />}
    </Card>
  )
}

const Parts = ({ record }: { record: Record_ }) => {
  const words = useWordsOf(villageWords)
  const pick = usePick()
  const dayOf = (at: string | null) => (at === null ? '' : formatDay(at))
  const activeFirst = <T extends { isActive: boolean }>(all: readonly T[]) =>
    all.slice().sort((a, b) => Number(b.isActive) - Number(a.isActive))
  return (
    <div className="stack">
      <Part
        title={words.person.allergies}
        items={record.allergies.map((one) => (
          <span key={one.id} className="along">
            {pick(one.words)}
            {one.criticality === 'high' && <Chip tone="danger">{words.person.severe}</Chip>}
            <span className="soft small">{one.reactions.map(pick).join('、')}</span>
          </span>
        ))}
      />
      <Part
        title={words.person.problems}
        items={activeFirst(illnessesFirst(record.problems)).map((one) => (
          <span key={one.id} className={one.isActive ? undefined : 'soft'}>
            {pick(clinicalName(one.words))}{' '}
            <span className="soft small">
              {[one.isActive ? '' : words.person.ended, dayOf(one.since)].filter(Boolean).join(' · ')}
            </span>
          </span>
        ))}
      />
      <Part
        title={words.person.medicines}
        items={activeFirst(record.medicines).map((one) => (
          <span key={one.id} className={one.isActive ? undefined : 'soft'}>
            {pick(one.words)}{' '}
            <span className="soft small">
              {[one.dose ?? '', one.isActive ? '' : words.person.ended].filter(Boolean).join(' · ')}
            </span>
          </span>
        ))}
      />
      <Trends record={record} />
      <Part
        title={words.person.reports}
        items={record.reports.map((one) => (
          <span key={one.id}>
            {pick(one.words)} <span className="soft small">{dayOf(one.at)}</span>
            {one.conclusion !== null && <span className="soft small"> · {one.conclusion}</span>}
          </span>
        ))}
      />
    </div>
  )
}

const Part = ({ title, items }: { title: string; items: readonly ReactNode[] }) => {
  const words = useWordsOf(villageWords)
  const [whole, setWhole] = useState(false)
  const shown = whole ? items : items.slice(0, shownFirst)
  return (
    <section className="stack tight">
      <h3>{title}</h3>
      {items.length === 0 ? (
        <p className="soft">{words.person.noneOf}</p>
      ) : (
        <ul className="bulleted">
          {shown.map((item, at) => (
            <li key={at}>{item}</li>
          ))}
        </ul>
      )}
      {items.length > shown.length && (
        <div>
          <Button small tone="quiet" onClick={() => setWhole(true)}>
            {words.person.more(items.length - shown.length)}
          </Button>
        </div>
      )}
    </section>
  )
}

const Trends = ({ record }: { record: Record_ }) => {
  const words = useWordsOf(villageWords)
  const [whole, setWhole] = useState(false)
  const cards = trendCards(record.series)
  const shown = whole ? cards : cards.slice(0, shownFirst)
  return (
    <section className="stack tight">
      <h3>{words.person.trends}</h3>
      {cards.length === 0 && <p className="soft">{words.person.noneOf}</p>}
      {cards.length > 0 && (
        <ul className="trends">
          {shown.map(({ key, first, second }) => (
            <Trend key={key} first={first} second={second} />
          ))}
        </ul>
      )}
      {cards.length > shown.length && (
        <div>
          <Button small tone="quiet" onClick={() => setWhole(true)}>
            {words.person.more(cards.length - shown.length)}
          </Button>
        </div>
      )}
    </section>
  )
}
