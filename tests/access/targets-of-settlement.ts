import { newId } from '../../src/kernel/id.ts'
import type { Target } from './probe.ts'

// Settled bills: the one person's at the hospital of Chinese medicine, a bill that is to be settled, and lists of one's own.

const NOBODY = '999999999999'
const claim = { day: '2024-03-10', level: 'level2', lines: [{ amountFen: 100 }] }
const filed = { kind: 'long-term', places: ['4301'], reason: '随子女居住', isPledged: true }
const asked = { area: 'changsha', claim }

const ofPerson = (more: object): Target => ({
  about: 'person',
  input: ({ person }) => ({ person, ...asked, ...more }),
  absent: () => ({ person: NOBODY, ...asked, ...more }),
})

export const TARGETS_OF_SETTLEMENT: Readonly<Record<string, Target | readonly Target[]>> = {
  'settlement.preview': ofPerson({}),
  'settlement.claim-terms': {
    about: 'person',
    input: ({ person }) => ({ person }),
    absent: () => ({ person: NOBODY }),
  },
  'settlement.my-year': {
    about: 'person',
    input: ({ person }) => ({ person }),
    absent: () => ({ person: NOBODY }),
  },
  'settlement.expected': {
    about: 'person',
    input: ({ person }) => ({ person, specialty: '0304', places: [NOBODY] }),
    absent: () => ({ person: NOBODY, specialty: '0304', places: [NOBODY] }),
  },
  'settlement.settle': ofPerson({ billNo: 'PROBE-1' }),
  'settlement.reverse': (['bill', 'medicine'] as const).map((about) => ({
    about,
    input: ({ [about]: { org, bill } }) => ({ org, bill, reason: '演示用的理由' }),
    absent: ({ [about]: { org } }) => ({ org, bill: newId(), reason: '演示用的理由' }),
  })),
  // Whoever acts for the person says for whom.
  'settlement.bill': (['bill', 'medicine'] as const).map((about) => ({
    about,
    input: ({ [about]: { org, bill }, person }) => ({ org, bill, person }),
    absent: ({ [about]: { org }, person }) => ({ org, bill: newId(), person }),
  })),
  'settlement.bills': {
    about: 'person',
    input: ({ person }, { actor }) => (actor.role === 'resident' ? { person } : {}),
  },
  'settlement.area-books': { about: 'nothing', input: () => ({}) },
  'settlement.area-book': { about: 'nothing', input: () => ({ area: 'changsha' }), absent: () => ({ area: 'nowhere' }) },
  'settlement.day': { about: 'own', input: () => ({}) },
  'settlement.file-off-site': {
    about: 'person',
    input: ({ person }) => ({ person, ...filed }),
    absent: () => ({ person: NOBODY, ...filed }),
  },
  'settlement.withdraw-filing': {
    about: 'person',
    input: ({ person }) => ({ person, filing: newId(), reason: '演示用的理由' }),
    absent: () => ({ person: NOBODY, filing: newId(), reason: '演示用的理由' }),
  },
  'settlement.filings': {
    about: 'person',
    input: ({ person }, { actor }) => (actor.role === 'insurer' ? {} : { person }),
    absent: (_matters, { actor }) => (actor.role === 'insurer' ? {} : { person: NOBODY }),
  },
}
