import type { Queries } from '../../api/api-types.ts'
import { formatDay } from '../../ui/time-format.ts'
import { usePick, useWordsOf } from '../../words/language.tsx'
import './trend.css'
import { villageWords } from './words.ts'

export type Series = Queries['health-record.summary']['answer']['series'][number]

/** Width and height of the drawing's own grid; it is stretched to the card. */
const box = { width: 200, height: 44 } as const
const [systolic, diastolic] = ['8480-6', '8462-4'] as const

/** A card of trends: one series, or the two of a blood pressure together. */
export type TrendCard = { key: string; first: Series; second: Series | null }

/** Series as cards, blood pressure as one; newest first as the record gives them. */
export const trendCards = (series: readonly Series[]): TrendCard[] => {
  const low = series.find(({ code }) => code === diastolic) ?? null
  return series
    .filter((one) => one.code !== diastolic || !series.some(({ code }) => code === systolic))
    .map((one) => ({ key: `${one.code} ${one.unit}`, first: one, second: one.code === systolic ? low : null }))
}

const isFlagged = (series: Series): boolean => {
  const last = series.points.at(-1)
  if (last === undefined) return false
  if (last.flag !== null && /^[HL]/.test(last.flag)) return true
  return (series.high !== null && last.value > series.high) || (series.low !== null && last.value < series.low)
}

/** A unit of UCUM as people write it: mm[Hg] is mmHg, mL/min/{1.73_m2} is mL/min/1.73 m². */
const readUnit = (unit: string): string => unit.replaceAll(/[[\]{}]/g, '').replace('_m2', ' m²')

/** The last value beside a tiny line of the values before it; screen readers hear the numbers. */
export const Trend = ({ first, second }: Omit<TrendCard, 'key'>) => {
  const words = useWordsOf(villageWords)
  const pick = usePick()
  const shown = second === null ? [first] : [first, second]
  const last = first.points.at(-1)
  if (last === undefined) return null
  const values = shown.map(({ points }) => points.at(-1)?.value ?? '').join('/')
  const flagged = shown.some(isFlagged)
  const name = second === null ? pick(first.words) : words.measure.kinds['blood-pressure']
  const flagWord = flagged ? (isBelow(first) ? words.person.low : words.person.high) : ''
  return (
    <li className="trend">
      <span>{name}</span>
      <span className={flagged ? 'trend-value flagged figures' : 'trend-value figures'}>
        {last.comparator ?? ''}
        {values} <span className="small">{readUnit(first.unit)}</span>
      </span>
      <span className="soft small figures">{formatDay(last.at)}</span>
      <span className="soft small">{flagWord || words.person.times(first.points.length)}</span>
      {first.points.length > 1 && <Lines series={shown} />}
    </li>
  )
}

const isBelow = (series: Series): boolean => {
  const last = series.points.at(-1)
  return last !== undefined && (last.flag?.startsWith('L') === true || (series.low !== null && last.value < series.low))
}

const Lines = ({ series }: { series: readonly Series[] }) => {
  const points = series.flatMap((one) => one.points)
  const times = points.map(({ at }) => Date.parse(at))
  const values = points.map(({ value }) => value)
  const [from, until] = [Math.min(...times), Math.max(...times)]
  const [low, high] = [Math.min(...values), Math.max(...values)]
  const across = (at: string) => ((Date.parse(at) - from) / Math.max(1, until - from)) * box.width
  const up = (value: number) => box.height - ((value - low) / Math.max(0.001, high - low)) * box.height
  return (
    <svg viewBox={`0 0 ${box.width} ${box.height}`} preserveAspectRatio="none" aria-hidden="true">
      {series.map((one, at) => (
        <polyline
          key={one.code}
          className={at === 0 ? undefined : 'second'}
          points={one.points.map((point) => `${across(point.at).toFixed(1)},${up(point.value).toFixed(1)}`).join(' ')}
        />
      ))}
    </svg>
  )
}
