import { useState } from 'react'
import type { Queries } from '../../api/api-types.ts'
import { useApi, useCommand } from '../../api/use-api.ts'
import { Card } from '../../ui/card.tsx'
import { Chip } from '../../ui/chip.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { List, PlainRow } from '../../ui/list.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { useWordsOf } from '../../words/language.tsx'
import { billWords, type BillWords } from '../bill/words.ts'
import { ReasonedAct } from './reason-dialog.tsx'
import { cashierWords, type CashierWords } from './words.ts'

type Day = Queries['payment.compared-days']['answer']['days'][number]
type Books = Queries['payment.books']['answer']
type Ticket = Books['tickets'][number]

/** The books of the institution: which days agree, what every account moved on one of them, and the differences to look into. */
export const BooksView = () => {
  const words = useWordsOf(cashierWords)
  const { data, error, refetch } = useApi('payment.compared-days', {})
  const [chosen, setChosen] = useState<string | null>(null)
  if (error !== null) return <ErrorNote error={error} onRetry={() => void refetch()} />
  if (data === undefined) return <Skeleton lines={8} />
  const { days } = data
  const day = chosen ?? days[0]?.day
  return (
    <div className="beside cashier">
      <Card title={words.days}>
        <div className="stack">
          <p className="soft">{words.daysWhy}</p>
          {days.length === 0 ? (
            <EmptyState kind="none" title={words.daysNone} why={words.daysNoneWhy} />
          ) : (
            <Days days={days} open={day ?? null} onOpen={setChosen} />
          )}
        </div>
      </Card>
      <OfDay {...(day === undefined ? {} : { day })} />
    </div>
  )
}

const Days = ({ days, open, onOpen }: { days: readonly Day[]; open: string | null; onOpen: (day: string) => void }) => {
  const words = useWordsOf(cashierWords)
  return (
    <DataTable
      caption={words.tableOf(words.days)}
      columns={[
        { key: 'day', title: words.day, cell: (row: Day) => <span className="figures">{row.day}</span> },
        {
          key: 'result',
          title: words.result,
          cell: ({ agrees, books }) =>
            agrees ? (
              <Chip tone="good">{words.agrees}</Chip>
            ) : (
              <Chip tone="danger">
                {`${words.differs}：${books
                  .filter((one) => !one.agrees)
                  .map(({ book }) => words.books[book] ?? book)
                  .join('、')}`}
              </Chip>
            ),
        },
        { key: 'rows', title: words.rows, numeric: true, cell: ({ rows }) => rows },
        { key: 'open', title: words.openTickets, numeric: true, cell: ({ openTickets }) => openTickets },
      ]}
      rows={days}
      idOf={({ day }) => day}
      openId={open}
      onOpen={({ day }) => onOpen(day)}
    />
  )
}

const OfDay = ({ day }: { day?: string }) => {
  const words = useWordsOf(cashierWords)
  const shared = useWordsOf(billWords)
  const { yuan } = shared
  const { data, error, refetch } = useApi('payment.books', day === undefined ? {} : { day })
  if (error !== null) return <ErrorNote error={error} onRetry={() => void refetch()} />
  if (data === undefined) return <Skeleton lines={6} />
  return (
    <div className="stack">
      <Card title={words.accounts(data.day)}>
        {data.accounts.length === 0 ? (
          <p className="soft">{words.accountsNone}</p>
        ) : (
          <div className="stack tight">
            <ul className="receipt" aria-label={words.accounts(data.day)}>
              {data.accounts.map(({ account, fen }) => (
                <li key={account}>
                  <span>{accountName(account, words, shared)}</span>
                  <span className="figures">{yuan(fen)}</span>
                </li>
              ))}
            </ul>
            <p className="soft small">{words.accountsWhy}</p>
          </div>
        )}
      </Card>
      <Card title={words.tickets}>
        {data.tickets.length === 0 ? (
          <p className="soft">{words.ticketsNone}</p>
        ) : (
          <List label={words.tickets}>
            {data.tickets.map((ticket) => (
              <TicketRow key={ticket.id} ticket={ticket} />
            ))}
          </List>
        )}
      </Card>
    </div>
  )
}

/** `fund:310100`, `clearing:wechat`, `institution:…` in words. */
const accountName = (account: string, words: CashierWords, { fundNames, otherFund, apps }: BillWords): string => {
  const [kind = '', of = ''] = account.split(':')
  if (kind === 'fund') return fundNames[of] ?? otherFund(of)
  if (kind === 'clearing') return words.clearing((apps as Readonly<Record<string, string>>)[of] ?? of)
  return words.accountNames[kind] ?? account
}

const TicketRow = ({ ticket }: { ticket: Ticket }) => {
  const words = useWordsOf(cashierWords)
  const { yuan } = useWordsOf(billWords)
  const close = useCommand('payment.close-ticket')
  const said = (fen: number | null) => (fen === null ? '—' : yuan(fen))
  return (
    <PlainRow
      title={`${ticket.day} · ${words.books[ticket.book] ?? ticket.book} · ${words.ticketKinds[ticket.kind] ?? ticket.kind}`}
      lines={
        <>
          {words.ours} {said(ticket.oursFen)} · {words.theirs} {said(ticket.theirsFen)}
          <br />
          {words.about} {ticket.about}
          {ticket.outcome !== null && (
            <>
              <br />
              {words.outcome}：{ticket.outcome}
            </>
          )}
        </>
      }
      aside={
        ticket.closedAt === null ? (
          <ReasonedAct
            words={{
              act: words.close,
              title: words.closeTitle,
              why: words.closeWhy,
              label: words.outcome,
              missing: words.outcomeMissing,
            }}
            small
            running={close}
            onDone={(outcome, done) => close.mutate({ org: ticket.org, ticket: ticket.id, outcome }, { onSuccess: done })}
          />
        ) : (
          <Chip>{words.closed}</Chip>
        )
      }
    />
  )
}
