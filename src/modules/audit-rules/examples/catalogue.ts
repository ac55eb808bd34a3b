import type { Day } from '../../../kernel/day.ts'
import type { ItemKnowledge } from '../rules/facts.ts'

/** The day on which an item of the made-up catalogue got cheaper. */
export const PRICE_CUT = '2026-03-02' as Day

/** Made-up items, one or more for each rule to look at; the tables of examples and the made-up bills share them. */
export const EXAMPLE_ITEMS: readonly (readonly [string, ItemKnowledge])[] = [
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
