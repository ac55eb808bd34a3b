import { newId } from '../../src/kernel/id.ts'
import { PLACES } from '../harness/stage.ts'
import type { Target } from './probe.ts'

// The fund's budgets: a year of the county's consortium that the insurer sets, and one of nobody.

const YEAR = 2020
/** The year whose budget stands in the world. */
export const BUDGET_YEAR = 2018
/** The contract by the head that is proposed in the world. */
export const COUNTY_CONTRACT = '00000000-0000-7000-8000-000000000c11'
/** The points of the county's year that are proposed in the world. */
export const COUNTY_POINTS = '00000000-0000-7000-8000-000000000c12'
/** The close of the county's year that is proposed in the world. */
export const COUNTY_CLOSE = '00000000-0000-7000-8000-000000000c10'
/** The county's stay that is paid by disease in the world. */
export const COUNTY_STAY = 'county-stay'
const org = PLACES.county
const NOBODY = '999999999999'
const of = (more: object): Target => ({ about: 'nothing', input: () => ({ org, ...more }) })

const dipRow = {
  org,
  number: 'probe',
  dischargedOn: '2019-01-01',
  diagnosis: 'K35.900',
  zh: '演示',
  treatment: 'conservative',
  days: 1,
  costFen: 100,
  claimedFen: 60,
  ageYears: 40,
}
const notOfCounty: Target['hiddenFrom'] = ({ actor }) => actor.role === 'consortium-manager' && actor.org !== org
const absent = (input: () => object): Target => ({ about: 'nothing', input, absent: input, hiddenFrom: () => true })

// Payment by disease: what is of nobody is found by no one; who decides on what is the module's story.
const OF_DIP: Readonly<Record<string, Target>> = {
  'fund.send-discharges': { about: 'own', input: () => ({ discharges: [dipRow] }), hiddenFrom: notOfCounty },
  'fund.import-discharges': { about: 'own', input: () => ({ text: 'org' }) },
  'fund.take-back-discharge': absent(() => ({ org, number: 'nobody', why: '演示' })),
  'fund.build-dip-catalogue': { about: 'nothing', input: () => ({ year: YEAR }) },
  'fund.price-dip-group': absent(() => ({ catalogue: newId(), key: 'K35:n', pricing: 'level', why: '演示' })),
  'fund.decide-dip-catalogue': absent(() => ({ catalogue: newId(), decision: 'drop', why: '演示' })),
  'fund.group-discharges': { about: 'nothing', input: () => ({ year: YEAR, month: 1 }) },
  'fund.prepay-dip-month': { about: 'nothing', input: () => ({ year: YEAR, month: 1 }) },
  'fund.propose-dip-clearing': { about: 'nothing', input: () => ({ year: YEAR, fundFen: 1 }) },
  'fund.decide-dip-clearing': absent(() => ({ clearing: newId(), decision: 'return', why: '演示' })),
  'fund.dip-catalogues': { about: 'nothing', input: () => ({}) },
  'fund.dip-groups': absent(() => ({ catalogue: newId() })),
  'fund.dip-group': absent(() => ({ catalogue: newId(), key: 'K35:n' })),
  'fund.dip-year': { about: 'own', input: () => ({ year: YEAR, org }), hiddenFrom: notOfCounty },
  'fund.dip-cases': { about: 'own', input: () => ({ year: YEAR, org }), hiddenFrom: notOfCounty },
  'fund.dip-pages': { about: 'own', input: () => ({ year: YEAR, org }), hiddenFrom: notOfCounty },
  'fund.take-pages': { about: 'own', input: () => ({ year: YEAR }) },
  'fund.dip-supervision': { about: 'nothing', input: () => ({ year: YEAR }) },
  'fund.pay-for-bill': {
    about: 'bill',
    input: ({ bill: { org: at, bill } }) => ({ org: at, bill }),
    absent: ({ bill: { org: at } }) => ({ org: at, bill: newId() }),
  },
  'fund.dip-case': {
    about: 'own',
    input: () => ({ org, number: COUNTY_STAY }),
    absent: () => ({ org, number: 'nobody' }),
    hiddenFrom: notOfCounty,
  },
}

// Contracts by the head: proposed for the county's hospital; what is decided, entered and shown of one of nobody, found by no one.
const OF_HEADS: Readonly<Record<string, Target>> = {
  'fund.propose-heads': of({ year: YEAR, zh: '演示人群', priceFen: 1, surplusKept: 0, overrunBorne: 0, basis: '演示协议' }),
  'fund.decide-heads': absent(() => ({ org, contract: newId(), decision: 'agree', why: '演示' })),
  'fund.enter-heads': absent(() => ({
    org,
    contract: newId(),
    month: 1,
    joins: 1,
    leaves: 0,
    spendFen: 0,
    evidence: '演示月报',
  })),
  'fund.take-back-heads': absent(() => ({ org, contract: newId(), entry: newId(), why: '演示冲销' })),
  'fund.close-heads': absent(() => ({ org, contract: newId() })),
  'fund.heads': { about: 'own', input: () => ({ year: YEAR }) },
  'fund.head-contract': {
    about: 'own',
    input: () => ({ org, contract: COUNTY_CONTRACT }),
    absent: () => ({ org, contract: newId() }),
    hiddenFrom: notOfCounty,
  },
}

const OF_METHODS: Readonly<Record<string, Target>> = {
  'fund.send-case-facts': {
    about: 'own',
    input: () => ({ org, facts: [{ number: COUNTY_STAY, drg: 'GD25' }] }),
    hiddenFrom: notOfCounty,
  },
  'fund.methods': { about: 'own', input: () => ({ org }), absent: () => ({ org: NOBODY }), hiddenFrom: notOfCounty },
  'fund.methods-case': {
    about: 'own',
    input: () => ({ org, number: COUNTY_STAY }),
    absent: () => ({ org, number: 'nobody' }),
    hiddenFrom: notOfCounty,
  },
}

// Work points: the manager proposes its own; points of nobody are found by no one.
const OF_POINTS: Readonly<Record<string, Target>> = {
  'fund.propose-points': {
    about: 'own',
    input: () => ({
      org,
      year: YEAR,
      wagesFen: 100,
      basis: '演示依据',
      workers: [{ label: 'D-01', pool: 'doctors', points: { post: 100 } }],
    }),
    hiddenFrom: notOfCounty,
  },
  'fund.decide-points': absent(() => ({ org, points: newId(), decision: 'return', why: '演示' })),
  'fund.point-years': { about: 'own', input: () => ({ year: YEAR }) },
  'fund.point-year': {
    about: 'own',
    input: () => ({ org, points: COUNTY_POINTS }),
    absent: () => ({ org, points: newId() }),
    hiddenFrom: notOfCounty,
  },
}

// How a consortium's year ends: a close of nobody, found by no one. Who decides on what is the module's story.
const OF_YEAR: Readonly<Record<string, Target>> = {
  'fund.note-spend': { about: 'nothing', input: () => ({ org, bill: newId() }) },
  'fund.note-recovery': { about: 'nothing', input: () => ({ org, hit: newId() }) },
  'fund.take-up-spend': of({ year: BUDGET_YEAR }),
  'fund.enter-indicator': of({ year: BUDGET_YEAR, indicator: 'costGrowth', value: 100, evidence: '演示年报' }),
  'fund.adopt-measure': of({ year: BUDGET_YEAR, indicator: 'costGrowth' }),
  'fund.propose-close': of({ year: BUDGET_YEAR, members: [{ org, workload: 1, quality: 1, heads: 1 }] }),
  'fund.object-to-close': {
    about: 'own',
    input: () => ({ org, close: COUNTY_CLOSE, why: '演示意见' }),
    absent: () => ({ org, close: newId(), why: '演示意见' }),
    hiddenFrom: notOfCounty,
  },
  'fund.decide-close': absent(() => ({ org, close: newId(), decision: 'return', why: '演示' })),
  'fund.year-end': {
    about: 'own',
    input: () => ({ org, year: BUDGET_YEAR }),
    absent: () => ({ org: NOBODY, year: BUDGET_YEAR }),
    hiddenFrom: notOfCounty,
  },
}

export const TARGETS_OF_FUND: Readonly<Record<string, Target | readonly Target[]>> = {
  'fund.set-budget': of({ year: YEAR, sources: { method: 'last-budget', lastFen: 100, growth: 0 } }),
  'fund.book': of({ year: YEAR, month: 1, kind: 'outside', fen: 1 }),
  // A transfer of nobody: found by no one. Who may take one back, and once, is the module's story.
  'fund.reverse': {
    about: 'nothing',
    input: () => ({ org, transfer: newId(), note: '演示' }),
    absent: () => ({ org: NOBODY, transfer: newId(), note: '演示' }),
    hiddenFrom: () => true,
  },
  'fund.ledger': {
    about: 'own',
    input: () => ({ org, year: BUDGET_YEAR }),
    absent: () => ({ org: NOBODY, year: BUDGET_YEAR }),
    hiddenFrom: ({ actor }) => actor.role === 'consortium-manager' && actor.org !== org,
  },
  'fund.budgets': { about: 'nothing', input: () => ({ year: YEAR }) },
  'fund.enter-count': of({ year: YEAR, month: 12, count: 'people', value: 1, evidence: '演示年报' }),
  'fund.measures': {
    about: 'own',
    input: () => ({ org, year: BUDGET_YEAR, month: 12 }),
    absent: () => ({ org: NOBODY, year: BUDGET_YEAR, month: 12 }),
    hiddenFrom: notOfCounty,
  },
  ...OF_DIP,
  ...OF_YEAR,
  ...OF_HEADS,
  ...OF_METHODS,
  ...OF_POINTS,
}
