import type { FoundPlace, Question } from '../src/modules/navigation/engine/index.ts'
import { reasonsOf, type Told } from '../src/modules/navigation/rules/reasons.ts'
import type { Reason } from '../src/modules/navigation/index.ts'

/** A place with every reason that the product gives for it, in both languages. */
export type Explained = {
  readonly id: string
  readonly tier: string
  readonly distanceKm: number
  readonly free: number
  readonly firstFreeAt: string | null
  readonly points: number
  readonly reasons: readonly Reason[]
}

const SPECIALTY = { zh: '内科', en: 'Internal medicine' }
const CONSORTIUM = { zh: '演示医共体', en: 'Demo consortium' }
const HORIZON_DAYS = 7

/** What the product's own rule says of each of the places. */
export const explain = (places: readonly FoundPlace[], { lowestTier, consortium, channel }: Question): Explained[] => {
  const told: Told = {
    lowestTier,
    specialty: SPECIALTY,
    consortium: consortium === null ? null : CONSORTIUM,
    horizonDays: HORIZON_DAYS,
    zone: 'Asia/Shanghai',
    channel,
  }
  return places.map((place) => ({
    id: place.id,
    tier: place.tier,
    distanceKm: place.distanceKm,
    free: place.free?.units ?? 0,
    firstFreeAt: place.free?.firstAt ?? null,
    points: place.points,
    reasons: reasonsOf(place, told),
  }))
}
