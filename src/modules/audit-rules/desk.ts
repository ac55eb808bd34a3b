import type { Day } from '../../kernel/day.ts'
import type { OrgId, PersonId } from '../../kernel/id.ts'
import type { Tx } from '../../platform/database/pool.ts'
import type { Act } from '../../platform/forms/form.ts'
import { institutionsOf } from '../organisations/index.ts'
import { keptHit, knowledgeOf } from './audit-batch.ts'
import { DESK_BATCH, type KeptHit } from './audit-rules.ts'
import { auditOn, effectsOfDay, hasRulesOn } from './of-the-day.ts'
import { auditHits, type AuditHit, type CompiledAudit } from './rules/audit.ts'
import type { AuditRuleId, AuditStage } from './rules/definitions.ts'
import type { HitEffects, HitReasons } from './rules/effects.ts'
import type { AuditPerson } from './rules/facts.ts'
import { itemsOn, saveDeskHits, type CatalogueItem } from './store.ts'

/** What the rules need to know of a bill that stands at a desk: the items of its day, the level of the place, the rules and what each does. */
export type DeskFacts = {
  readonly day: Day
  readonly level: string
  readonly items: readonly CatalogueItem[]
  readonly audit: CompiledAudit
  readonly effects: HitEffects
}

/** Reads what a bill with these items is asked by; null when the catalogue knows none of them, or there was no rule yet, so that nothing can be asked. */
export const readDeskFacts = async (
  tx: Tx,
  {
    codes,
    org,
    day,
    stage,
  }: {
    readonly codes: readonly string[]
    readonly org: OrgId | null
    readonly day: Day
    readonly stage: Exclude<AuditStage, 'post'>
  },
): Promise<DeskFacts | null> => {
  const items = codes.length === 0 ? [] : await itemsOn(tx, [...new Set(codes)], day)
  if (items.length === 0 || !(await hasRulesOn(day))) return null
  const [place] = org ? await institutionsOf(tx, [org]) : []
  return { day, level: place?.tier ?? '', items, audit: await auditOn(day, stage), effects: await effectsOfDay(day) }
}

/** A line as it is written at a desk; `priceFen` 0 where no price of a piece was stated. */
export type DeskLine = {
  readonly item: string
  readonly quantity: number
  readonly priceFen: number
  readonly amountFen: number
  readonly supplyDays: number | null
  readonly selfPaid: boolean
}

/** A bill as it stands at a desk: only what was stated; `daysKnown` where every line is of the bill's own day. */
export type DeskBill = {
  readonly id: string
  readonly org: string
  readonly inpatient: boolean
  readonly daysKnown: boolean
  readonly insurance: string
  readonly diagnoses: readonly string[]
  readonly lines: readonly DeskLine[]
}

/** Rules that look at an item and the person alone: they hold on whatever day of a stay the line was. */
const OF_ANY_DAY: ReadonlySet<AuditRuleId> = new Set(['over-price', 'level', 'gender', 'age', 'insurance', 'not-payable'])

/** Rules of what the fund pays: of somebody who is not insured it pays nothing. */
const FUND_ONLY: ReadonlySet<AuditRuleId> = new Set(['insurance', 'not-payable'])

/**
 * Whether a rule may be asked of what a desk states. Where the days of the lines are not known, only what does not turn on them; without
 * diagnoses, nothing that asks for one. What the catalogue does not have is told apart and is no hit.
 */
const isAsked = (rule: AuditRuleId, { daysKnown, diagnoses, insurance }: DeskBill): boolean => {
  if (rule === 'unlisted' || (!daysKnown && !OF_ANY_DAY.has(rule))) return false
  if (FUND_ONLY.has(rule)) return insurance !== 'none'
  return rule !== 'diagnosis' || diagnoses.length > 0
}

type Who = { readonly sex: string; readonly bornOn: Day | null }

/** The person as the rules want one, with this bill alone; lines are named by their place, from 1. */
const billedPerson = ({ sex, bornOn }: Who, bill: DeskBill, { day, level }: DeskFacts): AuditPerson => ({
  gender: sex === 'female' ? 'female' : 'male',
  bornOn: bornOn ?? day,
  stays: [
    {
      id: bill.id,
      institution: bill.org,
      level,
      inpatient: bill.inpatient,
      insurance: bill.insurance,
      admittedOn: day,
      dischargedOn: day,
      diagnoses: bill.diagnoses,
      procedures: 0,
      planned: false,
      lines: bill.lines.map((line, at) => ({ id: String(at + 1), day, ...line })),
    },
  ],
})

/** A rule that asks for a sex or an age is not asked of somebody whose sex or birth is not known. */
const isKnownOf = (rule: AuditRuleId, { sex, bornOn }: Who): boolean =>
  (rule !== 'gender' || sex === 'female' || sex === 'male') && (rule !== 'age' || bornOn !== null)

/** What a bill at a desk would break, in the order of the rules. Pure. */
export const deskHits = (who: Who, bill: DeskBill, facts: DeskFacts | null): readonly AuditHit[] =>
  facts === null
    ? []
    : auditHits(billedPerson(who, bill, facts), knowledgeOf(facts.items), facts.audit).filter(
        ({ rule }) => isAsked(rule, bill) && isKnownOf(rule, who),
      )

/** Hits that were let through, as the insurer will find them: each with the reason that was written. */
export const foundAtDesk = (
  hits: readonly AuditHit[],
  {
    who,
    bill,
    facts,
    reasons,
    ref,
    person,
  }: {
    readonly who: Who
    readonly bill: DeskBill
    readonly facts: DeskFacts | null
    readonly reasons: HitReasons
    readonly ref: string
    readonly person: PersonId
  },
  act: Act,
): KeptHit[] => {
  if (facts === null) return []
  const of = {
    batch: `${DESK_BATCH}${bill.org}:${act.today}`,
    day: act.today,
    now: act.now,
    rulebookHash: act.rulebookHash,
    newId: act.newId,
  }
  const whose = { submitted: { ref, person }, person: billedPerson(who, bill, facts) }
  return hits.map((hit) => ({ ...keptHit(hit, whose, of), note: reasons.get(hit.rule) ?? null }))
}

/** Keeps what was let through, in the same transaction as the bill. */
export const keepDeskHits = (
  tx: Tx,
  hits: readonly KeptHit[],
  of: { readonly lines: number; readonly by: KeptHit['decidedBy'] },
): Promise<void> => saveDeskHits(tx, hits, of)
