import { newId } from '../../src/kernel/id.ts'
import { PLACES } from '../harness/stage.ts'
import type { Target } from './probe.ts'

const NOBODY = '999999999999'
const unused = newId()
const reason = '演示用的理由'
const scan = { mediaType: 'application/pdf', base64: Buffer.from('%PDF-1.4 signed').toString('base64') }

const ofPerson = (more: object = {}): Target => ({
  about: 'person',
  input: ({ person }) => ({ person, ...more }),
  absent: () => ({ person: NOBODY, ...more }),
})
const ofMatter = (name: string, id: 'consent' | 'paper' | 'representative', more: object = {}): Target => ({
  about: 'person',
  input: ({ person, recordAccess }) => ({ person, [name]: recordAccess[id], ...more }),
  absent: ({ person }) => ({ person, [name]: unused, ...more }),
})
const plain = (input: object = {}): Target => ({ about: 'nothing', input: () => input })

/** Who may read a record, and who did. */
export const TARGETS_OF_RECORD_ACCESS: Readonly<Record<string, Target | readonly Target[]>> = {
  'record-access.give-consent': ofPerson({ purpose: 'quality', to: PLACES.city, days: 3 }),
  'record-access.record-paper-consent': ofPerson({ purpose: 'quality', to: PLACES.city, days: 3, scan }),
  'record-access.withdraw-consent': ofMatter('consent', 'consent'),
  'record-access.consents': ofPerson(),
  'record-access.consent-scan': ofMatter('consent', 'paper'),
  'record-access.open-emergency': { about: 'nothing', input: ({ person }) => ({ person, reason: 'unconscious' }) },
  'record-access.review-emergency': {
    about: 'nothing',
    input: ({ person, recordAccess }) => ({ person, emergency: recordAccess.emergency, verdict: 'justified' }),
    absent: ({ person }) => ({ person, emergency: unused, verdict: 'justified' }),
  },
  'record-access.emergencies': plain(),
  'record-access.emergencies-of': ofPerson(),
  'record-access.open-sensitive': ofPerson({ reason }),
  'record-access.register-representative': {
    about: 'person',
    input: ({ person, otherPerson }) => ({ person, by: otherPerson, kind: 'proxy', document: '授权委托书' }),
    absent: ({ otherPerson }) => ({ person: NOBODY, by: otherPerson, kind: 'proxy', document: '授权委托书' }),
  },
  'record-access.end-representative': ofMatter('representative', 'representative', { reason }),
  'record-access.representatives': ofPerson(),
  'record-access.represented': plain(),
  'record-access.ask-why': {
    about: 'person',
    input: ({ person, recordAccess }) => ({ person, ...recordAccess.look }),
    absent: ({ person, recordAccess }) => ({ person, ...recordAccess.look, look: unused }),
  },
  'record-access.answer-why': {
    about: 'nothing',
    input: ({ person, recordAccess }) => ({ person, question: recordAccess.question, answer: reason }),
    absent: ({ person }) => ({ person, question: unused, answer: reason }),
  },
  'record-access.questions': plain(),
  'record-access.questions-of': ofPerson(),
  'record-access.ask-export': plain({ persons: 100, purpose: '统计', reason }),
  'record-access.decide-export': {
    about: 'nothing',
    input: ({ recordAccess }) => ({ ...recordAccess.wish, decision: 'approved' }),
    absent: () => ({ org: '0', export: unused, decision: 'approved' }),
    // A bureau of one institution decides on its own exports alone.
    hiddenFrom: ({ actor: { role, org } }) => role === 'health-bureau' && org !== null,
  },
  'record-access.exports': plain(),
}
