import { Link, useLocation } from 'wouter'
import { useApi } from '../../api/use-api.ts'
import { formatDay } from '../../ui/time-format.ts'
import { useServerNow } from '../../ui/use-server-now.ts'
import { useWordsOf } from '../../words/language.tsx'
import { ticketNumber } from '../booking/waiting-room/ticket-number.ts'
import { isWaiting, liveTicket, useMyTickets } from './my-tickets.ts'
import { plainClock } from './plain-date.ts'
import { visitWords } from './visit-words.ts'
import './visit.css'

/** On every page of mine on the day of a visit: that I am called, how many are before me, or that I should check in. */
export const TurnBanner = () => {
  const [path] = useLocation()
  return path === '/me/visit' ? null : <Banner />
}

const Banner = () => {
  const words = useWordsOf(visitWords)
  const now = useServerNow()
  const { data } = useMyTickets()
  const bookings = useApi('booking.mine', {}, { follows: ['referral'] }).data?.bookings ?? []
  const ticket = liveTicket(data?.tickets ?? [])
  const today = formatDay(new Date(now).toISOString())
  const toCome = bookings.find((one) => one.state === 'confirmed' && formatDay(one.startsAt) === today)
  const isNow = ticket?.state === 'called'
  const number = ticket === undefined ? '' : ticketNumber(ticket.number)
  const text = isNow
    ? words.bannerCalled(number)
    : ticket !== undefined && isWaiting(ticket)
      ? words.banner(number, ticket.ahead ?? 0)
      : toCome !== undefined
        ? words.today(plainClock(toCome.startsAt))
        : null
  if (text === null) return null
  return (
    <output className={isNow ? 'turn-banner now' : ticket?.reminded === true ? 'turn-banner soon' : 'turn-banner'}>
      <span>{text}</span>
      <Link className="button plain small-button" to="/me/visit">
        {words.look}
      </Link>
    </output>
  )
}
