import { Link, useLocation } from 'wouter'
import { useApi } from '../../api/use-api.ts'
import { formatDay } from '../../ui/time-format.ts'
import { useServerNow } from '../../ui/use-server-now.ts'
import { useWordsOf } from '../../words/language.tsx'
import { ticketNumber } from '../booking/waiting-room/ticket-number.ts'
import { useForWhom, type Whom } from './for-whom.tsx'
import { isWaiting, liveTicket, useMyTickets } from './my-tickets.ts'
import { plainClock } from './plain-date.ts'
import { visitWords } from './visit-words.ts'
import './visit.css'

/** On every page of mine on the day of a visit: that I am called, how many are before me, or that I should check in. */
export const TurnBanner = () => {
  const [path] = useLocation()
  const { all } = useForWhom()
  return path === '/me/visit' ? null : all.map((whom) => <Banner key={whom.id} whom={whom} />)
}

const Banner = ({ whom }: { whom: Whom }) => {
  const words = useWordsOf(visitWords)
  const now = useServerNow()
  const { choose } = useForWhom()
  const { data } = useMyTickets(whom)
  const bookings = useApi('booking.mine', whom.asked, { follows: ['referral'] }).data?.bookings ?? []
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
      <span>{whom.zh === null ? text : words.of(whom.zh, text)}</span>
      <Link className="button plain small-button" to="/me/visit" onClick={() => choose(whom.id)}>
        {words.look}
      </Link>
    </output>
  )
}
