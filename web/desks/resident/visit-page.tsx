import { Link } from 'wouter'
import { useApi, useCommand } from '../../api/use-api.ts'
import { Page } from '../../shell/desk-frame.tsx'
import { Button } from '../../ui/button.tsx'
import { Card, Facts } from '../../ui/card.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { formatDay } from '../../ui/time-format.ts'
import { useServerNow } from '../../ui/use-server-now.ts'
import { usePick, useWordsOf } from '../../words/language.tsx'
import { ChooseWhom, useForWhom } from './for-whom.tsx'
import { specialtyOf, useInstitution } from './institution.ts'
import type { MyBooking } from './my-bookings.tsx'
import { useMyTickets } from './my-tickets.ts'
import { plainClock } from './plain-date.ts'
import { QrCode } from './qr-code.tsx'
import { TicketCard } from './ticket-card.tsx'
import { visitWords } from './visit-words.ts'
import { residentWords } from './words.ts'

/** The day of a visit on the telephone: check in, my number, who is before me, what comes after. */
export const VisitPage = () => {
  const words = useWordsOf(visitWords)
  const now = useServerNow()
  const { whom } = useForWhom()
  const tickets = useMyTickets(whom)
  const bookings = useApi('booking.mine', whom.asked, { follows: ['referral'] })
  const error = tickets.error ?? bookings.error
  const isAsking = tickets.data === undefined || bookings.data === undefined
  const today = formatDay(new Date(now).toISOString())
  const toCome = (bookings.data?.bookings ?? []).filter((one) => one.state === 'confirmed' && formatDay(one.startsAt) === today)
  const shown = tickets.data?.tickets ?? []
  const retry = () => void Promise.all([tickets.refetch(), bookings.refetch()])
  return (
    <Page title={words.title}>
      <ChooseWhom />
      {error !== null && <ErrorNote error={error} onRetry={retry} />}
      {error === null && isAsking && <Skeleton lines={6} />}
      {!isAsking && shown.length === 0 && toCome.length === 0 && (
        <EmptyState
          kind="none"
          title={words.none}
          why={words.noneWhy}
          action={
            <Link className="button primary" to="/me/book">
              {words.book}
            </Link>
          }
        />
      )}
      {toCome.map((booking) => (
        <CheckInCard key={booking.id} booking={booking} />
      ))}
      {shown.map((ticket) => (
        <TicketCard key={ticket.ticket} ticket={ticket} />
      ))}
    </Page>
  )
}

/** What the desk's scanner reads: the institution and the booking. */
const codeOf = ({ org, id }: Pick<MyBooking, 'org' | 'id'>): string => `jieli:${org}:${id}`

/** A visit of today that has not been checked in. */
const CheckInCard = ({ booking }: { booking: MyBooking }) => {
  const words = useWordsOf(visitWords)
  const shared = useWordsOf(residentWords)
  const pick = usePick()
  const checkIn = useCommand('booking.check-in')
  const { data } = useInstitution(booking.org)
  const department = data === undefined ? null : specialtyOf(data, booking.specialty)
  const facts: (readonly [string, string])[] = []
  if (data !== undefined) facts.push([shared.place, pick(data.institution.name)])
  if (department !== null) facts.push([shared.department, pick(department)])
  if (booking.doctor !== null) facts.push([shared.doctor, pick(booking.doctor)])
  if (booking.place !== null) facts.push([shared.room, pick(booking.place)])
  return (
    <Card title={words.today(plainClock(booking.startsAt))} held>
      <div className="stack">
        <div className="when-to-go">
          <p className="big-line">{words.arrived}</p>
          <p>{words.arrivedWhy}</p>
        </div>
        {checkIn.error !== null && <ErrorNote error={checkIn.error} />}
        <Button
          tone="primary"
          wide
          busy={checkIn.isPending}
          onClick={() => checkIn.mutate({ org: booking.org, booking: booking.id })}
        >
          {words.checkIn}
        </Button>
        <QrCode text={codeOf(booking)} label={words.code} />
        <Facts facts={facts} />
      </div>
    </Card>
  )
}
