import type { Queries } from '../../api/api-types.ts'
import { useApi } from '../../api/use-api.ts'
import { ErrorNote } from '../../ui/error-note.tsx'
import { LinkRow, List } from '../../ui/list.tsx'
import { useServerNow } from '../../ui/use-server-now.ts'
import { useLanguage, usePick, useWordsOf } from '../../words/language.tsx'
import { bookingWords } from './booking-words.ts'
import { useInstitution } from './institution.ts'
import { plainDay, plainTime } from './plain-date.ts'
import { listedOf, type Listed } from './stays.ts'
import { visitWords } from './visit-words.ts'

export type MyBooking = Queries['booking.mine']['answer']['bookings'][number]

/** A unit that a referral keeps follows the referral; only one's own stands by itself. */
export const isOfReferral = ({ caseId, id }: Pick<MyBooking, 'caseId' | 'id'>): boolean => caseId !== null && caseId !== id

/** The bookings ahead, own ones and those that a referral keeps; nothing where there are none. */
export const MyBookings = () => {
  const words = useWordsOf(bookingWords)
  const { data, error, refetch } = useApi('booking.mine', {}, { follows: ['referral'] })
  if (error !== null) return <ErrorNote error={error} onRetry={() => void refetch()} />
  if (data === undefined || data.bookings.length === 0) return null
  return (
    <section className="stack tight">
      <h2>{words.mine}</h2>
      <List label={words.mine}>
        {listedOf(data.bookings).map((row) => (
          <BookingRow key={row.booking.id} row={row} />
        ))}
      </List>
    </section>
  )
}

const BookingRow = ({ row: { booking, days } }: { row: Listed }) => {
  const words = useWordsOf(bookingWords)
  const pick = usePick()
  const language = useLanguage()
  const now = useServerNow()
  const { data } = useInstitution(booking.org)
  const { id, org, startsAt, state } = booking
  const visit = useWordsOf(visitWords)
  const ofVisit = { 'checked-in': visit.stateCheckedIn, attended: visit.stateAttended } as Readonly<Record<string, string>>
  const stands = state === 'held' ? words.stateHeld : (ofVisit[state] ?? words.stateConfirmed)
  return (
    <LinkRow
      to={isOfReferral(booking) ? '/me/referral' : `/me/book?booking=${id}&at=${org}`}
      title={
        booking.unitKind === 'bed-day' ? words.stay(plainDay(startsAt, now, language), days) : plainTime(startsAt, now, language)
      }
      lines={`${data === undefined ? '' : `${pick(data.institution.name)} · `}${isOfReferral(booking) ? words.ofReferral : stands}`}
    />
  )
}
