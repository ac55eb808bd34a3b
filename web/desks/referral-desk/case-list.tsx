import { useEffect, useEffectEvent, useRef, type KeyboardEvent } from 'react'
import { Chip } from '../../ui/chip.tsx'
import { Countdown } from '../../ui/countdown.tsx'
import { formatInstant } from '../../ui/time-format.ts'
import { usePick } from '../../words/language.tsx'
import { DirectionChip, PersonName, StateChip, TimeLostChip, UrgencyChip, useAgeAndSex } from './case-words.tsx'
import { UnreadChip } from '../correspondence/unread-badge.tsx'
import type { HeldAct } from './held-acts.ts'
import { useHeldActs } from './held-acts-context.tsx'
import type { Look } from './use-looks.ts'
import type { Selection } from './use-selection.ts'
import type { Row } from './worklist.ts'
import { useDeskWords } from './words.ts'

const rowStep: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 }

const rowAfter = (key: string, at: number, count: number): number | null => {
  if (key === 'Home') return 0
  if (key === 'End') return count - 1
  const step = rowStep[key]
  return step === undefined ? null : Math.min(count - 1, Math.max(0, at + step))
}

/**
 * The cases one under another, the most urgent first. Arrow keys change the row and Enter opens it. When the row that has
 * the focus leaves the list, the focus goes to the row that takes its place.
 */
export const CaseList = ({
  label,
  rows,
  openId,
  showState,
  selection,
  looks,
  onOpen,
}: {
  label: string
  rows: readonly Row[]
  openId: string | null
  showState: boolean
  selection: Selection
  looks: ReadonlyMap<string, Look>
  onOpen: (row: Row) => void
}) => {
  const list = useRef<HTMLUListElement>(null)
  const { held } = useHeldActs()
  const stand = useKeptFocus(list, rows)
  const openAt = Math.max(
    0,
    rows.findIndex(({ id }) => id === openId),
  )
  const words = useDeskWords()
  const pick = usePick()
  const press = (event: KeyboardEvent, at: number) => {
    const here = rows[at]
    if (event.key === ' ' && here !== undefined) {
      event.preventDefault()
      selection.toggle(here.id)
      return
    }
    const next = rowAfter(event.key, at, rows.length)
    if (next === null) return
    event.preventDefault()
    // Beyond the page-wide keys, which would take a second step.
    event.nativeEvent.stopImmediatePropagation()
    const there = rows[next]
    if (event.shiftKey && here !== undefined && there !== undefined) selection.add([here.id, there.id])
    list.current?.querySelectorAll<HTMLButtonElement>('button')[next]?.focus()
  }
  return (
    <ul ref={list} className="list case-list" aria-label={label} id="case-list">
      {rows.map((row, at) => (
        <li key={row.id} className={selection.chosen.has(row.id) ? 'case-item chosen' : 'case-item'}>
          <input
            type="checkbox"
            className="case-choice"
            tabIndex={-1}
            aria-label={words.batch.select(pick(row.person.name))}
            checked={selection.chosen.has(row.id)}
            onChange={(event) => {
              selection.toggle(row.id)
              // The single keys rest inside inputs: the focus goes on to the row, where they work.
              event.currentTarget.parentElement?.querySelector('button')?.focus()
            }}
          />
          <button
            type="button"
            className={rowClass(held.get(row.id), looks.get(row.id))}
            data-case={row.id}
            tabIndex={at === openAt ? 0 : -1}
            aria-current={row.id === openId || undefined}
            onFocus={() => stand(row.id, at)}
            onClick={() => onOpen(row)}
            onKeyDown={(event) => press(event, at)}
            // Firefox presses a button when the space bar comes up; here it selects the row.
            onKeyUp={(event) => event.key === ' ' && event.preventDefault()}
          >
            <CaseRow row={row} showState={showState} held={held.get(row.id)} look={looks.get(row.id)} />
          </button>
        </li>
      ))}
    </ul>
  )
}

const isAnothers = (look: Look | undefined): look is Look => look !== undefined && !look.isMine

const rowClass = (held: HeldAct | undefined, look: Look | undefined): string =>
  `list-row case-row${held === undefined || held.state === 'refused' ? '' : ' pending'}${isAnothers(look) ? ' taken' : ''}`

const useKeptFocus = (list: { readonly current: HTMLUListElement | null }, rows: readonly Row[]) => {
  const stood = useRef<{ id: string; at: number } | null>(null)
  const keep = useEffectEvent(() => {
    const { current } = stood
    if (current === null || rows.some(({ id }) => id === current.id)) return
    stood.current = null
    if (document.activeElement !== document.body) return
    list.current?.querySelectorAll<HTMLButtonElement>('button')[Math.min(current.at, rows.length - 1)]?.focus()
  })
  useEffect(() => keep())
  return (id: string, at: number) => {
    stood.current = { id, at }
  }
}

const HeldChip = ({ held }: { held: HeldAct }) => {
  const words = useDeskWords()
  if (held.state === 'refused') return <Chip tone="danger">{words.held.refusedChip}</Chip>
  if (held.state === 'done') return <Chip tone="good">{words.batch.doneChip}</Chip>
  return <Chip tone="calm">{`${words.acts[held.act]}…`}</Chip>
}

type RowProps = { row: Row; showState: boolean; held: HeldAct | undefined; look: Look | undefined }

const CaseRow = ({ row, showState, held, look }: RowProps) => {
  const words = useDeskWords()
  const pick = usePick()
  const ageAndSex = useAgeAndSex()
  return (
    <span className="case-row-words">
      <span className="along apart case-row-line">
        <span className="list-title">
          <PersonName person={row.person} /> <span className="soft small">{ageAndSex(row.person)}</span>
        </span>
        <UnreadChip referral={row.id} />
        {held === undefined ? row.waitUntil !== null && <Countdown until={row.waitUntil} /> : <HeldChip held={held} />}
      </span>
      <span className="case-row-condition">{pick(row.condition)}</span>
      {isAnothers(look) && <span className="case-row-taken">{words.looks.by(pick(look.by))}</span>}
      {held?.state === 'refused' && <span className="case-row-why">{pick(held.error.body)}</span>}
      <span className="along apart case-row-line">
        <span className="list-lines">
          {pick(row.sender.name)}
          {row.appointmentAt !== null && <span className="figures"> · {formatInstant(row.appointmentAt)}</span>}
        </span>
        <span className="along case-row-chips">
          <TimeLostChip timeLostAt={row.timeLostAt} state={row.state} />
          <UrgencyChip urgency={row.urgency} />
          {row.direction !== 'up' && <DirectionChip direction={row.direction} />}
          {showState && <StateChip state={row.state} />}
        </span>
      </span>
    </span>
  )
}
