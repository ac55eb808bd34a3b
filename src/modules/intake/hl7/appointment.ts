import { msOf, plusMinutes, type Instant } from '../../../kernel/clock.ts'
import { fhirMoment, type ContentFault, type Draft, type Origin } from '../draft.ts'
import { componentOf, repetitionsOf, segmentOfName, segmentsOf, valueAt, type Hl7Message, type Segment } from './reading.ts'
import { conceptAt } from './visit.ts'

const STATES: Readonly<Record<string, string>> = { S12: 'booked', S13: 'booked', S14: 'booked', S15: 'cancelled', S26: 'noshow' }

/** Events of SIU that are understood. */
export const SIU_EVENTS = Object.keys(STATES)

const momentIn = (message: Hl7Message, sch: Segment, component: number, origin: Origin): Instant | null => {
  const [written] = repetitionsOf(message, sch, 11)
  const moment = fhirMoment(written === undefined ? null : componentOf(message, written, component), origin.zone)
  return moment?.includes('T') ? (moment as Instant) : null
}

const endOf = (message: Hl7Message, sch: Segment, from: Instant, origin: Origin): Instant | null => {
  const said = momentIn(message, sch, 5, origin)
  if (said) return msOf(said) > msOf(from) ? said : null
  const minutes = Number(valueAt(message, sch, 9) ?? Number.NaN)
  return Number.isFinite(minutes) && minutes > 0 ? plusMinutes(from, minutes) : null
}

const nameIn = (message: Hl7Message, segment: Segment, field: number): string | null => {
  const [written] = repetitionsOf(message, segment, field)
  if (written === undefined) return null
  return [2, 3].flatMap((at) => componentOf(message, written, at) ?? []).join('') || componentOf(message, written)
}

/** An appointment at the sender (SIU), as a record of its own; places of our own pools are not taken by it. */
export const appointmentOf = (message: Hl7Message, event: string, origin: Origin): Draft | ContentFault => {
  const sch = segmentOfName(message, 'SCH')
  const key = sch && (valueAt(message, sch, 2) ?? valueAt(message, sch, 1))
  if (!sch || !key) return { fault: 'appointment-unnumbered', place: 'SCH^1^2' }
  const from = momentIn(message, sch, 4, origin)
  const until = from && endOf(message, sch, from, origin)
  const status = STATES[event] ?? 'booked'
  if (status === 'booked' && !(from && until)) return { fault: 'appointment-without-time', place: 'SCH^1^11' }
  const reason = conceptAt(message, sch, 7, origin)
  const doctors = segmentsOf(message, 'AIP').flatMap((aip) => nameIn(message, aip, 3) ?? [])
  const places = segmentsOf(message, 'AIL').flatMap((ail) => nameIn(message, ail, 3) ?? [])
  const services = segmentsOf(message, 'AIS').flatMap((ais) => conceptAt(message, ais, 3, origin) ?? [])
  return {
    type: 'Appointment',
    key,
    elements: {
      identifier: [{ system: `urn:jieli:${origin.org}:appointment`, value: key }],
      status,
      ...(services.length > 0 ? { serviceType: services } : {}),
      ...(reason ? { reasonCode: [reason] } : {}),
      ...(from && until ? { start: from, end: until } : {}),
      participant: [
        { actor: { reference: `Patient/${origin.person}` }, status: 'accepted' },
        { actor: { reference: `Organization/${origin.org}` }, status: 'accepted' },
        ...[...doctors, ...places].map((display) => ({ actor: { display }, status: 'accepted' })),
      ],
    },
  }
}
