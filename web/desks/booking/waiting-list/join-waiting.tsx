import { useEffect, useRef } from 'react'
import { Link } from 'wouter'
import { useCommand } from '../../../api/use-api.ts'
import { Button } from '../../../ui/button.tsx'
import { ErrorNote } from '../../../ui/error-note.tsx'
import { formatInstant } from '../../../ui/time-format.ts'
import { useToast } from '../../../ui/toast.tsx'
import { useServerNow } from '../../../ui/use-server-now.ts'
import { useWordsOf } from '../../../words/language.tsx'
import { useForWhom } from '../../resident/for-whom.tsx'
import { waitingWords } from './words.ts'

const dayMs = 86_400_000
/** As far as slots are published, and a little further. */
const waitDays = 30

/** Where nothing is free: one press puts the resident on the waiting list of these places. That nothing was found is counted once. */
export const JoinWaiting = ({ orgs, specialty }: { orgs: readonly string[]; specialty: string }) => {
  const words = useWordsOf(waitingWords)
  const now = useServerNow()
  const toast = useToast()
  const { whom } = useForWhom()
  const join = useCommand('booking.join-waiting')
  const { mutate: count } = useCommand('booking.record-shortage')
  const counted = useRef('')
  useEffect(() => {
    const looked = `${orgs.join(' ')} ${specialty}`
    if (counted.current === looked) return
    counted.current = looked
    const [only] = orgs
    count({ specialty, ...(orgs.length === 1 && only !== undefined ? { org: only } : {}) })
  }, [count, orgs, specialty])
  const wish = {
    ...whom.asked,
    specialty,
    orgs: [...orgs],
    from: formatInstant(now).slice(0, 10),
    until: formatInstant(now + waitDays * dayMs).slice(0, 10),
  }
  if (join.isSuccess)
    return (
      <Link className="button primary" to="/me/book">
        {words.title}
      </Link>
    )
  return (
    <div className="stack tight">
      {join.error !== null && <ErrorNote error={join.error} />}
      <Button
        tone="primary"
        busy={join.isPending}
        onClick={() => join.mutate(wish, { onSuccess: () => void toast({ text: words.joined, tone: 'good' }) })}
      >
        {words.join}
      </Button>
      <p className="soft small">{words.joinWhy}</p>
    </div>
  )
}
