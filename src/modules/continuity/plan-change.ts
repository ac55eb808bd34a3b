import { plusHours } from '../../kernel/clock.ts'
import { instantAt, plusDays } from '../../kernel/day.ts'
import type { OrgId } from '../../kernel/id.ts'
import { type Result } from '../../kernel/result.ts'
import type { Act, CaseKey, CaseWait, Decision, TraceEvent } from '../../platform/forms/form.ts'
import type { Person } from '../residents/index.ts'
import type { PlanStep, RehabPlan, Tick } from './continuity.ts'
import { nextSteps, stepState, type GivenStep } from './rules/plan-steps.ts'

export const planCase = ({ author, id }: Pick<RehabPlan, 'author' | 'id'>): CaseKey => ({ kind: 'rehab-plan', org: author, id })
export const stepCase = ({ author }: Pick<RehabPlan, 'author'>, step: string): CaseKey => ({
  kind: 'rehab-step',
  org: author,
  id: step,
})

/** Institutions that see what happens to a plan: its author, who carries it out, and the person's clinic. */
export const partiesOfPlan = (plan: RehabPlan, person: Pick<Person, 'clinicOrg'> | null): OrgId[] => [
  ...new Set([plan.author, plan.care, ...(person?.clinicOrg ? [person.clinicOrg] : [])]),
]

/** A step waits until the end of its day and the days of grace; then its lateness is told. */
const waitOfStep = (plan: RehabPlan, step: PlanStep, act: Act): CaseWait => ({
  name: 'step',
  command: 'continuity.tell-overdue-step',
  input: { plan: plan.id, step: step.id },
  dueAt: plusHours(instantAt(plusDays(step.dueOn, 1), '00:00', act.zone), act.policy('down-referral.step-grace-hours')),
})

type Waits = NonNullable<Decision<unknown, unknown>['waits']>

/** The waits of a plan's steps after a change: planned ones run by their day, all others are at rest. */
const waitsOf = (plan: RehabPlan, before: RehabPlan | null, ticks: readonly Tick[], act: Act): Waits => {
  const kept = new Set(plan.steps.map(({ id }) => id))
  const gone = (before?.steps ?? []).filter(({ id }) => !kept.has(id))
  const moved = plan.steps.filter(({ id, dueOn }) => before?.steps.find((one) => one.id === id)?.dueOn !== dueOn)
  const running = moved.filter(({ id }) => ['planned', 'overdue'].includes(stepState(id, ticks)))
  return [
    ...running.map((step) => ({ case: stepCase(plan, step.id), open: [waitOfStep(plan, step, act)] })),
    ...gone.map(({ id }) => ({ case: stepCase(plan, id), open: [] })),
  ]
}

/** A plan as it is written, with its event and waits. */
export type PlanChange = { readonly plan: RehabPlan; readonly reason: string; readonly event: TraceEvent; readonly waits: Waits }

export type PlanBase = Omit<RehabPlan, 'steps' | 'version' | 'changedAt'>

/** Decides a new plan, or the next version of one: all steps of the version, and why. */
export const decidePlan = (
  base: PlanBase,
  given: readonly GivenStep[],
  earlier: { readonly plan: RehabPlan; readonly ticks: readonly Tick[] } | null,
  told: { readonly person: Pick<Person, 'clinicOrg'> | null; readonly reason: string },
  act: Act,
): Result<PlanChange> => {
  const ticks = earlier?.ticks ?? []
  const ticked = new Set(ticks.filter(({ side }) => side === 'primary-care').map(({ step }) => step))
  const steps = nextSteps(given, earlier?.plan.steps ?? [], ticked, act.today, act.newId)
  if (!steps.ok) return steps
  const plan: RehabPlan = { ...base, steps: steps.value, version: (earlier?.plan.version ?? 0) + 1, changedAt: act.now }
  const event = {
    type: earlier ? 'continuity.plan-changed' : 'continuity.plan-made',
    case: planCase(plan),
    person: plan.person,
    seenBy: partiesOfPlan(plan, told.person),
    reason: told.reason,
    data: { version: plan.version, steps: plan.steps.length },
  }
  return { ok: true, value: { plan, reason: told.reason, event, waits: waitsOf(plan, earlier?.plan ?? null, ticks, act) } }
}
