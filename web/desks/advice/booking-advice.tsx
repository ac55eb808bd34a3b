import { useApi } from '../../api/use-api.ts'
import type { Queries } from '../../api/api-types.ts'
import { AdvicePanel } from './advice-panel.tsx'

type Referral = Pick<Queries['referral.get']['answer'], 'person' | 'conditionKey' | 'condition'>

const daysAhead = 14

/** Advice before a unit is booked for a referral, once one is picked; asks nothing before. */
export const BookingAdvice = ({
  referral,
  org,
  specialty,
  pool,
}: {
  referral: Referral
  org: string
  specialty: string
  pool: string | null
}) => {
  // The same question as the picker of units asks: it is answered from memory.
  const { data } = useApi(
    'booking.free',
    { org, specialty, channel: 'referral', days: daysAhead, limit: 200 },
    { follows: ['referral'], enabled: pool !== null },
  )
  const unit = data?.slots.find((slot) => slot.pool === pool)
  if (pool === null || unit === undefined) return null
  const condition = { key: referral.conditionKey, zh: referral.condition.zh }
  return (
    <AdvicePanel
      question={{ hook: 'appointment-book', person: referral.person.id, place: org, condition, startsAt: unit.startsAt }}
    />
  )
}
