import type { CarePlan } from '@medplum/fhirtypes'
import type { PersonId } from '../../../kernel/id.ts'
import { isUuid } from '../../../kernel/id.ts'
import { partyOf } from '../../../platform/access.ts'
import { continuityForms, planById, plansByTime, type RehabPlan } from '../../continuity/index.ts'
import { findReferral, relationsToReferral } from '../../referral/index.ts'
import { idsOf, openRecords } from '../../residents/index.ts'
import type { FhirAct } from '../server/act.ts'
import { paged, readTimeMark, timeMark, type Drawn, type Source } from './build.ts'
import { concept, SYSTEMS, to } from './words.ts'

// A plan is seen by the person, as in `continuity.my-plan`, and by the sides of its referral, as in `continuity.of-case`.

const carePlan = (one: RehabPlan): Drawn => {
  const resource: CarePlan = {
    resourceType: 'CarePlan',
    id: one.id,
    status: one.endedAt ? 'completed' : 'active',
    intent: 'plan',
    category: [concept('urn:jieli:plan-kind', 'rehabilitation', '康复计划')],
    title: '康复计划',
    subject: to('Patient', one.person),
    period: { start: one.openedAt, ...(one.endedAt ? { end: one.endedAt } : {}) },
    created: one.openedAt,
    author: to('Organization', one.author),
    contributor: [to('Organization', one.care)],
    supportingInfo: [to('ServiceRequest', one.referral)],
    activity: one.steps.map((step) => ({
      detail: {
        status: 'scheduled' as const,
        code: concept(SYSTEMS.planStep, step.kind, step.words.zh),
        scheduledString: step.dueOn,
        description: step.plain.zh,
      },
    })),
  }
  return { resource, at: one.changedAt }
}

const BY = continuityForms['continuity.of-case'].by

const isSeen = async ({ tx, act: { actor } }: FhirAct, one: RehabPlan, own: readonly PersonId[]): Promise<boolean> => {
  if (actor.role === 'resident') return own.includes(one.person)
  const referral = await findReferral(tx, one.referral)
  return referral !== null && partyOf(BY, actor, relationsToReferral(actor, referral)) !== null
}

const ownIds = async ({ tx, act: { actor } }: FhirAct): Promise<readonly PersonId[]> =>
  actor.role === 'resident' && actor.person ? idsOf(tx, actor.person) : []

const PERSON = /^\d{1,18}$/

/** Plans of rehabilitation. */
export const PLANS: readonly Source[] = [
  {
    type: 'CarePlan',
    searchParams: ['patient', 'subject', 'status', 'category', 'date'],
    one: async (open, id) => {
      const own = await ownIds(open)
      const found = isUuid(id) ? await planById(open.tx, id) : null
      return found && (await isSeen(open, found, own)) ? carePlan(found) : null
    },
    list: async (open, wanted, page) => {
      const own = await ownIds(open)
      const named = wanted.target('patient', 'subject')
      const person = named !== null && PERSON.test(named) && open.act.actor.role !== 'resident' ? (named as PersonId) : null
      if (person) await openRecords(open.tx, [person])
      const persons = person ? [person] : open.act.actor.role === 'resident' ? own : null
      const rows = await plansByTime(open.tx, persons, { limit: page.limit, after: readTimeMark(page.after) })
      const seen = new Set<string>()
      for (const row of rows) if (await isSeen(open, row, own)) seen.add(row.id)
      return paged(
        rows,
        page.limit,
        (one) => (seen.has(one.id) ? carePlan(one) : null),
        ({ openedAt, id }) => timeMark(openedAt, id),
      )
    },
  },
]
