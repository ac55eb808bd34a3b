import { checkCharacter } from '../../src/modules/residents/rules/id-number.ts'
import { PLACES } from '../harness/stage.ts'
import type { Target } from './probe.ts'

const NOBODY = '999999999999'
const reason = '演示用的理由'
const seventeen = '99010119710203125'
const identifier = { type: '01', number: seventeen + checkCharacter(seventeen) }
const passport = { type: '03', number: 'E12345678' }

// Who treats people reads a record by a lawful ground: the care team, and here the hospital that is party to the person's case.
const WITH_GROUND: readonly (string | null)[] = [PLACES.countyTcm, PLACES.village, PLACES.township]
const hasNoGround: Target['hiddenFrom'] = ({ actor: { role, org } }) =>
  (role === 'referral-desk' || role === 'ward') && !WITH_GROUND.includes(org)

/** The index of persons: matching, review, papers; and a record through time. */
export const TARGETS_OF_INDEX: Readonly<Record<string, Target>> = {
  'health-record.timeline': {
    about: 'person',
    input: ({ person }) => ({ person }),
    absent: () => ({ person: NOBODY }),
    hiddenFrom: hasNoGround,
  },
  'health-record.series': {
    about: 'person',
    input: ({ person }) => ({ person, code: '8480-6' }),
    absent: () => ({ person: NOBODY, code: '8480-6' }),
    hiddenFrom: hasNoGround,
  },
  'health-record.due-care': { about: 'person', input: ({ person }) => ({ person }), absent: () => ({ person: NOBODY }) },
  'health-record.see-news': { about: 'nothing', input: () => ({}) },
  'residents.likely': { about: 'nothing', input: () => ({ zh: '演示新人', bornOn: '1990-01-01' }) },
  'residents.pairs': { about: 'nothing', input: () => ({}) },
  'residents.decide-pair': { about: 'nothing', input: ({ pair }) => ({ ...pair, decision: 'unsure', reason }) },
  'residents.numbers': {
    about: 'person',
    input: ({ person }) => ({ person }),
    absent: () => ({ person: NOBODY }),
  },
  'residents.issue-papers': {
    about: 'person',
    input: ({ person }) => ({ person, identifier: passport, reason }),
    absent: () => ({ person: NOBODY, identifier: passport, reason }),
  },
  'residents.move-number': {
    about: 'nothing',
    input: ({ person, otherPerson }) => ({ person, to: otherPerson, identifier, reason }),
  },
  'residents.register-newborn': {
    about: 'nothing',
    input: ({ mother, stage }) => ({ mother, bornOn: stage.today, sex: 'female', birthOrder: 2 }),
  },
}
