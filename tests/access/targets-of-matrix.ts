import { newId } from '../../src/kernel/id.ts'
import { PLACES } from '../harness/stage.ts'
import type { Target } from './probe.ts'

// What institutions declare that they can treat, and the region's matrix.

const NO_ID = '999999999999'
const unused = newId()
const said = { about: 'device', key: 'ct', grade: 'full', source: '演示:执业许可' }
const plain = (input: object): Target => ({ about: 'nothing', input: () => input })

export const TARGETS_OF_MATRIX: Readonly<Record<string, Target | readonly Target[]>> = {
  'navigation.declare-capability': {
    about: 'institution',
    input: () => ({ institution: PLACES.countyTcm, ...said }),
    absent: () => ({ institution: NO_ID, ...said }),
  },
  'navigation.withdraw-capability': {
    about: 'institution',
    input: ({ capability }) => ({ institution: PLACES.countyTcm, capability, why: '演示撤回' }),
    absent: () => ({ institution: PLACES.countyTcm, capability: unused, why: '演示撤回' }),
  },
  'navigation.capabilities': {
    about: 'institution',
    input: () => ({ institution: PLACES.countyTcm }),
    absent: () => ({ institution: NO_ID }),
  },
  'navigation.capability-needs': {
    about: 'institution',
    input: () => ({ institution: PLACES.countyTcm, about: 'device', key: 'ct' }),
    absent: () => ({ institution: NO_ID, about: 'device', key: 'ct' }),
  },
  'navigation.matrix': plain({ division: '430321', columns: 'levels' }),
  'navigation.matrix-cell': plain({ division: '430321', condition: 'hypertension-uncontrolled', column: 'area' }),
}
