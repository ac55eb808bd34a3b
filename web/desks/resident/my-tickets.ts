import { useEffect } from 'react'
import type { Queries } from '../../api/api-types.ts'
import { useApi } from '../../api/use-api.ts'
import type { Whom } from './for-whom.tsx'

export type MyTicket = Queries['booking.my-tickets']['answer']['tickets'][number]

/** What happens to others in the queue is not told to this telephone; while somebody waits it asks again so often. */
const askEveryMs = 10_000

export const isWaiting = ({ state }: Pick<MyTicket, 'state'>): boolean => state === 'waiting' || state === 'passed'
const isLive = (ticket: MyTicket): boolean => isWaiting(ticket) || ticket.state === 'called' || ticket.state === 'in'

/** My numbers of today. Being called and the reminder come as events at once; places before me are asked for now and then. */
export const useMyTickets = (whom: Whom) => {
  const asked = useApi('booking.my-tickets', whom.asked)
  const { refetch } = asked
  const waits = asked.data?.tickets.some(isLive) ?? false
  useEffect(() => {
    if (!waits) return
    const timer = setInterval(() => void refetch(), askEveryMs)
    return () => clearInterval(timer)
  }, [waits, refetch])
  return asked
}

/** The number that matters now: who is called before who waits. */
export const liveTicket = (tickets: readonly MyTicket[]): MyTicket | undefined =>
  tickets.find(({ state }) => state === 'called') ?? tickets.find(isLive)
