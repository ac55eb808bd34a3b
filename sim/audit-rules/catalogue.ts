import type { Day } from '../../src/kernel/day.ts'
import type { AuditKnowledge, ItemKnowledge } from '../../src/modules/audit-rules/index.ts'

/** How many ordinary items the made-up catalogue has. */
export const ORDINARY = 400
const PRICE_LEAST = 500
const PRICE_STEP = 37

export const ordinary = (at: number): string => `ordinary-${at}`
export const priceOf = (at: number): number => PRICE_LEAST + at * PRICE_STEP

/** The day on which an item of the made-up catalogue got cheaper. */
export const PRICE_CUT = '2026-04-01' as Day

const SPECIAL: readonly (readonly [string, ItemKnowledge])[] = [
  ['surgery', { includes: ['suture'], treatment: true }],
  ['suture', {}],
  ['nursing-1', { mutex: ['nursing-2'] }],
  ['nursing-2', { mutex: ['nursing-1'] }],
  ['priced', { prices: { county: 1_000, township: 800 } }],
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
  ['drip', { treatment: true }],
  ['bed', { standing: true }],
  ['dressing', { perEvent: 1 }],
  ['panel', { parts: ['sugar', 'fat'], prices: { county: 1_500 } }],
  ['sugar', {}],
  ['fat', {}],
  ['session', { unit: 'session' }],
  ['new-antibiotic', { firstLine: ['old-antibiotic'] }],
  ['old-antibiotic', {}],
  ['nutrition', { daysMost: 10 }],
  ['stomach-a', { ingredient: 'omeprazole' }],
  ['stomach-b', { ingredient: 'omeprazole' }],
  ['aspirin', { contraDiagnoses: ['K25'], contraItems: ['warfarin'] }],
  ['warfarin', {}],
  ['tomography', { repeatDays: 14 }],
  ['massage', { sessionsMost: 10 }],
  ['anaesthesia', { licences: ['anaesthetist'] }],
  ['insulin', { packages: ['diabetes'] }],
  ['strips', { storeMost: 50 }],
  ['cut-price', { prices: { county: 900 }, pricesUntil: { day: PRICE_CUT, prices: { county: 1_000 } } }],
  ['nursing', { perNight: 1 }],
  ['monitoring', { within: { days: 7, most: 3 } }],
  ['ward-only', { setting: 'inpatient' }],
  ['tetracycline', { contraAge: [0, 7], contraPregnant: true }],
]

/** A made-up catalogue: ordinary items with standard prices and most per day, and one or more items that each rule looks at. */
export const madeUpCatalogue = (): AuditKnowledge =>
  new Map([
    ...Array.from({ length: ORDINARY }, (_, at): [string, ItemKnowledge] => {
      const price = priceOf(at)
      return [ordinary(at), { prices: { township: price, county: price, tertiary: price }, perDay: 3 }]
    }),
    ...SPECIAL,
  ])
