import { useState } from 'react'
import { Link, useLocation } from 'wouter'
import { serverNow } from '../../api/server-clock.ts'
import { useApi, useCommand } from '../../api/use-api.ts'
import { Button } from '../../ui/button.tsx'
import { Card, Facts } from '../../ui/card.tsx'
import { Chip } from '../../ui/chip.tsx'
import { Countdown } from '../../ui/countdown.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { useToast } from '../../ui/toast.tsx'
import { useServerNow } from '../../ui/use-server-now.ts'
import { useLanguage, usePick, useWordsOf } from '../../words/language.tsx'
import { bookingWords } from './booking-words.ts'
import { BringList } from './bring-list.tsx'
import { calendarFile } from './calendar-file.ts'
import { CallLink } from './call-link.tsx'
import { CancelDialog } from './cancel-dialog.tsx'
import { useForWhom, useNameOf } from './for-whom.tsx'
import { homeWords } from './home-words.ts'
import { addressOf, specialtyOf, useInstitution } from './institution.ts'
import type { MyBooking } from './my-bookings.tsx'
import { plainTime } from './plain-date.ts'
import { referralWords } from './referral-words.ts'
import { saveFile } from './save-file.ts'
import { TicketCard } from './ticket-card.tsx'
import { useMyTickets } from './my-tickets.ts'
import { visitWords } from './visit-words.ts'
import { residentWords } from './words.ts'

/** The number that a resident says at the window: the end of the booking's id. */
const numberOf = ({ id }: Pick<MyBooking, 'id'>): string => id.slice(-8).toUpperCase()

/** One unit of mine: held and waiting to be confirmed, booked, or gone. */
export const BookedUnit = ({ id, org }: { id: string; org: string }) => {
  const { whom } = useForWhom()
  const { data, error, refetch } = useApi('booking.mine', whom.asked, { follows: ['referral'] })
  const now = useServerNow()
  const booking = data?.bookings.find((one) => one.id === id && one.org === org)
  if (error !== null) return <ErrorNote error={error} onRetry={() => void refetch()} />
  if (data === undefined) return <Skeleton lines={6} />
  if (booking === undefined) return <Gone />
  if (booking.state === 'checked-in' || booking.state === 'attended') return <Visited booking={booking} />
  if (booking.state !== 'held') return <Booked booking={booking} />
  return booking.holdUntil !== null && Date.parse(booking.holdUntil) <= now ? <Gone /> : <Held booking={booking} />
}

const Gone = () => {
  const words = useWordsOf(bookingWords)
  const again = (
    <Link className="button primary" to="/me/book">
      {words.again}
    </Link>
  )
  return <EmptyState kind="none" title={words.over} why={words.overWhy} action={again} />
}

const useVisitFacts = (booking: MyBooking): { facts: (readonly [string, string])[]; where: string; phone: string | null } => {
  const shared = useWordsOf(residentWords)
  const { forWhom } = useWordsOf(homeWords)
  const nameOf = useNameOf()
  const { whom, all } = useForWhom()
  const pick = usePick()
  const language = useLanguage()
  const now = useServerNow()
  const { data } = useInstitution(booking.org)
  const name = data === undefined ? '' : pick(data.institution.name)
  const department = data === undefined ? null : specialtyOf(data, booking.specialty)
  const facts: (readonly [string, string])[] = [
    [shared.when, plainTime(booking.startsAt, now, language)],
    [shared.place, name],
  ]
  if (all.length > 1) facts.push([forWhom.person, nameOf(whom)])
  if (department !== null) facts.push([shared.department, pick(department)])
  if (booking.doctor !== null) facts.push([shared.doctor, pick(booking.doctor)])
  if (booking.place !== null) facts.push([shared.room, pick(booking.place)])
  const address = data === undefined ? '' : addressOf(data)
  if (address !== '') facts.push([shared.address, address])
  return { facts, where: `${name} ${address}`.trim(), phone: data?.institution.phone ?? null }
}

/** Back to all bookings, unless the person has left this page before the answer came. */
const useBackToList = () => {
  const [path, go] = useLocation()
  return () => {
    if (window.location.pathname === path) go('/me/book')
  }
}

const Held = ({ booking }: { booking: MyBooking }) => {
  const words = useWordsOf(bookingWords)
  const back = useBackToList()
  const { facts } = useVisitFacts(booking)
  const confirm = useCommand('booking.confirm')
  const letGo = useCommand('booking.cancel')
  const { holdUntil, id, org } = booking
  const error = confirm.error ?? letGo.error
  const leave = () => letGo.mutate({ org, booking: id, reason: words.letGo }, { onSuccess: back })
  return (
    <Card title={words.held} held aside={holdUntil === null ? undefined : <Countdown until={holdUntil} soonMinutes={2} />}>
      <div className="stack wide">
        <div className="when-to-go">
          <p className="big-line">{facts[0]?.[1]}</p>
          <p>{facts[1]?.[1]}</p>
        </div>
        <p>{words.heldWhy}</p>
        {error !== null && <ErrorNote error={error} />}
        <div className="act-list">
          <Button tone="primary" wide busy={confirm.isPending} onClick={() => confirm.mutate({ org, booking: id })}>
            {words.confirm}
          </Button>
          <Button wide busy={letGo.isPending} onClick={leave}>
            {words.letGo}
          </Button>
        </div>
        <Facts facts={facts.slice(2)} />
      </div>
    </Card>
  )
}

const Booked = ({ booking }: { booking: MyBooking }) => {
  const shared = useWordsOf(residentWords)
  const words = useWordsOf(bookingWords)
  const { toHospital } = useWordsOf(referralWords)
  const { whom } = useForWhom()
  const { facts, phone, where } = useVisitFacts(booking)
  return (
    <Card title={words.booked} held aside={<Chip tone="good">{words.stateConfirmed}</Chip>}>
      <div className="stack wide">
        <div>
          <p className="soft small">{words.number}</p>
          <p className="booking-number">{numberOf(booking)}</p>
          <p>{words.bookedLead(whom.zh)}</p>
        </div>
        <Facts facts={facts} />
        <BringList title={shared.bring} things={shared.bringToVisit} />
        <div className="act-list not-printed">
          <AddToCalendar booking={booking} where={where} />
          <CallLink who={toHospital} phone={phone} />
          <Link className="button plain wide-button" to="/me/book">
            {words.more}
          </Link>
          <CancelBooking booking={booking} />
        </div>
      </div>
    </Card>
  )
}

/** A booking whose person has come: the number and what comes after take the place of what one needs before. */
const Visited = ({ booking }: { booking: MyBooking }) => {
  const words = useWordsOf(visitWords)
  const { facts } = useVisitFacts(booking)
  const { data, error, refetch } = useMyTickets(useForWhom().whom)
  const tickets = data?.tickets.filter((one) => one.booking === booking.id).slice(0, 1) ?? []
  const state = booking.state === 'attended' ? words.stateAttended : words.stateCheckedIn
  return (
    <>
      {error !== null && <ErrorNote error={error} onRetry={() => void refetch()} />}
      {tickets.map((ticket) => (
        <TicketCard key={ticket.ticket} ticket={ticket} />
      ))}
      <Card title={state} aside={<Chip tone="good">{state}</Chip>}>
        <Facts facts={facts} />
      </Card>
    </>
  )
}

const AddToCalendar = ({ booking, where }: { booking: MyBooking; where: string }) => {
  const shared = useWordsOf(residentWords)
  const words = useWordsOf(bookingWords)
  const { aloud } = useWordsOf(referralWords)
  const { id, startsAt, endsAt } = booking
  const add = () => {
    const notes = `${words.number} ${numberOf(booking)}\n${aloud.bring(aloud.things(shared.bringToVisit.map(([thing]) => thing)))}`
    const entry = { id, title: words.calendarTitle(where), where, notes, startsAt, endsAt, madeAt: serverNow() }
    saveFile(`${numberOf(booking)}.ics`, calendarFile(entry), 'text/calendar')
  }
  return (
    <Button wide icon="calendar" onClick={add}>
      {shared.addToCalendar}
    </Button>
  )
}

const CancelBooking = ({ booking: { id, org } }: { booking: MyBooking }) => {
  const words = useWordsOf(bookingWords)
  const toast = useToast()
  const back = useBackToList()
  const [open, setOpen] = useState(false)
  const cancel = useCommand('booking.cancel')
  const give = (reason: string) =>
    cancel.mutate(
      { org, booking: id, reason },
      {
        onSuccess: () => {
          setOpen(false)
          toast({ text: words.cancelling.done })
          back()
        },
      },
    )
  return (
    <>
      <Button wide tone="danger" onClick={() => setOpen(true)}>
        {words.cancel}
      </Button>
      <CancelDialog
        words={words.cancelling}
        open={open}
        busy={cancel.isPending}
        error={cancel.error}
        onCancel={give}
        onClose={() => setOpen(false)}
      />
    </>
  )
}
