import { newId } from '../../src/kernel/id.ts'
import { PLACES } from '../harness/stage.ts'
import type { Target } from './probe.ts'

// A message of the county hospital's own system, and the examination that somebody orders for the one person.

const reason = '演示用的理由'
const unused = newId()
const NOBODY = '999999999999'

const ofReceived = (more: object = {}): Target => ({
  about: 'received',
  input: ({ received }) => ({ ...received, ...more }),
  absent: ({ received }) => ({ ...received, id: unused, ...more }),
})
const ofOrder: Target = {
  about: 'person',
  input: ({ person }) => ({ person, item: 'HR-L001' }),
  absent: () => ({ person: NOBODY, item: 'HR-L001' }),
}
const upload = { kind: 'hl7', base64: Buffer.from('MSH|^~').toString('base64') }

export const TARGETS_OF_INTAKE: Readonly<Record<string, Target | readonly Target[]>> = {
  'intake.upload': {
    about: 'received',
    input: () => ({ org: PLACES.county, ...upload }),
    absent: () => ({ org: NOBODY, ...upload }),
  },
  'intake.list': { about: 'received', input: () => ({ org: PLACES.county }) },
  'intake.retry': ofReceived(),
  'intake.solve': ofReceived({ reason }),
  'intake.raw': ofReceived({ reason }),
  'recognition.items': { about: 'nothing', input: () => ({}) },
  'recognition.check': ofOrder,
  'recognition.order': ofOrder,
  'recognition.measures': { about: 'own', input: () => ({}) },
}
