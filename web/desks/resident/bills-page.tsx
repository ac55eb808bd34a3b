import { Link } from 'wouter'
import { useApi } from '../../api/use-api.ts'
import { Page } from '../../shell/desk-frame.tsx'
import { Card } from '../../ui/card.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { LinkRow, List } from '../../ui/list.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { formatDay } from '../../ui/time-format.ts'
import { usePick, useWordsOf } from '../../words/language.tsx'
import { BillState, type Bill } from '../bill/receipt.tsx'
import { billWords } from '../bill/words.ts'
import { residentBillWords } from './bill-words.ts'
import { ChooseWhom, useForWhom } from './for-whom.tsx'

/** Whether a bill is still on its way: somebody or the house has to do something. */
export const isOnItsWay = ({ state }: Pick<Bill, 'state'>): boolean => !['settled', 'reversed', 'cancelled'].includes(state)

/** My bills: those that wait for me first, then what was paid. */
export const BillsPage = () => {
  const words = useWordsOf(residentBillWords)
  const { whom } = useForWhom()
  const { data, error, refetch } = useApi('payment.bills', whom.asked)
  const bills = data?.bills ?? []
  return (
    <Page title={words.title} lead={words.lead}>
      <ChooseWhom label={words.whose} />
      {error !== null && <ErrorNote error={error} onRetry={() => void refetch()} />}
      {error === null && data === undefined && <Skeleton lines={5} />}
      {data !== undefined && bills.length === 0 && <EmptyState kind="none" title={words.none} why={words.noneWhy} />}
      <Bills title={words.toDo} bills={bills.filter(isOnItsWay)} held />
      <Bills title={words.before} bills={bills.filter((bill) => !isOnItsWay(bill))} />
      <Link to="/me/bills/places">{words.places.title}</Link>
    </Page>
  )
}

const Bills = ({ title, bills, held = false }: { title: string; bills: readonly Bill[]; held?: boolean }) => {
  const words = useWordsOf(residentBillWords)
  const { yuan } = useWordsOf(billWords)
  const pick = usePick()
  if (bills.length === 0) return null
  return (
    <Card title={title} held={held}>
      <List label={title}>
        {bills.map((bill) => (
          <LinkRow
            key={bill.id}
            to={`/me/bills/${bill.org}/${bill.id}`}
            title={
              <>
                {pick(bill.place)} <BillState bill={bill} says={words.states} />
              </>
            }
            lines={`${words.items(bill.lines[0]?.zh ?? '', bill.lines.length)} · ${formatDay(bill.openedAt)}`}
            aside={<strong className="figures">{yuan(bill.totalFen)}</strong>}
          />
        ))}
      </List>
    </Card>
  )
}
