import type { OrgId } from '../../kernel/id.ts'
import type { Name } from '../../kernel/words.ts'
import type { Act } from '../../platform/forms/form.ts'
import type { Institution } from '../organisations/index.ts'
import type { Person } from '../residents/index.ts'
import type { ShownCandidate, ShownCriterion, ShownPlan, ShownReadiness } from './contract.ts'
import type { Readiness, RehabPlan, Tick } from './continuity.ts'
import { diseaseByKey } from './disease-book.ts'
import type { Inpatient, Standing } from './inpatients.ts'
import type { PlanVersion } from './plan-store.ts'
import type { Decided } from './rules/down-criteria.ts'
import { stepState } from './rules/plan-steps.ts'
import { isReadyPlace } from './rules/readiness-items.ts'

export type Places = ReadonlyMap<OrgId, Institution>

export const named = ({ zh, en }: Name): { zh: string; en: string | null } => ({ zh, en: en ?? null })
const place = (id: OrgId, places: Places) => ({ id, name: named(places.get(id)?.name ?? { zh: '' }) })
const withPhone = (id: OrgId, places: Places) => ({ ...place(id, places), phone: places.get(id)?.phone ?? null })
const nameOf = (person: Pick<Person, 'zh' | 'en'>) => ({ zh: person.zh, en: person.en })

export const shownCriterion = ({ criterion, state, fact, missing }: Decided): ShownCriterion => ({
  id: criterion.id,
  words: criterion.words,
  basis: criterion.basis,
  grade: criterion.grade,
  isOptional: criterion.isOptional,
  // What the record has decided, no statement changes; what a doctor stated may be stated anew.
  mayAttest: state === 'unknown' || fact?.from === 'attestation',
  state,
  fact: fact && { words: fact.words, at: fact.at, from: fact.from, by: fact.by && named(fact.by) },
  missing,
})

export const shownReadiness = (
  one: Readiness,
  person: Pick<Person, 'id' | 'zh' | 'en'>,
  places: Places,
  act: Act,
): ShownReadiness => ({
  id: one.id,
  referral: one.referral,
  person: { id: person.id, name: nameOf(person) },
  asker: place(one.org, places),
  receiver: place(one.receiver, places),
  disease: diseaseByKey(one.disease).words,
  state: one.state,
  isReady: isReadyPlace(one),
  items: [...one.items],
  note: one.note,
  askedAt: one.askedAt,
  dueAt: one.state === 'asked' ? one.dueAt : null,
  escalations: one.escalations,
  answeredAt: one.answeredAt,
  answeredBy: one.answeredBy && named(one.answeredBy),
  isMine: one.receiver === act.actor.org,
})

export const shownCandidate = (one: Inpatient, standing: Standing, places: Places, act: Act): ShownCandidate => {
  const { person, referral, disease } = one
  const [latest] = one.readiness
  return {
    person: { id: person.id, name: nameOf(person), sex: person.sex, bornOn: person.bornOn, synthetic: person.synthetic },
    referral: referral && { id: referral.id, slipNo: referral.slipNo, state: referral.state },
    disease: { key: disease.key, ...disease.words },
    since: one.since,
    days: standing.days,
    expectedDays: standing.expectedDays,
    progress: standing.progress,
    criteria: standing.decided.map(shownCriterion),
    readiness: latest ? shownReadiness(latest, person, places, act) : null,
  }
}

export type PlanFacts = { readonly plan: RehabPlan; readonly ticks: readonly Tick[]; readonly versions: readonly PlanVersion[] }

export const shownPlan = ({ plan, ticks, versions }: PlanFacts, places: Places): ShownPlan => {
  const disease = diseaseByKey(plan.disease)
  return {
    id: plan.id,
    referral: plan.referral,
    version: plan.version,
    disease: { key: disease.key, ...disease.words },
    author: withPhone(plan.author, places),
    care: withPhone(plan.care, places),
    openedAt: plan.openedAt,
    endedAt: plan.endedAt,
    steps: plan.steps.map((step) => ({
      ...step,
      state: stepState(step.id, ticks),
      ticks: ticks
        .filter((one) => one.step === step.id)
        .map(({ id, side, state, why, value, occurredAt, by }) => ({
          id,
          side,
          state,
          why,
          value,
          at: occurredAt,
          by: named(by),
        })),
    })),
    versions: versions.map(({ version, at, by, reason }) => ({ version, at, by: named(by), reason })),
  }
}
