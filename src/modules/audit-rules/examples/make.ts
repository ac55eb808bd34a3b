import type { Day } from '../../../kernel/day.ts'
import type { AuditRuleId } from '../rules/definitions.ts'
import { EXAMPLE_ITEMS } from './catalogue.ts'
import type { AuditKnowledge, AuditLine, AuditPerson, AuditStay } from '../rules/facts.ts'

// What the tables of examples are made with: a small catalogue, lines of ten yuan, stays and persons.

export const day = (text: string) => text as Day
export const knowledge: AuditKnowledge = new Map([['plain', {}], ...EXAMPLE_ITEMS])

let number = 0
export const line = (item: string, more: Partial<AuditLine> = {}): AuditLine => ({
  id: `l${(number += 1)}`,
  item,
  day: day('2026-03-01'),
  quantity: 1,
  priceFen: 1_000,
  amountFen: 1_000,
  supplyDays: null,
  ...more,
})
export const stay = (lines: AuditLine[], more: Partial<AuditStay> = {}): AuditStay => ({
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
export const person = (stays: AuditStay[], more: Partial<AuditPerson> = {}): AuditPerson => ({
  gender: 'male',
  bornOn: day('1960-05-05'),
  stays,
  ...more,
})
export const one = (...lines: AuditLine[]) => person([stay(lines)])
export const twice = (admittedOn: string, more: Partial<AuditStay> = {}) =>
  person([
    stay([line('plain')], { inpatient: true }),
    stay([line('plain')], { inpatient: true, admittedOn: day(admittedOn), dischargedOn: day('2026-03-28'), ...more }),
  ])
export const examined = (scanFen: number, dischargedOn: string, procedures = 0) =>
  person([
    stay([line('scan', { amountFen: scanFen }), line('plain', { amountFen: 10_000 - scanFen })], {
      inpatient: true,
      dischargedOn: day(dischargedOn),
      procedures,
    }),
  ])

export const later = (item: string, on: string, more: Partial<AuditLine> = {}) => line(item, { day: day(on), ...more })
export const visits = (...lines: AuditLine[]) =>
  person(lines.map((one) => stay([one], { admittedOn: one.day, dischargedOn: one.day })))
export const bedded = (lines: AuditLine[], more: Partial<AuditStay> = {}) => stay(lines, { inpatient: true, ...more })
export const event = { event: '09:00 nurse 4' }
export const medicine = (item: string, on: string, supplyDays: number) => later(item, on, { supplyDays })
export const prescribed = (prescription: string, supplyDays: number, more: Partial<AuditLine> = {}) =>
  line('cold-medicine', { prescription, supplyDays, department: 'general', ...more })
export const store = (institution: string, on: string, quantity: number) =>
  stay([later('strips', on, { quantity })], { pharmacy: true, institution, admittedOn: day(on), dischargedOn: day(on) })
export const three = ['2026-03-01', '2026-03-02', '2026-03-03'].map(day)
export const beds = () => three.map((on) => line('bed', { day: on }))
export const group = (recomputedWeight: number, meanCostFen = 1_000) => ({
  weight: 12_000,
  recomputedWeight,
  pointFen: 500_000,
  meanCostFen,
})
export const cheapThenBack = (meanCostFen: number, admittedOn: string, more: Partial<AuditStay> = {}) =>
  person([
    bedded([line('plain')], { group: { ...group(12_000), meanCostFen }, ...more }),
    bedded([line('plain')], { institution: 'city', admittedOn: day(admittedOn), dischargedOn: day('2026-03-28') }),
  ])
export const onward = (admittedOn: string, more: Partial<AuditStay>) =>
  person([
    bedded([line('plain')]),
    bedded([line('plain')], { institution: 'city', admittedOn: day(admittedOn), dischargedOn: day('2026-03-28'), ...more }),
  ])
export const meanwhile = (on: string) =>
  person([
    bedded([line('plain')]),
    stay([line('plain')], { admittedOn: day(on), dischargedOn: day(on), institution: 'township' }),
  ])
export const followed = (more: Partial<AuditPerson>) => person([bedded([line('plain')])], more)
export const entered = (...days: [string, string][]) => ({
  followUps: days.map(([on, reading], at) => ({ id: `f${at}`, on: day(on), reading })),
})
export const contracts = (until: string | null) => ({
  contracts: [
    { team: 'one', from: day('2025-01-01'), until: until === null ? null : day(until) },
    { team: 'two', from: day('2026-01-01'), until: null },
  ],
})

/** A rule, what is billed, the amount in fen that is objected to (null: none), and why the row is there. */
export type Example = readonly [rule: AuditRuleId, person: AuditPerson, amountFen: number | null, why: string]
