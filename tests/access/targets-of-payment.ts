import { newId } from '../../src/kernel/id.ts'
import type { Target } from './probe.ts'

// Bills: the one person's at the hospital of Chinese medicine, or lists of one's own.

const NOBODY = '999999999999'
const reason = '演示用的理由'
const line = { kind: 'drug', code: 'D-1', zh: '演示药品', class: '01', priceFen: 100 }

const ofBill = (more: object = {}): Target => ({
  about: 'bill',
  input: ({ bill: { org, bill } }) => ({ org, bill, ...more }),
  absent: ({ bill: { org } }) => ({ org, bill: newId(), ...more }),
})

export const TARGETS_OF_PAYMENT: Readonly<Record<string, Target | readonly Target[]>> = {
  'payment.open-bill': {
    about: 'person',
    input: ({ person }) => ({ person, lines: [line] }),
    absent: () => ({ person: NOBODY, lines: [line] }),
  },
  'payment.quote': ofBill(),
  'payment.pay': ofBill({ app: 'wechat' }),
  'payment.refund': ofBill({ reason }),
  'payment.cancel': ofBill({ reason }),
  'payment.fulfil': ofBill({ line: 1 }),
  'payment.bill': ofBill(),
  'payment.bills': { about: 'nothing', input: () => ({}) },
  'payment.released': { about: 'nothing', input: () => ({}) },
  'payment.books': { about: 'own', input: () => ({}) },
  'payment.close-ticket': {
    about: 'bill',
    input: ({ bill: { org, ticket } }) => ({ org, ticket, outcome: reason }),
    absent: ({ bill: { org } }) => ({ org, ticket: newId(), outcome: reason }),
  },
  'payment.usual-lines': { about: 'nothing', input: () => ({}) },
  'payment.compared-days': { about: 'nothing', input: () => ({}) },
  'payment.comparisons': { about: 'nothing', input: () => ({}) },
  'payment.tickets': { about: 'nothing', input: () => ({}) },
  'payment.filing-notices': {
    about: 'person',
    input: ({ person }, { actor }) => (actor.role === 'insurer' ? { filings: [newId()] } : { person }),
    absent: (_matters, { actor }) => (actor.role === 'insurer' ? {} : { person: NOBODY }),
  },
  'payment.places': { about: 'nothing', input: () => ({}) },
  'payment.coverage': { about: 'nothing', input: () => ({}) },
}
