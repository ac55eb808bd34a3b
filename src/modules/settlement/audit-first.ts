import type { z } from 'zod'
import { ok, type Result } from '../../kernel/result.ts'
import type { Act } from '../../platform/forms/form.ts'
import {
  deskHits,
  foundAtDesk,
  mayGoOn,
  type DeskBill,
  type DeskFacts,
  type DeskLine,
  type KeptHit,
} from '../audit-rules/index.ts'
import { reasonsByRule } from '../audit-rules/contract.ts'
import type { getPerson } from '../residents/index.ts'
import type { settleInput } from './contract.ts'
import type { KeptBill } from './settlement.ts'

type Asked = z.output<typeof settleInput>
type StatedLine = Asked['claim']['lines'][number]

/** What the fund is not asked for: class C, outside the limits of payment, or all of it own pay as stated. */
const isSelfPaid = ({ list, outOfScope, ownPayFen, amountFen }: StatedLine): boolean =>
  list === 'C' || outOfScope === true || (ownPayFen !== undefined && ownPayFen >= amountFen)

/** A line as the rules look at it; a price only where price and count were both stated. */
const lineAtDesk = (line: StatedLine): DeskLine => ({
  item: line.code ?? '',
  quantity: line.count ?? 1,
  priceFen: line.count === undefined ? 0 : (line.priceFen ?? 0),
  amountFen: line.amountFen,
  supplyDays: null,
  selfPaid: isSelfPaid(line),
})

/**
 * The bill as the audit rules are asked of it before it is settled. A stay does not state the days of its lines, so only rules of the item
 * and the person are asked of it; the rest is for the batch afterwards. Lines without a code stay in their place and match nothing.
 */
const billAtDesk = ({ claim, diagnoses }: Asked, { id, org }: Pick<KeptBill, 'id' | 'org'>, insurance: string): DeskBill => {
  const isStay = claim.care === 'inpatient'
  return { id, org, inpatient: isStay, daysKnown: !isStay, insurance, diagnoses, lines: claim.lines.map(lineAtDesk) }
}

type Person = Pick<Awaited<ReturnType<typeof getPerson>>, 'id' | 'sex' | 'bornOn' | 'insurance'>

/** What the audit rules find in a bill that is about to be settled, as it will be kept; refused where a rule stops it or waits for a reason. */
export const auditFirst = (
  person: Person,
  facts: DeskFacts | null,
  input: Asked,
  bill: Pick<KeptBill, 'id' | 'org' | 'billNo'>,
  act: Act,
): Result<KeptHit[]> => {
  if (facts === null) return ok([])
  const stated = billAtDesk(input, bill, person.insurance)
  const hits = deskHits(person, stated, facts)
  const reasons = reasonsByRule(input.reasons)
  const gate = mayGoOn(hits, facts.effects, reasons)
  if (!gate.ok) return gate
  return ok(foundAtDesk(hits, { who: person, bill: stated, facts, reasons, ref: bill.billNo, person: person.id }, act))
}
