import { newId } from '../../src/kernel/id.ts'
import { PLACES } from '../harness/stage.ts'
import type { Placed } from './actors.ts'
import type { Target } from './probe.ts'

// E-health cards: those of the one person, and an app of the county hospital.

const NOBODY = '999999999999'
const reason = '演示用的理由'
const ofPerson = (more: object = {}): Target => ({
  about: 'person',
  input: ({ person }) => ({ person, ...more }),
  absent: () => ({ person: NOBODY, ...more }),
})
const plain = (input: object = {}): Target => ({ about: 'nothing', input: () => input })
const isOfAnother = ({ actor, where }: Placed): boolean => actor.org !== null && where !== 'county'

export const TARGETS_OF_CARDS: Readonly<Record<string, Target | readonly Target[]>> = {
  'health-card.apply': ofPerson(),
  'health-card.end': ofPerson({ state: 'lost', reason }),
  'health-card.replace': ofPerson({ reason }),
  'health-card.show-code': ofPerson(),
  'health-card.scan': plain({ text: `${'0'.repeat(64)}:1`, scene: 'registration' }),
  'health-card.bind': ofPerson({ kind: 'citizen', number: 'PROBE-1' }),
  'health-card.unbind': ofPerson({ binding: newId(), reason }),
  'health-card.mine': plain(),
  'health-card.of-person': ofPerson(),
  'health-card.uses': ofPerson(),
  'health-card.register-app': {
    about: 'nothing',
    input: (_world, { actor }) => ({ name: { zh: '演示程序', en: 'Demo' }, kind: 'hospital', org: actor.org ?? PLACES.county }),
  },
  'health-card.end-app': {
    about: 'nothing',
    input: ({ cardApp }) => ({ app: cardApp }),
    absent: () => ({ app: 'app-0000000000000000' }),
    hiddenFrom: isOfAnother,
  },
  'health-card.apps': plain(),
  'health-card.allow-app': ofPerson({ app: 'app-0000000000000000' }),
  'health-card.withdraw-app': ofPerson({ app: 'app-0000000000000000' }),
}
