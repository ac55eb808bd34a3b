import { Link } from 'wouter'
import { useApi } from '../../api/use-api.ts'
import { useWordsOf } from '../../words/language.tsx'
import { billWords } from '../bill/words.ts'
import { residentBillWords } from './bill-words.ts'

/** On the first page: a bill that waits for the person. Nothing when there is none. */
export const BillDue = () => {
  const words = useWordsOf(residentBillWords)
  const { yuan } = useWordsOf(billWords)
  const { data } = useApi('payment.bills', {})
  const due = data?.bills.find(({ state }) => ['open', 'quoted', 'collecting'].includes(state))
  if (due === undefined) return null
  return (
    <output className="turn-banner">
      <span>{due.split === null ? words.dueOpen : words.due(yuan(due.split.cashFen))}</span>
      <Link className="button plain small-button" to={`/me/bills/${due.org}/${due.id}`}>
        {words.look}
      </Link>
    </output>
  )
}
