import { useState, type ReactNode } from 'react'
import { Link } from 'wouter'
import { useCommand } from '../../api/use-api.ts'
import { Button } from '../../ui/button.tsx'
import { Card, Facts } from '../../ui/card.tsx'
import { ConfirmDialog } from '../../ui/dialog.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { usePick, useWordsOf } from '../../words/language.tsx'
import { ticketNumber } from '../booking/waiting-room/ticket-number.ts'
import { specialtyOf, useInstitution } from './institution.ts'
import { isWaiting, type MyTicket } from './my-tickets.ts'
import { visitWords } from './visit-words.ts'
import { residentWords } from './words.ts'
import './visit.css'

/** Where a number is called: the room, or else the doctor, or the specialty. */
const usePlaceOf = (ticket: MyTicket): { where: string; facts: (readonly [string, string])[] } => {
  const shared = useWordsOf(residentWords)
  const pick = usePick()
  const { data } = useInstitution(ticket.org)
  const department = data === undefined ? null : specialtyOf(data, ticket.specialty)
  const facts: (readonly [string, string])[] = []
  if (data !== undefined) facts.push([shared.place, pick(data.institution.name)])
  if (department !== null) facts.push([shared.department, pick(department)])
  if (ticket.doctor !== null) facts.push([shared.doctor, pick(ticket.doctor)])
  if (ticket.place !== null) facts.push([shared.room, pick(ticket.place)])
  const named = ticket.place ?? ticket.doctor ?? department
  return { where: named === null ? '' : pick(named), facts }
}

/** My number: how many are before me, how long it will take, or that I am called. */
export const TicketCard = ({ ticket }: { ticket: MyTicket }) => {
  const words = useWordsOf(visitWords)
  const { where, facts } = usePlaceOf(ticket)
  return (
    <Card title={`${words.number} ${ticketNumber(ticket.number)}`} held>
      <div className="stack">
        <Standing ticket={ticket} where={where} />
        <Facts facts={facts} />
        <NextStep ticket={ticket} />
      </div>
    </Card>
  )
}

const Notice = ({ tone, title, why }: { tone: 'now' | 'soon' | 'calm'; title: string; why: string }) => (
  <output className={`turn-notice ${tone}`}>
    <span className="big-line">{title}</span>
    <span>{why}</span>
  </output>
)

const Standing = ({ ticket, where }: { ticket: MyTicket; where: string }): ReactNode => {
  const words = useWordsOf(visitWords)
  const { ahead, wait } = ticket
  switch (ticket.state) {
    case 'called':
      return <Notice tone="now" title={where === '' ? words.called : words.calledAt(where)} why={words.calledWhy} />
    case 'in':
      return <Notice tone="calm" title={words.inside} why={words.insideWhy} />
    case 'served':
      return <Notice tone="calm" title={words.served} why={words.servedWhy} />
    case 'left':
      return <Notice tone="calm" title={words.left} why={words.leftWhy} />
    case 'waiting':
    case 'passed':
      return (
        <>
          {ticket.state === 'passed' && <Notice tone="soon" title={words.passed} why={words.passedWhy} />}
          {ticket.state === 'waiting' && ticket.reminded && <Notice tone="soon" title={words.soon} why={words.soonWhy} />}
          <output className="when-to-go turn-notice">
            <span className="big-line">{words.ahead(ahead ?? 0)}</span>
            {wait !== null && wait.minutes > 0 && <span>{words.wait(wait.minutes, wait.from, wait.to)}</span>}
          </output>
        </>
      )
  }
}

const NextStep = ({ ticket }: { ticket: MyTicket }) => {
  const words = useWordsOf(visitWords)
  const checkIn = useCommand('booking.check-in')
  const { org, booking } = ticket
  if (isWaiting(ticket)) return <Leave ticket={ticket} />
  if (ticket.state === 'served')
    return (
      <Link className="button plain wide-button" to="/me/record">
        {words.record}
      </Link>
    )
  if (ticket.state !== 'left' || booking === null) return null
  return (
    <>
      {checkIn.error !== null && <ErrorNote error={checkIn.error} />}
      <Button wide busy={checkIn.isPending} onClick={() => checkIn.mutate({ org, booking })}>
        {words.again}
      </Button>
    </>
  )
}

const Leave = ({ ticket: { org, ticket } }: { ticket: MyTicket }) => {
  const words = useWordsOf(visitWords)
  const [open, setOpen] = useState(false)
  const leave = useCommand('booking.leave')
  return (
    <>
      {leave.error !== null && <ErrorNote error={leave.error} />}
      <Button wide onClick={() => setOpen(true)}>
        {words.leave}
      </Button>
      <ConfirmDialog
        title={words.leaving.title}
        consequence={words.leaving.consequence}
        act={words.leaving.act}
        open={open}
        busy={leave.isPending}
        onConfirm={() => leave.mutate({ org, ticket }, { onSettled: () => setOpen(false) })}
        onClose={() => setOpen(false)}
      />
    </>
  )
}
