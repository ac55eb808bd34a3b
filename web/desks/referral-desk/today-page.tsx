import { Link } from 'wouter'
import { useApi, useCommand } from '../../api/use-api.ts'
import type { Queries } from '../../api/api-types.ts'
import { Page } from '../../shell/desk-frame.tsx'
import { useActor } from '../../shell/session.tsx'
import { Button } from '../../ui/button.tsx'
import { Chip, type ChipTone } from '../../ui/chip.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { List, PlainRow } from '../../ui/list.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { usePick } from '../../words/language.tsx'
import { PersonName, UrgencyChip, useAgeAndSex } from './case-words.tsx'
import { useHeldActs } from './held-acts-context.tsx'
import { timeOfDay } from './times.ts'
import { useWorklist, type Row } from './worklist.ts'
import { useDeskWords } from './words.ts'

type Booking = Queries['booking.day-list']['answer']['bookings'][number]

const tones: Readonly<Record<string, ChipTone>> = { confirmed: 'calm', held: 'quiet', attended: 'good', 'no-show': 'warning' }

/** Who is expected today, in the order of time: referrals and direct bookings in one list, each with one press to arrive. */
export const TodayPage = () => {
  const words = useDeskWords()
  const day = useApi('booking.day-list', {}, { follows: ['referral'] })
  const cases = useReferredToday()
  if (day.error !== null) {
    return (
      <Page title={words.today.title}>
        <ErrorNote error={day.error} onRetry={() => void day.refetch()} />
      </Page>
    )
  }
  if (day.data === undefined || cases === null) {
    return (
      <Page title={words.today.title}>
        <Skeleton lines={6} />
      </Page>
    )
  }
  const { bookings } = day.data
  const isNobody = bookings.length === 0 && cases.onTheWay.length === 0
  const arrived = bookings.filter(({ state }) => state === 'attended').length
  return (
    <Page
      title={words.today.title}
      lead={words.today.lead}
      acts={bookings.length > 0 && <Chip tone="good">{words.today.arrived(arrived, bookings.length)}</Chip>}
    >
      {isNobody ? (
        <EmptyState kind="none" title={words.today.none} why={words.today.noneWhy} />
      ) : (
        <List label={words.today.title}>
          {cases.onTheWay.map((row) => (
            <ReferredRow key={row.id} row={row} time={words.today.walkIn} state="confirmed" />
          ))}
          {bookings.map((booking) => {
            const row = cases.byId.get(booking.caseId ?? '')
            return row === undefined ? (
              <DirectRow key={booking.booking} booking={booking} />
            ) : (
              <ReferredRow key={booking.booking} row={row} time={timeOfDay(booking.startsAt)} state={booking.state} />
            )
          })}
        </List>
      )}
    </Page>
  )
}

/** The referrals that may stand behind today's bookings, and emergencies on their way, who have no booked time. */
const useReferredToday = (): { byId: ReadonlyMap<string, Row>; onTheWay: readonly Row[] } | null => {
  const due = useWorklist('today').rows
  const inside = useWorklist('inside').rows
  const accepted = useWorklist('to-schedule').rows
  if (due === undefined || inside === undefined || accepted === undefined) return null
  return {
    byId: new Map([...inside, ...due].map((row) => [row.id, row])),
    onTheWay: accepted.filter(({ urgency }) => urgency !== 'ordinary'),
  }
}

const ReferredRow = ({ row, time, state }: { row: Row; time: string; state: Booking['state'] }) => {
  const words = useDeskWords()
  const pick = usePick()
  const ageAndSex = useAgeAndSex()
  const acts = useHeldActs()
  const held = acts.held.get(row.id)
  const mayArrive = ['accepted', 'scheduled', 'no-show'].includes(row.state)
  return (
    <PlainRow
      title={
        <span className="along">
          <span className="figures today-time">{time}</span>
          <span>
            <PersonName person={row.person} /> <span className="soft small">{ageAndSex(row.person)}</span>
          </span>
          <UrgencyChip urgency={row.urgency} />
        </span>
      }
      lines={`${words.today.referred} · ${pick(row.condition)} · ${words.from(pick(row.sender.name))}`}
      aside={
        <>
          {held === undefined ? (
            <Chip tone={tones[state] ?? 'quiet'}>{words.today.states[state] ?? state}</Chip>
          ) : (
            <Chip tone={held.state === 'refused' ? 'danger' : 'calm'}>
              {held.state === 'refused' ? words.held.refusedChip : `${words.acts[held.act]}…`}
            </Chip>
          )}
          {mayArrive && held === undefined && (
            <Button
              small
              tone="primary"
              onClick={() => acts.hold({ act: 'arrive', who: pick(row.person.name), input: { referral: row.id } })}
            >
              {words.today.attend}
            </Button>
          )}
          {held?.state === 'held' && (
            <Button small onClick={() => void acts.undo(row.id)}>
              {words.held.undo}
            </Button>
          )}
          <Link
            className="button plain small-button"
            to={`/desk/inbox?tab=${row.state === 'arrived' ? 'inside' : 'today'}&case=${row.id}`}
          >
            {words.today.open}
          </Link>
        </>
      }
    />
  )
}

const DirectRow = ({ booking }: { booking: Booking }) => {
  const words = useDeskWords()
  const pick = usePick()
  const { role, institution } = useActor()
  const attend = useCommand('booking.attend')
  const noShow = useCommand('booking.no-show')
  const key = { org: institution?.id ?? '', booking: booking.booking }
  const error = attend.error ?? noShow.error
  return (
    <PlainRow
      title={
        <span className="along">
          <span className="figures today-time">{timeOfDay(booking.startsAt)}</span>
          <span>{pick(booking.name)}</span>
        </span>
      }
      lines={
        <>
          {booking.share === 'reserved' ? words.today.referred : words.today.direct}
          {error !== null && <ErrorNote error={error} />}
        </>
      }
      aside={
        <>
          <Chip tone={tones[booking.state] ?? 'quiet'}>{words.today.states[booking.state] ?? booking.state}</Chip>
          {booking.state === 'confirmed' && role === 'referral-desk' && (
            <>
              <Button small tone="primary" busy={attend.isPending} onClick={() => attend.mutate(key)}>
                {words.today.attend}
              </Button>
              <Button small busy={noShow.isPending} onClick={() => noShow.mutate(key)}>
                {words.today.noShow}
              </Button>
            </>
          )}
        </>
      }
    />
  )
}
