import { useState } from 'react'
import { Link } from 'wouter'
import { useApi } from '../../../api/use-api.ts'
import { useActor } from '../../../shell/session.tsx'
import { Button } from '../../../ui/button.tsx'
import { ErrorNote } from '../../../ui/error-note.tsx'
import { useTimelineWords } from '../../timeline/words.ts'
import { usePick } from '../../../words/language.tsx'
import { useBedsWords } from './words.ts'

/** Who a stay is of, asked only when pressed: each look is on record. */
export const WhoButton = ({ stay, what }: { stay: string; what: string }) => {
  const words = useBedsWords()
  const timeline = useTimelineWords()
  const pick = usePick()
  const { institution } = useActor()
  const [isAsked, setAsked] = useState(false)
  const asked = useApi('booking.who-in-bed', { org: institution?.id ?? '', stay }, { enabled: isAsked })
  if (asked.error !== null) return <ErrorNote error={asked.error} onRetry={() => void asked.refetch()} />
  if (isAsked && asked.data !== undefined)
    return (
      <output>
        <strong>{pick(asked.data.name)}</strong>
        {asked.data.bornOn !== null && <span className="soft small">{` · ${words.born(asked.data.bornOn)}`}</span>}{' '}
        <Link className="button plain small" to={`/desk/person/${asked.data.person}/timeline`}>
          {timeline.open}
        </Link>
      </output>
    )
  return (
    <Button
      small
      icon="person"
      busy={isAsked}
      title={words.whoNote}
      aria-label={words.whoOf(what)}
      onClick={() => setAsked(true)}
    >
      {words.who}
    </Button>
  )
}
