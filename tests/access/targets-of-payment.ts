import { newId } from '../../src/kernel/id.ts'
import { PLACES } from '../harness/stage.ts'
import type { Target } from './probe.ts'

// Bills: that of the county hospital for nobody here; what is aimed at does not exist, or is a list of one's own.

const NOBODY = '999999999999'
const unused = newId()
const reason = '演示用的理由'
const line = { kind: 'drug', code: 'D-1', zh: '演示药品', class: '01', priceFen: 100 }

const ofNoBill = (more: object = {}): Target => ({
  about: 'nothing',
  input: () => ({ org: PLACES.county, bill: unused, ...more }),
  hiddenFrom: () => true,
})

export const TARGETS_OF_PAYMENT: Readonly<Record<string, Target | readonly Target[]>> = {
  'payment.open-bill': {
    about: 'person',
    input: ({ person }) => ({ person, lines: [line] }),
    absent: () => ({ person: NOBODY, lines: [line] }),
  },
  'payment.quote': ofNoBill(),
  'payment.pay': ofNoBill({ app: 'wechat' }),
  'payment.refund': ofNoBill({ reason }),
  'payment.cancel': ofNoBill({ reason }),
  'payment.fulfil': ofNoBill({ line: 1 }),
  'payment.bill': ofNoBill(),
  'payment.bills': { about: 'nothing', input: () => ({}) },
  'payment.released': { about: 'nothing', input: () => ({}) },
  'payment.books': { about: 'own', input: () => ({}) },
  'payment.close-ticket': {
    about: 'nothing',
    input: () => ({ org: PLACES.county, ticket: unused, outcome: reason }),
    hiddenFrom: () => true,
  },
  'payment.coverage': { about: 'nothing', input: () => ({}) },
}
