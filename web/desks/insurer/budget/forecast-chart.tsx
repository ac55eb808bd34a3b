import type { Queries } from '../../../api/api-types.ts'
import { useBudgetWords } from './words.ts'

type Ledger = Queries['fund.ledger']['answer']
type Forecast = NonNullable<Ledger['forecast']>

const WIDTH = 640
const HEIGHT = 220
const EDGE = 8

/** Spend so far as a line, the forecast dashed, its band shaded, the budget as a level line. */
export const ForecastChart = ({ forecast, totalFen }: { forecast: Forecast; totalFen: number }) => {
  const words = useBudgetWords()
  const most = Math.max(totalFen, ...forecast.path.map(({ highFen }) => highFen), 1)
  const x = (month: number) => EDGE + ((WIDTH - 2 * EDGE) * month) / 12
  const y = (fen: number) => HEIGHT - EDGE - ((HEIGHT - 2 * EDGE) * fen) / most
  const line = (points: readonly (readonly [number, number])[]) => points.map(([month, fen]) => `${x(month)},${y(fen)}`).join(' ')
  const known = forecast.path.filter((one) => one.known)
  const last = known.at(-1)
  const coming = [...(last ? [last] : []), ...forecast.path.filter((one) => !one.known)]
  const band = [
    ...coming.map(({ month, highFen }) => [month, highFen] as const),
    ...coming.toReversed().map(({ month, lowFen }) => [month, lowFen] as const),
  ]
  return (
    <figure className="budget-chart">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={words.chart}>
        {forecast.band !== null && <polygon className="band" points={line(band)} />}
        <line className="level" x1={x(0)} x2={x(12)} y1={y(totalFen)} y2={y(totalFen)} />
        <polyline className="known" points={line([[0, 0], ...known.map(({ month, fen }) => [month, fen] as const)])} />
        <polyline className="coming" points={line(coming.map(({ month, fen }) => [month, fen] as const))} />
      </svg>
      <figcaption>{words.chart}</figcaption>
    </figure>
  )
}
