import type { OrgId, PersonId } from '../../kernel/id.ts'
import { ok, refuseAll, type Result } from '../../kernel/result.ts'
import type { Tx } from '../../platform/database/pool.ts'
import { command, type Act, type Decision } from '../../platform/forms/form.ts'
import { referralForms, type Referral } from '../referral/index.ts'
import { findPerson, idsOf, type Person } from '../residents/index.ts'
import { handBackHomeInput, sendDownInput } from './contract.ts'
import type { Readiness } from './continuity.ts'
import { diseaseByKey, DISEASES, OTHER, type Disease } from './disease-book.ts'
import { codesOfCase } from './inpatients.ts'
import { decidePlan, type PlanChange } from './plan-change.ts'
import { savePlan } from './plan-store.ts'
import { diseaseOf } from './rules/icd-range.ts'
import { mayGoHome } from './rules/may-go-home.ts'
import type { GivenStep } from './rules/plan-steps.ts'
import { sentAlong } from './rules/readiness-items.ts'
import * as store from './store.ts'

const handBackOfReferral = referralForms['referral.hand-back']
const sendOfReferral = referralForms['referral.send']

type HomeInput = {
  readiness?: string | null | undefined
  withoutAnswer?: string | null | undefined
  steps?: readonly GivenStep[] | null | undefined
}

/** What the way home needs to know besides the referral itself. */
type HomeFacts = {
  readonly readiness: Readiness | null
  readonly person: Person | null
  readonly persons: readonly PersonId[]
  readonly disease: Disease
}

const homeFacts = async (tx: Tx, input: HomeInput, person: string, condition: string): Promise<HomeFacts> => {
  const readiness = input.readiness ? await store.lockReadiness(tx, input.readiness) : null
  const codes = readiness ? [] : await codesOfCase(tx, condition)
  return {
    readiness,
    person: await findPerson(tx, person as PersonId),
    persons: await idsOf(tx, person as PersonId),
    disease: readiness ? diseaseByKey(readiness.disease) : (diseaseOf(codes, DISEASES) ?? OTHER),
  }
}

type Home = { readonly handOver: store.HandOver; readonly plan: PlanChange | null }

/** The part of a hand over that is not the referral's: the answer it rests on, and the plan. */
const decideHome = (facts: HomeFacts, input: HomeInput, after: Referral, taker: OrgId | null, act: Act): Result<Home> => {
  const takers = [taker, facts.person?.clinicOrg ?? null].filter((org): org is OrgId => org !== null)
  // An answer that does not exist is an answer about somebody else: it is not told apart.
  const persons = input.readiness && !facts.readiness ? [] : [...facts.persons, after.person]
  const may = mayGoHome({ persons, takers, readiness: facts.readiness, withoutAnswer: input.withoutAnswer ?? null })
  const base = {
    person: after.person,
    id: act.newId(),
    author: act.actor.org as OrgId,
    care: taker ?? after.receiver,
    caseOrg: after.org,
    referral: after.id,
    disease: facts.disease.key,
    openedAt: act.now,
    endedAt: null,
  }
  const plan = input.steps?.length
    ? decidePlan(base, input.steps, null, { person: facts.person, reason: after.slipNo }, act)
    : ok(null)
  if (!may.ok || !plan.ok) return refuseAll([...(may.ok ? [] : may.refusals), ...(plan.ok ? [] : plan.refusals)])
  const handOver = {
    org: after.org,
    referral: after.id,
    readiness: facts.readiness,
    withoutAnswer: input.withoutAnswer ?? null,
    plan: plan.value?.plan.id ?? null,
  }
  return ok({ handOver, plan: plan.value })
}

type Both<Change> = { readonly inner: Change; readonly home: Home }

/** The referral's decision and the way home as one decision: all of it, or none. */
const joined = <Change, Answer extends object>(inner: Decision<Change, Answer>, home: Home, facts: HomeFacts, act: Act) => {
  const { plan, handOver } = home
  const told = handOver.withoutAnswer
    ? [
        {
          type: 'continuity.sent-without-answer',
          case: { kind: 'hand-over', org: handOver.org, id: act.newId() },
          person: facts.person?.id ?? null,
          seenBy: [act.actor.org as OrgId, ...(inner.events?.[0]?.seenBy ?? [])],
          reason: handOver.withoutAnswer,
        },
      ]
    : []
  return ok({
    change: { inner: inner.change, home } satisfies Both<Change>,
    answer: {
      ...inner.answer,
      plan: plan?.plan.id ?? null,
      sendAlong: (facts.readiness ? sentAlong(facts.readiness) : []).map(({ words }) => words),
    },
    events: [...(inner.events ?? []), ...(plan ? [plan.event] : []), ...told],
    waits: [...(inner.waits ?? []), ...(plan?.waits ?? [])],
  })
}

const saveHome = async (tx: Tx, { handOver, plan }: Home, act: Act): Promise<void> => {
  await store.saveHandOver(tx, handOver, act)
  if (plan) await savePlan(tx, plan.plan, plan.reason, act)
}

export const handBack = command({
  name: 'continuity.hand-back',
  by: handBackOfReferral.by,
  basis: '双向转诊(回转)单;交接须确认对方接得住;康复专家定期指导',
  does: {
    zh: '回转基层:回转单、对方的接收答复、康复计划一次办成;没有答复须写明原因。',
    en: 'Hands back in one act: return slip, the answer of the place that takes the person, plan of rehabilitation; without an answer a reason is needed.',
  },
  input: handBackHomeInput,
  read: async (tx, input, act) => {
    const inner = await handBackOfReferral.read(tx, input, act)
    return inner && { inner, home: await homeFacts(tx, input, inner.referral.person, inner.referral.condition) }
  },
  relation: ({ inner }, act) => handBackOfReferral.relation?.(inner, act) ?? [],
  subject: ({ inner }) => ({ person: inner.referral.person, case: inner.referral.id }),
  decide: ({ inner, home }, input, act) => {
    const back = handBackOfReferral.decide(inner, input, act)
    if (!back.ok) return back
    const { after } = back.value.change
    const went = decideHome(home, input, after, after.careOrg, act)
    return went.ok ? joined(back.value, went.value, home, act) : went
  },
  write: async (tx, { inner, home }, act) => {
    await handBackOfReferral.write(tx, inner, act)
    await saveHome(tx, home, act)
  },
})

export const sendDown = command({
  name: 'continuity.send-down',
  by: sendOfReferral.by,
  basis: 'S3 符合下转标准的患者有序转诊到成员单位;交接须确认对方接得住',
  does: {
    zh: '下转:转诊单、对方的接收答复、康复计划一次办成;没有答复须写明原因。',
    en: 'Refers down in one act: letter, the answer of the place that takes the person, plan of rehabilitation; without an answer a reason is needed.',
  },
  input: sendDownInput,
  read: async (tx, input, act) => {
    const inner = await sendOfReferral.read(tx, input, act)
    return inner && { inner, home: await homeFacts(tx, input, input.person, input.condition.key) }
  },
  relation: ({ inner }, act) => sendOfReferral.relation?.(inner, act) ?? [],
  subject: ({ home }) => ({ person: home.person?.id ?? null }),
  decide: ({ inner, home }, input, act) => {
    const sent = sendOfReferral.decide(inner, input, act)
    if (!sent.ok) return sent
    const { after } = sent.value.change
    const went = decideHome(home, input, after, after.receiver, act)
    return went.ok ? joined(sent.value, went.value, home, act) : went
  },
  write: async (tx, { inner, home }, act) => {
    await sendOfReferral.write(tx, inner, act)
    await saveHome(tx, home, act)
  },
})
