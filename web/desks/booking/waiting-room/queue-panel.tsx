import { useState } from 'react'
import { useApi, useCommand } from '../../../api/use-api.ts'
import type { Queries } from '../../../api/api-types.ts'
import { useActor } from '../../../shell/session.tsx'
import { Button } from '../../../ui/button.tsx'
import { Card } from '../../../ui/card.tsx'
import { Chip } from '../../../ui/chip.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { ErrorNote } from '../../../ui/error-note.tsx'
import { List, PlainRow } from '../../../ui/list.tsx'
import { Skeleton } from '../../../ui/skeleton.tsx'
import { useKeys } from '../../../ui/use-keys.ts'
import { usePick, useWordsOf } from '../../../words/language.tsx'
import { timeOfDay } from '../../referral-desk/times.ts'
import { queueWords } from './queue-words.ts'
import { ticketNumber } from './ticket-number.ts'
import { WalkInDialog } from './walk-in-dialog.tsx'

type Board = Queries['booking.queue-board']['answer']
type Ticket = Board['tickets'][number]

/** Ranks of the priority class that say "referred" at a glance; 0 is an emergency. */
const referredRanks = [1, 2]

/** One queue: who is called or inside with what can be done, and the order of those who wait. */
export const QueuePanel = ({ queue, name }: { queue: string; name: string }) => {
  const { data, error, refetch } = useApi('booking.queue-board', { queue })
  if (error !== null) return <ErrorNote error={error} onRetry={() => void refetch()} />
  if (data === undefined) return <Skeleton lines={6} />
  return <Panel board={data} queue={queue} name={name} />
}

const useActs = (queue: string, current: Ticket | undefined) => {
  const { institution } = useActor()
  const next = useCommand('booking.call-next')
  const recall = useCommand('booking.recall')
  const enter = useCommand('booking.enter')
  const pass = useCommand('booking.pass')
  const serve = useCommand('booking.serve')
  const leave = useCommand('booking.leave')
  const close = useCommand('booking.close-queue')
  const all = [next, recall, enter, pass, serve, leave, close]
  const isBusy = all.some(({ isPending }) => isPending)
  const org = institution?.id ?? ''
  const key = current === undefined ? null : { org, ticket: current.id }
  const forget = () => {
    for (const one of all) one.reset()
  }
  const when = (isPossible: boolean, act: () => void) => () => {
    if (!isPossible || isBusy) return
    forget()
    act()
  }
  const isCalled = current?.state === 'called'
  return {
    error: all.find((one) => one.error !== null)?.error ?? null,
    isBusy,
    next: when(!isCalled, () => next.mutate({ queue })),
    recall: when(isCalled, () => key && recall.mutate(key)),
    enter: when(isCalled, () => key && enter.mutate(key)),
    pass: when(isCalled, () => key && pass.mutate(key)),
    serve: when(key !== null, () => key && serve.mutate(key)),
    leave: (ticket: string) => when(true, () => leave.mutate({ org, ticket }))(),
    close: when(true, () => close.mutate({ queue })),
  }
}

const Panel = ({ board, queue, name }: { board: Board; queue: string; name: string }) => {
  const words = useWordsOf(queueWords)
  const pick = usePick()
  const [isTaking, setTaking] = useState(false)
  const { place, doctor, closed } = board.queue
  const current = board.tickets.find(({ state }) => state === 'called') ?? board.tickets.find(({ state }) => state === 'in')
  const waiting = board.tickets.filter(({ state }) => state === 'waiting' || state === 'passed')
  const acts = useActs(queue, current)
  useKeys({ n: acts.next, r: acts.recall, e: acts.enter, p: acts.pass, s: acts.serve })
  const where = [doctor, place].flatMap((one) => (one === null ? [] : [pick(one)])).join(' · ')
  return (
    <div className="stack">
      <Card
        title={where === '' ? name : `${name} · ${where}`}
        held
        aside={<Chip tone={closed ? 'quiet' : 'calm'}>{closed ? words.closed : words.waiting(board.queue.waiting)}</Chip>}
      >
        <div className="stack">
          <Current ticket={current} />
          {acts.error !== null && <ErrorNote error={acts.error} />}
          <div className="queue-acts">
            {current?.state === 'called' ? (
              <>
                <Button tone="primary" shortcut="E" onClick={acts.enter}>
                  {words.acts.enter}
                </Button>
                <Button shortcut="R" onClick={acts.recall}>
                  {words.acts.recall}
                </Button>
                <Button shortcut="P" onClick={acts.pass}>
                  {words.acts.pass}
                </Button>
              </>
            ) : (
              <Button tone="primary" shortcut="N" onClick={acts.next}>
                {words.acts.next}
              </Button>
            )}
            {current !== undefined && (
              <Button shortcut="S" onClick={acts.serve}>
                {words.acts.serve}
              </Button>
            )}
          </div>
          <p className="soft small wide-only">{words.keys}</p>
        </div>
      </Card>
      <Card
        title={words.order}
        aside={
          <span className="along">
            <span className="soft small">{words.minutes(board.serviceMinutes)}</span>
            {!closed && (
              <Button small icon="plus" onClick={() => setTaking(true)}>
                {words.walkIn}
              </Button>
            )}
          </span>
        }
      >
        {waiting.length === 0 ? (
          <EmptyState
            kind="none"
            title={words.nobody}
            why={words.nobodyWhy}
            action={closed || current !== undefined ? undefined : <Button onClick={acts.close}>{words.acts.close}</Button>}
          />
        ) : (
          <List label={words.order}>
            {waiting.map((ticket) => (
              <WaitingRow key={ticket.id} ticket={ticket} onLeave={() => acts.leave(ticket.id)} />
            ))}
          </List>
        )}
      </Card>
      <WalkInDialog queue={queue} open={isTaking} onClose={() => setTaking(false)} />
    </div>
  )
}

const Current = ({ ticket }: { ticket: Ticket | undefined }) => {
  const words = useWordsOf(queueWords)
  const pick = usePick()
  if (ticket === undefined) return <p className="soft">{words.nobodyCalled}</p>
  return (
    <div className="queue-current" aria-live="polite">
      <strong className="queue-number">{ticketNumber(ticket.number)}</strong>
      <div>
        <p className="big-name">{ticket.name === null ? words.unknown : pick(ticket.name)}</p>
        <p className="along">
          <Chip tone={ticket.state === 'called' ? 'baton' : 'good'}>
            {ticket.state === 'called' ? words.called : words.inside}
          </Chip>
          <Marks ticket={ticket} />
          {ticket.calls > 1 && <span className="soft small">{words.calls(ticket.calls)}</span>}
        </p>
      </div>
    </div>
  )
}

const Marks = ({ ticket }: { ticket: Ticket }) => {
  const { chips } = useWordsOf(queueWords)
  return (
    <>
      {ticket.rank === 0 && <Chip tone="danger">{chips.emergency}</Chip>}
      {referredRanks.includes(ticket.rank) && <Chip tone="baton">{chips.referred}</Chip>}
      {ticket.isElderly && (
        <Chip tone="calm" icon="person">
          {chips.elderly}
        </Chip>
      )}
      {ticket.state === 'passed' && <Chip tone="warning">{chips.passed}</Chip>}
    </>
  )
}

const WaitingRow = ({ ticket, onLeave }: { ticket: Ticket; onLeave: () => void }) => {
  const words = useWordsOf(queueWords)
  const pick = usePick()
  const when = ticket.isBooked ? words.booked(timeOfDay(ticket.windowAt)) : words.chips.walkIn
  return (
    <PlainRow
      title={
        <span className="along">
          <strong className="figures">{ticketNumber(ticket.number)}</strong>
          <span>{ticket.name === null ? words.unknown : pick(ticket.name)}</span>
          <Marks ticket={ticket} />
        </span>
      }
      lines={`${when} · ${words.came(timeOfDay(ticket.takenAt))}`}
      aside={
        <Button small tone="quiet" onClick={onLeave} aria-label={`${words.acts.leave} ${ticketNumber(ticket.number)}`}>
          {words.acts.leave}
        </Button>
      }
    />
  )
}
