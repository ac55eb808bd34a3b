import { plusMinutes, type Instant } from '../../../kernel/clock.ts'
import type { OrgId } from '../../../kernel/id.ts'
import { distanceKm } from '../../navigation/index.ts'
import type { Institution } from '../../organisations/index.ts'
import type { CentreBody } from '../registers.ts'
import type { Candidate } from './choose-centre.ts'
import { timeOfDay } from './written-moment.ts'

type Point = { readonly longitude: number; readonly latitude: number }

export type Around = {
  readonly bodies: readonly CentreBody[]
  readonly institutions: readonly Institution[]
  readonly offers: (org: OrgId, specialty: string) => boolean
  readonly from: Point
  readonly own: OrgId
  readonly departure: Instant
  readonly zone: string
  /** Way by road as a multiple of the straight line. */
  readonly roadFactor: number
  readonly speedKmPerHour: number
}

/** Whether a centre receives at a time of day; hours may go over midnight, and none given means always. */
export const receivesAt = ({ opensAt, closesAt }: Pick<CentreBody, 'opensAt' | 'closesAt'>, time: string): boolean => {
  if (!opensAt || !closesAt) return true
  return opensAt <= closesAt ? opensAt <= time && time < closesAt : opensAt <= time || time < closesAt
}

/** Certified centres with their estimated way from a place: straight line × road factor at a mean speed, whole minutes up. */
export const centresAround = (around: Around): Candidate[] =>
  around.bodies.flatMap((body) => {
    const place = around.institutions.find(({ id }) => id === body.institution)
    if (!place) return []
    const km = distanceKm(around.from, place)
    const travelMinutes = Math.ceil((km * around.roadFactor * 60) / around.speedKmPerHour)
    const arrival = plusMinutes(around.departure, travelMinutes)
    return [
      {
        institution: place.id,
        name: place.name,
        level: body.level,
        capabilities: body.capabilities,
        km: Math.round(km),
        travelMinutes,
        isOpen: receivesAt(body, timeOfDay(arrival, around.zone)),
        hasSpecialty: around.offers(place.id, body.specialty),
        isOwnPlace: place.id === around.own,
      },
    ]
  })
