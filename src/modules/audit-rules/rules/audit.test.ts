import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Day } from '../../../kernel/day.ts'
import { loadRulebook } from '../../../platform/rulebook.ts'
import { AUDIT_RULE_IDS, auditHits, auditLimits, type AuditRuleId } from './audit.ts'
import type { AuditKnowledge, AuditLine, AuditPerson, AuditStay } from './facts.ts'

const day = (text: string) => text as Day
const limits = auditLimits(await loadRulebook(), day('2026-03-01'))

const knowledge: AuditKnowledge = new Map([
  ['plain', {}],
  ['surgery', { includes: ['suture'] }],
  ['suture', {}],
  ['nursing-1', { mutex: ['nursing-2'] }],
  ['nursing-2', { mutex: ['nursing-1'] }],
  ['priced', { prices: { county: 1_000 } }],
  ['daily', { perDay: 2 }],
  ['targeted', { diagnoses: ['C34'] }],
  ['tertiary-only', { levels: ['tertiary'] }],
  ['women', { gender: 'female' }],
  ['child', { ageUntil: 13 }],
  ['maternity', { insurances: ['employee'] }],
  ['cold-medicine', { supply: 'acute' }],
  ['pressure-medicine', { supply: 'chronic' }],
  ['beauty', { payable: false }],
  ['scan', { examination: true }],
])

let number = 0
const line = (item: string, more: Partial<AuditLine> = {}): AuditLine => ({
  id: `l${(number += 1)}`,
  item,
  day: day('2026-03-01'),
  quantity: 1,
  priceFen: 1_000,
  amountFen: 1_000,
  supplyDays: null,
  ...more,
})
const stay = (lines: AuditLine[], more: Partial<AuditStay> = {}): AuditStay => ({
  id: `s${(number += 1)}`,
  institution: 'county',
  level: 'county',
  inpatient: false,
  insurance: 'resident',
  admittedOn: day('2026-03-01'),
  dischargedOn: day('2026-03-04'),
  diagnoses: ['J18.9'],
  procedures: 0,
  planned: false,
  lines,
  ...more,
})
const person = (stays: AuditStay[], more: Partial<AuditPerson> = {}): AuditPerson => ({
  gender: 'male',
  bornOn: day('1960-05-05'),
  stays,
  ...more,
})
const one = (...lines: AuditLine[]) => person([stay(lines)])
const twice = (admittedOn: string, more: Partial<AuditStay> = {}) =>
  person([
    stay([line('plain')], { inpatient: true }),
    stay([line('plain')], { inpatient: true, admittedOn: day(admittedOn), dischargedOn: day('2026-03-28'), ...more }),
  ])
const examined = (scanFen: number, dischargedOn: string, procedures = 0) =>
  person([
    stay([line('scan', { amountFen: scanFen }), line('plain', { amountFen: 10_000 - scanFen })], {
      inpatient: true,
      dischargedOn: day(dischargedOn),
      procedures,
    }),
  ])

// rule, what is billed, the amount in fen that is objected to (null: none), why
const TABLE: readonly (readonly [AuditRuleId, AuditPerson, number | null, string])[] = [
  ['unlisted', one(line('invented')), 1_000, 'an item that no catalogue has'],
  ['unlisted', one(line('plain')), null, 'an item of the catalogue'],
  ['included', one(line('surgery'), line('suture')), 1_000, 'the suture is content of the surgery of that day'],
  ['included', one(line('surgery'), line('suture', { day: day('2026-03-02') })), null, 'the suture is of another day'],
  ['mutex', one(line('nursing-1', { amountFen: 3_000 }), line('nursing-2')), 1_000, 'only the cheaper of two'],
  ['mutex', one(line('nursing-1'), line('nursing-2')), 1_000, 'of two equal ones only one'],
  ['mutex', one(line('nursing-1'), line('nursing-2', { day: day('2026-03-02') })), null, 'on two days'],
  ['over-price', one(line('priced', { priceFen: 1_001, quantity: 3, amountFen: 3_003 })), 3, 'one fen above, three times'],
  ['over-price', one(line('priced')), null, 'at the standard price'],
  ['over-frequency', one(line('daily'), line('daily'), line('daily')), 1_000, 'the third of two a day, and only it'],
  ['over-frequency', one(line('daily', { quantity: 2 })), null, 'just as many as may be'],
  ['diagnosis', one(line('targeted')), 1_000, 'pneumonia is not what it is paid for'],
  ['diagnosis', person([stay([line('targeted')], { diagnoses: ['J18.9', 'C34.1'] })]), null, 'a second diagnosis carries it'],
  ['level', one(line('tertiary-only')), 1_000, 'a county hospital'],
  ['level', person([stay([line('tertiary-only')], { level: 'tertiary' })]), null, 'a tertiary hospital'],
  ['gender', one(line('women')), 1_000, 'a man'],
  ['gender', person([stay([line('women')])], { gender: 'female' }), null, 'a woman'],
  ['age', person([stay([line('child')])], { bornOn: day('2012-03-01') }), 1_000, 'fourteen on that day'],
  ['age', person([stay([line('child')])], { bornOn: day('2012-03-02') }), null, 'fourteen tomorrow'],
  ['insurance', one(line('maternity')), 1_000, 'insured as a resident'],
  ['insurance', person([stay([line('maternity')], { insurance: 'employee' })]), null, 'insured as an employee'],
  ['supply', one(line('cold-medicine', { supplyDays: 8, amountFen: 800 })), 100, 'the eighth day of seven'],
  ['supply', one(line('cold-medicine', { supplyDays: 7 })), null, 'seven days'],
  ['supply', one(line('pressure-medicine', { supplyDays: 14 })), null, 'fourteen days of a chronic medicine'],
  ['not-payable', one(line('beauty')), 1_000, 'the fund does not pay for it'],
  ['not-payable', one(line('plain')), null, 'the fund pays for it'],
  ['split-stay', twice('2026-03-19'), 1_000, 'back after fifteen days'],
  ['split-stay', twice('2026-03-20'), null, 'back after sixteen days'],
  ['split-stay', twice('2026-03-10', { planned: true }), null, 'a planned return'],
  ['split-stay', twice('2026-03-10', { diagnoses: ['S72.0'] }), null, 'another illness'],
  ['needless-stay', examined(7_000, '2026-03-04'), 10_000, 'three days, seven tenths examinations'],
  ['needless-stay', examined(6_999, '2026-03-04'), null, 'just below seven tenths'],
  ['needless-stay', examined(7_000, '2026-03-05'), null, 'four days'],
  ['needless-stay', examined(7_000, '2026-03-04', 1), null, 'with a procedure'],
]

for (const [rule, facts, amountFen, why] of TABLE)
  test(`${rule}: ${why}`, () => {
    const hits = auditHits(facts, knowledge, limits)
    assert.deepEqual(
      hits.map((hit) => [hit.rule, hit.amountFen]),
      amountFen === null ? [] : [[rule, amountFen]],
    )
  })

test('each rule has a hit and a near miss, and its hit is missed without it', () => {
  for (const rule of AUDIT_RULE_IDS) {
    const rows = TABLE.filter(([of]) => of === rule)
    assert.ok(rows.some((row) => row[2] === null) && rows.some((row) => row[2] !== null), rule)
    for (const [, facts] of rows) assert.deepEqual(auditHits(facts, knowledge, limits, [rule]), [], rule)
  }
})
