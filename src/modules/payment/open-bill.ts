import type { z } from 'zod'
import type { OrgId } from '../../kernel/id.ts'
import { ok, refuse } from '../../kernel/result.ts'
import { command } from '../../platform/forms/form.ts'
import { reasonsByRule } from '../audit-rules/contract.ts'
import {
  deskHits,
  foundAtDesk,
  keepDeskHits,
  keepPastLines,
  mayGoOn,
  readDeskFacts,
  type DeskBill,
} from '../audit-rules/index.ts'
import { personToTreat } from '../record-access/index.ts'
import { idNumberOf } from '../residents/index.ts'
import { openBillInput } from './contract.ts'
import type { BillId } from './payment.ts'
import { saveNewBill, type NewBill } from './store.ts'

type Asked = z.output<typeof openBillInput>

/** How many letters of its id name a bill to the insurer. */
const REF_LETTERS = 12
/** Class 丙: what the person pays alone. */
const OWN_PAY = '03'

/** The bill as the audit rules are asked of it: a visit of today. */
const atDesk = ({ lines, diagnoses }: Asked, of: { id: string; org: string; insurance: string }): DeskBill => ({
  ...of,
  inpatient: false,
  daysKnown: true,
  diagnoses,
  lines: lines.map(({ code, count, priceFen, supplyDays, class: group }) => ({
    item: code,
    quantity: count,
    priceFen,
    amountFen: priceFen * count,
    supplyDays: supplyDays ?? null,
    selfPaid: group === OWN_PAY,
  })),
})

const newBill = ({ visitKind, lines: asked }: Asked, of: Pick<NewBill, 'org' | 'id' | 'person' | 'by' | 'at'>): NewBill => {
  const lines = asked.map(({ supplyDays: _days, ...line }, index) => ({
    ...line,
    no: index + 1,
    amountFen: line.priceFen * line.count,
  }))
  return { ...of, visitKind, totalFen: lines.reduce((sum, { amountFen }) => sum + amountFen, 0), lines }
}

export const openBill = command({
  name: 'payment.open-bill',
  by: ['village-doctor@lawful-basis', 'family-doctor@lawful-basis', 'referral-desk@lawful-basis', 'ward@lawful-basis'],
  basis: 'S0 移动支付:诊间支付',
  does: {
    zh: '医生开出本次就诊的账单:检查、药品、治疗逐行列明,先过审核规则。',
    en: 'Opens the bill of a visit with its lines, after the audit rules were asked of them.',
  },
  input: openBillInput,
  read: async (tx, { person: id, lines }, act) => {
    const treated = await personToTreat(tx, id)
    if (!treated) return null
    return {
      ...treated,
      desk: await readDeskFacts(tx, {
        codes: lines.map(({ code }) => code),
        org: act.actor.org,
        day: act.today,
        stage: 'pre',
        person: treated.seesAll ? treated.person.id : null,
      }),
    }
  },
  relation: ({ hasBasis }) => (hasBasis ? ['lawful-basis'] : []),
  subject: ({ person }) => ({ person: person.id }),
  decide: ({ person, desk }, input, act) => {
    if (idNumberOf(person, act.cipher) === null) return refuse('payment.no-identity')
    const made = newBill(input, {
      org: act.actor.org as OrgId,
      id: act.newId<BillId>(),
      person: person.id,
      by: act.actor.account,
      at: act.now,
    })
    const bill = atDesk(input, { id: made.id, org: made.org, insurance: person.insurance })
    const hits = deskHits(person, bill, desk)
    const reasons = reasonsByRule(input.reasons)
    const gate = desk === null ? ok('may-go-on') : mayGoOn(hits, desk.effects, reasons)
    if (!gate.ok) return gate
    const found = foundAtDesk(
      hits,
      { who: person, bill, facts: desk, reasons, ref: made.id.slice(-REF_LETTERS), person: person.id },
      act,
    )
    const event = {
      type: 'payment.opened',
      case: { kind: 'bill', org: made.org, id: made.id },
      person: made.person,
      seenBy: [made.org],
      data: { totalFen: made.totalFen },
    }
    return ok({
      change: { made, found, bill, day: act.today },
      answer: { org: made.org, bill: made.id, totalFen: made.totalFen },
      events: [event],
    })
  },
  write: async (tx, { made, found, bill, day }) => {
    await saveNewBill(tx, made)
    await keepPastLines(tx, made.person, bill, day)
    await keepDeskHits(tx, found, { lines: made.lines.length, by: made.by })
  },
})
