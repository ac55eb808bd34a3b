import type { EpisodeOfCare, ServiceRequest, Task } from '@medplum/fhirtypes'
import type { PersonId } from '../../../kernel/id.ts'
import { isUuid } from '../../../kernel/id.ts'
import { partyOf } from '../../../platform/access.ts'
import {
  findReferral,
  lifecycle,
  referralForms,
  referralsByTime,
  relationsToReferral,
  type Referral,
  type ReferralId,
} from '../../referral/index.ts'
import { openRecords } from '../../residents/index.ts'
import type { FhirAct } from '../server/act.ts'
import { keyedId, paged, readTimeMark, timeMark, type Drawn, type Source } from './build.ts'
import { concept, SYSTEMS, to } from './words.ts'

// A referral is seen by its parties, as in `referral.get`.

type State = Referral['state']
const REQUEST_STATUS: Readonly<Record<State, NonNullable<ServiceRequest['status']>>> = {
  draft: 'draft',
  submitted: 'active',
  asked: 'active',
  accepted: 'active',
  scheduled: 'active',
  arrived: 'active',
  'in-treatment': 'active',
  discharged: 'active',
  'handed-back': 'active',
  received: 'active',
  'followed-up': 'active',
  closed: 'completed',
  rejected: 'revoked',
  expired: 'revoked',
  'no-show': 'revoked',
  cancelled: 'revoked',
  'ended-elsewhere': 'revoked',
  'not-agreed': 'revoked',
}
const TASK_STATUS: Readonly<Record<State, NonNullable<Task['status']>>> = {
  draft: 'draft',
  submitted: 'requested',
  asked: 'on-hold',
  accepted: 'accepted',
  scheduled: 'accepted',
  arrived: 'in-progress',
  'in-treatment': 'in-progress',
  discharged: 'in-progress',
  'handed-back': 'in-progress',
  received: 'in-progress',
  'followed-up': 'in-progress',
  closed: 'completed',
  rejected: 'rejected',
  expired: 'failed',
  'no-show': 'failed',
  cancelled: 'cancelled',
  'ended-elsewhere': 'cancelled',
  'not-agreed': 'rejected',
}

const conditionOf = ({ condition, conditionWords }: Referral) => ({
  coding: [{ system: /^[A-Z]\d\d/.test(condition) ? 'http://hl7.org/fhir/sid/icd-10' : SYSTEMS.condition, code: condition }],
  text: conditionWords.zh,
})

const serviceRequest = (one: Referral): Drawn => {
  const resource: ServiceRequest = {
    resourceType: 'ServiceRequest',
    id: one.id,
    identifier: [{ system: SYSTEMS.slip, value: one.slipNo }],
    status: REQUEST_STATUS[one.state],
    intent: 'order',
    category: [
      { coding: [{ system: 'http://snomed.info/sct', code: '3457005', display: 'Patient referral' }] },
      concept(SYSTEMS.direction, one.direction),
    ],
    priority: one.urgency === 'ordinary' ? 'routine' : 'stat',
    code: concept(SYSTEMS.specialty, one.specialty),
    subject: to('Patient', one.person),
    authoredOn: one.openedAt,
    requester: to('Organization', one.org, one.senderName.zh),
    performer: [to('Organization', one.receiver)],
    ...(one.appointmentAt ? { occurrenceDateTime: one.appointmentAt } : {}),
    reasonCode: [conditionOf(one)],
  }
  return { resource, at: one.stateSince }
}

const task = (one: Referral): Drawn => {
  const resource: Task = {
    resourceType: 'Task',
    id: one.id,
    identifier: [{ system: SYSTEMS.slip, value: one.slipNo }],
    status: TASK_STATUS[one.state],
    businessStatus: concept(SYSTEMS.state, one.state, lifecycle.states[one.state].words.zh),
    intent: 'order',
    priority: one.urgency === 'ordinary' ? 'routine' : 'stat',
    code: { coding: [{ system: 'http://hl7.org/fhir/CodeSystem/task-code', code: 'fulfill' }] },
    focus: to('ServiceRequest', one.id),
    for: to('Patient', one.person),
    authoredOn: one.openedAt,
    lastModified: one.stateSince,
    requester: to('Organization', one.org),
    owner: to('Organization', one.receiver),
    ...(one.waitUntil ? { restriction: { period: { end: one.waitUntil } } } : {}),
    ...(one.bookingOrg && one.bookingId
      ? { output: [{ type: { text: 'Appointment' }, valueReference: to('Appointment', keyedId(one.bookingOrg, one.bookingId)) }] }
      : {}),
  }
  return { resource, at: one.stateSince }
}

// The care at the receiver from the request on; a referral that came to nothing is an episode that was cancelled.
const EPISODE_STATUS = (state: State): EpisodeOfCare['status'] => {
  const request = REQUEST_STATUS[state]
  if (request === 'revoked') return 'cancelled'
  if (request === 'completed') return 'finished'
  if (state === 'submitted' || state === 'asked') return 'waitlist'
  return state === 'accepted' || state === 'scheduled' ? 'planned' : 'active'
}

const episode = (one: Referral): Drawn | null => {
  if (one.state === 'draft') return null
  const resource: EpisodeOfCare = {
    resourceType: 'EpisodeOfCare',
    id: one.id,
    identifier: [{ system: SYSTEMS.slip, value: one.slipNo }],
    status: EPISODE_STATUS(one.state),
    type: [concept(SYSTEMS.direction, one.direction)],
    patient: to('Patient', one.person),
    managingOrganization: to('Organization', one.receiver),
    referralRequest: [to('ServiceRequest', one.id)],
  }
  return { resource, at: one.stateSince }
}

const BY = referralForms['referral.get'].by
const isParty = ({ act: { actor } }: FhirAct, one: Referral): boolean =>
  partyOf(BY, actor, relationsToReferral(actor, one)) !== null

const PERSON = /^\d{1,18}$/

const source = (type: string, searchParams: readonly string[], draw: (one: Referral) => Drawn | null): Source => ({
  type,
  searchParams,
  one: async (open, id) => {
    const found = isUuid(id) ? await findReferral(open.tx, id as ReferralId) : null
    return found && isParty(open, found) ? draw(found) : null
  },
  list: async (open, wanted, page) => {
    const named = wanted.target('patient', 'subject')
    const person = named !== null && PERSON.test(named) ? (named as PersonId) : null
    if (person) await openRecords(open.tx, [person])
    const rows = await referralsByTime(open.tx, person ? [person] : null, { limit: page.limit, after: readTimeMark(page.after) })
    return paged(
      rows,
      page.limit,
      (one) => (isParty(open, one) ? draw(one) : null),
      ({ openedAt, id }) => timeMark(openedAt, id),
    )
  },
})

/** A referral as what is asked for, as the work that it is, and as the care that it begins. */
export const REFERRALS: readonly Source[] = [
  source(
    'ServiceRequest',
    ['patient', 'subject', 'status', 'identifier', 'authored', 'performer', 'requester', 'code', 'priority'],
    serviceRequest,
  ),
  source(
    'Task',
    ['patient', 'subject', 'status', 'business-status', 'focus', 'owner', 'requester', 'identifier', 'authored-on', 'modified'],
    task,
  ),
  source('EpisodeOfCare', ['patient', 'status', 'type', 'organization', 'identifier', 'incoming-referral'], episode),
]
