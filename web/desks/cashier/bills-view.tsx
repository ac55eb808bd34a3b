import { useState } from 'react'
import { useApi } from '../../api/use-api.ts'
import { Card } from '../../ui/card.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Select } from '../../ui/field.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { formatInstant } from '../../ui/time-format.ts'
import { usePick, useWordsOf } from '../../words/language.tsx'
import { BillState, type Bill } from '../bill/receipt.tsx'
import { billWords } from '../bill/words.ts'
import { BillDetail } from './bill-detail.tsx'
import { cashierWords } from './words.ts'

const ended: readonly Bill['state'][] = ['settled', 'reversed', 'cancelled']
/** `YYYY-MM-DD HH:MM`: the time of day begins here. */
const TIME_FROM = 11

/** The bills of today, those that are not finished first to see; one of them open beside. */
export const BillsView = ({ bill, onOpen }: { bill: string | null; onOpen: (bill: string) => void }) => {
  const words = useWordsOf(cashierWords)
  const { data, error, refetch } = useApi('payment.bills', {})
  const [show, setShow] = useState<'waiting' | 'all'>('waiting')
  if (error !== null) return <ErrorNote error={error} onRetry={() => void refetch()} />
  if (data === undefined) return <Skeleton lines={8} />
  // What is open beside stays in the list while it comes to its end.
  const shown = data.bills.filter(({ id, state }) => show === 'all' || id === bill || !ended.includes(state))
  const opened = data.bills.find(({ id }) => id === bill)
  return (
    <div className="beside cashier">
      <Card title={words.today}>
        <div className="stack">
          <Select
            label={words.show}
            choices={(['waiting', 'all'] as const).map((value) => ({ value, label: words.shows[value] }))}
            value={show}
            onChange={setShow}
          />
          {shown.length > 0 ? (
            <Table bills={shown} open={bill} onOpen={onOpen} />
          ) : data.bills.length > 0 ? (
            <EmptyState kind="filtered" title={words.noneWaiting} why={words.noneWaitingWhy} />
          ) : (
            <EmptyState kind="none" title={words.none} why={words.noneWhy} />
          )}
        </div>
      </Card>
      {opened === undefined ? (
        shown.length > 0 && <EmptyState kind="none" title={words.chooseOne} why={words.chooseOneWhy} />
      ) : (
        <BillDetail key={opened.id} org={opened.org} id={opened.id} />
      )}
    </div>
  )
}

const Table = ({ bills, open, onOpen }: { bills: readonly Bill[]; open: string | null; onOpen: (bill: string) => void }) => {
  const words = useWordsOf(cashierWords)
  const { yuan } = useWordsOf(billWords)
  const pick = usePick()
  return (
    <DataTable
      caption={words.tableOf(words.today)}
      columns={[
        { key: 'name', title: words.name, cell: (row: Bill) => pick(row.name) },
        { key: 'state', title: words.state, cell: (row) => <BillState bill={row} /> },
        { key: 'total', title: words.total, numeric: true, cell: ({ totalFen }) => yuan(totalFen) },
        { key: 'what', title: words.what, cell: ({ lines }) => words.items(lines[0]?.zh ?? '', lines.length) },
        { key: 'at', title: words.at, numeric: true, cell: ({ changedAt }) => formatInstant(changedAt).slice(TIME_FROM) },
      ]}
      rows={bills}
      idOf={({ id }) => id}
      openId={open}
      onOpen={({ id }) => onOpen(id)}
    />
  )
}
