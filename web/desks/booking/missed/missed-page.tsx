import { useState } from 'react'
import { useApi } from '../../../api/use-api.ts'
import { Page } from '../../../shell/desk-frame.tsx'
import { useActor } from '../../../shell/session.tsx'
import { Button } from '../../../ui/button.tsx'
import { Chip } from '../../../ui/chip.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { ErrorNote } from '../../../ui/error-note.tsx'
import { Skeleton } from '../../../ui/skeleton.tsx'
import { formatDay, formatInstant } from '../../../ui/time-format.ts'
import { usePick } from '../../../words/language.tsx'
import { byPerson, type Missed, type WhoMissed } from './by-person.ts'
import { LiftDialog } from './lift-dialog.tsx'
import { useMissedWords } from './words.ts'
import './missed.css'

/** Who did not come to visits booked here, whose direct booking rests for it and until when; a manager may lift it. */
export const MissedPage = () => {
  const words = useMissedWords()
  const asked = useApi('booking.missed-visits', {})
  const { data, error } = asked
  return (
    <Page title={words.title} lead={words.lead}>
      {error !== null && <ErrorNote error={error} onRetry={() => void asked.refetch()} />}
      {data === undefined && error === null && <Skeleton lines={5} />}
      {data !== undefined && <People missed={data} />}
    </Page>
  )
}

const People = ({ missed }: { missed: Missed }) => {
  const words = useMissedWords()
  const { role } = useActor()
  const [lifted, setLifted] = useState<WhoMissed | null>(null)
  const mayLift = role === 'consortium-manager'
  const people = byPerson(missed.visits)
  const { most, windowDays, suspendDays } = missed.rule
  return (
    <>
      <p className="soft">{words.rule(most, windowDays, suspendDays)}</p>
      {!mayLift && <p className="soft">{words.byManager}</p>}
      {people.length === 0 ? (
        <EmptyState kind="none" title={words.none} why={words.noneWhy} />
      ) : (
        <ul className="missed-list" aria-label={words.list}>
          {people.map((who) => (
            <Person key={who.person} who={who} onLift={mayLift && who.counted > 0 ? () => setLifted(who) : null} />
          ))}
        </ul>
      )}
      {lifted !== null && <LiftDialog who={lifted} onClose={() => setLifted(null)} />}
    </>
  )
}

const Person = ({ who, onLift }: { who: WhoMissed; onLift: (() => void) | null }) => {
  const words = useMissedWords()
  const pick = usePick()
  return (
    <li className="missed-row">
      <div className="stack tight">
        <p className="along">
          <strong>{pick(who.name)}</strong>
          {who.suspendedUntil === null ? (
            <Chip tone="quiet">{words.notSuspended}</Chip>
          ) : (
            <Chip tone="danger">{words.suspended(formatDay(who.suspendedUntil))}</Chip>
          )}
          <span className="figures">{words.counted(who.counted)}</span>
        </p>
        {who.suspendedUntil !== null && <p className="soft small">{words.why(who.counted)}</p>}
        <ul className="missed-visits" aria-label={words.visits}>
          {who.visits.map(({ booking, missedAt, forgivenAt }) => (
            <li key={booking} className="small figures">
              {formatInstant(missedAt)}
              {forgivenAt !== null && <span className="soft"> · {words.lifted}</span>}
            </li>
          ))}
        </ul>
      </div>
      {onLift !== null && (
        <Button aria-label={words.liftOf(pick(who.name))} onClick={onLift}>
          {words.lift}
        </Button>
      )}
    </li>
  )
}
