import { plusDays, type Day } from '../../../kernel/day.ts'
import { ok, refuseAll, type Refusal, type Result } from '../../../kernel/result.ts'
import type { Words } from '../../../kernel/words.ts'
import type { PlanStep, StepKind, Tick } from '../continuity.ts'

/** A step of a template: its day after the return is a rulebook value. */
export type TemplateStep = {
  readonly id: string
  readonly kind: StepKind
  readonly words: Words
  readonly plain: Words
  readonly atHome: boolean
}

/** The steps of a template as they fall when the person comes home on a day. */
export const stepsFromTemplate = (
  template: readonly TemplateStep[],
  homeOn: Day,
  dayAfter: (step: string) => number,
): Omit<PlanStep, 'id'>[] =>
  template
    .map(({ id, kind, words, plain, atHome }) => ({ kind, words, plain, atHome, dueOn: plusDays(homeOn, dayAfter(id)) }))
    .toSorted((one, other) => one.dueOn.localeCompare(other.dueOn))

export type GivenStep = Omit<PlanStep, 'id'> & { readonly id?: string | null | undefined }

type PlanCode = 'continuity.step-in-past' | 'continuity.step-unknown' | 'continuity.step-ticked'

/**
 * The steps of a new plan or of its next version, by day. A step keeps its id through versions. Refuses a new or moved step
 * on a day that is over, an id that the plan does not have, and taking out what primary care has ticked.
 */
export const nextSteps = (
  given: readonly GivenStep[],
  before: readonly PlanStep[],
  ticked: ReadonlySet<string>,
  today: Day,
  newId: () => string,
): Result<PlanStep[], PlanCode> => {
  const refusals: Refusal<PlanCode>[] = []
  const known = new Map(before.map((step) => [step.id, step]))
  const steps = given.map((step): PlanStep => {
    if (step.id && !known.has(step.id)) refusals.push({ code: 'continuity.step-unknown' })
    const earlier = step.id ? known.get(step.id) : undefined
    if (step.dueOn < today && earlier?.dueOn !== step.dueOn)
      refusals.push({ code: 'continuity.step-in-past', detail: { day: step.dueOn } })
    return { ...step, id: step.id ?? newId() }
  })
  const kept = new Set(steps.map(({ id }) => id))
  for (const { id, words } of before)
    if (ticked.has(id) && !kept.has(id))
      refusals.push({ code: 'continuity.step-ticked', detail: { step: words.zh, step_en: words.en } })
  return refusals.length > 0 ? refuseAll(refusals) : ok(steps.toSorted((one, other) => one.dueOn.localeCompare(other.dueOn)))
}

export type StepState = 'planned' | 'done' | 'not-done' | 'overdue'

/** Where a step stands: what primary care ticked last, else whether it was told as overdue. A self-report is no tick. */
export const stepState = (step: string, ticks: readonly Tick[]): StepState => {
  const ofStep = ticks.filter((one) => one.step === step)
  const byCare = ofStep.findLast(({ side }) => side === 'primary-care')
  if (byCare) return byCare.state
  return ofStep.some(({ side }) => side === 'house') ? 'overdue' : 'planned'
}
