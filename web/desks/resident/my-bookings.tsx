import type { Queries } from '../../api/api-types.ts'
import { useApi } from '../../api/use-api.ts'
import { ErrorNote } from '../../ui/error-note.tsx'
import { LinkRow, List, PlainRow } from '../../ui/list.tsx'
import { useServerNow } from '../../ui/use-server-now.ts'
import { useLanguage, usePick, useWordsOf } from '../../words/language.tsx'
import { bookingWords } from './booking-words.ts'
import { useForWhom, type Whom } from './for-whom.tsx'
import { homeWords } from './home-words.ts'
import { useInstitution } from './institution.ts'
import { plainDay, plainTime } from './plain-date.ts'
import { listedOf, type Listed } from './stays.ts'
import { visitWords } from './visit-words.ts'

export type MyBooking = Queries['booking.mine']['answer']['bookings'][number]

/** A unit that a referral keeps follows the referral; only one's own stands by itself. */
export const isOfReferral = ({ caseId, id }: Pick<MyBooking, 'caseId' | 'id'>): boolean => caseId !== null && caseId !== id

/** The bookings ahead, own ones and those that a referral keeps; nothing where there are none. */
export const MyBookings = ({ whom }: { whom: Whom }) => {
  const words = useWordsOf(bookingWords)
  const { forWhom } = useWordsOf(homeWords)
  const { data, error, refetch } = useApi('booking.mine', whom.asked, { follows: ['referral'] })
  const title = whom.zh === null ? words.mine : forWhom.bookingsOf(whom.zh)
  if (error !== null) return <ErrorNote error={error} onRetry={() => void refetch()} />
  if (data === undefined || data.bookings.length === 0) return null
  return (
    <section className="stack tight">
      <h2>{title}</h2>
      <List label={title}>
        {listedOf(data.bookings).map((row) => (
          <BookingRow key={row.booking.id} row={row} whom={whom} />
        ))}
      </List>
    </section>
  )
}

/** The bookings of everybody for whom I act, mine first. */
export const BookingsOfAll = () => useForWhom().all.map((whom) => <MyBookings key={whom.id} whom={whom} />)

const BookingRow = ({ row: { booking, days }, whom }: { row: Listed; whom: Whom }) => {
  const words = useWordsOf(bookingWords)
  const pick = usePick()
  const language = useLanguage()
  const now = useServerNow()
  const { choose } = useForWhom()
  const { data } = useInstitution(booking.org)
  const { id, org, startsAt, state } = booking
  const visit = useWordsOf(visitWords)
  const ofVisit = { 'checked-in': visit.stateCheckedIn, attended: visit.stateAttended } as Readonly<Record<string, string>>
  const stands = state === 'held' ? words.stateHeld : (ofVisit[state] ?? words.stateConfirmed)
  const title =
    booking.unitKind === 'bed-day' ? words.stay(plainDay(startsAt, now, language), days) : plainTime(startsAt, now, language)
  const lines = `${whom.zh === null ? '' : `${whom.zh} · `}${data === undefined ? '' : `${pick(data.institution.name)} · `}${isOfReferral(booking) ? words.ofReferral : stands}`
  // The page of referrals is one's own: a relative's is told here, and followed by who cares for the relative.
  if (isOfReferral(booking) && whom.zh !== null) return <PlainRow title={title} lines={lines} />
  return (
    <LinkRow
      to={isOfReferral(booking) ? '/me/referral' : `/me/book?booking=${id}&at=${org}`}
      onFollow={() => choose(whom.id)}
      title={title}
      lines={lines}
    />
  )
}
