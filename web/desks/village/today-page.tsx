import { lazy, Suspense, useState } from 'react'
import { Link } from 'wouter'
import type { Queries } from '../../api/api-types.ts'
import { useApi } from '../../api/use-api.ts'
import { Page } from '../../shell/desk-frame.tsx'
import { useActor } from '../../shell/session.tsx'
import { Button } from '../../ui/button.tsx'
import { Countdown } from '../../ui/countdown.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { TextArea } from '../../ui/field.tsx'
import { Icon } from '../../ui/icon.tsx'
import { List } from '../../ui/list.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { formatInstant } from '../../ui/time-format.ts'
import { useServerNow } from '../../ui/use-server-now.ts'
import { usePick, useWordsOf } from '../../words/language.tsx'
import { ActDialog } from './act-dialogs.tsx'
import { CaseRow, type Row } from './case-row.tsx'
import { maskedName } from './people.ts'
import { RebookButton } from './rebook-button.tsx'
import { SaidReason } from './said-reason.tsx'
import { useSaved } from './use-saved.ts'
import { useVouchers } from './use-vouchers.ts'
import { useWaitingWords } from './waiting-words.ts'
import { caseWords, offlineWords, villageWords } from './words.ts'

// What waits only now and then comes after the first screen.
const AskedReadiness = lazy(() => import('./asked-readiness.tsx').then((part) => ({ default: part.AskedReadiness })))
const OverdueSteps = lazy(() => import('./overdue-steps.tsx').then((part) => ({ default: part.OverdueSteps })))

const shownTasks = 6
const goOnStates = ['asked', 'rejected', 'expired', 'no-show']
const comeBackStates = ['handed-back', 'received', 'followed-up']

/** The day: two ways to begin, what I have sent, tasks due, and every patient who waits for me. */
export const TodayPage = () => {
  const words = useWordsOf(villageWords)
  const cases = useWordsOf(caseWords)
  const pick = usePick()
  const { name, role } = useActor()
  const mine = useApi('referral.worklist', { side: 'sender', state: 'mine-to-act', limit: 100 })
  const care = useApi('referral.worklist', { side: 'care-team', state: 'mine-to-act', limit: 100 })
  const goOn = mine.data?.rows.filter(({ state }) => goOnStates.includes(state))
  const comeBack = care.data?.rows.filter(({ state }) => comeBackStates.includes(state))
  // A family doctor answers for the contracted residents, a village doctor for those whom the clinic sent.
  const counted = role === 'family-doctor' ? care.data : mine.data
  return (
    <Page title={words.today} lead={words.home.lead(pick(name))}>
      <div className="start-acts">
        <Link className="button primary" to="/village/refer">
          <Icon name="baton" />
          <span>{words.home.referNow}</span>
        </Link>
        <Link className="button danger" to="/village/emergency">
          <Icon name="warning" />
          <span>{cases.rush.title}</span>
        </Link>
      </div>
      <MayPromise />
      {counted?.counts && <Counts side={role === 'family-doctor' ? 'care-team' : 'sender'} counts={counted.counts} />}
      <Tasks which="lost" />
      <Suspense fallback={null}>
        <AskedReadiness />
        <OverdueSteps rows={comeBack ?? []} />
      </Suspense>
      <Waiting title={words.home.goOn} asked={mine} rows={goOn} none={words.home.goOnNone} why={words.home.goOnWhy} withReason />
      <Waiting
        title={words.home.receive}
        asked={care}
        rows={comeBack}
        none={words.home.receiveNone}
        why={words.home.receiveWhy}
      />
      <Tasks which="others" />
    </Page>
  )
}

/** How many units of others this institution may promise, and when they are. */
const MayPromise = () => {
  const { promise: words } = useWordsOf(offlineWords)
  const pick = usePick()
  const vouchers = useVouchers()
  if (vouchers.length === 0) return null
  return (
    <details className="reasons">
      <summary>{words.count(vouchers.length)}</summary>
      <ul className="bulleted small">
        {vouchers.map(({ number, startsAt, validUntil, institution }) => (
          <li key={number}>
            {institution === null ? '' : `${pick(institution)} `}
            {formatInstant(startsAt)} · {words.until(formatInstant(validUntil))}
          </li>
        ))}
      </ul>
    </details>
  )
}

type Asked = { error: Error | null; isPending: boolean; refetch: () => unknown }

type CountsShown = {
  side: 'sender' | 'care-team'
  counts: NonNullable<Queries['referral.worklist']['answer']['counts']>
}

const Counts = ({ side, counts }: CountsShown) => {
  const { home: words } = useWordsOf(villageWords)
  const tiles = [
    ['open', words.open, counts.open, ''],
    ['mine-to-act', words.mine, counts.mineToAct, ''],
    ['overdue', words.overdue, counts.overdue, counts.overdue > 0 ? ' late' : ''],
  ] as const
  return (
    <nav className="count-tiles" aria-label={words.counts}>
      {tiles.map(([state, label, count, look]) => (
        <Link key={state} to={`/village/cases?side=${side}&state=${state}`} className={`count-tile${look}`}>
          <strong className="figures">{count}</strong>
          <span className="small">{label}</span>
        </Link>
      ))}
    </nav>
  )
}

type WaitingProps = {
  title: string
  asked: Asked
  rows: readonly Row[] | undefined
  none: string
  why: string
  withReason?: boolean
}

const Waiting = ({ title, asked, rows, none, why, withReason = false }: WaitingProps) => {
  const { stop } = useWordsOf(villageWords)
  const isOffline = asked.error !== null && 'status' in asked.error && asked.error.status === 0
  return (
    <section className="stack tight" aria-label={title}>
      <h2>{title}</h2>
      {asked.isPending && <Skeleton lines={2} />}
      {isOffline && rows === undefined && <EmptyState kind="offline" />}
      {asked.error !== null && !isOffline && <ErrorNote error={asked.error} onRetry={() => void asked.refetch()} />}
      {rows !== undefined && rows.length === 0 && (
        <p className="soft small">
          {none}
          {stop}
          {why}
        </p>
      )}
      {rows !== undefined && rows.length > 0 && (
        <List label={title}>
          {rows.map((row) => (
            <CaseRow key={row.id} row={row} extra={withReason && <SaidWhy row={row} />} />
          ))}
        </List>
      )}
    </section>
  )
}

/** What the receiver said when it returned the person: why and the way on, which the list itself does not carry. */
const SaidWhy = ({ row }: { row: Row }) => {
  const { data } = useApi('referral.get', { referral: row.id }, { enabled: row.state === 'rejected' })
  const said = data?.trace.findLast(({ type }) => type === 'referral.rejected')
  return said === undefined ? null : <SaidReason why={said.why} reason={said.reason} />
}

type Task = Queries['referral.tasks']['answer']['tasks'][number]

/** Tasks that are due; a promise that fell through stands by itself, because the person is waiting to be called. */
const Tasks = ({ which }: { which: 'lost' | 'others' }) => {
  const words = useWordsOf(villageWords)
  const waiting = useWaitingWords()
  const isLost = which === 'lost'
  const { data, error, isPending, refetch } = useApi('referral.tasks', { which: 'open', limit: 100 })
  const tasks = data?.tasks.filter(({ kind }) => (kind === 'call') === isLost) ?? []
  const title = isLost ? waiting.lost : words.home.tasks
  if (isLost && tasks.length === 0) return null
  return (
    <section className="stack tight" aria-label={title}>
      <h2>{title}</h2>
      {isPending && <Skeleton lines={3} />}
      {error !== null && <ErrorNote error={error} onRetry={() => void refetch()} />}
      {data !== undefined && tasks.length === 0 && (
        <p className="soft small">
          {words.home.tasksNone}
          {words.stop}
          {words.home.tasksWhy}
        </p>
      )}
      {tasks.length > 0 && <TaskList label={title} tasks={tasks} />}
    </section>
  )
}

const TaskList = ({ label, tasks }: { label: string; tasks: readonly Task[] }) => {
  const words = useWordsOf(villageWords)
  const [whole, setWhole] = useState(false)
  const [finishing, setFinishing] = useState<Task | null>(null)
  const shown = whole ? tasks : tasks.slice(0, shownTasks)
  return (
    <>
      <List label={label}>
        {shown.map((task) => (
          <TaskRow key={task.id} task={task} onFinish={() => setFinishing(task)} />
        ))}
      </List>
      {tasks.length > shown.length && (
        <Button tone="quiet" onClick={() => setWhole(true)}>
          {words.home.more(tasks.length - shown.length)}
        </Button>
      )}
      {finishing !== null && <FinishDialog key={finishing.id} task={finishing} onClose={() => setFinishing(null)} />}
    </>
  )
}

const TaskRow = ({ task, onFinish }: { task: Task; onFinish: () => void }) => {
  const words = useWordsOf(villageWords)
  const pick = usePick()
  const now = useServerNow()
  const { referral } = task
  const isLate = Date.parse(task.dueAt) < now
  const isLost = task.kind === 'call' && referral.state === 'draft'
  return (
    <li className={isLate ? 'list-row task-row late' : 'list-row task-row'}>
      <span className="list-words">
        <span className="list-title task-name">
          <Link to={`/village/cases/${referral.id}`}>{pick(referral.person.name)}</Link>
          <span>{words.taskKinds[task.kind]}</span>
        </span>
        <span className="list-lines task-name">
          {pick(referral.condition)} · {pick(referral.receiver.name)} <Countdown until={task.dueAt} soonMinutes={24 * 60} />
        </span>
      </span>
      {task.kind === 'follow-up' && referral.state === 'received' ? (
        <Link className="button plain small-button" to={`/village/cases/${referral.id}`}>
          {words.home.followUpFirst}
        </Link>
      ) : (
        <span className="list-aside">
          {isLost && <RebookButton referral={referral} />}
          <Button small onClick={onFinish}>
            {words.home.finish}
          </Button>
        </span>
      )}
    </li>
  )
}

const FinishDialog = ({ task, onClose }: { task: Task; onClose: () => void }) => {
  const words = useWordsOf(villageWords)
  const cases = useWordsOf(caseWords)
  const saved = useSaved('referral.finish-task')
  const [note, setNote] = useState('')
  const [tried, setTried] = useState(false)
  const submit = () => {
    setTried(true)
    if (note.trim() === '') return
    void saved.save(
      { task: task.id, note: note.trim() },
      `${words.taskKinds[task.kind]} · ${maskedName(task.referral.person.name.zh)}`,
      task.referral.person.id,
    )
  }
  return (
    <ActDialog title={words.home.finishTitle} act={words.home.finishAct} open onClose={onClose} saved={saved} onSubmit={submit}>
      <TextArea
        label={words.home.finishNote}
        hint={words.home.finishHint}
        required
        error={tried && note.trim() === '' ? cases.acts.noteMissing : undefined}
        value={note}
        onChange={setNote}
      />
    </ActDialog>
  )
}
