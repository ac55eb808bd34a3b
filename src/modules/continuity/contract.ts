import { z } from 'zod'
import { isInstant } from '../../kernel/clock.ts'
import { isDay, type Day } from '../../kernel/day.ts'
import { ITEM_KINDS, STEP_KINDS, SUPPLIERS, type CriterionState, type ReadinessItem, type StepKind } from './continuity.ts'
import { handBackInput, sendInput } from '../referral/contract.ts'
import { continuityOwnRefusals } from './refusals.ts'

const key = z.string().regex(/^\d{1,18}$/, '应为编号(数字)|An id is digits')
const day = z
  .string()
  .refine(isDay, '应为真实日期 YYYY-MM-DD|A real day, YYYY-MM-DD')
  .transform((text) => text as Day)
const instant = z.string().refine(isInstant, '应为带时区的时间|An instant with a zone')
const text = (most: number) => z.string().trim().max(most)
const filled = (most: number) => z.string().trim().min(1).max(most)
const words = (most: number) => z.strictObject({ zh: filled(most), en: filled(most) })
const code = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9.-]{0,59}$/, '应为代码|A code')

export const candidatesInput = z.strictObject({})
export const candidateInput = z.strictObject({ person: key })
export const attestInput = z.strictObject({ person: key, criterion: code, state: z.enum(['met', 'not-met']), note: filled(500) })
export const needInput = z.strictObject({ kind: z.enum(ITEM_KINDS), code, words: words(100) })
export const askReadinessInput = z.strictObject({
  person: key,
  /** The case that brought the person here, where there is one. */
  referral: z.uuid().nullish(),
  receiver: key,
  items: z.array(needInput).min(1).max(40),
  note: text(500).nullish(),
})
export const answerReadinessInput = z.strictObject({
  readiness: z.uuid(),
  items: z
    .array(
      z.strictObject({
        item: z.uuid(),
        answer: z.enum(['there', 'missing']),
        /** Who brings what is missing, and by which day. */
        by: z.enum(SUPPLIERS).nullish(),
        on: day.nullish(),
      }),
    )
    .max(40),
  note: text(500).nullish(),
})
export const readinessInput = z.strictObject({ readiness: z.uuid() })
export const questionsInput = z.strictObject({ which: z.enum(['open', 'answered']).default('open') })
export const stepInput = z.strictObject({
  id: z.uuid().nullish(),
  kind: z.enum(STEP_KINDS),
  words: words(200),
  plain: words(200),
  dueOn: day,
  atHome: z.boolean().default(false),
})
const steps = z.array(stepInput).min(1).max(40)
const wayHome = {
  /** The answer of the place that takes the person. */
  readiness: z.uuid().nullish(),
  /** Why the person goes without a good answer; stays on record. */
  withoutAnswer: filled(500).nullish(),
  steps: steps.nullish(),
}
export const handBackHomeInput = handBackInput.extend(wayHome)
export const sendDownInput = sendInput.extend(wayHome)
export const ofCaseInput = z.strictObject({ referral: z.uuid() })
export const templateInput = z.strictObject({ disease: code, homeOn: day.optional() })
export const changePlanInput = z.strictObject({
  referral: z.uuid(),
  steps,
  /** Why the plan changes; the first version needs none. */
  reason: filled(500).nullish(),
})
export const tickStepInput = z.strictObject({
  plan: z.uuid(),
  step: z.uuid(),
  state: z.enum(['done', 'not-done']),
  why: filled(300).nullish(),
  value: filled(100).nullish(),
  /** When it was done, if it was entered without a network. */
  occurredAt: instant.nullish(),
})
export const reportStepInput = z.strictObject({ plan: z.uuid(), step: z.uuid(), note: filled(200).nullish() })
export const planStepInput = z.strictObject({ plan: z.uuid(), step: z.uuid() })
export const endOnDeathInput = z.strictObject({ person: key })
export const myPlanInput = z.strictObject({})

export const continuityRefusals = continuityOwnRefusals
export type ContinuityCode = keyof typeof continuityOwnRefusals

type Bilingual = { zh: string; en: string }
type Named = { zh: string; en: string | null }

/** A criterion as the ward sees it: its state, the fact that decided it, or what is missing. */
export type ShownCriterion = {
  id: string
  words: Bilingual
  basis: string
  grade: string
  isOptional: boolean
  /** A doctor of the ward may state it where the record is silent. */
  mayAttest: boolean
  state: CriterionState
  fact: { words: Bilingual; at: string | null; from: 'record' | 'attestation'; by: Named | null } | null
  missing: Bilingual | null
}

export type ShownItem = Omit<ReadinessItem, 'words' | 'knownFrom'> & { words: Bilingual; knownFrom: Bilingual | null }

/** A question of readiness and what was answered. */
export type ShownReadiness = {
  id: string
  referral: string | null
  person: { id: string; name: Named }
  asker: { id: string; name: Named }
  receiver: { id: string; name: Named }
  disease: Bilingual
  state: 'asked' | 'answered' | 'ended'
  isReady: boolean
  items: ShownItem[]
  note: string | null
  askedAt: string
  dueAt: string | null
  escalations: number
  answeredAt: string | null
  answeredBy: Named | null
  /** The reader's institution is the one that is asked. */
  isMine: boolean
}

/** Somebody in the ward's beds, and how near home. */
export type ShownCandidate = {
  person: { id: string; name: Named; sex: string; bornOn: string | null; synthetic: boolean }
  referral: { id: string; slipNo: string; state: string } | null
  disease: Bilingual & { key: string }
  since: string
  days: number
  expectedDays: number
  progress: { met: number; notMet: number; unknown: number; isReady: boolean }
  criteria: ShownCriterion[]
  readiness: ShownReadiness | null
}

export type ShownPlanStep = {
  id: string
  kind: StepKind
  words: Bilingual
  plain: Bilingual
  dueOn: string
  atHome: boolean
  state: 'planned' | 'done' | 'not-done' | 'overdue'
  ticks: {
    id: string
    side: 'primary-care' | 'self' | 'house'
    state: string
    why: string | null
    value: string | null
    at: string
    by: Named
  }[]
}

/** A plan of rehabilitation with what has become of its steps. */
export type ShownPlan = {
  id: string
  referral: string
  version: number
  disease: Bilingual & { key: string }
  author: { id: string; name: Named; phone: string | null }
  care: { id: string; name: Named; phone: string | null }
  openedAt: string
  endedAt: string | null
  steps: ShownPlanStep[]
  versions: { version: number; at: string; by: Named; reason: string }[]
}
