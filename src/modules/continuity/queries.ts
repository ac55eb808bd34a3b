import type { Day } from '../../kernel/day.ts'
import type { OrgId, PersonId } from '../../kernel/id.ts'
import type { Relation } from '../../platform/access.ts'
import type { Queryable, Tx } from '../../platform/database/pool.ts'
import { query, type Act } from '../../platform/forms/form.ts'
import { institutionsOf } from '../organisations/index.ts'
import { findReferral, relationsToReferral, type ReferralId } from '../referral/index.ts'
import { findPerson, findPersons, idsOf, relationsToPerson, type Person } from '../residents/index.ts'
import { candidateInput, candidatesInput, myPlanInput, ofCaseInput, questionsInput, templateInput } from './contract.ts'
import type { RehabPlan } from './continuity.ts'
import { diseaseByKey } from './disease-book.ts'
import { inpatientsAt, standingOf, type Inpatient } from './inpatients.ts'
import { findPlanOfCase, openPlansOf, ticksOf, versionsOf } from './plan-store.ts'
import { byReadiness } from './rules/down-criteria.ts'
import { stepsFromTemplate } from './rules/plan-steps.ts'
import type { Need } from './rules/readiness-items.ts'
import { shownCandidate, shownPlan, shownReadiness, type PlanFacts, type Places } from './shown.ts'
import { findHandOver, questionsTo, readinessOf } from './store.ts'

const WARD = ['ward@own', 'referral-desk@own'] as const

const placesOf = async (db: Queryable, ids: readonly (OrgId | null)[]): Promise<Places> => {
  const found = await institutionsOf(db, [...new Set(ids.filter((id): id is OrgId => id !== null))])
  return new Map(found.map((place) => [place.id, place]))
}

const placesOfInpatients = (tx: Tx, inside: readonly Inpatient[]): Promise<Places> =>
  placesOf(
    tx,
    inside.flatMap(({ readiness, person, referral }) => [
      ...readiness.flatMap((one) => [one.org, one.receiver]),
      person.careOrg,
      person.clinicOrg,
      referral?.careOrg ?? null,
    ]),
  )

const auditOf = ({ person, referral }: Inpatient) => ({
  person: person.id,
  case: referral?.id ?? null,
  basis: '本院在院患者:判断能否下转',
})

export const candidates = query({
  name: 'continuity.candidates',
  by: WARD,
  basis: 'S3 将符合下转标准的患者有序转诊到成员单位',
  does: {
    zh: '本院在院患者离下转还差什么,最接近的在前。',
    en: 'Who lies in this hospital and how near going down they are, the nearest first.',
  },
  input: candidatesInput,
  read: async (tx, _input, act) => {
    if (!act.actor.org) return null
    const inside = await inpatientsAt(tx, act)
    return { inside, places: await placesOfInpatients(tx, inside) }
  },
  relation: () => ['own'],
  audits: ({ inside }) => inside.map(auditOf),
  answer: ({ inside, places }, _input, act) => ({
    candidates: inside
      .map((one) => ({ one, ...standingOf(one, act) }))
      .toSorted(byReadiness)
      .map(({ one, ...standing }) => shownCandidate(one, standing, places, act)),
  }),
})

/** What the person needs at home by the disease and by the medicines on record; a medicine without a code cannot be asked for. */
const needsOf = ({ disease, record }: Inpatient): Need[] => {
  const drugs = record.medicines.flatMap(({ code, words, isActive }) =>
    isActive && code ? [{ kind: 'drug' as const, code, words }] : [],
  )
  return [...new Map([...drugs, ...disease.needs].map((need) => [`${need.kind} ${need.code}`, need])).values()]
}

const placeFor = (id: OrgId | null, places: Places) => {
  const found = id === null ? undefined : places.get(id)
  return found ? { id: found.id, tier: found.tier, name: { zh: found.name.zh, en: found.name.en ?? null } } : null
}

const templateOf = (key: string, homeOn: Day, act: Act) =>
  stepsFromTemplate(diseaseByKey(key).steps, homeOn, (step) => act.policy('down-referral.plan-day', step))

/** What the forms of the hand over are filled with, from the record and the criteria. */
const prefillOf = (one: Inpatient, criteria: ReturnType<typeof standingOf>['decided'], act: Act) => ({
  diagnosis: one.record.problems
    .filter(({ isActive }) => isActive)
    .map(({ words, code }) => (code ? `${words.zh}(${code})` : words.zh))
    .join(';'),
  findings: criteria
    .flatMap(({ criterion, fact }) =>
      fact?.from === 'record' && ['measures', 'recorded'].includes(criterion.by.kind) ? [fact.words.zh] : [],
    )
    .join(';'),
  medication: one.record.medicines
    .filter(({ isActive }) => isActive)
    .map(({ words, dose }) => [words.zh, dose].filter(Boolean).join(' '))
    .join(';'),
  plan: templateOf(one.disease.key, act.today, act)
    .map(({ dueOn, words }) => `${dueOn} ${words.zh}`)
    .join(';'),
})

export const candidate = query({
  name: 'continuity.candidate',
  by: WARD,
  basis: 'S3 将符合下转标准的患者有序转诊到成员单位',
  does: {
    zh: '一位在院患者:每条标准由什么事实决定、还缺什么,以及回转所需的预填内容。',
    en: 'One inpatient: the fact behind each criterion, what is missing, and what the forms are filled with.',
  },
  input: candidateInput,
  read: async (tx, input, act) => {
    const [one] = await inpatientsAt(tx, act, input.person as PersonId)
    return one ? { one, places: await placesOfInpatients(tx, [one]) } : null
  },
  relation: () => ['own'],
  audits: ({ one }) => [auditOf(one)],
  answer: ({ one, places }, _input, act) => {
    const standing = standingOf(one, act)
    return {
      ...shownCandidate(one, standing, places, act),
      questions: one.readiness.map((question) => shownReadiness(question, one.person, places, act)),
      needs: needsOf(one),
      template: templateOf(one.disease.key, act.today, act),
      prefill: prefillOf(one, standing.decided, act),
      care: placeFor(one.referral?.careOrg ?? one.person.careOrg, places),
      clinic: placeFor(one.person.clinicOrg, places),
    }
  },
})

export const template = query({
  name: 'continuity.plan-template',
  by: ['ward@anyone', 'referral-desk@anyone'],
  basis: '康复计划模板 (设计值)',
  does: { zh: '一个病种的康复计划模板,按回家日期排好。', en: 'The template of a disease’s plan, by the day of going home.' },
  input: templateInput,
  read: async (_tx, input, act) => ({ homeOn: input.homeOn ?? act.today }),
  answer: ({ homeOn }, input, act) => ({
    disease: diseaseByKey(input.disease).words,
    steps: templateOf(input.disease, homeOn, act),
  }),
})

const planFacts = async (tx: Tx, plan: RehabPlan): Promise<PlanFacts> => ({
  plan,
  ticks: await ticksOf(tx, plan),
  versions: await versionsOf(tx, plan),
})

const SIDES = ['sender', 'receiver', 'care-team'] as const
const STAFF = ['village-doctor', 'family-doctor', 'referral-desk', 'ward'] as const

export const ofCase = query({
  name: 'continuity.of-case',
  by: STAFF.flatMap((role) => SIDES.map((side) => `${role}@${side}` as const)),
  basis: 'S4 跟踪转诊患者治疗过程,做好接续服务',
  does: { zh: '一张转诊单的接收答复和康复计划。', en: 'The answers of readiness and the plan of one referral.' },
  input: ofCaseInput,
  read: async (tx, input, act) => {
    const referral = await findReferral(tx, input.referral as ReferralId)
    const person = referral && (await findPerson(tx, referral.person))
    if (!referral || !person) return null
    const asked = await readinessOf(tx, await idsOf(tx, person.id))
    const questions = asked.filter(
      (one) => one.org === act.actor.org || one.receiver === act.actor.org || one.referral === referral.id,
    )
    const plan = await findPlanOfCase(tx, referral.id)
    const places = await placesOf(tx, [
      ...questions.flatMap((one) => [one.org, one.receiver]),
      plan?.author ?? null,
      plan?.care ?? null,
    ])
    return {
      referral,
      person,
      questions,
      plan: plan && (await planFacts(tx, plan)),
      handOver: await findHandOver(tx, referral.org, referral.id),
      places,
    }
  },
  relation: ({ referral, person }, { actor }): Relation[] => [
    ...relationsToReferral(actor, referral),
    ...(referral.state === 'draft' ? [] : relationsToPerson(actor, person)),
  ],
  audits: ({ referral }) => [{ person: referral.person, case: referral.id }],
  answer: ({ person, questions, plan, handOver, places }, _input, act) => ({
    questions: questions.map((one) => shownReadiness(one, person, places, act)),
    handOver,
    plan: plan && shownPlan(plan, places),
    mayChangePlan: plan !== null && plan.plan.author === act.actor.org && plan.plan.endedAt === null,
  }),
})

export const questions = query({
  name: 'continuity.questions',
  by: ['village-doctor@own', 'family-doctor@own'],
  basis: '交接须经接收方确认',
  does: {
    zh: '医院问本机构能否接得住的询问,最急的在前。',
    en: 'Questions of hospitals whether this institution is ready, the most urgent first.',
  },
  input: questionsInput,
  read: async (tx, input, act) => {
    if (!act.actor.org) return null
    const asked = await questionsTo(tx, act.actor.org, input.which)
    const persons = await findPersons(
      tx,
      asked.map(({ person }) => person),
    )
    return {
      asked,
      persons,
      places: await placesOf(
        tx,
        asked.flatMap(({ org, receiver }) => [org, receiver]),
      ),
    }
  },
  relation: () => ['own'],
  audits: ({ asked }) => asked.map(({ person, referral }) => ({ person, case: referral })),
  answer: ({ asked, persons, places }, _input, act) => ({
    questions: asked.map((one) => shownReadiness(one, persons.get(one.person) as Person, places, act)),
  }),
})

export const myPlan = query({
  name: 'continuity.my-plan',
  by: ['resident@anyone'],
  basis: '居民本人',
  does: { zh: '我的康复计划:哪天做什么,谁来做。', en: 'My plan: what to do on which day, and who does it.' },
  input: myPlanInput,
  read: async (tx, _input, act) => {
    if (!act.actor.person) return null
    const open = await openPlansOf(tx, await idsOf(tx, act.actor.person))
    const plans: PlanFacts[] = []
    for (const plan of open) plans.push(await planFacts(tx, plan))
    return {
      plans,
      places: await placesOf(
        tx,
        open.flatMap(({ author, care }) => [author, care]),
      ),
    }
  },
  audits: ({ plans }) => plans.map(({ plan }) => ({ person: plan.person, case: plan.referral, basis: '本人查阅' })),
  answer: ({ plans, places }, _input, act) => ({ today: act.today, plans: plans.map((one) => shownPlan(one, places)) }),
})
