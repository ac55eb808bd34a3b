import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { ApiError } from '../../../api/api-error.ts'
import type { Queries } from '../../../api/api-types.ts'
import { fetchQuery } from '../../../api/client.ts'
import { useServerNow } from '../../../ui/use-server-now.ts'
import { useLanguage, usePick, useWordsOf } from '../../../words/language.tsx'
import './board.css'
import { boardWords } from './board-words.ts'
import { ticketNumber } from './ticket-number.ts'

type Shown = Queries['public/waiting-room']['answer']
type Queue = Shown['queues'][number]

/** How often a screen asks; the server asks its database once a second, however many screens there are. */
const askEveryMs = 2_000
/** More queues than these do not fit in a size that is read from five metres; the pages then take turns. */
const queuesOnPage = 4
const pageMs = 12_000

const clockForm = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', timeStyle: 'short' })
const dayForm = {
  zh: new Intl.DateTimeFormat('zh-CN', { timeZone: 'Asia/Shanghai', month: 'long', day: 'numeric', weekday: 'long' }),
  en: new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Shanghai', month: 'long', day: 'numeric', weekday: 'long' }),
}

/** Asks without end: a screen has nobody who could press “try again”. What was known stays while the line is cut. */
const useScreen = (key: string) =>
  useQuery<Shown, ApiError>({
    queryKey: ['public/waiting-room', key],
    queryFn: ({ signal }) => fetchQuery('public/waiting-room', { screen: key }, signal),
    refetchInterval: askEveryMs,
    refetchIntervalInBackground: true,
    retry: false,
    gcTime: Infinity,
  })

/** A screen that goes dark serves nobody; where the browser may, it is kept awake. */
const useAwake = (): void => {
  useEffect(() => {
    let lock: WakeLockSentinel | null = null
    const hold = async () => {
      if (document.visibilityState !== 'visible' || !('wakeLock' in navigator)) return
      lock = await navigator.wakeLock.request('screen').catch(() => null)
    }
    const held = () => void hold()
    held()
    document.addEventListener('visibilitychange', held)
    return () => {
      document.removeEventListener('visibilitychange', held)
      void lock?.release()
    }
  }, [])
}

/** The screen of a waiting room: who is called, who is next, the time. It works without anybody who attends to it. */
export const Board = ({ params }: { params: { key: string } }) => {
  const words = useWordsOf(boardWords)
  const pick = usePick()
  const language = useLanguage()
  const now = useServerNow()
  const { data, error } = useScreen(params.key)
  useAwake()
  const isGone = error !== null && error.status === 404
  return (
    <main id="content" className="board" tabIndex={-1}>
      <title>{`${data?.title ?? words.title} · ${words.title}`}</title>
      <header className="board-head">
        <div>
          <h1>{data?.title ?? words.title}</h1>
          {data !== undefined && <p>{pick(data.institution)}</p>}
        </div>
        <p className="board-clock">
          <span>{dayForm[language].format(now)}</span>
          <time dateTime={new Date(now).toISOString()}>{clockForm.format(now)}</time>
        </p>
      </header>
      {error !== null && !isGone && (
        <output className="board-cut">
          {data === undefined ? words.loading : words.cut(clockForm.format(Date.parse(data.asOf)))}
        </output>
      )}
      {isGone ? (
        <Message title={words.gone} why={words.goneWhy} />
      ) : data === undefined ? (
        error === null && <Message title={words.loading} why="" />
      ) : (
        <Queues queues={data.queues} />
      )}
      <footer className="board-foot">{words.pass}</footer>
    </main>
  )
}

const Message = ({ title, why }: { title: string; why: string }) => (
  <div className="board-message">
    <p className="board-big">{title}</p>
    {why !== '' && <p>{why}</p>}
  </div>
)

const Queues = ({ queues }: { queues: readonly Queue[] }) => {
  const words = useWordsOf(boardWords)
  const pages = Math.max(1, Math.ceil(queues.length / queuesOnPage))
  const [turn, setTurn] = useState(0)
  useEffect(() => {
    if (pages === 1) return
    const timer = setInterval(() => setTurn((before) => before + 1), pageMs)
    return () => clearInterval(timer)
  }, [pages])
  if (queues.length === 0) return <Message title={words.noQueues} why={words.noQueuesWhy} />
  const page = turn % pages
  const shown = queues.slice(page * queuesOnPage, (page + 1) * queuesOnPage)
  return (
    <>
      <div className={`board-queues of-${shown.length}`} aria-live="polite">
        {shown.map((queue) => (
          <QueueCard key={`${queue.specialty.zh} ${queue.doctor?.zh} ${queue.place?.zh}`} queue={queue} />
        ))}
      </div>
      {pages > 1 && <p className="board-page">{words.page(page + 1, pages)}</p>}
    </>
  )
}

const QueueCard = ({ queue }: { queue: Queue }) => {
  const words = useWordsOf(boardWords)
  const pick = usePick()
  const called = queue.now.find(({ isInside }) => !isInside)
  const inside = queue.now.find(({ isInside }) => isInside)
  const first = called ?? inside
  return (
    <section className="board-queue" aria-label={pick(queue.specialty)}>
      <h2>
        <span>{queue.place === null ? pick(queue.specialty) : pick(queue.place)}</span>
        <span className="board-doctor">{queue.doctor === null ? pick(queue.specialty) : pick(queue.doctor)}</span>
      </h2>
      {first === undefined ? (
        <p className="board-nobody">{queue.waiting === 0 ? words.nobody : words.notCalled}</p>
      ) : (
        // A new number is a new element, so that it draws the eye once.
        <p key={first.number} className={called === undefined ? 'board-now inside' : 'board-now'}>
          <span className="board-label">{called === undefined ? words.inside : words.now}</span>
          <strong>{ticketNumber(first.number)}</strong>
          <span className="board-name">{first.name ?? ''}</span>
        </p>
      )}
      <div className="board-next">
        <p className="board-label">{words.next}</p>
        <ol>
          {queue.next.map(({ number, name }) => (
            <li key={number}>
              <strong>{ticketNumber(number)}</strong> {name ?? ''}
            </li>
          ))}
        </ol>
        <p className="board-waiting">{words.waiting(queue.waiting)}</p>
      </div>
    </section>
  )
}
