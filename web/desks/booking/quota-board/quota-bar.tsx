import type { Queries } from '../../../api/api-types.ts'
import { useQuotaWords } from './words.ts'

export type Quota = Queries['booking.quota-board']['answer']['quotas'][number]

const SEGMENTS = ['reserved-used', 'lent', 'reserved', 'emergency-used', 'emergency', 'open-used', 'open'] as const
type Segment = (typeof SEGMENTS)[number]

/** How many units each part of the bar stands for; what was released counts as open. They sum to the capacity. */
export const partsOf = (quota: Quota): Record<Segment, number> => {
  const kept = quota.reserved - quota.released
  return {
    'reserved-used': quota.usedReserved,
    lent: quota.lent,
    reserved: kept - quota.usedReserved - quota.lent,
    'emergency-used': quota.usedEmergency,
    emergency: quota.emergency - quota.usedEmergency,
    'open-used': quota.usedOpen,
    open: quota.capacity - kept - quota.emergency - quota.usedOpen,
  }
}

/** A service's units on a day, with the least that the law reserves drawn in. The numbers stand beside it in words: this is their picture. */
export const QuotaBar = ({ quota }: { quota: Quota }) => {
  const parts = partsOf(quota)
  const percent = (units: number): string => `${(100 * units) / Math.max(quota.capacity, 1)}%`
  return (
    <div className="quota-bar" aria-hidden="true">
      <div className="quota-parts">
        {SEGMENTS.map((part) =>
          parts[part] > 0 ? <span key={part} className={`quota-part ${part}`} style={{ width: percent(parts[part]) }} /> : null,
        )}
      </div>
      {quota.least > 0 && (
        <span className={`quota-least${quota.isLaw ? '' : ' proposed'}`} style={{ insetInlineStart: percent(quota.least) }} />
      )}
    </div>
  )
}

/** What the colours of the bars mean. */
export const QuotaLegend = () => {
  const words = useQuotaWords()
  const items: [string, string][] = [
    ['reserved-used', `${words.shares.reserved} ${words.legendUsed}`],
    ['lent', words.legendLent],
    ['reserved', `${words.shares.reserved} ${words.legendFree}`],
    ['emergency', words.shares.emergency],
    ['open-used', `${words.shares.open} ${words.legendUsed}`],
    ['open', `${words.shares.open} ${words.legendFree}`],
  ]
  return (
    <ul className="along small soft quota-legend" aria-label={words.legend}>
      {items.map(([part, text]) => (
        <li key={part} className="along">
          <span className={`quota-swatch quota-part ${part}`} aria-hidden="true" />
          {text}
        </li>
      ))}
      <li className="along">
        <span className="quota-swatch-line" aria-hidden="true" />
        {words.legendLaw}
      </li>
    </ul>
  )
}
