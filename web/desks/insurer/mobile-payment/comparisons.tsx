import { useState } from 'react'
import type { Queries } from '../../../api/api-types.ts'
import { useApi } from '../../../api/use-api.ts'
import { Button } from '../../../ui/button.tsx'
import { Card } from '../../../ui/card.tsx'
import { Chip } from '../../../ui/chip.tsx'
import { DataTable } from '../../../ui/data-table.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { ErrorNote } from '../../../ui/error-note.tsx'
import { List, PlainRow } from '../../../ui/list.tsx'
import { Skeleton } from '../../../ui/skeleton.tsx'
import { Tabs } from '../../../ui/tabs.tsx'
import { formatInstant } from '../../../ui/time-format.ts'
import { usePick, useWords, useWordsOf } from '../../../words/language.tsx'
import { billWords } from '../../bill/words.ts'
import { cashierWords } from '../../cashier/words.ts'
import { comparedWords } from './compared-words.ts'

type Compared = Queries['payment.comparisons']['answer']
type Day = Compared['days'][number]
type Place = Compared['places'][number]
type Ticket = Queries['payment.tickets']['answer']['tickets'][number]

/** Which institutions' books agree on each day, and the differences that somebody has to look into. */
export const Comparisons = () => {
  const words = useWordsOf(comparedWords)
  const [{ chosen, after }, look] = useState<{ chosen: string | null; after: string | null }>({ chosen: null, after: null })
  const asked = { ...(chosen === null ? {} : { day: chosen }), ...(after === null ? {} : { after }) }
  const { data, error, refetch } = useApi('payment.comparisons', asked)
  if (error !== null) return <ErrorNote error={error} onRetry={() => void refetch()} />
  if (data === undefined) return <Skeleton lines={8} />
  if (data.days.length === 0) return <EmptyState kind="none" title={words.none} why={words.noneWhy} />
  return (
    <div className="stack">
      <div className="compared">
        <Card title={words.days}>
          <div className="stack">
            <p className="soft">{words.daysWhy}</p>
            <Days days={data.days} open={data.day} onOpen={(day) => look({ chosen: day, after: null })} />
          </div>
        </Card>
        {data.day !== null && (
          <Card title={words.placesOf(data.day)}>
            <Places places={data.places} />
            {data.places[0] !== undefined && (
              <p className="soft small">{words.comparedAt(formatInstant(data.places[0].comparedAt))}</p>
            )}
            <Pages after={after} next={data.next} onTurn={(to) => look({ chosen, after: to })} />
          </Card>
        )}
      </div>
      <Tickets />
    </div>
  )
}

const Days = ({ days, open, onOpen }: { days: readonly Day[]; open: string | null; onOpen: (day: string) => void }) => {
  const words = useWordsOf(comparedWords)
  return (
    <DataTable
      caption={words.daysTable}
      columns={[
        { key: 'day', title: words.day, cell: ({ day }: Day) => <span className="figures">{day}</span> },
        { key: 'places', title: words.places, numeric: true, cell: ({ places }) => places },
        { key: 'differing', title: words.differing, numeric: true, cell: ({ places, agreeing }) => places - agreeing },
        { key: 'open', title: words.open, numeric: true, cell: ({ openTickets }) => openTickets },
        { key: 'rows', title: words.rows, numeric: true, cell: ({ rows }) => rows },
      ]}
      rows={days}
      idOf={({ day }) => day}
      openId={open}
      onOpen={({ day }) => onOpen(day)}
    />
  )
}

const Places = ({ places }: { places: readonly Place[] }) => {
  const words = useWordsOf(comparedWords)
  const { books: names } = useWordsOf(cashierWords)
  const pick = usePick()
  const differing = ({ books }: Place): string =>
    books
      .filter(({ agrees }) => !agrees)
      .map(({ book }) => names[book] ?? book)
      .join(words.and)
  return (
    <DataTable
      caption={words.placesTable}
      columns={[
        { key: 'place', title: words.place, cell: ({ place }: Place) => pick(place), width: '12rem' },
        {
          key: 'result',
          title: words.result,
          cell: (row) =>
            row.agrees ? <Chip tone="good">{words.agrees}</Chip> : <Chip tone="danger">{words.differs(differing(row))}</Chip>,
        },
        { key: 'rows', title: words.rows, numeric: true, cell: ({ rows }) => rows },
        { key: 'open', title: words.open, numeric: true, cell: ({ openTickets }) => openTickets },
      ]}
      rows={places}
      idOf={({ org }) => org}
    />
  )
}

type PagesProps = { after: string | null; next: string | null; onTurn: (after: string | null) => void }

const Pages = ({ after, next, onTurn }: PagesProps) => {
  const words = useWordsOf(comparedWords)
  if (after === null && next === null) return null
  return (
    <div className="along">
      {after !== null && <Button onClick={() => onTurn(null)}>{words.first}</Button>}
      {next !== null && <Button onClick={() => onTurn(next)}>{words.more}</Button>}
    </div>
  )
}

const states = ['open', 'closed'] as const
type State = (typeof states)[number]

const Tickets = () => {
  const words = useWordsOf(comparedWords)
  const [{ state, after }, look] = useState<{ state: State; after: string | null }>({ state: 'open', after: null })
  const { data, error, refetch } = useApi('payment.tickets', { state, ...(after === null ? {} : { after }) })
  const label = state === 'open' ? words.openList : words.closedList
  return (
    <Card title={words.tickets}>
      <Tabs
        label={words.tickets}
        tabs={states.map((key) => ({ key, label: key === 'open' ? words.openOnes : words.closedOnes }))}
        shown={state}
        onShow={(shown) => look({ state: shown, after: null })}
      >
        {error !== null && <ErrorNote error={error} onRetry={() => void refetch()} />}
        {error === null && data === undefined && <Skeleton lines={4} />}
        {data?.tickets.length === 0 && <p className="soft">{state === 'open' ? words.openNone : words.closedNone}</p>}
        {data !== undefined && data.tickets.length > 0 && (
          <List label={label}>
            {data.tickets.map((ticket) => (
              <TicketRow key={ticket.id} ticket={ticket} />
            ))}
          </List>
        )}
        <Pages after={after} next={data?.next ?? null} onTurn={(to) => look({ state, after: to })} />
      </Tabs>
    </Card>
  )
}

const TicketRow = ({ ticket }: { ticket: Ticket }) => {
  const words = useWordsOf(comparedWords)
  const { books, ticketKinds } = useWordsOf(cashierWords)
  const { yuan } = useWordsOf(billWords)
  const { roles } = useWords()
  const pick = usePick()
  const said = (fen: number | null) => (fen === null ? '—' : yuan(fen))
  const { closedAt, closedBy, closedRole } = ticket
  const role = (roles as Readonly<Record<string, string>>)[closedRole ?? ''] ?? ''
  return (
    <PlainRow
      title={`${ticket.day} · ${books[ticket.book] ?? ticket.book} · ${ticketKinds[ticket.kind] ?? ticket.kind}`}
      lines={
        <>
          {words.holder(pick(ticket.place), formatInstant(ticket.openedAt))}
          <br />
          {words.amounts(said(ticket.oursFen), said(ticket.theirsFen))} · {words.about(ticket.about)}
          <br />
          {closedAt === null ? (
            words.toDo(words.toDos[ticket.kind])
          ) : (
            <>
              {closedBy === null
                ? words.closedBefore(formatInstant(closedAt))
                : words.closedBy(pick(closedBy), role, formatInstant(closedAt))}
              <br />
              {words.outcome(ticket.outcome ?? '')}
            </>
          )}
        </>
      }
    />
  )
}
