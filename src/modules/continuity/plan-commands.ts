import { instant } from '../../kernel/clock.ts'
import { dayOf } from '../../kernel/day.ts'
import type { OrgId, PersonId } from '../../kernel/id.ts'
import { ok, refuse } from '../../kernel/result.ts'
import type { Actor, Relation } from '../../platform/access.ts'
import type { Tx } from '../../platform/database/pool.ts'
import { command, type Act } from '../../platform/forms/form.ts'
import { supervisorsOf } from '../organisations/index.ts'
import { findReferral, type Referral, type ReferralId } from '../referral/index.ts'
import { findPerson, idsOf, relationsToPerson, type Person } from '../residents/index.ts'
import { changePlanInput, endOnDeathInput, planStepInput, reportStepInput, tickStepInput } from './contract.ts'
import type { RehabPlan, Tick } from './continuity.ts'
import { DISEASES, OTHER } from './disease-book.ts'
import { codesOfCase } from './inpatients.ts'
import { decidePlan, partiesOfPlan, stepCase, type PlanBase } from './plan-change.ts'
import * as plans from './plan-store.ts'
import { diseaseOf } from './rules/icd-range.ts'
import { stepState } from './rules/plan-steps.ts'
import { lockAsked, saveReadiness } from './store.ts'
import { readinessCase } from './ward-commands.ts'

/** How an actor stands to a plan: its author, the institution that carries it out and the person's care team, the person. */
export const relationsToPlan = (actor: Actor, plan: RehabPlan, person: Person | null): Relation[] => {
  const relations: Relation[] = person ? relationsToPerson(actor, person) : []
  if (actor.org !== null && actor.org === plan.author) relations.push('own')
  if (actor.org !== null && actor.org === plan.care) relations.push('care-team')
  return relations
}

/** The hospital that makes the plan of a case: who sent the person down, or who handed them back. */
const authorOf = (referral: Referral): OrgId => (referral.direction === 'down' ? referral.org : referral.receiver)
const hasGoneHome = ({ direction, state }: Referral): boolean =>
  ['handed-back', 'received', 'followed-up'].includes(state) || (direction === 'down' && state !== 'draft')

export const changePlan = command({
  name: 'continuity.change-plan',
  by: ['ward@own', 'referral-desk@own'],
  basis: '回转单“康复建议”;康复专家定期指导',
  does: {
    zh: '为已转回的患者制定康复计划,或写明原因后修改;每次修改是一个新版本。',
    en: 'Makes the plan of somebody who has gone home, or changes it with a reason; each change is a new version.',
  },
  input: changePlanInput,
  read: async (tx, input) => {
    const referral = await findReferral(tx, input.referral as ReferralId)
    if (!referral) return null
    const plan = await plans.lockPlanOfCase(tx, referral.id)
    return {
      referral,
      plan,
      ticks: plan ? await plans.ticksOf(tx, plan) : [],
      person: await findPerson(tx, referral.person),
      codes: await codesOfCase(tx, referral.condition),
    }
  },
  relation: ({ referral, plan }, { actor }) =>
    actor.org !== null && actor.org === (plan?.author ?? authorOf(referral)) && referral.state !== 'draft' ? ['own'] : [],
  subject: ({ referral }) => ({ person: referral.person, case: referral.id }),
  decide: ({ referral, plan, ticks, person, codes }, input, act) => {
    if (plan?.endedAt) return refuse('continuity.plan-ended')
    if (plan && !input.reason) return refuse('continuity.reason-missing')
    if (!plan && !hasGoneHome(referral)) return refuse('continuity.no-plan-yet')
    const base: PlanBase = plan ?? {
      person: referral.person,
      id: act.newId(),
      author: act.actor.org as OrgId,
      care: referral.direction === 'down' ? referral.receiver : (referral.careOrg ?? referral.org),
      caseOrg: referral.org,
      referral: referral.id,
      disease: (diseaseOf(codes, DISEASES) ?? OTHER).key,
      openedAt: act.now,
      endedAt: null,
    }
    const change = decidePlan(
      base,
      input.steps,
      plan && { plan, ticks },
      { person, reason: input.reason ?? referral.slipNo },
      act,
    )
    if (!change.ok) return change
    const { event, waits } = change.value
    return ok({
      change: change.value,
      answer: { plan: change.value.plan.id, version: change.value.plan.version },
      events: [event],
      waits,
    })
  },
  write: (tx, { plan, reason }, act) => plans.savePlan(tx, plan, reason, act),
})

/** A plan, one of its steps, and what is recorded about it; null when the plan or the step is not there. */
const readStep = async (tx: Tx, input: { plan: string; step: string }) => {
  const plan = await plans.lockPlan(tx, input.plan)
  const step = plan?.steps.find(({ id }) => id === input.step)
  return plan && { plan, step: step ?? null, ticks: await plans.ticksOf(tx, plan), person: await findPerson(tx, plan.person) }
}
type StepFacts = NonNullable<Awaited<ReturnType<typeof readStep>>>

const relationOfStep = ({ plan, person }: StepFacts, act: Act): Relation[] => relationsToPlan(act.actor, plan, person)
const subjectOfStep = ({ plan }: StepFacts) => ({ person: plan.person, case: plan.referral })

type Told = Pick<Tick, 'side' | 'state' | 'occurredAt'> & {
  readonly why?: string | null | undefined
  readonly value?: string | null | undefined
}

/** One more line about a step, with its event; `isAtRest` ends the step's wait. */
const tickOf = (
  { plan, person }: StepFacts,
  step: string,
  told: Told,
  type: string,
  extra: { isAtRest: boolean; seenBy?: readonly OrgId[] },
  act: Act,
) => {
  const tick: Tick = {
    id: act.newId(),
    plan: plan.id,
    step,
    recordedAt: act.now,
    by: act.actor.name,
    ...told,
    why: told.why ?? null,
    value: told.value ?? null,
  }
  const event = {
    type,
    case: stepCase(plan, step),
    person: plan.person,
    seenBy: [...partiesOfPlan(plan, person), ...(extra.seenBy ?? [])],
    ...(tick.why ? { reason: tick.why } : {}),
    ...(tick.occurredAt === act.now ? {} : { occurredAt: tick.occurredAt }),
    data: { state: tick.state, side: tick.side, plan: plan.id },
  }
  const waits = extra.isAtRest ? [{ case: stepCase(plan, step), open: [] }] : []
  return ok({ change: { person: plan.person, tick }, answer: { tick: tick.id, state: tick.state }, events: [event], waits })
}

const saveTick = (tx: Tx, { person, tick }: { person: PersonId; tick: Tick }, act: Act): Promise<void> =>
  plans.addTick(tx, person, tick, act)

export const tickStep = command({
  name: 'continuity.tick-step',
  by: ['village-doctor@care-team', 'family-doctor@care-team'],
  basis: 'S4 做好接续服务',
  does: {
    zh: '基层记录康复计划的一步:已完成,或未完成及原因。',
    en: 'Primary care records a step of the plan: done, or not done and why.',
  },
  input: tickStepInput,
  read: readStep,
  relation: relationOfStep,
  subject: subjectOfStep,
  decide: (facts, input, act) => {
    if (facts.plan.endedAt) return refuse('continuity.plan-ended')
    if (!facts.step) return refuse('continuity.step-unknown')
    if (input.state === 'not-done' && !input.why) return refuse('continuity.why-missing')
    if (stepState(facts.step.id, facts.ticks) === 'done') return refuse('continuity.step-done')
    const occurredAt = input.occurredAt ? instant(input.occurredAt) : act.now
    if (occurredAt > act.now) return refuse('continuity.occurred-in-future')
    const told = { side: 'primary-care' as const, state: input.state, occurredAt, why: input.why, value: input.value }
    return tickOf(facts, facts.step.id, told, 'continuity.step-ticked', { isAtRest: true }, act)
  },
  write: saveTick,
})

export const reportStep = command({
  name: 'continuity.report-step',
  by: ['resident@self'],
  basis: '居民自我健康管理:自报不代替基层记录',
  does: {
    zh: '居民自报:这一步今天在家做了。只作参考,不代替医生的记录。',
    en: 'The resident reports a step as done at home today. It is marked so and never stands for the doctor’s record.',
  },
  input: reportStepInput,
  read: readStep,
  relation: relationOfStep,
  subject: subjectOfStep,
  decide: (facts, input, act) => {
    const { plan, step, ticks } = facts
    if (plan.endedAt) return refuse('continuity.plan-ended')
    if (!step) return refuse('continuity.step-unknown')
    if (!step.atHome) return refuse('continuity.not-at-home')
    if (ticks.some((one) => one.side === 'self' && one.step === step.id && dayOf(one.occurredAt, act.zone) === act.today))
      return refuse('continuity.reported-today')
    const told = { side: 'self' as const, state: 'done' as const, occurredAt: act.now, value: input.note }
    return tickOf(facts, step.id, told, 'continuity.step-reported', { isAtRest: false }, act)
  },
  write: saveTick,
})

export const tellOverdueStep = command({
  name: 'continuity.tell-overdue-step',
  by: ['system@anyone'],
  basis: '超时逐级上报 (设计值)',
  does: {
    zh: '康复计划的一步逾期未记录:告知责任医生、上一级和制定计划的医院。',
    en: 'A step of a plan is overdue: tells the care team, one level above it, and the author.',
  },
  input: planStepInput,
  read: async (tx, input, act) => {
    const found = await readStep(tx, input)
    return found && { ...found, above: await supervisorsOf(tx, found.plan.care, act.today) }
  },
  subject: subjectOfStep,
  decide: (facts, _input, act) => {
    const { plan, step, ticks, above } = facts
    if (plan.endedAt) return refuse('continuity.plan-ended')
    if (!step) return refuse('continuity.step-unknown')
    if (stepState(step.id, ticks) === 'done' || stepState(step.id, ticks) === 'not-done') return refuse('continuity.step-done')
    return tickOf(
      facts,
      step.id,
      { side: 'house', state: 'overdue', occurredAt: act.now },
      'continuity.step-overdue',
      { isAtRest: true, seenBy: above },
      act,
    )
  },
  write: saveTick,
})

export const endOnDeath = command({
  name: 'continuity.end-on-death',
  by: ['system@anyone'],
  basis: '死亡即终止接续服务',
  does: { zh: '居民死亡:未结的询问和康复计划随之结束。', en: 'A person has died: open questions and plans end.' },
  input: endOnDeathInput,
  read: async (tx, input) => {
    const persons = await idsOf(tx, input.person as PersonId)
    return { asked: await lockAsked(tx, persons), plans: await plans.openPlansOf(tx, persons) }
  },
  subject: ({ asked, plans: open }) => ({ person: open[0]?.person ?? asked[0]?.person ?? null }),
  decide: ({ asked, plans: open }) => {
    const waits = [
      ...asked.map((one) => ({ case: readinessCase(one), open: [] })),
      ...open.flatMap((plan) => plan.steps.map(({ id }) => ({ case: stepCase(plan, id), open: [] }))),
    ]
    return ok({ change: { asked, open }, answer: { questions: asked.length, plans: open.length }, waits })
  },
  write: async (tx, { asked, open }, act) => {
    for (const one of asked) await saveReadiness(tx, { ...one, version: one.version + 1, state: 'ended', dueAt: null })
    for (const plan of open) await plans.endPlan(tx, plan, 'death', act)
  },
})
