import type { ContentFault, Draft, Origin, ReadPerson } from '../draft.ts'
import { appointmentOf, SIU_EVENTS } from './appointment.ts'
import type { Hl7Header } from './header.ts'
import { mergedIdsOf, personOfHl7 } from './person.ts'
import { segmentOfName, type Hl7Message } from './reading.ts'
import { resultsOf } from './results.ts'
import { allergiesOf, conditionsOf, encounterOf } from './visit.ts'

const ADT_EVENTS = ['A01', 'A02', 'A03', 'A04', 'A08', 'A11', 'A12', 'A13', 'A28', 'A31', 'A40']
const OF_PERSON_ALONE = ['A28', 'A31', 'A40']

/** Whether a message is of a kind that is understood; all others are answered AR. */
export const isUnderstood = ({ type, event }: Hl7Header): boolean =>
  (type === 'ADT' && ADT_EVENTS.includes(event)) ||
  (type === 'ORU' && event === 'R01') ||
  (type === 'SIU' && SIU_EVENTS.includes(event))

/** What a message is about, before anything is looked up. */
export type Hl7Content = {
  readonly person: ReadPerson
  /** Numbers of the same person that this message ends (A40); empty for all others. */
  readonly mergedIds: readonly string[]
}

/** Who a message is about, or why that cannot be told. */
export const contentOf = (message: Hl7Message, { event }: Hl7Header): Hl7Content | ContentFault => {
  const person = personOfHl7(message)
  if (!segmentOfName(message, 'PID')) return { fault: 'person-missing', place: 'PID' }
  if (!person) return { fault: 'person-unnumbered', place: 'PID^1^3' }
  if (person.zh === null) return { fault: 'person-nameless', place: 'PID^1^5' }
  const mergedIds = event === 'A40' ? mergedIdsOf(message) : []
  if (event === 'A40' && mergedIds.length === 0) return { fault: 'merge-without-number', place: 'MRG^1^1' }
  return { person, mergedIds }
}

/** Everything that a message adds to the record of its person. One fault is enough to take nothing: half a message would mislead. */
export const draftsOf = (message: Hl7Message, { type, event }: Hl7Header, origin: Origin): readonly Draft[] | ContentFault => {
  if (type === 'SIU') {
    const appointment = appointmentOf(message, event, origin)
    return 'fault' in appointment ? appointment : [appointment]
  }
  const isOfPerson = type === 'ADT' && OF_PERSON_ALONE.includes(event)
  const encounter = isOfPerson ? null : encounterOf(message, event, origin)
  if (encounter && 'fault' in encounter && type === 'ADT') return encounter
  if (type === 'ADT' && !isOfPerson && !encounter) return { fault: 'visit-missing', place: 'PV1' }
  const visit = encounter && 'type' in encounter && type === 'ADT' ? [encounter] : []
  const common = [...conditionsOf(message, origin), ...allergiesOf(message, origin)]
  if (type !== 'ORU') return [...visit, ...common]
  const { drafts, faults } = resultsOf(message, origin)
  const [fault] = faults
  if (fault) return fault
  return drafts.length > 0 ? [...drafts, ...common] : { fault: 'results-missing', place: 'OBR' }
}
