import { useRef, useState, type KeyboardEvent, type PointerEvent } from 'react'
import { isClashing, drawnBetween, movedBy, resizedBy, snapped, timeOf, type Drawn } from './week.ts'
import { usePlanWords } from './words.ts'

const hourPx = 40
const firstHour = 7
const lastHour = 21

type Drag =
  | { kind: 'draw'; weekday: number; at: number; now: number }
  | { kind: 'move' | 'resize'; session: Drawn; x: number; y: number; shown: Drawn }

/** The hours that the grid shows: a working day, and further where a session reaches. */
const hoursOf = (sessions: readonly Drawn[]): [from: number, until: number] => [
  Math.min(firstHour, ...sessions.map(({ from }) => Math.floor(from / 60))),
  Math.max(lastHour, ...sessions.map(({ to }) => Math.ceil(to / 60))),
]

const weekdayNumbers = [1, 2, 3, 4, 5, 6, 7] as const

type Props = {
  sessions: readonly Drawn[]
  minutes: number
  chosen: number | null
  onChoose: (key: number) => void
  onChange: (session: Drawn) => void
  onDraw: (session: Drawn) => void
  onRemove: (key: number) => void
}

/** A week as columns of hours: sessions are drawn, moved and resized by pointer or keys. */
export const WeekGrid = ({ sessions, minutes, chosen, onChoose, onChange, onDraw, onRemove }: Props) => {
  const words = usePlanWords()
  const grid = useRef<HTMLDivElement>(null)
  const [drag, setDrag] = useState<Drag | null>(null)
  const [from, until] = hoursOf(sessions)
  const minutesAt = (event: PointerEvent, column: Element): number =>
    from * 60 + ((event.clientY - column.getBoundingClientRect().top) / hourPx) * 60
  const columnWidth = (): number => grid.current?.querySelector('.week-column')?.getBoundingClientRect().width ?? 1
  const follow = (event: PointerEvent) => {
    if (drag === null) return
    if (drag.kind === 'draw') {
      const column = grid.current?.querySelectorAll('.week-column')[drag.weekday - 1]
      if (column) setDrag({ ...drag, now: minutesAt(event, column) })
      return
    }
    const by = snapped(((event.clientY - drag.y) / hourPx) * 60, minutes)
    const days = Math.round((event.clientX - drag.x) / columnWidth())
    const shown = drag.kind === 'move' ? movedBy(drag.session, by, days) : resizedBy(drag.session, by, minutes)
    setDrag({ ...drag, shown })
  }
  const drop = () => {
    if (drag?.kind === 'draw') onDraw(drawnBetween(0, drag.weekday, drag.at, drag.now, minutes))
    else if (drag && drag.shown !== drag.session) onChange(drag.shown)
    setDrag(null)
  }
  const take = (event: PointerEvent, kind: 'move' | 'resize', session: Drawn) => {
    if (event.button !== 0) return
    event.stopPropagation()
    grid.current?.setPointerCapture(event.pointerId)
    onChoose(session.key)
    setDrag({ kind, session, x: event.clientX, y: event.clientY, shown: session })
  }
  const press = (event: KeyboardEvent, session: Drawn) => {
    const changed = afterKey(event, session, minutes)
    if (event.key === 'Delete' || event.key === 'Backspace') onRemove(session.key)
    else if (changed === null) return
    else onChange(changed)
    event.preventDefault()
  }
  const shown = sessions.map((one) => (drag && drag.kind !== 'draw' && drag.session.key === one.key ? drag.shown : one))
  const drawn = drag?.kind === 'draw' ? drawnBetween(-1, drag.weekday, drag.at, drag.now, minutes) : null
  const placeOf = ({ from: begins, to }: Drawn) => ({
    top: ((begins - from * 60) / 60) * hourPx,
    height: ((to - begins) / 60) * hourPx,
  })
  return (
    <div className="week-grid" ref={grid} onPointerMove={follow} onPointerUp={drop} onPointerCancel={() => setDrag(null)}>
      <div className="week-hours" aria-hidden="true" style={{ height: (until - from) * hourPx }}>
        {Array.from({ length: until - from }, (_none, at) => (
          <span key={at} style={{ top: at * hourPx }}>
            {timeOf((from + at) * 60)}
          </span>
        ))}
      </div>
      {weekdayNumbers.map((weekday) => (
        <div key={weekday} className="week-day">
          <div className="week-name">{words.weekdays[weekday - 1]}</div>
          <div
            className="week-column"
            style={{ height: (until - from) * hourPx, backgroundSize: `100% ${hourPx}px` }}
            onPointerDown={(event) => {
              if (event.button !== 0) return
              const at = minutesAt(event, event.currentTarget)
              grid.current?.setPointerCapture(event.pointerId)
              setDrag({ kind: 'draw', weekday, at, now: at })
            }}
          >
            {[...shown, ...(drawn ? [drawn] : [])]
              .filter((one) => one.weekday === weekday)
              .map((one) => (
                <button
                  key={one.key}
                  type="button"
                  className={`week-session${one.key === chosen ? ' chosen' : ''}${isClashing(one, shown) ? ' clashing' : ''}`}
                  style={placeOf(one)}
                  aria-pressed={one.key === chosen}
                  onPointerDown={(event) => take(event, 'move', one)}
                  onClick={() => onChoose(one.key)}
                  onKeyDown={(event) => press(event, one)}
                >
                  <span className="unseen">{words.weekdays[weekday - 1]}</span>{' '}
                  <span className="figures">{`${timeOf(one.from)}–${timeOf(one.to)}`}</span>{' '}
                  <span className="small">{words.units(one.capacity)}</span>
                  <span className="week-handle" onPointerDown={(event) => take(event, 'resize', one)} />
                </button>
              ))}
          </div>
        </div>
      ))}
    </div>
  )
}

const afterKey = ({ key, shiftKey }: KeyboardEvent, session: Drawn, minutes: number): Drawn | null => {
  if (key === 'ArrowUp') return shiftKey ? resizedBy(session, -minutes, minutes) : movedBy(session, -minutes, 0)
  if (key === 'ArrowDown') return shiftKey ? resizedBy(session, minutes, minutes) : movedBy(session, minutes, 0)
  if (key === 'ArrowLeft') return movedBy(session, 0, -1)
  return key === 'ArrowRight' ? movedBy(session, 0, 1) : null
}
