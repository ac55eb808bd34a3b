import type { Day } from '../../kernel/day.ts'
import type { OrgId, PersonId } from '../../kernel/id.ts'
import type { Tx } from '../../platform/database/pool.ts'
import type { Act } from '../../platform/forms/form.ts'
import { billingPlacesOf } from '../organisations/index.ts'
import { idsOf } from '../residents/index.ts'
import { keptHit, knowledgeOf } from './audit-batch.ts'
import { DESK_BATCH, type KeptHit } from './audit-rules.ts'
import { pastLines, savePastLines, type PastLine } from './past-store.ts'
import { auditOn, effectsOfDay, hasRulesOn } from './of-the-day.ts'
import { auditHits, type AuditHit, type CompiledAudit } from './rules/audit.ts'
import type { AuditRuleId, AuditStage } from './rules/definitions.ts'
import type { HitEffects, HitReasons } from './rules/effects.ts'
import type { AuditPerson, AuditStay } from './rules/facts.ts'
import { itemsOn, saveDeskHits, type CatalogueItem } from './store.ts'

/** What the rules need to know of a bill that stands at a desk: the items of its day, the level of the place, what was billed before, the rules and what each does. */
export type DeskFacts = {
  readonly day: Day
  readonly level: string
  readonly items: readonly CatalogueItem[]
  readonly past: readonly PastLine[]
  /** What the places are called where it was. */
  readonly places: ReadonlyMap<string, string>
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
    person,
  }: {
    readonly codes: readonly string[]
    readonly org: OrgId | null
    readonly day: Day
    readonly stage: Exclude<AuditStage, 'post'>
    /** Whose earlier bills count; null where only the bill at hand is asked. */
    readonly person: PersonId | null
  },
): Promise<DeskFacts | null> => {
  const billed = codes.length === 0 ? [] : await itemsOn(tx, [...new Set(codes)], day)
  if (billed.length === 0 || !(await hasRulesOn(day))) return null
  const past = person === null ? [] : await pastLines(tx, await idsOf(tx, person), day)
  const known = new Set(billed.map(({ code }) => code))
  const before = [...new Set(past.map(({ item }) => item))].filter((code) => !known.has(code))
  const places = await billingPlacesOf(tx, [...new Set([...(org ? [org] : []), ...past.map((line) => line.org)])])
  return {
    day,
    level: places.find(({ id }) => id === org)?.tier ?? '',
    items: before.length === 0 ? billed : [...billed, ...(await itemsOn(tx, before, day))],
    past,
    places: new Map(places.map(({ id, name }) => [id as string, name.zh])),
    audit: await auditOn(day, stage),
    effects: await effectsOfDay(day),
  }
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

/** How a line of an earlier bill is named: it sorts before the places of the bill at hand, which count from 1. */
const pastId = ({ bill, no }: PastLine): string => `0 ${bill} ${no}`

/** Earlier bills as visits. */
const pastVisits = ({ past }: DeskFacts, insurance: string): AuditStay[] => {
  const bills = new Map<string, PastLine[]>()
  for (const line of past) bills.set(line.bill, [...(bills.get(line.bill) ?? []), line])
  return [...bills].map(([bill, lines]) => {
    const { org, day } = lines[0] as PastLine
    return {
      id: `0 ${bill}`,
      institution: org,
      level: '',
      inpatient: false,
      insurance,
      admittedOn: day,
      dischargedOn: day,
      diagnoses: [],
      procedures: 0,
      planned: false,
      lines: lines.map((line) => ({ ...line, id: pastId(line), ...(line.supplyDays !== null && { prescription: bill }) })),
    }
  })
}

/** The person as the rules want one, with earlier bills and this one; lines of this one are named by their place, from 1. */
const billedPerson = ({ sex, bornOn }: Who, bill: DeskBill, facts: DeskFacts): AuditPerson => ({
  gender: sex === 'female' ? 'female' : 'male',
  bornOn: bornOn ?? facts.day,
  stays: [...pastVisits(facts, bill.insurance), billedVisit(bill, facts)],
})

const billedVisit = (bill: DeskBill, { day, level }: DeskFacts): AuditStay => ({
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
  lines: bill.lines.map((line, at) => ({
    id: String(at + 1),
    day,
    ...line,
    ...(line.supplyDays !== null && { prescription: bill.id }),
  })),
})

/** A rule that asks for a sex or an age is not asked of somebody whose sex or birth is not known. */
const isKnownOf = (rule: AuditRuleId, { sex, bornOn }: Who): boolean =>
  (rule !== 'gender' || sex === 'female' || sex === 'male') && (rule !== 'age' || bornOn !== null)

/** A hit as it is about the bill at hand: earlier bills stand only in its evidence, by day and place. */
const ofThisBill = (hit: AuditHit, bill: DeskBill, { past, places }: DeskFacts): AuditHit => {
  const lines = hit.lines.filter((id) => !id.startsWith('0 '))
  const billedFen = lines.reduce((sum, id) => sum + (bill.lines[Number(id) - 1]?.amountFen ?? 0), 0)
  const earlier = past.find((line) => pastId(line) === hit.evidence['before'])
  return {
    ...hit,
    lines,
    stays: [bill.id],
    amountFen: Math.min(hit.amountFen, billedFen),
    ...(earlier && { evidence: { ...hit.evidence, before: earlier.day, place: places.get(earlier.org) ?? earlier.org } }),
  }
}

/** What a bill at a desk would break, beside what the person was billed before, in the order of the rules. Pure. */
export const deskHits = (who: Who, bill: DeskBill, facts: DeskFacts | null): readonly AuditHit[] =>
  facts === null
    ? []
    : auditHits(billedPerson(who, bill, facts), knowledgeOf(facts.items), facts.audit)
        .filter(({ stays }) => stays.includes(bill.id))
        .map((hit) => ofThisBill(hit, bill, facts))
        .filter(({ rule, lines }) => lines.length > 0 && isAsked(rule, bill) && isKnownOf(rule, who))

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
  const whose = { submitted: { ref, person }, person: { ...billedPerson(who, bill, facts), stays: [billedVisit(bill, facts)] } }
  return hits.map((hit) => ({ ...keptHit(hit, whose, of), note: reasons.get(hit.rule) ?? null }))
}

/** Keeps what was let through, in the same transaction as the bill. */
export const keepDeskHits = (
  tx: Tx,
  hits: readonly KeptHit[],
  of: { readonly lines: number; readonly by: KeptHit['decidedBy'] },
): Promise<void> => saveDeskHits(tx, hits, of)

/** Keeps what a bill of visits holds, so that whoever orders later is told of it; with the bill, in its transaction. */
export const keepPastLines = (tx: Tx, person: PersonId, bill: Pick<DeskBill, 'id' | 'org' | 'lines'>, day: Day): Promise<void> =>
  savePastLines(
    tx,
    person,
    bill.lines.map(({ selfPaid: _selfPaid, ...line }, at) => ({
      ...line,
      bill: bill.id,
      no: at + 1,
      org: bill.org as OrgId,
      day,
    })),
  )
