import type { Queries } from '../../api/api-types.ts'
import { useApi } from '../../api/use-api.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { formatDay } from '../../ui/time-format.ts'
import { usePick } from '../../words/language.tsx'
import { readUnit } from './read-unit.ts'
import { useTimelineWords } from './words.ts'

type Series = Queries['health-record.series']['answer']['series'][number]

const box = { width: 320, height: 120 } as const
const listed = 12

/** All values of one test: a line with its reference range behind, and the newest in words. */
export const SeriesDialog = ({
  person,
  code,
  name,
  onClose,
}: {
  person: string
  code: string
  name: string
  onClose: () => void
}) => {
  const words = useTimelineWords()
  const { data, error, refetch } = useApi('health-record.series', { person, code })
  return (
    <Dialog title={words.trend(name)} open onClose={onClose}>
      {data === undefined && error === null && <Skeleton lines={4} />}
      {error !== null && <ErrorNote error={error} onRetry={() => void refetch()} />}
      {data !== undefined && data.series.length === 0 && <EmptyState kind="none" title={words.none} why={words.noneWhy} />}
      {data?.series.map((one) => (
        <Chart key={`${one.code} ${one.unit}`} series={one} />
      ))}
    </Dialog>
  )
}

const Chart = ({ series }: { series: Series }) => {
  const words = useTimelineWords()
  const pick = usePick()
  const { points, low, high, unit } = series
  return (
    <section className="stack tight" aria-label={pick(series.words)}>
      <p className="along">
        <strong>{pick(series.words)}</strong>
        <span className="soft small">
          {words.times(points.length)}
          {(low ?? high) !== null && ` · ${words.range(low, high)} ${readUnit(unit)}`}
        </span>
      </p>
      {points.length > 1 && <Drawing series={series} />}
      {points.length > 1 && low !== null && high !== null && <p className="soft small">{words.rangeBand}</p>}
      <ul className="timeline-points">
        {points
          .slice(-listed)
          .toReversed()
          .map(({ at, value, comparator }) => (
            <li key={`${at}${value}`}>
              <span className="figures soft">{formatDay(at)}</span>
              <span className="figures">
                {comparator}
                {value} <span className="small soft">{readUnit(unit)}</span>
              </span>
              <span className="small">
                {high !== null && value > high ? words.high : low !== null && value < low ? words.low : ''}
              </span>
            </li>
          ))}
      </ul>
    </section>
  )
}

/** Time goes by its own length, so that a year between two values is a long line. */
const Drawing = ({ series: { points, low, high } }: { series: Series }) => {
  const times = points.map(({ at }) => Date.parse(at))
  const values = [...points.map(({ value }) => value), ...(low === null ? [] : [low]), ...(high === null ? [] : [high])]
  const [from, until] = [Math.min(...times), Math.max(...times)]
  const [least, most] = [Math.min(...values), Math.max(...values)]
  const across = (at: string) => 4 + ((Date.parse(at) - from) / Math.max(1, until - from)) * (box.width - 8)
  const up = (value: number) => box.height - 6 - ((value - least) / Math.max(0.001, most - least)) * (box.height - 12)
  return (
    <svg className="timeline-chart" viewBox={`0 0 ${box.width} ${box.height}`} aria-hidden="true">
      {low !== null && high !== null && <rect x={0} width={box.width} y={up(high)} height={Math.max(1, up(low) - up(high))} />}
      <polyline points={points.map((point) => `${across(point.at).toFixed(1)},${up(point.value).toFixed(1)}`).join(' ')} />
      {points.length <= 60 && points.map((point, at) => <circle key={at} cx={across(point.at)} cy={up(point.value)} r={2.5} />)}
    </svg>
  )
}
