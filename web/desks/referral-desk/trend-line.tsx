import type { PackageShown } from './read-package.ts'

type Series = PackageShown['series'][number]

const width = 120
const height = 32
const edge = 4

/** Points as places in the picture; a series without change runs through the middle. */
export const trendPoints = (values: readonly number[]): { x: number; y: number }[] => {
  const low = Math.min(...values)
  const span = Math.max(...values) - low
  const step = values.length > 1 ? (width - 2 * edge) / (values.length - 1) : 0
  return values.map((value, at) => ({
    x: edge + at * step,
    y: span === 0 ? height / 2 : height - edge - ((value - low) / span) * (height - 2 * edge),
  }))
}

/** A tiny line of how a measurement went; `label` says the same in words. */
export const TrendLine = ({ points, label }: { points: Series['points']; label: string }) => {
  const places = trendPoints(points.map(({ value }) => value))
  const last = places.at(-1)
  if (places.length < 2 || last === undefined) return null
  return (
    <svg className="trend-line" viewBox={`0 0 ${width} ${height}`} width={width} height={height} role="img" aria-label={label}>
      <polyline
        points={places.map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' ')}
        fill="none"
        stroke="currentColor"
        strokeWidth="2"
      />
      <circle cx={last.x} cy={last.y} r="3" fill="currentColor" />
    </svg>
  )
}
